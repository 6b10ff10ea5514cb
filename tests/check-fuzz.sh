#!/bin/sh
# Replays each fuzz corpus, so that what fuzzing once found stays found.
n=0
for corpus in "$top_srcdir"/tests/fuzz/corpus/*; do
  target=fuzz_${corpus##*/} n=$((n + 1))
  if output=$("$top_builddir/tests/fuzz/$target" "$corpus"/* 2>&1); then
    echo "ok $n - $target"
  else
    echo "not ok $n - $target"; echo "$output" | sed 's/^/# /'
  fi
done
echo "1..$n"
