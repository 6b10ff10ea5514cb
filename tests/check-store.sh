#!/bin/sh
# What a store promises whoever kills its writer, reads meanwhile, fills the
# disk or spoils the files: it is whole, or says why not, and stays as it is.
program=$top_builddir/battlegraph
articles=$top_srcdir/data/articles
work=$(mktemp -d) || exit 99
trap 'umount full 2> /dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 99
chmod 755 . # others read stores here
# shellcheck source=tests/tap.sh
. "$top_srcdir/tests/tap.sh"

has() { command -v "$1" > /dev/null; }
has timeout || timeout() {
  shift
  "$@"
}
is_sanitized() { grep -q -e __asan_init -e __tsan_init "$program"; }

# ---- telling ----------------------------------------------------------------

# make_quads FROM TO: as they are exported.
make_quads() {
  awk -v from="$1" -v to="$2" 'BEGIN {
    integer = "\"^^<http://www.w3.org/2001/XMLSchema#integer>"
    for (i = from; i < to; i++) {
      printf "<http://x/s%d> <http://x/p%d> \"%d%s", i / 5, i % 7, i, integer
      print i % 3 == 0 ? " ." : " <http://x/g" i % 11 "> ."
    }
  }'
}
export_sorted() { "$program" export --format nquads "$1" 2> err | LC_ALL=C sort; }

# state_of STORE: the sum of what it holds, if it opens and nothing is wrong.
state_of() {
  timeout 60 "$program" check "$1" > checked 2> err || {
    echo "not whole: $(cat checked err)"
    return
  }
  export_sorted "$1" | cksum
}

# list_states FILE FIRST BATCH: the sums of FIRST lines, and of each batch more.
list_states() {
  lines=$(wc -l < "$1")
  i=$2
  while [ "$i" -le "$lines" ]; do
    head -n "$i" "$1" | LC_ALL=C sort | cksum
    i=$((i + $3))
  done
}

now() { date +%s%N; }

# moments N NANOSECONDS: N of them in seconds, each at random in its share.
moments() {
  awk -v count="$1" -v most="$2" 'BEGIN {
    state = 717
    for (i = 0; i < count; i++) {
      state = (state * 16807) % 2147483647
      printf "%.4f\n", most * (i + state / 2147483647) / count / 1e9
    }
  }'
}

# How many seconds the kills may take: under a sanitizer there are fewer.
until=$(($(date +%s) + 40))
is_late() { [ "$(date +%s)" -gt "$until" ]; }

# ---- kill -9 ----------------------------------------------------------------

base=2000 batch=1000
make_quads 0 12000 > all.nq
head -n $base all.nq > base.nq
tail -n +$((base + 1)) all.nq > more.nq
list_states all.nq $base $batch > whole
run load base base.nq; check 0 'a store to begin with'
cp -R base store
started=$(now)
run load --batch $batch store more.nq
took=$(($(now) - started))
[ "$(state_of store)" = "$(tail -n 1 whole)" ]
report 'all of a load is there' $?

# kill_at SECONDS ARGUMENT...
kill_at() {
  moment=$1
  shift
  "$program" "$@" > /dev/null 2> killed &
  writer=$!
  sleep "$moment"
  kill -9 $writer 2> /dev/null
  wait $writer 2> /dev/null
}

: > seen
killed=0
for moment in $(moments 200 $took); do
  rm -rf store && cp -R base store
  kill_at "$moment" load --batch $batch store more.nq
  state_of store >> seen
  killed=$((killed + 1))
  is_late && break
done
sort -u seen | grep -vxFf whole > strange
told=strange
[ ! -s strange ]
report "a load killed at $killed moments leaves whole batches" $?
[ "$(sort -u seen | wc -l)" -gt 3 ]
report "among them $(sort -u seen | wc -l) of $(wc -l < whole) states" $?
told=err
run load --batch $batch store more.nq
[ "$(state_of store)" = "$(tail -n 1 whole)" ]
report 'a killed load is done again' $?

