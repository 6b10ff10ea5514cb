#!/bin/sh
# Each named query says what it answers, and answers it on the battles of
# tests/golden/named-queries as the .csv beside them has it.
cd "$top_srcdir" || exit 1
golden=tests/golden/named-queries
program=$top_builddir/battlegraph
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

"$program" query --list > "$scratch/list" 2> "$scratch/messages"
for query in data/queries/*.rq; do
  name=$(basename "$query" .rq)
  report "$name says what it answers" "$(head -n 1 "$query" | grep -v '^# [A-Z]')"
  report "$name is listed" "$(grep -q "^$name  " "$scratch/list" || cat "$scratch/list")"
  "$program" query --data "$golden/battles.ttl" --named-query "$name" \
    --results csv > "$scratch/rows" 2> "$scratch/messages"
  tr -d '\r' < "$scratch/rows" > "$scratch/$name.csv"
  report "$name answers" "$(
    cat "$scratch/messages"
    diff "$golden/$name.csv" "$scratch/$name.csv"
  )"
done
echo "1..$n"
