#!/bin/sh
# One dump on many machines, by contrib/slurm/battlegraph.sbatch: starts a small
# Slurm of three nodes on this machine, in a temporary folder and on ports of its
# own, and stops it again. Needs munge and slurm-wlm (the names of Debian's
# packages), and in the environment, as absolute paths:
#   program     the battlegraph to run
#   dump        the dump to read
#   top_srcdir  the tree
# and BATTLEGRAPH_DATA where the program is not installed.
PATH=$PATH:/usr/sbin:/sbin
skip() {
  echo "1..0 # SKIP $1"
  exit 0
}
for tool in munged slurmctld slurmd sbatch scontrol sinfo squeue timeout; do
  command -v "$tool" > /dev/null || skip "no $tool: install munge and slurm-wlm"
done
[ -r /proc/net/tcp ] || skip 'no /proc/net/tcp'
for given in "$program" "$dump"; do
  [ -f "$given" ] || { echo "Bail out! no file '$given'"; exit 99; }
done
script=$top_srcdir/contrib/slurm/battlegraph.sbatch
work=$(mktemp -d) || exit 99
chmod 755 "$work" # munged is strict about its folders
# shellcheck source=tests/tap.sh
. "$top_srcdir/tests/tap.sh"
told="$work/said $work/task-*.log $work/slurmctld.log"

# slurm COMMAND...: asks our Slurm, and no other.
slurm() {
  SLURM_CONF=$work/slurm.conf timeout 180 "$@"
}

# ---- down ---------------------------------------------------------------------

# All that runs under our configuration: the daemons, their children, the tasks.
processes() {
  grep -lzxF "SLURM_CONF=$work/slurm.conf" /proc/[0-9]*/environ 2> /dev/null |
    cut -d / -f 3
}
all_ended() { [ -z "$(processes)" ]; }

# signal NAME
signal() {
  for process in $(processes); do kill -s "$1" "$process"; done 2> /dev/null
}

take_down() {
  signal TERM
  within 10 all_ended || signal KILL
  within 5 all_ended
}
trap 'take_down; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM

# ---- up -----------------------------------------------------------------------

# Finds the next free port above $port.
port=$((20000 + $$ % 10000))
next_port() {
  port=$((port + 1))
  while cat /proc/net/tcp /proc/net/tcp6 2> /dev/null |
    grep -q ":$(printf %04X "$port") "; do
    port=$((port + 1))
  done
}

# daemon NAME COMMAND...: runs it beside us, and not for ever, whatever happens.
daemon() {
  log=$work/$1.log
  shift
  SLURM_CONF=$work/slurm.conf timeout 1800 "$@" > "$log" 2>&1 < /dev/null &
}

# Whether munged answers.
is_authenticating() { munge -n -S "$work/munge.socket" > /dev/null 2>&1; }
# Whether NUMBER nodes wait for work.
are_idle() {
  [ "$(SLURM_CONF=$work/slurm.conf timeout 10 sinfo -h -N -t idle -o %N \
    2> "$work/said" | wc -l)" -eq "$1" ]
}

host=$(uname -n)
host=${host%%.*}
user=$(id -un)
next_port
cat > "$work/slurm.conf" << END
ClusterName=battles
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$user
SlurmdUser=$user
# A requeued task waits until its old credential is void.
AuthInfo=socket=$work/munge.socket,cred_expire=5
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool-%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd-%n.pid
# Nothing that needs cgroups, a database or a mailer:
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MailProg=/bin/true
MpiDefault=none
# A task has a node to itself, whatever this machine has:
SelectType=select/linear
SlurmdParameters=config_overrides
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_interval=2
ReturnToService=2
KillWait=5
PartitionName=all Nodes=ALL Default=YES State=UP
END
for node in node1 node2 node3; do
  next_port
  echo "NodeName=$node NodeHostname=$host NodeAddr=127.0.0.1 Port=$port CPUs=2" \
    RealMemory=2048 >> "$work/slurm.conf"
done

(umask 077 && head -c 1024 /dev/urandom > "$work/munge.key")
mkdir "$work/state"
daemon munged munged --foreground --force --key-file="$work/munge.key" \
  --socket="$work/munge.socket" --pid-file="$work/munged.pid" \
  --log-file="$work/munged.log" --seed-file="$work/munged.seed"
within 10 is_authenticating ||
  skip "munged does not start: $(tail -n 1 "$work/munged.log")"
daemon slurmctld slurmctld -D -i
for node in node1 node2 node3; do
  daemon "$node.slurmd" slurmd -D -N "$node"
done
within 60 are_idle 3 ||
  skip "Slurm does not start: $(grep -h error: "$work"/*slurm*.log | tail -n 1)"

# ---- what is right, and a program that tells where it runs ----------------------

"$program" extract --format nquads --progress none -o "$work/once.nq.gz" \
  "$dump" 2> "$work/said"
status_of_once=$?
[ "$status_of_once" -le 1 ] && gzip -dc "$work/once.nq.gz" > "$work/once.nq" &&
  [ -s "$work/once.nq" ]
report 'one run reads the dump' $?

