#!/bin/sh
# The data files are well-formed: UTF-8, as many fields in a row as the file
# says, no field empty or padded, no key twice, one newline at the end.
cd "$top_srcdir" || exit 1

# Files whose rows differ in length, with the least and the most fields of a
# row. In every other file all rows are as long as the first.
lengths() {
  case $1 in
    */bounds.tsv | */counted.tsv | */losses.tsv) echo 2 3 ;;
    */grammar.tsv) echo 2 4 ;;
    */dates.tsv) echo 2 4 ;;
    */sources.tsv) echo 1 2 ;;
    ontology/mappings/*) echo 4 6 ;;
    */alliances.tsv | */demonyms.tsv | */templates.tsv) echo 2 16 ;;
    *) echo 0 0 ;;
  esac
}

# How many leading fields make the key.
key_length() {
  case $1 in
    ontology/mappings/*) echo 2 ;;
    *) echo 1 ;;
  esac
}

# Prints a line for each fault of the table $1.
find_faults() {
  iconv -f UTF-8 -t UTF-8 "$1" > /dev/null 2>&1 || echo "is not UTF-8"
  [ -z "$(tail -c 1 "$1")" ] || echo "does not end in a newline"
  # shellcheck disable=SC2046 # two numbers
  set -- "$1" $(lengths "$1")
  awk -F '\t' -v least="$2" -v most="$3" -v keys="$(key_length "$1")" '
    /^#/ || /^[ \t]*$/ { next }
    most == 0 { least = most = NF }
    NF < least || NF > most {
      print "line " NR ": " NF " fields, not " least " to " most
    }
    {
      key = ""
      for (i = 1; i <= NF; i++) {
        if ($i == "") print "line " NR ": field " i " is empty"
        if ($i ~ /^ | $|\r/) print "line " NR ": space around field " i
        if (i <= keys) key = key "\t" tolower($i)
      }
      if (key in seen)
        print "line " NR ": the key of line " seen[key] " again:" key
      else
        seen[key] = NR
    }' "$1"
}

# Names of files have spaces and parentheses, but no newlines.
find data ontology -name '*.tsv' | sort | {
  n=0
  while read -r file; do
    n=$((n + 1))
    faults=$(find_faults "$file")
    if [ -z "$faults" ]; then
      echo "ok $n - $file"
    else
      echo "not ok $n - $file"
      echo "$faults" | sed 's/^/# /'
    fi
  done
  echo "1..$n"
}
