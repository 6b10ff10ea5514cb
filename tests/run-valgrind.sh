#!/bin/sh
# Runs the program in the current folder over articles under valgrind, which
# must find nothing: `make check-valgrind`.
corpus=$top_srcdir/../shared/corpus
store=$(mktemp -d) || exit 1
trap 'rm -rf "$store"' EXIT

under_valgrind() {
  valgrind --quiet --suppressions="$top_srcdir/tests/valgrind.supp" \
    --error-exitcode=99 --leak-check=full \
    --errors-for-leak-kinds=definite ./battlegraph "$@" > /dev/null
  status=$?
  echo "battlegraph $1: exit status $status"
  # What the program itself refuses or cannot do is not valgrind's finding.
  [ "$status" -ne 99 ] || exit 1
}

set -- "$top_srcdir"/data/articles/*
if [ -d "$corpus" ]; then
  set -- "$@" "$corpus"/en/*.wiki "$corpus"/plain/*.txt
else
  echo "the corpus is not here: only the sample articles"
fi
under_valgrind parse "$@"
under_valgrind extract --evidence "$@"
under_valgrind extract --store "$store/articles" "$top_srcdir"/data/articles/*
under_valgrind query "$store/articles" 'SELECT * { ?s ?p ?o } LIMIT 10'
under_valgrind export "$store/articles"
