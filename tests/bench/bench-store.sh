#!/bin/sh
# What a store costs: to load, on disk, to open, to look up, to write out. Beside
# it are the storages of Redland that can take the graph, Virtuoso, and rapper.
#
# program: the program; lookups: bench_lookups; work: a folder, by its whole
# path, for what is made here, where the graphs and bench-store.tsv stay;
# make_graph: a script that makes a graph of so many triples. Where they are
# set: sizes, how many triples the graphs have; peers_largest, the largest of
# them for rapper and Redland's own storages (1000000); modules, a folder with
# the program's module for librdf; virtuoso_port, a free one (21111); patience,
# the seconds that anything may take (3600). BATTLEGRAPH_DATA is as the program
# wants it.
#
# What is not installed, or fails, is left out of the tables, and said.
sizes=${sizes:-1000000 10000000}
peers_largest=${peers_largest:-1000000}
virtuoso_port=${virtuoso_port:-21111}
patience=${patience:-3600}
# The memory of its own in which Turtle must be written, whatever the size.
stream_megabytes=64

installed() {
  command -v "$1" > /dev/null 2>&1
}

# leave_out WHAT: and why, where that was told last.
leave_out() {
  {
    echo "left out, $size triples: $1"
    tail -n 3 "$scratch/messages" | sed 's/^/  /'
  } >> "$scratch/notes"
  : > "$scratch/messages"
}

for variable in program lookups work make_graph; do
  eval "[ -n \"\$$variable\" ]" || {
    echo "bench-store.sh: '$variable' is not set" >&2
    exit 2
  }
done
time=$(command -v gtime || echo /usr/bin/time)
"$time" -f %M true > /dev/null 2>&1 || {
  echo "bench-store.sh: GNU time is not installed" >&2
  exit 1
}
mkdir -p "$work" && scratch=$(mktemp -d "$work/bench-store.XXXXXX") || exit 1
child=
server=
trap 'clean_up' EXIT
trap 'exit 1' HUP INT TERM
: > "$scratch/notes"
: > "$scratch/messages"
mkfifo "$scratch/pipe" && mkdir "$scratch/module" "$scratch/no-module" || exit 1
results=$work/bench-store.tsv
printf 'triples\tcontender\tfigure\tvalue\tunit\tnote\n' > "$results"

clean_up() {
  if [ -n "$child" ]; then
    kill "$child" 2> /dev/null
    wait "$child"
  fi
  [ -z "$server" ] || stop_server
  rm -rf "$scratch"
}

# run COMMAND...: where a signal ends this script, it ends the command as well.
run() {
  timeout -k 10 "$patience" "$@" &
  child=$!
  wait "$child"
  status=$?
  child=
  [ $status -ne 124 ] || echo "took more than $patience seconds" >&2
  return $status
}

# timed COMMAND...: sets cpu and wall, in seconds, and memory, in MB.
timed() {
  run "$time" -o "$scratch/time" -f '%U %S %e %M' "$@" || return 1
  read -r user system wall memory < "$scratch/time"
  cpu=$(calculate "$user + $system")
  memory=$(calculate "$memory * 1024 / 1e6")
}

# A division by nothing, which a clock of 10 ms may give, is one by that.
calculate() {
  awk "function per(a, b) { return a / (b > 0 ? b : 0.01) } BEGIN { printf \"%.10g\", $1 }"
}

# record CONTENDER FIGURE VALUE UNIT NOTE
record() {
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$size" "$1" "$2" "$3" "$4" "$5" >> "$results"
}

# record_load CONTENDER: what `timed` set.
record_load() {
  record "$1" load-rate "$(calculate "per($triples, $cpu)")" triples/s 'of CPU'
  record "$1" load-cpu "$cpu" s
  record "$1" load-wall "$wall" s
  record "$1" load-rss "$memory" MB
}

# record_disk CONTENDER FILE
record_disk() {
  set -- "$1" "$(du -s -B1 --apparent-size "$2" | cut -f 1)" \
    "$(du -s -B1 "$2" | cut -f 1)"
  record "$1" disk "$(calculate "$2 / $triples")" bytes 'a triple'
  record "$1" disk-allocated "$(calculate "$3 / $triples")" bytes 'a triple'
}

# record_lookups CONTENDER ARGUMENT...: also the load, where that is asked for.
record_lookups() {
  contender=$1
  shift
  run "$lookups" "$@" > "$scratch/lookups" 2> "$scratch/messages" ||
    leave_out "$contender: look-ups, or some of them"
  while IFS=$(printf '\t') read -r figure value unit note; do
    record "$contender" "$figure" "$value" "$unit" "$note"
    if [ "$figure" = load-cpu ]; then
      record "$contender" load-rate "$(calculate "per($triples, $value)")" \
        triples/s 'of CPU'
    fi
  done < "$scratch/lookups"
}