cat > "$work/traced" << 'END'
#!/bin/sh
echo "$SLURM_ARRAY_TASK_ID $SLURMD_NODENAME ${SLURM_RESTART_COUNT:-0}" >> "$trace"
if [ "$SLURM_ARRAY_TASK_ID.${SLURM_RESTART_COUNT:-0}" = "$halt.0" ]; then
  # Stands still somewhere on its way, until Slurm sends SIGCONT and SIGTERM.
  trap stopped=1 TERM
  "$traced" "$@" &
  sleep 0.1
  kill -s STOP $!
  : > "$trace.halted"
  wait $! # till the signal
  wait $!
  [ -n "$stopped" ] || sleep 60 # it was too quick to be halted
  exit 3
fi
if [ -n "$SLURM_RESTART_COUNT" ]; then
  cat "$trace"-parts/*.resume > "$trace.resume" 2> /dev/null
fi
# The first wait for each other: they run at the same time.
for _ in $(seq 100); do
  [ "$(cut -d ' ' -f 2 "$trace" | sort -u | wc -l)" -ge "$together" ] && break
  sleep 0.2
done
exec "$traced" "$@"
END
chmod +x "$work/traced"
traced=$program
BATTLEGRAPH=$work/traced
export BATTLEGRAPH traced trace halt together

# submit ARGUMENT...: of sbatch; sets $job.
submit() {
  slurm sbatch --parsable --output="$work/task-%A_%a.log" "$@" \
    > "$work/said" 2>&1
  status=$?
  job=$(cat "$work/said")
  return "$status"
}
# gives_the_same FOLDER: whether the parts there are what one run wrote.
gives_the_same() {
  cat "$1"/part-*.nq.gz | gzip -dc > "$work/all.nq" 2>> "$work/said" &&
    cmp "$work/all.nq" "$work/once.nq" >> "$work/said" 2>&1
}
# is_gone JOB: whether Slurm is done with it.
is_gone() {
  [ -z "$(SLURM_CONF=$work/slurm.conf timeout 10 squeue -h -j "$1" 2> /dev/null)" ]
}
count_files() { echo "$#"; }

# ---- an array -----------------------------------------------------------------

trace=$work/first halt='' together=3
submit --wait --array=1-5 "$script" "$dump" "$work/out"
[ $? -eq "$status_of_once" ]
report 'all tasks of an array end well' $?
[ "$(cut -d ' ' -f 1 "$work/first" | sort | tr -d '\n')" = 12345 ]
report 'each shard was read once' $?
[ "$(cut -d ' ' -f 2 "$work/first" | sort -u | wc -l)" -eq 3 ]
report 'three nodes read them' $?
gives_the_same "$work/out"
report 'the parts are what one run writes' $?
[ "$(cd "$work/out" && echo ./*)" = \
  "./origin.txt $(cd "$work/out" && echo ./part-[1-5].nq.gz)" ] &&
  [ ! -e "$work/out/.origin-1" ]
report 'nothing else stays' $?

rm "$work/out/part-3.nq.gz"
trace=$work/again together=1
submit --array=0-4 "$script" "$dump" "$work/out"
within 60 is_gone "$job" && [ "$(cut -d ' ' -f 1 "$work/again")" = 2 ] &&
  gives_the_same "$work/out"
report 'the same again makes only what is missing' $?

# ---- a task that loses its node -------------------------------------------------

trace=$work/requeued halt=103
submit --array=101-112%3 "$script" "$dump" "$trace-parts"
within 60 [ -e "$trace.halted" ]
report 'a task is on its way' $?
slurm scontrol requeue "${job}_103" > "$work/said" 2>&1
report 'it is requeued' $?
within 120 is_gone "$job"
report 'the array comes to its end' $?
grep -q '^103 .* 1$' "$work/requeued"
report 'the task ran twice' $?
[ ! -s "$trace.resume" ] || echo '# the second time from a checkpoint'
gives_the_same "$trace-parts"
report 'and the parts are what one run writes' $?
[ "$(count_files "$trace"-parts/part-??.nq.gz)" -eq 12 ]
report 'their names are in order' $?

# ---- wrong use ------------------------------------------------------------------

# refuses STATUS PATTERN WHAT COMMAND...
refuses() {
  status=$1 pattern=$2 what=$3
  shift 3
  "$@" > "$work/said" 2>&1
  [ $? -eq "$status" ] && grep -q -e "$pattern" "$work/said"
  report "$what" $?
}
# task FIRST LAST COUNT COMMAND...: as the first task of an array.
task() {
  first=$1 last=$2 count=$3
  shift 3
  SLURM_ARRAY_TASK_ID=$first SLURM_ARRAY_TASK_MIN=$first \
    SLURM_ARRAY_TASK_MAX=$last SLURM_ARRAY_TASK_COUNT=$count "$@"
}
refuses 2 'no task of a job array' 'no array' sh "$script" "$dump" "$work/out"
refuses 2 usage 'no folder' task 1 5 5 sh "$script" "$dump"
refuses 2 'gaps.*--array=1-3' 'an array with gaps' \
  task 1 5 3 sh "$script" "$dump" "$work/out"
refuses 3 'no dump' 'a dump that is not there' \
  task 1 5 5 sh "$script" "$work/none" "$work/out"
refuses 3 'set BATTLEGRAPH' 'a program that is not there' \
  task 1 5 5 env BATTLEGRAPH="$work/none" sh "$script" "$dump" "$work/out"
refuses 2 'holds other parts' 'a folder with the parts of another array' \
  task 1 6 6 sh "$script" "$dump" "$work/out"
refuses 2 'holds other parts' 'a folder with the parts of another dump' \
  task 1 5 5 sh "$script" "$script" "$work/out"

take_down
report 'no daemon stays' $?
echo "1..$n"
