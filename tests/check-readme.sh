#!/bin/sh
# What README.md shows is what happens: runs the commands of its ```sh blocks,
# compares their output with the lines shown beneath them.
#
# A line with "$ " before it is a command, one with "> " before it goes on with
# the command above. Commands run one after another in one scratch folder that
# looks like the source tree after ./bootstrap build. A ./bootstrap command is
# what runs this test: only its name is looked up. A block with rdfproc is left
# out where that is not there, or cannot load a module with sanitizers.
#
# UPDATE=1 writes what the commands print into README.md.
readme=$top_srcdir/README.md
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/tree" "$scratch/steps"
for part in data ontology tests README.md; do
  cp -R "$top_srcdir/$part" "$scratch/tree/$part"
done
chmod -R u+w "$scratch/tree" # make distcheck reads a tree without
ln -s "$top_builddir" "$scratch/tree/build"
PATH=$top_builddir:$PATH
export PATH

# Writes each command and its expected output to files steps/N.command and
# steps/N.expected.
awk -v steps="$scratch/steps" '
  /^```/ {
    for (; needs_rdfproc && first <= n; first++) {
      print > sprintf("%s/%03d.rdfproc", steps, first)
    }
    inside = !inside && $0 == "```sh"
    step = ""
    needs_rdfproc = 0
    first = n + 1
    next
  }
  !inside { next }
  / rdfproc / { needs_rdfproc = 1 }
  /^\$ / {
    step = sprintf("%s/%03d", steps, ++n)
    print substr($0, 3) > (step ".command")
    printf "" > (step ".expected")
    next
  }
  step == "" { next }
  /^> / { print substr($0, 3) > (step ".command"); next }
  { print > (step ".expected") }' "$readme"

# Whether the command in file $1 does what is shown; leaves differences.
try() {
  case $(cat "$1.command") in
    "./bootstrap "*)
      word=$(sed 's|^\./bootstrap \([a-z-]*\).*|\1|' "$1.command")
      sh "$top_srcdir/bootstrap" --help | grep -q "^  $word " ||
        echo "bootstrap --help does not name '$word'" > "$1.difference"
      ;;
    *)
      (cd "$scratch/tree" && sh "$1.command") > "$1.actual" 2>&1 < /dev/null
      diff -u "$1.expected" "$1.actual" > "$1.difference"
      ;;
  esac
  [ ! -s "$1.difference" ]
}

# README.md with what the commands printed.
updated() {
  awk -v steps="$scratch/steps" '
    function show_output() {
      while (step != "" && (getline line < (step ".actual")) > 0) print line
    }
    /^```/ { show_output(); step = ""; inside = !inside && $0 == "```sh" }
    inside && /^\$ / {
      show_output()
      step = sprintf("%s/%03d", steps, ++n)
      # What was not run keeps what it shows.
      if ((getline line < (step ".actual")) < 0) step = ""
      close(step ".actual")
    }
    step == "" || /^[$>] / { print }' "$readme"
}

without=
module=$top_builddir/.libs/librdf_storage_battlegraph.so
if ! command -v rdfproc > /dev/null; then
  without='rdfproc is not installed'
elif grep -q '__[at]san_init\|__ubsan_' "$module"; then
  without='the module is built with sanitizers'
fi
n=0
for command in "$scratch"/steps/*.command; do
  [ -f "$command" ] || continue
  n=$((n + 1))
  if [ -n "$without" ] && [ -f "${command%.command}.rdfproc" ]; then
    printf 'ok %d - %s # SKIP %s\n' "$n" "$(head -n 1 "$command")" "$without"
  elif try "${command%.command}"; then
    printf 'ok %d - %s\n' "$n" "$(head -n 1 "$command")"
  else
    printf 'not ok %d - %s\n' "$n" "$(head -n 1 "$command")"
    sed 's/^/# /' "${command%.command}.difference"
  fi
done
if [ -n "$UPDATE" ]; then
  updated > "$scratch/README.md" && cat "$scratch/README.md" > "$readme"
  exit
fi
if [ "$n" -eq 0 ]; then
  n=1
  echo "not ok 1 - README.md shows no command"
fi
echo "1..$n"
