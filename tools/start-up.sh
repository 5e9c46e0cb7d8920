#!/usr/bin/env bash
# Measures how long a short command takes with and without the AOT cache, in turns: medians and the ratio.
#   tools/start-up.sh [ROUNDS]
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
rounds=${1:-11}
"$home/topdraw" compute --list >/dev/null # builds, makes the cache
. "$home/tools/jdk.sh"
find_jdk

jars=("$home"/cli/target/topdraw/lib/*.jar)
path=$(IFS=:; echo "${jars[*]}")
cache=$(echo "$home"/cli/target/topdraw/*.aot)
flags=(--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$path" topdraw.cli.Topdraw)
question='{"id": 1, "quantity": "best_of_n_kl", "inputs": {"n": 4, "p": [0.5, 0.3, 0.2]}}'

plain() { "$JAVA_HOME/bin/java" "${flags[@]}" compute <<<"$question" >/dev/null; }
cached() { "$JAVA_HOME/bin/java" -XX:AOTCache="$cache" "${flags[@]}" compute <<<"$question" >/dev/null; }
version() { "$home/topdraw" --version >/dev/null; }

took() { # prints wall and CPU seconds of function $1
  local TIMEFORMAT='%R %U %S'
  { time "$1"; } 2>&1 | tail -n 1 | awk -v name="$1" '{ print name, $1, $2 + $3 }'
}
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

measured=$(for ((i = 0; i < rounds; i++)); do took plain; took cached; took version; done)
for name in plain cached version; do
  wall=$(awk -v n=$name '$1 == n { print $2 }' <<<"$measured" | median)
  cpu=$(awk -v n=$name '$1 == n { print $3 }' <<<"$measured" | median)
  printf '%-8s wall %.3f s   CPU %.3f s\n' "$name" "$wall" "$cpu"
done
for column in 2:wall 3:CPU; do
  ratio=$(awk -v c="${column%:*}" '$1 == "plain" { p = $c } $1 == "cached" { print p / $c }' <<<"$measured" | median)
  echo "plain / cached, ${column#*:}: $ratio, median of $rounds adjacent pairs"
done
