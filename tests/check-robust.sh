#!/bin/sh
# Bad input gets a message that names the file and the byte, the exit status
# that the manual page says, and costs nothing but itself. What a sanitizer
# finds, where the build has one, fails here too.
program=$top_builddir/battlegraph
corpus=$top_srcdir/../shared/corpus
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
# shellcheck source=tests/tap.sh
. "$top_srcdir/tests/tap.sh"
told=complaints

# expect WHAT STATUS COMPLAINT ARGUMENT...: extracts; standard error matches
# COMPLAINT; nothing is printed where that is empty.
expect() {
  what=$1 status=$2 complaint=$3
  shift 3
  "$program" extract --format ntriples "$@" > output 2> complaints
  [ "$?" -eq "$status" ] && if [ -n "$complaint" ]; then
    grep -q -e "$complaint" complaints
  else
    [ ! -s complaints ]
  fi
  report "$what" $?
}

# Whether the output of the last extract states something of the battle $1.
states() {
  grep -q "resource/en/$1> .*ontology#" output
  report "$2" $?
}

# ---- one bad thing at a time ------------------------------------------------

good="{{Infobox military conflict
| conflict = Battle of Nowhere
| date = 14 October 1066
| combatant1 = [[Normandy]]
| combatant2 = [[England]]
}}
"
printf '%s' "$good" > Good.wiki
: > empty.wiki
printf '\n \n' > blank.wiki
printf 'PNG\r\n\032\n\000\000\000IHDR' > binary.wiki
mkdir folder.wiki
bad=$((${#good} + 3)) # the first byte that is not UTF-8
printf '%sIn \377 the battle of N\303, 10 men fell.\n' "$good" > Invalid.wiki
printf '<?xml version="1.0"?><x/>\n' > page.xml
printf 'Before.\n%s' "$(printf '%s' "$good" | sed '$d')" > Unclosed.wiki

expect "a sound article" 0 '' Good.wiki
states Good "its graph"
expect "an empty file" 1 "'empty.wiki' is empty (0 bytes)" empty.wiki
expect "nothing but space" 1 "'blank.wiki' is empty (3 bytes)" blank.wiki
expect "a binary file" 1 "'binary.wiki' is not text: .* byte 7\$" binary.wiki
expect "a directory" 3 "'folder.wiki': is a directory" folder.wiki
expect "a missing file" 3 "'missing.wiki': No such file" missing.wiki
expect "XML" 1 "'page.xml' is XML, and no MediaWiki dump from byte 0" page.xml
expect "invalid UTF-8" 1 "'Invalid.wiki': invalid UTF-8 at byte $bad " \
  Invalid.wiki
states Invalid "what stands around invalid UTF-8 is kept"
expect "an infobox that never closes" 0 '' --report remarks Unclosed.wiki
grep -q "^1	unclosed-infobox	.*	Unclosed.wiki:10$" remarks
report "it is in the report, with file and byte" $?
expect "bad inputs among sound ones" 3 "missing.wiki" \
  empty.wiki missing.wiki binary.wiki Good.wiki
states Good "the sound one is kept"
expect "standard input without a title" 2 'give --title' - < Good.wiki
expect "standard input with a title" 0 '' --title Good - < Good.wiki
expect "an unknown option" 2 "unknown or ambiguous option '--nope'" --nope Good.wiki
expect "an unknown format" 2 "there is no format 'nope'" --format nope Good.wiki

# ---- a lot of one bad thing -------------------------------------------------

# repeat WORDS TIMES
repeat() {
  awk -v words="$1" -v times="$2" 'BEGIN {
    for (i = 0; i < times; i++) printf "%s", words
  }'
}

for words in '{{' '[[' '{{{' '}}' '<ref>' '{{a|' '[[File:a|' '{|' '<!--'; do
  repeat "$words" 500000 | head -c 1000000 > Many.wiki
  printf '\n%s' "$good" >> Many.wiki
  started=$(date +%s)
  "$program" extract Many.wiki > output 2> complaints
  status=$?
  [ $(($(date +%s) - started)) -le 20 ] && [ "$status" -eq 0 ]
  report "a megabyte of $words" $?
done

# Values that are long, but no list: each reader's cost is linear.
for parameter in partof date place result combatant1 commander1 units1 \
  strength1 casualties1; do
  for words in 'a and ' '1,000 (b) ' '(b)[[c]]' 'a King of ' "'''x'''<br>" \
    '* 1 - [[a]]
'; do
    { printf '{{Infobox military conflict|%s=' "$parameter"
      repeat "$words" 200000 | head -c 200000
      printf '}}'; } > Long.wiki
    started=$(date +%s)
    "$program" extract Long.wiki > output 2> complaints
    status=$?
    [ $(($(date +%s) - started)) -le 20 ] && [ "$status" -eq 0 ]
    report "a long $parameter of '$(echo "$words" | head -n 1)'" $?
  done
done

# ---- articles cut at random places ------------------------------------------

# Prints N pairs "first-byte size" for files of the sizes on standard input, the
# same on every machine: a linear congruential generator with a fixed seed.
choose_cuts() {
  awk -v cuts="$1" '
    function random(below) {
      state = (state * 16807) % 2147483647
      return state % below
    }
    BEGIN { state = 717 }
    {
      for (i = 0; i < cuts; i++) {
        from = random(3) ? 0 : random($1)
        print from + 1, 1 + random($1 - from), $2
      }
    }'
}

# cut_articles CUTS FILE...: leaves pieces in the folder cut/.
cut_articles() {
  cuts=$1
  shift
  rm -rf cut && mkdir cut
  for article; do
    echo "$(($(wc -c < "$article"))) $article"
  done | choose_cuts "$cuts" | {
    i=0
    while read -r from size article; do
      i=$((i + 1))
      tail -c "+$from" "$article" | head -c "$size" > "cut/$i.${article##*.}"
    done
  }
}

# check_cuts WHAT CUTS FILE...: one run over all pieces. Nothing worse than
# refused bytes is met, and each complaint is about a piece and a byte.
check_cuts() {
  what=$1
  shift
  cut_articles "$@"
  "$program" extract --evidence --format ntriples cut/* \
    > output 2> complaints
  status=$?
  grep -v "^battlegraph: 'cut/[0-9]*\.[a-z]*'.* byte" complaints > others
  mv others complaints
  [ "$status" -le 1 ] && [ ! -s complaints ]
  report "$what, in $(find cut -type f | wc -l) pieces" $?
  # Every line is whole, whatever the piece.
  [ -s output ] && ! grep -qv ' \.$' output
  report "$what: the statements are whole" $?
}

check_cuts "cut sample articles" 20 "$top_srcdir"/data/articles/*
if [ -d "$corpus" ]; then
  check_cuts "cut articles of the corpus" 2 "$corpus"/*/*
else
  n=$((n + 1))
  echo "ok $n # SKIP there are no articles in ../shared/corpus"
fi
echo "1..$n"
