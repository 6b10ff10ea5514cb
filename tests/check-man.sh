#!/bin/sh
# The manual page explains every command and option that --help names.
page=$top_srcdir/man/battlegraph.1
program=$top_builddir/battlegraph
n=0

# check WHAT PATTERN: a line of standard input matches the pattern.
check() {
  n=$((n + 1))
  if grep -qE -e "$2"; then
    echo "ok $n - $1"
  else
    echo "not ok $n - $1 is not in the page"
  fi
}

# What the page says of the command $1.
explanation() {
  awk -v command="$1" '/^\.It Cm / { on = $3 == command } on' "$page"
}

for command in $("$program" --help | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p'); do
  check "$command" "^\.It Cm $command( |\$)" < "$page"
  if [ "$command" = help ]; then continue; fi
  for option in $("$program" "$command" --help |
    sed -n 's/^  .*--\([a-z][a-z-]*\).*/\1/p' | sort -u); do
    if [ "$option" = help ]; then continue; fi
    explanation "$command" > "$top_builddir/man.part"
    check "$command --$option" "Fl -$option( |\$)" < "$top_builddir/man.part"
  done
done
rm -f "$top_builddir/man.part"
check "--help" "Fl -help( |\$)" < "$page"
check "--version" "Fl -version( |\$)" < "$page"
echo "1..$n"
