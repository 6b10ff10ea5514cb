#!/bin/sh
# Each named query says what it answers and, in Rasqal, answers it on the
# battles of tests/golden/named-queries as the .csv beside them has it.
cd "$top_srcdir" || exit 1
if ! command -v roqet > /dev/null; then
  echo "1..0 # SKIP roqet is not installed"
  exit 0
fi
golden=tests/golden/named-queries
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

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

for query in data/queries/*.rq; do
  name=$(basename "$query" .rq)
  report "$name says what it answers" "$(head -n 1 "$query" | grep -v '^# [A-Z]')"
  roqet -q -i sparql -r csv -D "$golden/battles.ttl" "$query" \
    > "$scratch/rows" 2> "$scratch/messages"
  tr -d '\r' < "$scratch/rows" > "$scratch/$name.csv"
  report "$name answers" "$(
    cat "$scratch/messages"
    diff "$golden/$name.csv" "$scratch/$name.csv"
  )"
done
echo "1..$n"
