#!/bin/sh
# N-Triples and N-Quads as the W3C's tests have them, read in place: what is
# good is read, as many statements as rapper finds in it; what is bad is refused
# with its line. Then what the tests do not cover.
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
program=$top_builddir/battlegraph
suites=$top_srcdir/../shared/w3c/rdf11
# shellcheck source=tests/tap.sh
. "$top_srcdir/tests/tap.sh"

# load FILE: into a store of its own
load() {
  rm -rf store
  "$program" load store "$1" > out 2> err
}
# is_right FILE SYNTAX
is_right() {
  load "$1"
  status=$?
  case $1 in
    *bad*) [ "$status" -eq 1 ] && grep -q ":[0-9]*:[0-9]*: " err ;;
    *)
      [ "$status" -eq 0 ] || return 1
      command -v rapper > /dev/null || return 0
      wanted=$(rapper -q -i "$2" -o ntriples "$1" 2> /dev/null | wc -l)
      grep -q "^$((wanted)) statements\{0,1\} loaded" err
      ;;
  esac
}

for suite in rdf-n-triples:ntriples rdf-n-quads:nquads; do
  folder=$suites/${suite%:*}
  if [ ! -d "$folder" ]; then
    skip_one "${suite%:*}" 'it is not here'
    continue
  fi
  wrong='' count=0
  for file in "$folder"/*.n[tq]; do
    count=$((count + 1))
    is_right "$file" "${suite#*:}" || wrong="$wrong ${file##*/}"
  done
  echo "$wrong" > err
  [ -z "$wrong" ] && [ "$count" -gt 50 ]
  report "${suite%:*}: $count files" $?
done

# refuses WHAT LINE-AND-COLUMN TEXT
refuses() {
  printf '%b' "$3" > bad.nq
  load bad.nq
  [ $? -eq 1 ] && grep -q "bad.nq:$2: " err
  report "$1" $?
}
refuses 'an IRI without an end'         1:9  '<a:b> <c\n'
refuses 'a string without an end'       1:15 '<a:b> <a:c> "d\n'
refuses 'a literal as a subject'        1:1  '"a" <a:c> "d" .\n'
refuses 'words behind the end'          2:19 '# x\n<a:b> <a:c> "d" . e\n'
refuses 'bytes that are not UTF-8'      1:1  '<a:b> <a:c> "\0377" .\n'
refuses 'an escape of a surrogate'      1:20 '<a:b> <a:c> "\\uD800" .\n'
refuses 'a relative IRI'                1:2  '<b> <a:c> "d" .\n'

printf '<a:b> <a:c> "1" <a:g> .\r<a:b> <a:c> "2" <a:g> .\r\n<a:b> <a:c> "3" <a:g> .' > ends.nq
load ends.nq && grep -q '^3 statements' err
report 'lines end in each way, the last without' $?
for ending in gz:gzip bz2:bzip2 xz:xz zst:zstd; do
  file=packed.nq.${ending%:*}
  command -v "${ending#*:}" > /dev/null || continue
  "${ending#*:}" -c ends.nq > "$file"
  load "$file" && grep -q '^3 statements' err
  report "$file is unpacked" $?
done
gzip -c ends.nq > whole.nq.gz
head -c 50 whole.nq.gz > cut.nq.gz
load cut.nq.gz
[ $? -eq 1 ]
report 'a compressed file that is cut off is refused' $?
printf '@prefix a: <a:> . a:b a:c "d" .\n' | gzip > packed.ttl.gz
load packed.ttl.gz && grep -q '^1 statement' err
report 'Turtle is unpacked as well' $?
echo "1..$n"