# written COMMAND...: as `timed`, and sets bytes to how many it wrote; that costs
# it no disk.
written() {
  wc -c < "$scratch/pipe" > "$scratch/bytes" &
  counter=$!
  timed "$@" > "$scratch/pipe" 2> "$scratch/messages"
  status=$?
  wait "$counter"
  read -r bytes < "$scratch/bytes"
  [ "$status" -eq 0 ] && [ "$bytes" -gt 0 ]
}

# record_export CONTENDER FORMAT: what `written` set.
record_export() {
  record "$1" "$2-rate" "$(calculate "per($bytes, $cpu) / 1e6")" MB/s \
    "of CPU, $bytes bytes of output"
  record "$1" "$2-wall" "$wall" s
  record "$1" "$2-rss" "$memory" MB
}

# ---- the program -------------------------------------------------------------

# load CONTENDER FILE: into $store.
load() {
  rm -rf "$store"
  timed "$program" load "$store" "$2" > "$scratch/messages" 2>&1 || {
    leave_out "$1 (cannot load)"
    return 1
  }
  record_load "$1"
  record_disk "$1" "$store"
}

# record_module CONTENDER ARGUMENT...: through librdf, where the module is there.
record_module() {
  contender=$1
  shift
  if [ -n "$has_module" ]; then
    REDLAND_MODULE_PATH=$scratch/module
    record_lookups "$contender" --librdf battlegraph "$@"
    REDLAND_MODULE_PATH=$scratch/no-module
  else
    leave_out "$contender (no module in '$modules')"
  fi
}

measure_program() {
  load battlegraph "$graph" || return
  rate=$(calculate "per($triples, $cpu)")
  if [ "$size" = "$smallest" ]; then
    first_rate=$rate
  elif [ -n "$first_rate" ]; then
    record battlegraph load-share "$(calculate "$rate / $first_rate")" '' \
      "of the rate at $smallest triples"
  fi
  record_lookups battlegraph "$store"
  record_module librdf-battlegraph "$store"
  set -- "$program" export "$store" --format
  # shellcheck disable=SC2016 # it is the inner shell's to expand
  if written sh -c 'ulimit -d "$0" && exec "$@"' \
    $((stream_megabytes * 1000000 / 1024)) "$@" turtle; then
    record battlegraph turtle-own "$stream_megabytes" MB 'it was given no more'
    record_export battlegraph turtle
  elif written "$@" turtle; then
    record battlegraph turtle-own "$memory" MB "more than $stream_megabytes"
    record_export battlegraph turtle
  else
    leave_out 'battlegraph (export to Turtle)'
  fi
  if written "$@" nquads; then
    record_export battlegraph nquads
  else
    leave_out 'battlegraph (export to N-Quads)'
  fi
}

# The same triples, those of one battle, place or person in a graph of its own.
measure_graphs() {
  quads=${graph%.nt}.nq
  [ -f "$quads" ] || {
    awk '{
      split($1, part, "/")
      sub(/>$/, "", part[5])
      sub(/\.$/, "")
      printf "%s<http://battle.example/page/%s/%s> .\n", $0, part[4], part[5]
    }' "$graph" > "$scratch/new.nq" && mv "$scratch/new.nq" "$quads"
  } || exit 1
  load battlegraph-quads "$quads" || return
  record_lookups battlegraph-quads "$store"
  record_module librdf-quads "$store"
}

# ---- the peers ---------------------------------------------------------------

measure_redland() {
  for storage in trees hashes; do
    rm -rf "$store"
    record_lookups "$storage" --librdf "$storage" --load "$graph" "$store"
    [ ! -d "$store" ] || record_disk "$storage" "$store"
  done
  rm -rf "$store"
  record_module librdf-battlegraph --load "$graph" --samples 0 "$store"
  rm -rf "$store"
}

measure_rapper() {
  if ! installed rapper; then
    leave_out 'rapper (not installed)'
  elif written rapper -q -i ntriples -o turtle "$graph"; then
    record_export rapper turtle
  else
    leave_out rapper
  fi
}

# ---- Virtuoso ----------------------------------------------------------------

# ask SQL
ask() {
  run isql-vt "127.0.0.1:$virtuoso_port" dba dba BANNER=OFF VERBOSE=OFF \
    PROMPT=OFF ERRORS=STDOUT EXEC="$1"
}

is_running() {
  kill -0 "$server" 2> /dev/null
}

