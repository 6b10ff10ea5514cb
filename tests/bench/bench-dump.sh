#!/bin/sh
# How fast a dump is read: against the decompressors, which nobody who reads it
# can beat, and against what a script in Python or JavaScript does.
#
# program: the program; dump: a dump, .xml.bz2; work: a folder for what is
# made here, where bench-dump.json and bench-dump-peers.json stay. Where they
# are set: make_dump, a script that makes the dump if it is missing; jobs, how
# many threads (one a processor); runs (5); python, one that has
# mwparserfromhell; wtf_version, which wtf_wikipedia npm installs, once, into
# the work folder. BATTLEGRAPH_DATA is as the program wants it.
#
# What is not installed is left out of the table, and said. In the work folder
# this needs room for the dump's XML, up to $largest bytes.
bench=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
jobs=${jobs:-$(getconf _NPROCESSORS_ONLN)}
runs=${runs:-5}
python=${python:-/usr/bin/python3}
wtf_version=${wtf_version:-10.4.2}
largest=4000000000

installed() {
  command -v "$1" > /dev/null 2>&1
}

leave_out() {
  echo "left out: $1" >> "$scratch/notes"
}

for variable in program dump work; do
  eval "[ -n \"\$$variable\" ]" || {
    echo "bench-dump.sh: '$variable' is not set" >&2
    exit 2
  }
