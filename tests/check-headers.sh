#!/bin/sh
# Each header compiles alone: it includes what it needs.
# The compiler and its options come in $CC and $compile_options.
cd "$top_srcdir/src" || exit 1
n=0
for header in */*.h; do
  n=$((n + 1))
  # shellcheck disable=SC2086 # several options are several words
  if output=$(echo "#include \"$header\"" |
    $CC $compile_options -I. -fsyntax-only -x c - 2>&1); then
    echo "ok $n - $header"
  else
    echo "not ok $n - $header"
    echo "$output" | sed 's/^/# /'
  fi
done
echo "1..$n"
