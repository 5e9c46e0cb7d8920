#!/usr/bin/env bash
# Measures how long a short command takes with and without its AOT cache, and how long until one that draws is ready to, in turns:
# medians and ratios. Wants the model at hand.
#   tools/start-up.sh [ROUNDS [JARS]]
# JARS is a folder of another build's jars (cli/target/topdraw/lib of its checkout): then `sample` is measured of that one, too, as launchers
# started it that had no cache for it.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
rounds=${1:-11}
"$home/topdraw" compute --list >/dev/null # builds, makes the cache
. "$home/tools/jdk.sh"
find_jdk

program=$home/cli/target/topdraw
class_path() { # $1: a folder of jars
  local jars=("$1"/*.jar) IFS=:
  echo "${jars[*]}"
}
path=$(class_path "$program/lib")
main=topdraw.cli.Topdraw
short=(--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1)
vectors=(--enable-native-access=ALL-UNNAMED --add-modules jdk.incubator.vector)
question='{"id": 1, "quantity": "best_of_n_kl", "inputs": {"n": 4, "p": [0.5, 0.3, 0.2]}}'
one=(sample Hi -n 1 --max-tokens 1)

drawing() { echo "$program"/draw-*.aot; }
"$home/topdraw" "${one[@]}" >/dev/null 2>&1 # fetches the model where it is not there, and has the cache made
for ((i = 0; i < 300; i++)); do [ ! -s "$(drawing)" ] || break; sleep 1; done
[ -s "$(drawing)" ] || { echo "start-up: the cache of sample was not made; remove $program/draw-*.tried and call again" >&2; exit 1; }

plain() { "$JAVA_HOME/bin/java" "${short[@]}" -cp "$path" $main compute <<<"$question" >/dev/null; }
cached() { "$JAVA_HOME/bin/java" -XX:AOTCache="$(echo "$program"/start-*.aot)" "${short[@]}" -cp "$path" $main compute <<<"$question" >/dev/null; }
version() { "$home/topdraw" --version >/dev/null; }
sample() { "$home/topdraw" "${one[@]}" 2>&1 >/dev/null; }
uncached() { "$JAVA_HOME/bin/java" "${short[0]}" -cp "$path" $main "${one[@]}" 2>&1 >/dev/null; }
before() { "$JAVA_HOME/bin/java" "${vectors[@]}" -cp "$(class_path "$jars")" $main "${one[@]}" 2>&1 >/dev/null; }

# Prints the name of function $1, wall and CPU seconds, and how long it took until the drawing began: all but what the last line says of it.
took() {
  local TIMEFORMAT='%R %U %S'
  { time "$1"; } 2>&1 | awk -v name="$1" '/^  cost / { drew = $(NF - 1) } END { print name, $1, $2 + $3, $1 - drew }'
}
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

names=(plain cached version uncached sample) jars=${2:-}
[ -z "$jars" ] || names+=(before)
uptime
measured=$(for ((i = 0; i < rounds; i++)); do for name in "${names[@]}"; do took "$name"; done; done)
uptime
for name in "${names[@]}"; do
  of() { awk -v n="$name" -v c="$1" '$1 == n { print $c }' <<<"$measured" | median; }
  printf '%-8s wall %.3f s   CPU %.3f s' "$name" "$(of 2)" "$(of 3)"
  case $name in sample | uncached | before) printf '   ready to draw after %.2f s' "$(of 4)" ;; esac
  echo
done
ratio() { # $1 / $2, of adjacent runs
  for column in 2:wall 3:CPU; do
    echo "$1 / $2, ${column#*:}: $(awk -v c="${column%:*}" -v a="$1" -v b="$2" '$1 == a { p[++i] = $c } $1 == b { q[++j] = $c }
      END { for (k = 1; k <= i; k++) print p[k] / q[k] }' <<<"$measured" | median), median of $rounds adjacent pairs"
  done
}
ratio plain cached
ratio uncached sample
[ -z "$jars" ] || ratio before sample