done
installed hyperfine || {
  echo "bench-dump.sh: hyperfine is not installed" >&2
  exit 1
}
mkdir -p "$work" && scratch=$(mktemp -d "$work/bench-dump.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
: > "$scratch/notes"

if [ ! -f "$dump" ]; then
  [ -n "$make_dump" ] || {
    echo "bench-dump.sh: no dump '$dump', and 'make_dump' is not set" >&2
    exit 1
  }
  # Under its own name only when it is whole; its index goes with the scratch.
  python3 "$make_dump" "$scratch/new.xml.bz2" --megabytes 330 &&
    mv "$scratch/new.xml.bz2" "$dump" || exit 1
fi

decompress='bzip2 -dc'
if installed lbzip2; then
  decompress="lbzip2 -n$jobs -dc"
fi
size=$($decompress "$dump" | wc -c) && [ "$size" -gt 0 ] || exit 1

# GNU time counts memory in the same runs that hyperfine times.
time=$(command -v gtime || echo /usr/bin/time)
"$time" -f %M true > /dev/null 2>&1 || {
  time=
  leave_out "peak RSS (GNU time is not installed)"
}

# command_of NUMBER COMMAND: as the shell is to run it, its memory noted.
command_of() {
  if [ -n "$time" ]; then
    echo "'$time' -a -o '$scratch/memory.$1' -f %M $2"
  else
    echo "$2"
  fi
}

# measure RESULTS OPTION...: all contenders in one run of hyperfine, which writes
# RESULTS.json and RESULTS.csv.
measure() {
  results=$1
  shift
  hyperfine --style basic --export-json "$work/$results.json" \
    --export-csv "$scratch/$results.csv" "$@" > "$scratch/messages" 2>&1 || {
    cat "$scratch/messages" >&2
    return 1
  }
}

# ---- the program and the decompressors --------------------------------------

# Those that are compared with each other stand beside each other, so that what
# else the machine does meanwhile hits both.
n=0
set --
# The first, where it is there, is what the ratios are to.
if installed lbzip2; then
  reference='lbzip2 -n2 -dc'
  n=$((n + 1))
  set -- "$@" -n "$reference" \
    "$(command_of $n "lbzip2 -n2 -dc '$dump' > /dev/null")"
  if [ "$jobs" -ne 2 ]; then
    n=$((n + 1))
    set -- "$@" -n "lbzip2 -n$jobs -dc" \
      "$(command_of $n "lbzip2 -n$jobs -dc '$dump' > /dev/null")"
  fi
else
  reference=
  leave_out "lbzip2 (not installed), and the ratios to it"
fi
n=$((n + 1))
set -- "$@" -n "battlegraph extract --jobs $jobs" \
  "$(command_of $n "'$program' extract '$dump' -o '$scratch/out.nq.gz' --format nquads --jobs $jobs")"
n=$((n + 1))
set -- "$@" -n "battlegraph extract --jobs $jobs --decompressor libbz2" \
  "$(command_of $n "'$program' extract '$dump' -o '$scratch/out.nq.gz' --format nquads --jobs $jobs --decompressor libbz2")"
if installed bzip2; then
  n=$((n + 1))
  set -- "$@" -n 'bzip2 -dc' "$(command_of $n "bzip2 -dc '$dump' > /dev/null")"
else
  leave_out "bzip2 (not installed)"
fi
if [ "$size" -le "$largest" ]; then
  $decompress "$dump" > "$scratch/dump.xml" || exit 1
  n=$((n + 1))
  set -- "$@" -n 'battlegraph dump-info (XML not compressed)' \
    "$(command_of $n "'$program' dump-info '$scratch/dump.xml'")"
else
  leave_out "battlegraph dump-info (the XML is larger than $largest bytes)"
fi
measure bench-dump --warmup 1 --runs "$runs" "$@" || exit 1
rm -f "$scratch/dump.xml" "$scratch"/out.nq.gz*

# ---- the peers --------------------------------------------------------------

first_peer=$((n + 1))
set --
if "$python" -c 'import mwparserfromhell' 2> /dev/null; then
  n=$((n + 1))
  set -- "$@" -n 'Python: bz2 + iterparse + mwparserfromhell (1 run)' \
    "$(command_of $n "'$python' '$bench/peer_iterparse.py' '$dump' > '$scratch/battles' 2> '$scratch/counts.$n'")"
else
  leave_out "the peer in Python ($python has no mwparserfromhell)"
fi

modules=$work/wtf_wikipedia-$wtf_version
if ! installed node || ! installed npm || ! installed "${decompress%% *}"; then
  leave_out "the peer in JavaScript (node, npm or bzip2 is not installed)"
elif [ ! -d "$modules" ] && ! {
  npm install --prefix "$scratch/modules" --ignore-scripts --no-audit --no-fund \
    "wtf_wikipedia@$wtf_version" > "$scratch/messages" 2>&1 &&
    mv "$scratch/modules" "$modules"
}; then
  leave_out "the peer in JavaScript (npm could not install wtf_wikipedia)"
else
  n=$((n + 1))
  set -- "$@" -n "JavaScript: ${decompress%% *} + wtf_wikipedia (1 run)" \
    "$(command_of $n "node '$bench/peer_wtf.mjs' '$dump' '$modules' $decompress > '$scratch/battles' 2> '$scratch/counts.$n'")"
fi
if [ $# -gt 0 ] && ! measure bench-dump-peers --runs 1 "$@"; then
  cat "$scratch"/counts.* >&2
  rm -f "$scratch/bench-dump-peers.csv"
  leave_out "the peers (one failed)"
  n=$((first_peer - 1))
fi

# ---- the table --------------------------------------------------------------

echo "$dump: $((size / 1000000)) MB of XML; median of $runs runs after one to warm up"
for results in bench-dump bench-dump-peers; do
  # The first line has the columns' names.
  sed 1d "$scratch/$results.csv" 2> /dev/null
done | awk -F , -v size="$size" -v reference="$reference" -v scratch="$scratch" '
  BEGIN {
    form = "%-52s %8s %8s %7s %9s %8s\n"
    printf form, "contender", "seconds", "fastest", "ratio", "XML MB/s", "RSS MiB"
  }
  # command, mean, stddev, median, user, system, min, max
  {
    if ($1 == reference) reference_seconds = $4
    ratio = reference_seconds ? sprintf("%.2f", $4 / reference_seconds) : "-"
    memory = 0
    while ((getline kilobytes < (scratch "/memory." NR)) > 0)
      if (kilobytes + 0 > memory) memory = kilobytes + 0
    printf form, $1, sprintf("%.2f", $4), sprintf("%.2f", $7), ratio,
      sprintf("%.1f", size / 1e6 / $4), memory ? sprintf("%.1f", memory / 1024) : "-"
  }'
[ -z "$reference" ] || echo "ratio: to $reference"
[ -z "$time" ] ||
  echo "RSS: the peak in the same runs, by '$time -f %M': of the largest of its processes, not of all"
peer=$first_peer
while [ "$peer" -le "$n" ]; do
  echo "peer $((peer - first_peer + 1)) read $(cat "$scratch/counts.$peer")"
  peer=$((peer + 1))
done
cat "$scratch/notes"
