#!/bin/sh
# Runs the program in the current folder over articles, and Redland over the
# module, under valgrind, which must find nothing: `make check-valgrind`.
corpus=$top_srcdir/../shared/corpus
store=$(mktemp -d) || exit 1
trap 'rm -rf "$store"' EXIT

under_valgrind() {
  valgrind --quiet --suppressions="$top_srcdir/tests/valgrind.supp" \
    --error-exitcode=99 --leak-check=full \
    --show-leak-kinds=definite --errors-for-leak-kinds=definite \
    "$@" > /dev/null
  status=$?
  echo "$1${2:+ $2}: exit status $status"
  # What the program itself refuses or cannot do is not valgrind's finding.
  [ "$status" -ne 99 ] || exit 1
}

set -- "$top_srcdir"/data/articles/*
if [ -d "$corpus" ]; then
  set -- "$@" "$corpus"/en/*.wiki "$corpus"/plain/*.txt
else
  echo "the corpus is not here: only the sample articles"
fi
under_valgrind ./battlegraph parse "$@"
under_valgrind ./battlegraph extract --evidence "$@"
under_valgrind ./battlegraph extract --store "$store/articles" \
  "$top_srcdir"/data/articles/*
under_valgrind ./battlegraph query "$store/articles" \
  'SELECT ?g { GRAPH ?g { ?s bg:victor ?o } }'
under_valgrind ./battlegraph check "$store/articles"
under_valgrind ./battlegraph export "$store/articles"
for test in find life; do
  under_valgrind tests/unit/test_store_redland_$test
done
