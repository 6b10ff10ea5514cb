# shellcheck shell=sh
# What the tests of the program say, in TAP. Sourced, from "$top_srcdir/tests";
# the test ends with: echo "1..$n"
n=0
told=err # files whose end explains a failure; may be patterns

# report WHAT TRUTH: one line of TAP; TRUTH is an exit status.
report() {
  n=$((n + 1))
  if [ "$2" -eq 0 ]; then echo "ok $n - $1"; else
    echo "not ok $n - $1"
    # shellcheck disable=SC2086 # several files are several words
    tail -n 20 $told 2> /dev/null | cut -c 1-300 | sed 's/^/# /'
  fi
}
# skip_one WHAT WHY
skip_one() {
  n=$((n + 1))
  echo "ok $n - $1 # SKIP $2"
}

# run ARGUMENT...: the program; `out`, `err` and `status` are what came of it.
run() {
  "$program" "$@" > out 2> err < /dev/null
  status=$?
}
# check STATUS WHAT: the last run ended so.
check() {
  [ "$status" -eq "$1" ]
  report "$2: exit status $1" $?
}
# says FILE PATTERN WHAT; lacks FILE PATTERN WHAT
says() {
  grep -q -e "$2" "$1"
  report "$3" $?
}
lacks() {
  if grep -q -e "$2" "$1"; then report "$3" 1; else report "$3" 0; fi
}
# same FILE FILE WHAT
same() {
  cmp -s "$1" "$2"
  report "$3" $?
}

# within SECONDS COMMAND...: whether it becomes true in time.
within() {
  end=$(($(date +%s) + $1))
  shift
  until "$@"; do
    [ "$(date +%s)" -lt "$end" ] || return 1
    sleep 0.2
  done
}
