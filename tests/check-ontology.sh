#!/bin/sh
# The ontology parses, its terms say what they are, and every term that the
# data, the mappings, the queries or the program name is declared in it.
cd "$top_srcdir" || exit 1
if ! command -v rapper > /dev/null; then
  echo "1..0 # SKIP rapper is not installed"
  exit 0
fi
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
ontology='https://w3id.org/battlegraph/ontology#'

# The terms that have property $1, without the namespace.
terms_with() {
  awk -v begin="<$ontology" -v property="<$1>" '
    index($1, begin) == 1 && $2 == property {
      print substr($1, length(begin) + 1, length($1) - length(begin) - 1)
    }' "$scratch/triples" | sort -u
}

# The second column of table $1, but for the words that are no terms.
values() {
  awk -F '\t' '
    !/^#/ && NF > 1 && $2 !~ /^(damaged|lost|civilian|closes|joins|ignored)$/ {
      print $2
    }' "$1"
}

# Names after "bg:" in the file $1.
prefixed() {
  sed 's/"[^"]*"//g; s/^#.*//' "$1" |
    grep -oE '\bbg:[A-Za-z]+' | sed 's/^bg://'
}

# Names in calls that make statements, and in tables of predicates.
stated() {
  tr '\n' ' ' < "$1" |
    grep -oE '(\b(state(_type|_direct|_estimate)?|thing_term|pair_parties|bg_term_of_name|bg_term_of_ontology)\([^;]*|\{"[a-z]+", *bg_)' |
    grep -oE '"[A-Za-z]+"' | tr -d '"'
}

# Names that claims have as values.
claimed() {
  tr '\n' ' ' < "$1" | grep -oE '\bvalue = [^;]*' |
    grep -oE '"[A-Z][A-Za-z]+"' | tr -d '"'
}

names_in() {
  case $1 in
    ontology/mappings/*) awk -F '\t' '!/^#/ && $3 ~ /^bg:/ { print substr($3, 4) }' "$1" ;;
    */templates.tsv) awk -F '\t' '!/^#/ && $2 == "fate" { print $3 }' "$1" ;;
    data/languages/*) values "$1" ;;
    data/queries/*) prefixed "$1" ;;
    src/graph/*) stated "$1" ;;
    src/extract/*) claimed "$1" ;;
  esac
}

n=0
report() { # what, and the faults
  n=$((n + 1))
  if [ -z "$2" ]; then
    echo "ok $n - $1"
  else
    echo "not ok $n - $1"
    echo "$2" | sed 's/^/# /'
  fi
}

report "ontology/battlegraph.ttl parses" "$(
  rapper -q -i turtle -o ntriples ontology/battlegraph.ttl 2>&1 > "$scratch/triples"
)"
terms_with 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' > "$scratch/declared"
report "it declares terms" "$([ -s "$scratch/declared" ] || echo none)"

for property in label comment isDefinedBy; do
  terms_with "http://www.w3.org/2000/01/rdf-schema#$property" > "$scratch/having"
  report "every term has rdfs:$property" "$(comm -23 "$scratch/declared" "$scratch/having")"
done

grep -oE "<${ontology}[A-Za-z]+>" "$scratch/triples" |
  sed 's/.*#//; s/>$//' | sort -u > "$scratch/used"
report "every term it uses is declared" "$(comm -13 "$scratch/declared" "$scratch/used")"

for file in ontology/mappings/*.tsv data/languages/*/templates.tsv \
  data/languages/*/fates.tsv data/languages/*/conflict-types.tsv \
  data/languages/*/*-measures.tsv data/queries/*.rq \
  src/graph/*.c src/extract/*.c; do
  [ -e "$file" ] || continue
  names_in "$file" | sort -u > "$scratch/used"
  [ -s "$scratch/used" ] || continue
  report "$file names declared terms" "$(comm -13 "$scratch/declared" "$scratch/used")"
done
echo "1..$n"
