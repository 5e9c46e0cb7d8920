#!/usr/bin/env bash
# Which changes to the arithmetic would the tests beside it not notice?
#   ./check --mutation                         the classes changed since the branch left main, uncommitted changes included
#   ./check --mutation all                     every class of the packages below: hours
#   ./check --mutation topdraw.theory.bound …  packages or classes by name
# A mutant has to be noticed by the tests of its own package. Fails on one that is not, unless tools/mutation/equivalent.txt
# says why it changes nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

packages=(theory:topdraw.theory.{numeric,law,bound,pool,confidence,quantity} core:topdraw.{estimate,plan})

wanted=("$@")
left_main=
[ $# -gt 0 ] || left_main=$(git merge-base HEAD main 2>/dev/null || git merge-base HEAD origin/main)

# The classes to mutate in folder $1 of package $2, one a line.
classes() {
  local name
  if [ ${#wanted[@]} = 0 ]; then
    git diff --name-only --diff-filter=d "$left_main" -- "$1"
    git ls-files --others --exclude-standard -- "$1"
  else
    for name in "${wanted[@]}"; do
      case $name in
        all | "$2") ls "$1"/*.java ;;
        "$2".[A-Z]*) ls "$1/${name##*.}.java" ;;
      esac
    done
  fi | { grep '\.java$' || true; } | { grep -v 'package-info' || true; } | sed "s|.*/||; s|\.java$||; s|^|$2.|" | sort -u
}

status=0
found=false
for place in "${packages[@]}"; do
  module=${place%:*} package=${place#*:}
  targets=$(classes "$module/src/main/java/${package//.//}" "$package")
  [ -n "$targets" ] || continue
  found=true
  start=$SECONDS
  mkdir -p "$module/target" && rm -rf "$module/target/pit-reports"
  # A class and those inside it.
  MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" mvn -q -B -ntp -Pmutation -pl "$module" -am \
    -Dspotless.check.skip=true test-compile pitest:mutationCoverage \
    "-DtargetClasses=$(sed 's|.*|&,&$*|' <<<"$targets" | paste -sd ,)" "-DtargetTests=$package.*" \
    "-Dthreads=$(nproc)" >"$module/target/mutation.log" 2>&1 ||
    { tail -n 40 "$module/target/mutation.log"; exit 1; }
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" tools/mutation/Survivors.java tools/mutation/equivalent.txt "$module" "$package" || status=1
  echo "  $(wc -l <<<"$targets") classes in $((SECONDS - start)) s"
done
if ! $found && [ $# = 0 ]; then
  echo "no arithmetic changed since main; name a package, or ask for all"
elif ! $found; then
  echo "usage: ./check --mutation [all | PACKAGE | CLASS …], out of: ${packages[*]#*:}" >&2
  status=2
fi
exit $status
