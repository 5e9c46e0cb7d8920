# Sourced by ./topdraw and ./check: finds a JDK of at least version 25 and exports JAVA_HOME.
# Tried in order: TOPDRAW_JAVA_HOME, JAVA_HOME, the java on the PATH, the usual folders.

jdk_major() { # prints the major version of the JDK in folder $1, or nothing
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  local folder version on_path
  on_path=$(command -v javac || true)
  [ -z "$on_path" ] || on_path=$(cd "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")/.." && pwd)
  for folder in "${TOPDRAW_JAVA_HOME:-}" "${JAVA_HOME:-}" "$on_path" \
    {/usr/lib/jvm,/usr/java,/opt,/opt/java,"${HOME:-}/.sdkman/candidates/java","${HOME:-}/.jdks"}/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    version=$(jdk_major "$folder")
    if [ "${version:-0}" -ge 25 ]; then
      export JAVA_HOME=$folder
      return 0
    fi
  done
  echo "topdraw: no JDK 25 found; install one (for example Eclipse Temurin 25) or set TOPDRAW_JAVA_HOME to its folder" >&2
  return 1
}
