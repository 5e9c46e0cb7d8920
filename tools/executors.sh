#!/usr/bin/env bash
# How `analyze --spark` grows with executors: a cluster of Spark on this machine, a core an executor, one recording.
#   tools/executors.sh [ROWS [EXECUTORS…]]      1,000,000 rows; 1 and 2 executors; every number three times, in turns (ROUNDS=3)
# Prints the seconds of a whole call, and of the stages that executors work in; says whether answers were the same.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
rows=${1:-1000000} rounds=${ROUNDS:-3}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- 1 2
"$home/topdraw" analyze --spark 'local[1]' "$home/examples/samples.jsonl" --reward correct >/dev/null # builds the module
. "$home/tools/jdk.sh"
find_jdk
export JAVA_HOME
folder=$(mktemp -d)
processes=()
pinned=()
trap 'kill "${processes[@]}" 2>/dev/null || true; wait; rm -rf "$folder"' EXIT

# Spark's own jars, as a distribution has them; the launcher gives executors ours.
export SPARK_HOME=$folder/spark SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
mkdir -p "$SPARK_HOME/jars" "$folder/events"
touch "$SPARK_HOME/RELEASE"
for jar in "$home"/cli/target/topdraw/spark/*.jar "$home"/cli/target/topdraw/lib/*.jar; do
  case ${jar##*/} in topdraw-* | slf4j-nop* | *duckdb*) ;; *) ln -sf "$jar" "$SPARK_HOME/jars/" ;; esac
done
start() { # $1: the class; in `pinned`, what it may run on
  "${pinned[@]}" "$JAVA_HOME/bin/java" -Xmx256m -XX:+UseSerialGC -cp "$SPARK_HOME/jars/*" "org.apache.spark.deploy.$1" --host 127.0.0.1 --webui-port 0 "${@:2}" >"$folder/log${#processes[@]}" 2>&1 &
  processes+=($!)
}

# Prompts of 16 draws, whose rows lie far apart.
awk -v rows="$rows" 'BEGIN {
  srand(7); prompts = int((rows + 15) / 16)
  for (i = 0; i < rows; i++) {
    text = ""; for (k = 0; k < 30; k++) text = text " word" int(rand() * 1000)
    printf "{\"prompt\":\"What is asked of number %d?\",\"completion\":\"%s\",\"logprob\":%.6f,\"reward\":%.6f}\n", i % prompts, text, -1 - 99 * rand(), rand()
  }
}' >"$folder/rows.jsonl"
echo "$rows rows, $(du -m "$folder/rows.jsonl" | cut -f1) MB; $(nproc) cores; load $(cut -d' ' -f1 /proc/loadavg)"

port=7077
start master.Master --port $port
until (: </dev/tcp/127.0.0.1/$port) 2>/dev/null; do
  kill -0 "${processes[0]}" 2>/dev/null || { cat "$folder/log0" >&2; exit 1; }
  sleep 0.2
done
for executors in "$@"; do most=$((executors > ${most:-0} ? executors : most)); done
# Each executor has a core for all it does, for compiling and collecting too: without that one of them has all cores of the machine.
for ((i = 0; i < most; i++)); do
  if command -v taskset >/dev/null; then pinned=(taskset -c $((i % $(nproc)))); fi
  start worker.Worker --cores 1 --memory 2g --work-dir "$folder/work$i" spark://127.0.0.1:$port
done
until [ "$(grep -c 'Registering worker' "$folder/log0")" -ge "$most" ]; do
  for i in "${!processes[@]}"; do kill -0 "${processes[i]}" 2>/dev/null || { cat "$folder/log$i" >&2; exit 1; }; done
  sleep 0.2
done

analyze() { # $1: executors; prints the seconds of the call
  local TIMEFORMAT=%R
  export TOPDRAW_JAVA_OPTS="-Dspark.cores.max=$1 -Dspark.executor.cores=1 -Dspark.executor.memory=1500m -Dspark.driver.host=127.0.0.1 -Dspark.eventLog.enabled=true -Dspark.eventLog.compress=false -Dspark.eventLog.rolling.enabled=false -Dspark.eventLog.dir=file://$folder/events"
  rm -rf "$folder"/events/*
  { time "$home/topdraw" analyze -q --spark spark://127.0.0.1:$port "$folder/rows.jsonl" --reward reward --json >"$folder/answer$1" 2>"$folder/err"; } 2>&1 || { cat "$folder/err" >&2; exit 1; }
}
stages() { # the seconds in which stages ran, added up
  grep -h '"SparkListenerStageCompleted"' "$folder"/events/* |
    sed -n 's/.*"Submission Time":\([0-9]*\).*"Completion Time":\([0-9]*\).*/\1 \2/p' | awk '{ t += $2 - $1 } END { print t / 1000 }'
}
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

for ((round = 1; round <= rounds; round++)); do
  for executors in "$@"; do
    call=$(analyze "$executors")
    echo "$executors $call $(stages)" | tee -a "$folder/measured" | awk -v r=$round '{ printf "round %s: %s executors, %s s, of it stages %s s\n", r, $1, $2, $3 }'
    cmp -s "$folder/answer$1" "$folder/answer$executors" || echo "the answers of $1 and $executors executors are not the same" >&2
  done
done
for executors in "$@"; do
  echo "$executors executors: $(awk -v e="$executors" '$1 == e { print $2 }' "$folder/measured" | median) s, stages $(awk -v e="$executors" '$1 == e { print $3 }' "$folder/measured" | median) s (medians of $rounds)"
done
