#!/usr/bin/env bash
# bench/system/measure.sh CORPUS [start|scan|attribute|memory ...]: the figures of a whole run, printed as a table.
#
# CORPUS is a folder that bench/accuracy's generator (or a maker like it) wrote: origin.git, pulls.json, homes/*/.claude.
# Needs a built tree. scan compares with ccusage, a native program, which it takes from npm; RUNS=5 sets how often it runs.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
corpus=$(cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- start scan attribute memory
runs=${RUNS:-5}
ccusage=${CCUSAGE:-20.0.24}
work=$(mktemp -d)
pid=
finish() {
  if [ -n "$pid" ]; then kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT
export ASSAY_BUILD=never

# All homes as one, for ccusage knows one folder.
home=$work/claude
mkdir -p "$home/projects"
for claude in "$corpus"/homes/*/.claude; do
  name=$(basename "$(dirname "$claude")")
  for project in "$claude"/projects/*; do cp -r "$project" "$home/projects/$name-$(basename "$project")"; done
done
mib=$(($(du -sk "$home" | cut -f 1) / 1024))

# The median, and the smallest and largest, of numbers on standard input.
spread() { sort -n | awk '{v[NR] = $1} END {m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2; printf "%.2f (%.2f to %.2f, %d runs)", m, v[1], v[NR], NR}'; }
row() { printf '%-58s %s\n' "$1" "$2"; }
now() { date +%s.%N; }
minus() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", a - b}'; }

# up DATA HOME: starts it; sets pid and port when the dashboard's address is printed
up() {
  : >"$work/out"
  "$root/assay" up --data "$1" --claude-home "$2" --web-port 0 --otlp-grpc-port 0 --otlp-http-port 0 --agent-hook-port 0 >"$work/out" 2>"$work/err" &
  pid=$!
  port=
  until [ -n "$port" ]; do
    port=$(sed -n 's#^Dashboard: http://127.0.0.1:\([0-9]*\)/.*#\1#p' "$work/out")
    kill -0 "$pid" 2>/dev/null || { cat "$work/err" >&2; exit 1; }
    sleep .02
  done
}
down() { kill "$pid"; wait "$pid" || true; pid=; }
get() {
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$1" "$port" >&3
  cat <&3
  exec 3>&- 3<&-
}
agent() { sed -n 's/.*"pid":\([0-9]*\).*/\1/p' "$1/agent/status.json"; }
resident() { awk '/^VmRSS/ {printf "%d MiB", $2 / 1024}' "/proc/$1/status"; }
peak() { awk '/^VmHWM/ {printf "%d MiB", $2 / 1024}' "/proc/$1/status"; }
settled() { until [[ $(get /api/v1/progress) != *RUNNING* && $(cat "$1/agent/status.json" 2>/dev/null) == *'"following"'* ]]; do sleep .2; done; }

# The processor seconds, user and system, of a command and its children.
cpu() { { TIMEFORMAT='%U %S'; time "$@" >/dev/null 2>"$work/cpu.err"; } 2>&1 | awk '{print $1 + $2}'; }

start() {
  mkdir -p "$work/empty/projects"
  for run in $(seq "$runs"); do
    before=$(now)
    up "$work/start-$run" "$work/empty"
    [[ $(get /api/v1/summary) == *'"sessions":0'* ]]
    minus "$(now)" "$before"
    echo
    down
  done >"$work/start"
  row "assay up to a served summary, no session, seconds" "$(spread <"$work/start")"
}

scan() {
  jar=$root/agent/target/assay-agent.jar
  # shellcheck disable=SC2016 # the pattern holds a dollar
  flags=${ASSAY_AGENT_JAVA_OPTS:-$(sed -n 's/^agent_options=\${ASSAY_AGENT_JAVA_OPTS:-\(.*\)}$/\1/p' "$root/assay")}
  npm install --silent --no-fund --no-audit --prefix "$work/npm" "ccusage@$ccusage" >/dev/null
  for _ in $(seq "$runs"); do
    # shellcheck disable=SC2086
    ours=$(cpu java $flags -jar "$jar" export --claude-home "$home")
    theirs=$(CLAUDE_CONFIG_DIR=$home cpu "$work/npm/node_modules/.bin/ccusage" daily --offline)
    echo "$ours" >>"$work/ours"
    echo "$theirs" >>"$work/theirs"
    awk -v a="$ours" -v b="$theirs" 'BEGIN {print a / b}' >>"$work/ratio"
  done
  row "first scan of $mib MiB of transcripts, processor seconds" "$(spread <"$work/ours")"
  row "ccusage $ccusage daily --offline on the same, processor seconds" "$(spread <"$work/theirs")"
  row "ratio, run by run" "$(spread <"$work/ratio")"
}

attribute() {
  homes=()
  for claude in "$corpus"/homes/*/.claude; do homes+=(--claude-home "$claude"); done
  for _ in $(seq "$runs"); do
    before=$(now)
    "$root/assay" attribute --repository "$corpus/origin.git" "${homes[@]}" --pulls "$corpus/pulls.json" --out "$work/verdicts.jsonl" >"$work/table" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
    minus "$(now)" "$before"
    echo
  done >"$work/attribute"
  pulls=$(grep -c '"number"' "$corpus/pulls.json")
  row "assay attribute, $pulls pull requests, seconds" "$(spread <"$work/attribute")"
  row "the same, milliseconds a pull request" "$(awk -v n="$pulls" '{print $1 * 1000 / n}' "$work/attribute" | spread)"
}

memory() {
  up "$work/memory-idle" "$work/empty-memory"
  sleep 5
  row "server, idle, resident" "$(resident "$pid")"
  row "agent, idle, resident" "$(resident "$(agent "$work/memory-idle")")"
  down
  up "$work/memory-busy" "$home"
  settled "$work/memory-busy"
  row "server, after $mib MiB of transcripts, resident (peak)" "$(resident "$pid") ($(peak "$pid"))"
  row "agent, after the same, resident (peak)" "$(resident "$(agent "$work/memory-busy")") ($(peak "$(agent "$work/memory-busy")"))"
  down
}

mkdir -p "$work/empty-memory/projects"
for what in "$@"; do
  case $what in
    start | scan | attribute | memory) "$what" ;;
    *) echo "measure.sh: unknown: $what" >&2; exit 2 ;;
  esac
done
row "load of the machine (1 minute), cores" "$(cut -d ' ' -f 1 /proc/loadavg), $(nproc)"
