#!/bin/sh
# Prints how many lines of each source file the tests ran: `make coverage`.
# Runs in the folder of a build with --enable-coverage; $1 is the source tree.
case ${CC:-gcc} in
  *clang*) gcov="llvm-cov gcov" ;;
  *) gcov=gcov ;;
esac
find src -name '*.gcno' | while read -r notes; do
  # A file that no test ran has notes but no counts.
  $gcov -n "$notes" 2> /dev/null
done | awk -v source="$1/" '
  /^File / {
    file = substr($0, 7, length($0) - 7)
    if (index(file, source) == 1) file = substr(file, length(source) + 1)
  }
  /^Lines executed:/ && file ~ /^src\/.*\.c$/ {
    split($2, part, /[:%]/)
    lines[file] = $4
    run[file] = part[2] * $4 / 100
    file = ""
  }
  /^No executable lines/ { file = "" }
  END {
    for (file in lines) {
      printf "%6.1f %%  %5d lines  %s\n", 100 * run[file] / lines[file], \
        lines[file], file | "sort -k 4"
      all += lines[file]
      all_run += run[file]
    }
    close("sort -k 4")
    if (all > 0) printf "%6.1f %%  %5d lines  all\n", 100 * all_run / all, all
  }'