head -n 10 all.nq > few.nq
LC_ALL=C sort few.nq | cksum > wanted
rm -rf store
started=$(now)
run load store few.nq
took=$(($(now) - started))
wrong=0 killed=0
for moment in $(moments 60 $took); do
  rm -rf store
  kill_at "$moment" load store few.nq
  killed=$((killed + 1))
  run load store few.nq
  [ "$status" -eq 0 ] && [ "$(state_of store)" = "$(cat wanted)" ] || wrong=$((wrong + 1))
done
[ $wrong -eq 0 ]
report "a store is made anew after each of $killed kills" $?

# ---- readers and writers at once --------------------------------------------

# read_on NAME COMMAND...: while the file `loading` is there; what fails, or
# takes long, is a line of NAME.failed.
read_on() {
  name=$1
  shift
  while [ -e loading ]; do
    timeout 10 "$@" > "$name.out" 2> "$name.err" ||
      echo "$name: $? $(cat "$name.err")" >> "$name.failed"
    cksum < "$name.out" >> "$name.sums"
    wc -l < "$name.out" >> "$name.counts"
  done
}
make_quads 0 42000 > long.nq
i=$base
while [ $i -le 42000 ]; do
  echo $i
  i=$((i + batch))
done > whole_counts
rm -rf store && cp -R base store
: > loading
for name in a b; do
  read_on export_$name "$program" export --format nquads store &
  read_on query_$name "$program" query --results tsv store 'SELECT ?s ?p ?o { ?s ?p ?o }' &
