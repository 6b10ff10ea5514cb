#!/bin/sh
# The W3C's tests of SPARQL 1.0 and 1.1: all pass but those that CONFORMANCE.md
# names.
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
program=$top_builddir/battlegraph
runner=$top_srcdir/../shared/eval/w3c.py
conformance=$top_srcdir/src/sparql/CONFORMANCE.md
python=/usr/bin/python3
# shellcheck source=tests/tap.sh
. "$top_srcdir/tests/tap.sh"

if [ ! -f "$runner" ]; then
  echo "1..0 # SKIP the W3C's tests are not at hand"
  exit 0
fi
if ! "$python" -c 'import rdflib' 2> /dev/null; then
  echo "1..0 # SKIP python3-rdflib is not installed"
  exit 0
fi

told="$work/err"
"$python" "$runner" --program "$program" --failures > "$work/report" 2> "$work/err"
awk -F '\t' 'NF >= 5 && $5 != "pass" { print $1, $3 }' "$work/report" |
  LC_ALL=C sort > "$work/failed"
awk -F '|' '/^\| sparql1/ { gsub(/ /, ""); print $2, $3 }' "$conformance" |
  LC_ALL=C sort > "$work/known"
cmp -s "$work/failed" "$work/known"
report "what fails is what CONFORMANCE.md names" $?
diff "$work/known" "$work/failed" | sed 's/^/# /'
passed=$(sed -n 's/^\([0-9]*\) passed, .*/\1/p' "$work/report")
[ "${passed:-0}" -ge 970 ]
report "${passed:-0} tests of the W3C pass" $?
echo "1..$n"
