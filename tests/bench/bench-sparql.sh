#!/bin/sh
# How long the queries Q1 to Q8 take on a graph of a million triples, warm.
#
# program: the program; bench: bench_sparql; work: a folder for the graph and
# the store, which stay; make_graph: a script that makes the graph if it is
# missing; queries: the folder of Q1.rq to Q8.rq. BATTLEGRAPH_DATA is as the
# program wants it.
for variable in program bench work make_graph queries; do
  eval "[ -n \"\$$variable\" ]" || {
    echo "bench-sparql.sh: '$variable' is not set" >&2
    exit 2
  }
done
size=${size:-1000000}
graph=$work/graph-$size.nt
mkdir -p "$work" && scratch=$(mktemp -d "$work/bench-sparql.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
if [ ! -f "$graph" ]; then
  python3 "$make_graph" "$size" "$scratch/new.nt" > "$scratch/messages" &&
    mv "$scratch/new.nt" "$graph" || exit 1
fi
"$program" load "$scratch/store" "$graph" || exit 1
"$bench" "$scratch/store" "$queries"/Q?.rq