# Its memory is what its manual advises for a machine of 2 GB.
start_server() {
  mkdir "$scratch/virtuoso"
  cat > "$scratch/virtuoso/virtuoso.ini" << TEXT
[Database]
DatabaseFile = $scratch/virtuoso/graph.db
ErrorLogFile = $scratch/virtuoso/graph.log
LockFile = $scratch/virtuoso/graph.lck
TransactionFile = $scratch/virtuoso/graph.trx
xa_persistent_file = $scratch/virtuoso/graph.pxa
[TempDatabase]
DatabaseFile = $scratch/virtuoso/temporary.db
TransactionFile = $scratch/virtuoso/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:$virtuoso_port
DisableUnixSocket = 1
DirsAllowed = $work
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
CheckpointInterval = 0
TEXT
  virtuoso-t +foreground +configfile "$scratch/virtuoso/virtuoso.ini" \
    > "$scratch/messages" 2>&1 &
  server=$!
  # Its own word: on the port might be another.
  tries=60
  until grep -q 'Server online' "$scratch/messages"; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] && is_running || return 1
    sleep 1
  done
}

stop_server() {
  tries=60
  kill "$server" 2> /dev/null
  while is_running && [ $tries -gt 0 ]; do
    tries=$((tries - 1))
    sleep 1
  done
  kill -9 "$server" 2> /dev/null
  wait "$server"
  server=
  rm -rf "$scratch/virtuoso"
}

# The processor seconds of the server so far: proc(5), after the name in brackets.
server_cpu() {
  sed 's/.*) //' "/proc/$server/stat" |
    awk -v ticks="$(getconf CLK_TCK)" '{ print ($12 + $13) / ticks }'
}

load_server() {
  empty=$(du -s -B1 "$scratch/virtuoso/graph.db" | cut -f 1)
  cpu=$(server_cpu)
  wall=$(date +%s.%N)
  ask "ld_dir('$work', '${graph##*/}', 'http://battle.example/');
    rdf_loader_run(); checkpoint;" > "$scratch/messages" 2>&1 || return 1
  wall=$(calculate "$(date +%s.%N) - $wall")
  cpu=$(calculate "$(server_cpu) - $cpu")
  memory=$(awk '/^VmHWM/ { print $2 * 1024 / 1e6 }' "/proc/$server/status")
  ask 'sparql select count(*) where { graph <http://battle.example/> { ?s ?p ?o } };' \
    > "$scratch/messages" 2>&1 || return 1
  # Those that stand twice in the graph are few.
  awk -v triples="$triples" '/^[0-9]+ *$/ { found = $1 }
    END { exit !(found > 0.99 * triples) }' "$scratch/messages" || return 1
  record_load virtuoso
  record_disk virtuoso "$scratch/virtuoso/graph.db"
  echo "virtuoso, $size triples: $((empty / 1000000)) MB of its file were there before the load" \
    >> "$scratch/notes"
}

measure_virtuoso() {
  if ! installed virtuoso-t || ! installed isql-vt; then
    leave_out 'Virtuoso (not installed)'
    return
  fi
  if ! start_server; then
    leave_out 'Virtuoso (does not start)'
  elif ! load_server; then
    leave_out 'Virtuoso (cannot load)'
  fi
  stop_server
}

# ---- all of them -------------------------------------------------------------

store=$scratch/store
# Without what else a folder of modules has; librdf opens all of them.
has_module=
if [ -n "$modules" ] &&
  cp "$modules/librdf_storage_battlegraph.so" "$scratch/module" 2> /dev/null; then
  has_module=yes
fi
REDLAND_MODULE_PATH=$scratch/no-module
export REDLAND_MODULE_PATH
smallest=
first_rate=
for size in $sizes; do
  smallest=${smallest:-$size}
  graph=$work/graph-$size.nt
  [ -f "$graph" ] || {
    # Under its own name only when it is whole.
    python3 "$make_graph" "$size" "$scratch/new.nt" > "$scratch/messages" &&
      mv "$scratch/new.nt" "$graph"
  } || exit 1
  triples=$(wc -l < "$graph")
  : > "$scratch/messages"
  measure_program
  if [ "$size" = "$smallest" ]; then
    measure_graphs
  fi
  if [ "$size" -le "$peers_largest" ]; then
    measure_redland
    measure_rapper
  fi
  measure_virtuoso
done

# ---- the tables --------------------------------------------------------------

