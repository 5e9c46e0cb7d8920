#!/usr/bin/env bash
# Which changes to the arithmetic would no test notice? Run as: ./check --mutation [--all] [MODULE…]
#   without --all: the classes changed since the branch left main, uncommitted changes included
#   MODULE: theory, core; both if none is named
# Fails on a change that survives the module's own tests, unless tools/mutation/equivalent.txt says why it changes nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

declare -A arithmetic=(
  [theory]='topdraw/theory'
  [core]='topdraw/estimate topdraw/plan'
)
all=false
modules=()
for argument in "$@"; do
  if [ "$argument" = --all ]; then
    all=true
  elif [ -n "${arithmetic[$argument]:-}" ]; then
    modules+=("$argument")
  else
    echo "usage: ./check --mutation [--all] [MODULE…], a module being one of: ${!arithmetic[*]}" >&2
    exit 2
  fi
done
[ ${#modules[@]} -gt 0 ] || modules=(theory core)

left_main=$(git merge-base HEAD main 2>/dev/null || git merge-base HEAD origin/main)

# Java files under a module's arithmetic, as paths from its source root.
changed() {
  local folder
  for folder in ${arithmetic[$1]}; do
    if $all; then
      find "$1/src/main/java/$folder" -name '*.java'
    else
      git diff --name-only --diff-filter=d "$left_main" -- "$1/src/main/java/$folder"
      git ls-files --others --exclude-standard -- "$1/src/main/java/$folder"
    fi
  done | { grep '\.java$' || true; } | { grep -v 'package-info' || true; } | sed "s|^$1/src/main/java/||" | sort -u
}

status=0
for module in "${modules[@]}"; do
  files=$(changed "$module")
  if [ -z "$files" ]; then
    echo "$module: no arithmetic changed since main; --all takes every class"
    continue
  fi
  # A class and those inside it.
  classes=$(sed 's|\.java$||; s|/|.|g; s|.*|&,&$*|' <<<"$files" | paste -sd ,)
  echo "$module: $(wc -l <<<"$files") classes"
  rm -rf "$module/target/pit-reports"
  MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" mvn -q -B -ntp -Pmutation -pl "$module" -am test-compile \
    pitest:mutationCoverage "-DtargetClasses=$classes" "-Dthreads=$(nproc)" >"$module/target/mutation.log" 2>&1 ||
    { tail -n 40 "$module/target/mutation.log"; exit 1; }
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" tools/mutation/Survivors.java tools/mutation/equivalent.txt "$module" || status=1
done
exit $status
