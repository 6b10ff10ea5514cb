#!/bin/sh
# One dump in many shards, by the lines of contrib/parallel/README.md. Needs
# Debian's package parallel, and in the environment, as absolute paths:
#   program     the battlegraph to run
#   dump        the dump to read, without a fault
#   top_srcdir  the tree
# and BATTLEGRAPH_DATA where the program is not installed.
if ! parallel --version 2> /dev/null | grep -q '^GNU parallel'; then
  echo '1..0 # SKIP no GNU parallel'
  exit 0
fi
for given in "$program" "$dump"; do
  [ -f "$given" ] || { echo "Bail out! no file '$given'"; exit 99; }
done
readme=$(cd "$top_srcdir" && pwd)/contrib/parallel/README.md
work=$(mktemp -d) || exit 99
# All that this test has started knows where it leaves its trace.
clean_up() {
  unset trace
  grep -lzF "trace=$work/" /proc/[0-9]*/environ 2> /dev/null | cut -d / -f 3 |
    while read -r process; do kill -s KILL "$process" 2> /dev/null; done
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' HUP INT PIPE TERM
ln -s "$dump" "$work/a dump" # a name with a space
# shellcheck source=tests/tap.sh
. "$top_srcdir/tests/tap.sh"
told=$work/said

# The lines of the first block of the README, and of the second.
block() {
  awk -v wanted="$1" '
    /^```$/ { inside = 0 }
    inside && count == wanted
    /^```sh$/ { inside = 1; count++ }' "$readme"
}
block 1 | sed "s|^dump=.*|dump='$work/a dump' shards=12|" > "$work/lines"
block 2 > "$work/hosts"

# run_lines FOLDER [SETUP]: as a user would, in FOLDER.
run_lines() {
  mkdir -p "$work/$1"
  (cd "$work/$1" && PATH=$work/bin:$PATH &&
    timeout 180 sh -c "$(cat "${2:-/dev/null}" "$work/lines")") \
    > "$work/said" 2>&1 < /dev/null
}
# gives_the_same FOLDER: whether its battles are what one run wrote.
gives_the_same() {
  gzip -dc "$work/$1/battles.nq.gz" 2>> "$work/said" |
    cmp - "$work/once.nq" >> "$work/said" 2>&1
}

# ---- what is right, and a program that tells where it runs ----------------------

"$program" extract --format nquads --progress none -o "$work/once.nq.gz" \
  "$dump" 2> "$work/said" && gzip -dc "$work/once.nq.gz" > "$work/once.nq" &&
  [ -s "$work/once.nq" ]
report 'one run reads the dump' $?

mkdir "$work/bin"
cat > "$work/bin/battlegraph" << 'END'
#!/bin/sh
# The program, which notes its shard; a shard named in $victim is stopped on its
# way, once, and then gets $signal.
echo "$3 $node" >> "$trace"
if [ "$3" = "$victim" ] && [ ! -e "$trace.pid" ]; then
  "$traced" "$@" &
  sleep 0.1
  kill -s STOP $!
  echo $! > "$trace.pid"
  [ -z "$signal" ] || kill -s "$signal" $!
  wait $!
  exit 137
fi
exec "$traced" "$@"
END
# In the place of ssh: "ssh [OPTION...] HOST COMMAND", on this machine.
cat > "$work/bin/ssh" << 'END'
#!/bin/sh
while :; do
  case $1 in -l | -o | -p | -S) shift 2 ;; -*) shift ;; *) break ;; esac
done
node=$1
export node
shift
[ "$1" != -- ] || shift
exec sh -c "$*"
END
cat > "$work/bin/parallel" << END
#!/bin/sh
echo \$\$ > '$work/parallel.pid'
exec '$(command -v parallel)' "\$@"
END
chmod +x "$work"/bin/*
traced=$program
PARALLEL_HOME=$work
export traced trace victim signal PARALLEL_HOME

# has_ended PROCESS
has_ended() { ! kill -s 0 "$1" 2> /dev/null; }

# ---- on the cores of one machine ------------------------------------------------

trace=$work/cores.trace
run_lines plain
report 'the lines of the README end well' $?
gives_the_same plain
report 'all parts are what one run writes' $?
run_lines plain && [ "$(wc -l < "$trace")" -eq 12 ]
report 'once more does nothing' $?

trace=$work/killed.trace victim=2/12 signal=KILL
! run_lines killed && [ ! -e "$work/killed/battles.nq.gz" ]
report 'a shard is killed, and parallel says so' $?
run_lines killed && gives_the_same killed
report 'the same lines make it good' $?
[ "$(wc -l < "$trace")" -eq 13 ]
report 'by that shard alone' $?

trace=$work/stopped.trace victim=3/12 signal=''
run_lines stopped &
running=$!
within 60 [ -s "$trace.pid" ]
report 'a shard is on its way' $?
kill -s TERM "$(cat "$work/parallel.pid")" # it starts no more
sleep 0.2
kill -s TERM "$(cat "$work/parallel.pid")" # and waits for no one
! wait "$running" && [ ! -e "$work/stopped/battles.nq.gz" ]
report 'parallel is stopped' $?
within 5 has_ended "$(cat "$trace.pid")"
report 'and its shards with it' $?
run_lines stopped && gives_the_same stopped
report 'the same lines make it good' $?

# ---- on many machines -----------------------------------------------------------

trace=$work/spread.trace victim=''
run_lines spread "$work/hosts" && gives_the_same spread
report 'the lines for many machines give the same' $?
[ "$(cut -d ' ' -f 2 "$trace" | sort -u | tr '\n' ' ')" = 'node1 node2 ' ]
report 'two machines did it' $?
echo "1..$n"