# figure|title|which is better|required|with more than 1 M triples|through librdf
figures() {
  cat << 'TABLE'
quads|triples found in it|more|||
load-rate|load: triples/s of CPU|more|300000|150000|
load-share|load: rate, to the first size's|more||0.5|
load-cpu|load: CPU, s|less|||
load-wall|load: wall, s|less|||
load-rss|load: peak RSS, MB|less|1000|1000|
disk|on disk: bytes a triple|less|130|130|
disk-allocated|on disk: bytes, allocated|less|130|130|
open|opening, ms|less|5|5|
open-find-close|open, SP?, close, ms|less|||
lookup-SPO|SPO, us|less|5|5|15
lookup-SP?|SP?, us|less|5|5|15
lookup-S??|S??, us|less|5|5|15
lookup-?PO|?PO, us|less|5|5|15
lookup-??O|??O, us|less|5|5|15
lookup-S?O|S?O, us|less|5|5|15
terms-SPO|SPO, with terms, us|less|||
terms-SP?|SP?, with terms, us|less|||
terms-S??|S??, with terms, us|less|||
terms-?PO|?PO, with terms, us|less|||
terms-??O|??O, with terms, us|less|||
terms-S?O|S?O, with terms, us|less|||
has-SPO|SPO, yes or no, us|less|||
lookup-?P?|?P?, rows/s|more|||
lookup-SPOG|SPO in a graph, us|less|5|5|15
lookup-SP?G|SP? in a graph, us|less|5|5|15
lookup-S??G|S?? in a graph, us|less|5|5|15
lookup-?POG|?PO in a graph, us|less|5|5|15
lookup-??OG|??O in a graph, us|less|5|5|15
lookup-S?OG|S?O in a graph, us|less|5|5|15
lookup-?P?G|?P? in a graph, rows/s|more|||
lookup-???G|a graph, rows/s|more|||
turtle-rate|Turtle: MB/s of CPU|more|100|100|
turtle-wall|Turtle: wall, s|less|||
turtle-rss|Turtle: peak RSS, MB|less|||
turtle-own|Turtle: memory of its own, MB|less|64|64|
nquads-rate|N-Quads: MB/s of CPU|more|||
nquads-wall|N-Quads: wall, s|less|||
nquads-rss|N-Quads: peak RSS, MB|less|||
TABLE
}

# table SIZE
table() {
  figures | awk -F '|' -v size="$1" -v results="$results" '
    function shown(value) {
      return value >= 1000 || value == int(value) ? sprintf("%.0f", value) : \
        value >= 10 ? sprintf("%.1f", value) : sprintf("%.2f", value)
    }
    # Whose requirements are ours; those of the disk are for triples alone.
    function requirement(who) {
      if (who ~ /^librdf-/) return $6
      if (who == "battlegraph-quads" && $1 !~ /^lookup/) return ""
      return who ~ /^battlegraph/ ? (size > 1000000 ? $5 : $4) : ""
    }
    function verdict(value, required,    is_met) {
      is_met = $3 == "more" ? value >= required : value <= required
      asked++
      met += is_met
      return is_met ? "met" : "NOT met"
    }
    # How many times better we are.
    function ratio(value,    ours) {
      ours = figure["battlegraph", $1]
      if (ours == "" || ours * value == 0) return ""
      return sprintf("x%.2f", $3 == "more" ? ours / value : value / ours)
    }
    function cell(who,    value, required) {
      value = figure[who, $1]
      required = requirement(who)
      if (value == "" && who == "battlegraph" && required != "" && $1 !~ /G$/)
        not_measured++
      if (value == "") return "-"
      return shown(value) " " (required != "" ? verdict(value, required) : \
        who ~ /battlegraph|^librdf-/ ? "" : ratio(value))
    }
    BEGIN {
      contenders = split("battlegraph battlegraph-quads" \
        " librdf-battlegraph librdf-quads trees hashes virtuoso rapper", who, " ")
      is_there["battlegraph"] = 1
      while ((getline line < results) > 0) {
        split(line, column, "\t")
        if (column[1] != size) continue
        figure[column[2], column[3]] = column[4]
        is_there[column[2]] = 1
        has[column[3]] = 1
        if (!(column[3] in rows) && match(column[6], /[0-9.]+ rows/))
          rows[column[3]] = " (" substr(column[6], RSTART, RLENGTH) ")"
      }
      printf "%-32s %9s", "", "required"
      for (i = 1; i <= contenders; i++)
        if (is_there[who[i]]) printf " %18s", who[i]
      print ""
    }
    {
      required = size > 1000000 ? $5 : $4
      # Graphs are not in every store.
      if (!has[$1] && (required == "" || $1 ~ /G$/)) next
      printf "%-32s %9s", $2 rows[$1], required $6 == "" ? "" : \
        required ($6 == "" ? "" : " (" $6 ")")
      for (i = 1; i <= contenders; i++)
        if (is_there[who[i]]) printf " %18s", cell(who[i])
      print ""
    }
    END {
      printf "required, and met: %d; NOT met: %d; not measured: %d\n", met,
        asked - met, not_measured
    }'
}

for size in $sizes; do
  echo "== $size triples"
  table "$size"
  echo
done
echo "required: in brackets through librdf; x: how many times better battlegraph is"
echo "quads: the same, those of one battle, place or person in a graph of its own"
echo "trees (in memory) and hashes (Berkeley DB): storages of Redland, through librdf"
echo "rows: in the mean of the look-ups timed, up to 2000; how many, and the rows of each"
echo "contender, which may have had the time for few, are in $results"
cat "$scratch/notes"