done
"$program" load --batch $batch store long.nq > /dev/null 2> writer.err
status=$?
rm loading
wait
check 0 'a writer among readers'
cat ./*.failed > strange 2> /dev/null
told=strange
[ ! -s strange ]
report 'no reader fails or waits' $?
# The answer to a query has a line more.
awk '{ print $1 - 1 }' query_?.counts | cat - export_?.counts | sort -u > seen
grep -vxFf whole_counts seen > strange
[ ! -s strange ] && [ "$(wc -l < seen)" -gt 1 ]
report "each sees whole batches, of $(wc -l < seen) sizes" $?
told=err

# A writer that ends when told: it reads a pipe.
mkfifo pipe.nq
# begin_load STORE: `writer` and descriptor 7 belong to it.
begin_load() {
  "$program" load "$1" pipe.nq > /dev/null 2> writer.err &
  writer=$!
  exec 7> pipe.nq
  within 10 test -e "$1/writer.lock"
}
end_load() {
  cat "$1" >&7
  exec 7>&-
  wait $writer
}
make_quads 50000 50010 > first.nq
make_quads 60000 60010 > second.nq
rm -rf store
begin_load store
within 10 test -s store/battlegraph.store
run load store second.nq;               check 3 'a second writer fails'
says err '--wait'                       'and is told of --wait'
timeout 20 "$program" load --wait store second.nq > /dev/null 2> waiter.err 7>&- &
waiter=$!
sleep 0.2
kill -0 $waiter 2> /dev/null
report 'with it, the second waits' $?
end_load first.nq; status=$?;           check 0 'the first ends'
wait $waiter; status=$?;                check 0 'the second follows'
cat first.nq second.nq | LC_ALL=C sort | cksum > wanted
[ "$(state_of store)" = "$(cat wanted)" ]
report 'the loads of both are there' $?

# ---- copies -----------------------------------------------------------------

rm -rf store && cp -R base store
"$program" load --batch $batch store long.nq > /dev/null 2> writer.err &
writer=$!
list_states long.nq $base $batch > whole_long
: > seen
for i in 1 2 3 4 5 6 7 8; do
  "$program" backup store copy > out 2> err || cat err >> seen
  state_of copy >> seen
  rm -rf copy
done
wait $writer
sort -u seen | grep -vxFf whole_long > strange
told=strange
[ ! -s strange ]
report 'copies beside a writer hold whole batches' $?
told=err
mkdir copy
: > copy/other
run backup store copy;                  check 1 'a copy into a directory of other things is refused'
[ "$(ls copy)" = other ]
report 'nothing is changed in it' $?
rm copy/other
run backup store copy;                  check 0 'into an empty one it goes'
cksum < copy/data.mdb > before
run backup store copy;                  check 1 'a second time it is refused'
cksum < copy/data.mdb > after
same before after                       'and nothing is changed'
rm -rf copy

# A reader that ends when told: nobody takes its output.
mkfifo taken
begin_export() {
  "$program" export --format nquads "$1" > taken 2> reader.err 7>&- &
  reader=$!
  exec 8< taken
  sleep 0.2
}
end_export() {
  exec 9<&8 8<&-
  wc -l <&9 > count
  exec 9<&-
  wait $reader
}
export_sorted store | cksum > wanted
bytes=$(wc -c < store/data.mdb)
begin_export store
run compact store;                      check 3 'compact wants nobody else there'
says err '--wait'                       'and tells of --wait'
# Several who wait do not wait for each other.
timeout 20 "$program" compact --wait store > /dev/null 2> waiter.err 8<&- &
waiters=$!
sleep 0.1
timeout 20 "$program" load --wait store few.nq > /dev/null 2> waiter.err 8<&- &
waiters="$waiters $!"
timeout 20 "$program" compact --wait store > /dev/null 2> waiter.err 8<&- &
waiters="$waiters $!"
sleep 0.2
end_export; status=$?;                  check 0 'the reader ends'
[ "$(cat count)" -eq 42000 ]
report 'undisturbed' $?
status=0
for waiter in $waiters; do
  wait "$waiter" || status=$?
done
told=waiter.err
check 0 'compact and load wait with --wait'
told=err
export_sorted store | cksum > after
same wanted after                       'what is made small is the same'
[ "$(wc -c < store/data.mdb)" -lt "$bytes" ]
report 'and smaller' $?

rm -rf full_store && cp -R store full_store
started=$(now)
run compact full_store
took=$(($(now) - started))
wrong=0 killed=0
for moment in $(moments 20 $took); do
  rm -rf full_store && cp -R store full_store
  kill_at "$moment" compact full_store
  killed=$((killed + 1))
  timeout 20 "$program" check full_store > out 2> err || wrong=$((wrong + 1))
  run compact full_store
  [ "$status" -eq 0 ] || wrong=$((wrong + 1))
  export_sorted full_store | cksum | cmp -s - wanted || wrong=$((wrong + 1))
  for litter in full_store/*.new full_store.*; do
    [ ! -e "$litter" ] || wrong=$((wrong + 1))
  done
done
[ $wrong -eq 0 ]
report "compact killed at $killed moments harms nothing and leaves nothing" $?
rm -rf full_store

# ---- no room ----------------------------------------------------------------

# stays_as_it_was STORE WHAT: what `wanted` has the sum of.
stays_as_it_was() {
  state_of "$1" > after
  same wanted after "$2"
}
LC_ALL=C sort base.nq | cksum > wanted
rm -rf store && cp -R base store
# Of twice as many bytes on some shells as on others.
(
  trap '' XFSZ
  ulimit -f 600
  "$program" load --batch 10000 store long.nq
) > out 2> err
status=$?
check 3 'a file that may not grow'
says err 'too large'               'and that is said'
loaded=$(sed -n 's/ statements* loaded$//p' err)
head -n $((loaded > base ? loaded : base)) long.nq | LC_ALL=C sort | cksum > wanted
stays_as_it_was store                   'what was committed is there, and no more is said to be'
run load store long.nq;                 check 0 'with room it goes on'

mkdir full
if mount -t tmpfs -o size=1m tmpfs full 2> /dev/null; then
  LC_ALL=C sort base.nq | cksum > wanted
  cp -R base full/store
  run load full/store long.nq;          check 3 'a full disk'
  says err 'No space left\|is full'      'it is named'
  says err '^0 statements loaded'       'nothing is said to be loaded'
  stays_as_it_was full/store            'the store is as it was'
  : > few
  run load full/store no-such-file few.nq no-such-file
  check 3 'files that are missing'
  says err '^10 statements'             'do not keep others from being loaded'
  dd if=/dev/zero of=full/filler bs=1k > /dev/null 2>&1
  stays_as_it_was full/store            'on a full disk it can be read'
  run backup full/store full/copy;      check 3 'a copy finds no room'
  [ ! -e full/copy ]
  report 'and leaves nothing' $?
  run compact full/store;               check 3 'nor does compact'
  rm full/store/lock.mdb
  dd if=/dev/zero of=full/filler2 bs=1k > /dev/null 2>&1
  stays_as_it_was full/store            'nor does it need room for readers'
  run load full/store more.nq;          check 3 'a writer does'
  run load full/new few.nq;             check 3 'as does a new store'
  rm full/filler full/filler2
  run load full/store few.nq;           check 0 'with room it goes on'
  mount -o remount,ro full 2> /dev/null
  stays_as_it_was full/store            'where nothing can be written it is read'
  run load full/store more.nq;          check 3 'and not written'
  says err 'Read-only'                  'and that is said'
  umount full
else
  skip_one 'a full disk' 'no disk can be mounted'
fi

# ---- no leave ---------------------------------------------------------------

# As somebody who may not write.
if [ "$(id -u)" -ne 0 ]; then
  other='env'
elif has setpriv; then
  other='setpriv --reuid=65534 --regid=65534 --clear-groups'
else
  other=false
fi
rm -rf store && cp -R base store
chmod a-w,a+r store store/* && chmod a+x store
LC_ALL=C sort base.nq | cksum > wanted
if $other env "$program" help > /dev/null 2>&1; then
  # as_other ARGUMENT...
  as_other() {
    # shellcheck disable=SC2086 # a command of several words
    $other env BATTLEGRAPH_DATA="$BATTLEGRAPH_DATA" "$program" "$@" > out 2> err
    status=$?
  }
  cksum store/* > before
  as_other export --format nquads store; check 0 'a store of somebody else is read'
  LC_ALL=C sort out | cksum > after
  same wanted after                     'all of it'
  as_other check store;                 check 0 'nothing is wrong with it'
  as_other load store more.nq;          check 3 'it is not written'
  says err 'Permission denied'          'and that is said'
  as_other compact store;               check 3 'nor made small'
  cksum store/* > after
  same before after                     'nothing is changed'
  if [ "$other" != env ]; then
    begin_load store
    sleep 0.2
    as_other check store;               check 3 'while it is written it is not read'
    says err 'in use'                   'and that is said'
    end_load few.nq
  fi
else
  skip_one 'a store of somebody else' 'there is nobody else'
fi
chmod -R u+w store

# ---- foreign and broken files -----------------------------------------------

# refuses WHAT STORE: whatever is done with it; and it stays as it is.
refuses() {
  find "$2" -type f ! -name '*lock*' -exec cksum {} + | sort > before
  wrong=''
  for command in "check $2" "export $2" "stats $2" "query $2 ASK{}" \
    "load $2 few.nq" "compact $2" "backup $2 copy"; do
    # shellcheck disable=SC2086 # a command of several words
    timeout 20 "$program" $command > out 2> err
    status=$?
    case $status in
      1 | 3) [ -s err ] || wrong="$wrong, '$command' says nothing" ;;
      *) wrong="$wrong, '$command' ends with $status" ;;
    esac
  done
  find "$2" -type f ! -name '*lock*' -exec cksum {} + | sort > after
  cmp -s before after || wrong="$wrong, it is changed"
  [ ! -e copy ] || wrong="$wrong, it is copied"
  rm -rf copy
  [ -z "$wrong" ]
  report "$1$wrong" $?
}
# another NAME: a copy of the store to be spoiled.
another() {
  rm -rf "$1" && cp -R base "$1"
}
head -c 100000 "$program" | tail -c 50000 > bytes
another spoiled; cp bytes spoiled/data.mdb; refuses 'other bytes' spoiled
another spoiled; cp few.nq spoiled/data.mdb; refuses 'a text' spoiled
another spoiled; : > spoiled/data.mdb;  refuses 'an empty file' spoiled
another spoiled; rm spoiled/data.mdb;   refuses 'a missing file' spoiled
another spoiled; LC_ALL=C sed 's/spog/xpog/g' base/data.mdb > spoiled/data.mdb
refuses 'the LMDB file of something else' spoiled
another spoiled; echo 'battlegraph store, format 9' > spoiled/battlegraph.store
refuses 'a later format' spoiled
says err 'another format'               'and that is said'
another spoiled; rm spoiled/battlegraph.store spoiled/writer.lock
refuses 'LMDB files of something else' spoiled
another spoiled; rm spoiled/battlegraph.store
refuses 'LMDB files of something else, beside a lock' spoiled
rm -rf spoiled; mkdir spoiled; echo > spoiled/battles-sp2o.db
refuses 'a store of the first format' spoiled
rm -rf spoiled; mkdir spoiled; cp few.nq spoiled
refuses 'a directory of other things' spoiled
rm -rf spoiled; cp few.nq spoiled;      refuses 'a file' spoiled
rm -rf spoiled
for command in check export stats compact; do
  run $command spoiled;                 check 3 "$command: what is not there"
done
[ ! -e spoiled ]
report 'it is not made' $?

# With long terms, which have pages of their own.
awk 'BEGIN {
  for (i = 0; i < 2000; i++) words = words "words "
  for (i = 0; i < 20; i++) print "<http://x/long> <http://x/p> \"" i words "\" ."
}' > words.nq
rm -rf long && cp -R base long
run load --batch 5 long words.nq
state_of long > wanted
size=$(wc -c < long/data.mdb)
wrong='' cuts=0
for cut in 1 100 4096 5000 8192 12288 $((size - 1)) $((size - 4096)) $((size - 8192)) $(
  awk -v size="$size" 'BEGIN {
    state = 717
    for (i = 0; i < 41; i++) {
      state = (state * 16807) % 2147483647
      print i % 2 ? state % size : int(state % size / 4096) * 4096
    }
  }'); do
  rm -rf spoiled && cp -R long spoiled
  head -c "$cut" long/data.mdb > spoiled/data.mdb
  cp spoiled/data.mdb cut
  timeout 20 "$program" export --format nquads spoiled > out 2> err
  status=$?
  cuts=$((cuts + 1))
  if [ $status -eq 0 ] && [ "$(state_of spoiled)" = "$(cat wanted)" ]; then
    continue # what was cut off was free
  elif [ $status -ne 1 ] && [ $status -ne 3 ] || [ ! -s err ] || ! cmp -s cut spoiled/data.mdb; then
    wrong="$wrong, at $cut: $status"
  fi
done
[ -z "$wrong" ]
report "a file cut off at $cuts places is refused$wrong" $?

# ---- bits -------------------------------------------------------------------

# LMDB believes its pages: what it does not survive is told, and is seldom.
head -n 600 all.nq > some.nq
rm -rf some
run load --batch 200 some some.nq
size=$(wc -c < some/data.mdb)
awk -v size="$size" 'BEGIN {
  state = 4711
  for (i = 0; i < 300; i++) {
    state = (state * 16807) % 2147483647
    place = state % size
    state = (state * 16807) % 2147483647
    print place, 2 ^ (state % 8)
  }
}' > flips
wrong='' died=0 deaths='' refused=0 flipped=0
cp -R some spoiled.bits
while read -r place bit; do
  byte=$(od -An -tu1 -j "$place" -N 1 some/data.mdb)
  cp some/data.mdb spoiled.bits/data.mdb
  # shellcheck disable=SC2059 # an octal escape
  printf "\\$(printf %o $((byte ^ bit)))" |
    dd of=spoiled.bits/data.mdb bs=1 seek="$place" conv=notrunc 2> /dev/null
  flipped=$((flipped + 1)) worst=0
  for command in "check spoiled.bits" "export spoiled.bits" "stats spoiled.bits" \
    "query spoiled.bits SELECT(COUNT(*)AS?n){?s?p?o}"; do
    # shellcheck disable=SC2086 # a command of several words
    timeout 10 "$program" $command > out 2> err < /dev/null
    status=$?
    [ $status -lt $worst ] || worst=$status
    case $status in
      0) ;;
      1 | 3) [ -s err ] || wrong="$wrong, $place: '$command' says nothing" ;;
      124) wrong="$wrong, $place: '$command' hangs" ;;
      *) died=$((died + 1)) deaths="$deaths '${command%% *}' by bit $bit of $place," ;;
    esac
  done
  [ $worst -eq 0 ] || refused=$((refused + 1))
  if is_late && [ $(($(date +%s) - until)) -gt 30 ]; then break; fi
done < flips
[ -z "$wrong" ] && [ $died -le $((flipped / 30)) ]
report "one bit in each of $flipped places is wrong: $refused are noticed$wrong" $?
[ -z "$deaths" ] || echo "# died in LMDB:${deaths%,}"

# ---- memory -----------------------------------------------------------------

# shellcheck disable=SC3045
if is_sanitized; then
  skip_one 'little address space' 'a sanitizer takes it all'
elif ! (ulimit -v 400000) 2> /dev/null; then
  skip_one 'little address space' 'it cannot be limited'
else
  # Four megabytes each.
  awk 'BEGIN {
    words = "words of some length, "
    while (length(words) < 4000000) words = words words
    for (i = 0; i < 12; i++) print "<http://x/long> <http://x/p> \"" i words "\" ."
  }' > words.nq
  rm -rf large
  run load large words.nq
  rm words.nq
  for limit in 400000 150000; do
    (ulimit -v $limit && exec "$program" check base) > out 2> err
    status=$?
    check 0 "a small store in $limit kB of address space"
  done
  (ulimit -v 100000 && exec "$program" check large) > out 2> err
  status=$?
  check 3 'a large one does not fit into little'
  says err 'address space'              'and that is said'
  rm -rf large
fi

# ---- what is read -----------------------------------------------------------

head -n 5 all.nq > half.nq
echo '<http://x/s> <http://x/p> "never closed .' >> half.nq
tail -n 5 all.nq >> half.nq
rm -rf store
run load store half.nq;                 check 1 'a file that goes wrong'
says err 'half.nq:6:42: '               'line and column are named'
says err '^5 statements loaded'         'what stood before is there'
head -n 5 all.nq | LC_ALL=C sort | cksum > wanted
stays_as_it_was store                   'and nothing else'
printf '@prefix x: <http://x/> .\nx:a x:b x:c .\nx:a x:b ] .\n' > half.ttl
rm -rf store
run load store half.ttl;                check 1 'Turtle that goes wrong'
says err 'half.ttl:3'                   'the line is named'
[ "$(export_sorted store | wc -l)" -eq 1 ]
report 'what stood before is there' $?

for name in one two; do
  echo "_:a <http://x/name> \"$name\" ." > $name.nt
  echo "_:a <http://x/name> \"$name\" ." > $name.ttl
done
rm -rf store
for files in 'one.nt two.nt' 'one.ttl two.ttl' one.nt one.ttl; do
  # shellcheck disable=SC2086 # several files
  run load store $files
done
[ "$(export_sorted store | sed 's/ .*//' | sort -u | wc -l)" -eq 6 ]
report 'blank nodes of two files, or two loads, never meet' $?

