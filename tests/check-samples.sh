#!/bin/sh
# What each article of data/articles says, in both its forms: the statements,
# sorted, as tests/golden/samples has them.
#
# UPDATE=1 writes them there. Read that difference as carefully as code.
golden=$top_srcdir/tests/golden/samples
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

n=0
for article in "$top_srcdir"/data/articles/*.wiki "$top_srcdir"/data/articles/*.txt; do
  name=$(basename "$article").nt
  "$top_builddir/battlegraph" extract --format ntriples "$article" \
    > "$scratch/unsorted" 2> "$scratch/messages"
  status=$?
  sort "$scratch/unsorted" > "$scratch/$name"
  if [ -n "$UPDATE" ] && [ "$status" -eq 0 ]; then
    mkdir -p "$golden" && cp "$scratch/$name" "$golden/$name"
  fi
  n=$((n + 1))
  if [ "$status" -eq 0 ] && [ ! -s "$scratch/messages" ] &&
    diff -u "$golden/$name" "$scratch/$name" > "$scratch/difference" 2>&1; then
    echo "ok $n - $name"
  else
    echo "not ok $n - $name (exit status $status)"
    cat "$scratch/messages" "$scratch/difference" | sed 's/^/# /'
    : > "$scratch/difference"
  fi
done
echo "1..$n"
