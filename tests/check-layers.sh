#!/bin/sh
# Checks src/LAYERS: rooms use only the rooms listed for them, through the door.
cd "$top_srcdir/src" || exit 1
n=0
for file in */*.c */*.h; do
  room=${file%%/*}
  allowed=$(awk -v room="$room" '$1 == room { $1 = ""; print $0 " " }' LAYERS)
  bad=
  grep -q "^$room\\b" LAYERS || bad=" ($room is not in LAYERS)"
  for used in $(sed -n 's/^ *# *include *"\([a-z_0-9]*\/[a-z_0-9]*\.h\)".*/\1/p' "$file"); do
    other=${used%%/*}
    if [ "$other" = "$room" ]; then continue; fi
    case " $allowed" in
      *" $other "*) ;;
      *) bad="$bad $used (not listed for $room)"; continue ;;
    esac
    case "$file:$used" in
      *:base/* | *:"$other/$other.h" | */redland*.c:*/redland.h) ;;
      *) bad="$bad $used (not the door of $other)" ;;
    esac
  done
  # Foreign types stay behind their rooms' own files.
  case $file in
    serialize/raptor* | store/redland* | sparql/redland*) ;;
    *) if grep -qE '#include <(raptor2/|raptor|rasqal|redland|librdf)' "$file"; then
         bad="$bad (includes Redland headers)"
       fi ;;
  esac
  n=$((n + 1))
  if [ -z "$bad" ]; then echo "ok $n - $file"; else echo "not ok $n - $file:$bad"; fi
done
echo "1..$n"