# ---- articles ---------------------------------------------------------------

rm -rf store
run extract --store store "$articles"/*.wiki; check 0 'articles go into a store'
export_sorted store > once
run extract --store store "$articles"/*.wiki; check 0 'a second time'
export_sorted store > twice
same once twice                         'it holds the same'
[ -s once ]
report 'and something' $?

# make_dump REVISION YEAR
make_dump() {
  cat << END
<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
  <siteinfo><sitename>Wikipedia</sitename>
    <base>https://en.wikipedia.org/wiki/Main_Page</base>
  </siteinfo>
  <page><title>Battle of Nowhere</title><ns>0</ns><id>7</id>
    <revision><id>$1</id><timestamp>2026-06-01T00:00:00Z</timestamp>
      <model>wikitext</model><format>text/x-wiki</format>
      <text xml:space="preserve">{{Infobox military conflict
| conflict = Battle of Nowhere
| date = 14 October $2
| combatant1 = [[Normandy]]
| combatant2 = [[England]]
}}</text></revision></page>
</mediawiki>
END
}
make_dump 5 1066 > old.xml
make_dump 6 1067 > new.xml
run extract --store store old.xml;      check 0 'a page of a dump'
export_sorted store > out
says out '1066-10-14'                   'is there'
run extract --store store new.xml;      check 0 'a newer revision'
export_sorted store > after
lacks after '1066-10-14'                'replaces it'
says after '1067-10-14'                 'by its own'
run check store;                        check 0 'nothing is wrong'
echo "1..$n"
