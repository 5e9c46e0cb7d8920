#!/usr/bin/env bash
# A folder and an archive of Topdraw that need no Java and no Maven, for machines like this one.
#   tools/dist.sh [FOLDER]     into target/dist, or FOLDER; prints what weighs what
# In it: a Java of its own (jlink), the program, the commands' examples. Not in it: the model, which is fetched on first use, and
# what a checkout builds when it is first asked for (sentence model, pictures); benches neither.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
to=${1:-target/dist}

./topdraw --version >/dev/null # builds what is not built
. tools/jdk.sh
find_jdk
version=$(./topdraw --version)
system=$(uname -s | tr '[:upper:]' '[:lower:]')
name=topdraw-${version#topdraw }-$system-$(uname -m)
folder=$to/$name
rm -rf "$folder" "$folder.tar.gz"
mkdir -p "$folder/program"

# The modules of Java that the jars name, and two that nobody names: the vectors of the sampler, zip files as file systems.
# Jackson asks for java.beans and does without it.
libraries=cli/target/topdraw/lib
modules=$("$JAVA_HOME/bin/jdeps" --multi-release 25 --ignore-missing-deps --print-module-deps --module-path "$libraries" "$libraries"/*.jar | tail -n 1)
modules=${modules/java.desktop,/},jdk.incubator.vector,jdk.zipfs
"$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-debug --no-man-pages --no-header-files \
  --compress zip-6 --generate-cds-archive --output "$folder/runtime"

cp -RL "$libraries" "$folder/program/lib"
# Three libraries carry native code for every platform there is; here it is one.
kernel=$(uname -s) processor=$(uname -m)
case $processor in aarch64 | arm64) duck=arm64 ;; *) duck=amd64 ;; esac
case $kernel in Darwin) duck=macos_$duck kernel=Mac ;; *) duck=linux_$duck ;; esac
lighten() { # $1: a jar, $2: what of it is native, $3: which of that stays
  local jar work
  jar=$(cd "$(dirname "$1")" && pwd)/$(basename "$1") work=$(mktemp -d)
  (cd "$work" && "$JAVA_HOME/bin/jar" -xf "$jar" && find . -path "$2" -type f ! -path "$3" -delete &&
    "$JAVA_HOME/bin/jar" -cfM "$jar" .)
  rm -rf "$work"
}
lighten "$folder"/program/lib/duckdb_jdbc-*.jar './libduckdb_java.so_*' "./*_$duck"
lighten "$folder"/program/lib/llama-4*.jar './de/kherud/llama/*/*/*' "./de/kherud/llama/$kernel/${processor/arm64/aarch64}/*"
lighten "$folder"/program/lib/sqlite-jdbc-*.jar './org/sqlite/native/*/*/*' "./org/sqlite/native/$kernel/${processor/arm64/aarch64}/*"

cp topdraw LICENSE README.md "$folder/"
cp -R examples docs "$folder/"
cp cli/target/topdraw/version cli/target/topdraw/built "$folder/program/"

# It is tried as where there is no Java: of the environment nothing is left but the system's own folders.
env -i HOME="$folder" PATH=/usr/bin:/bin "$folder/topdraw" exact "$folder/examples/table.json" -n 4 | grep -q '== best-of-4 ==' ||
  { echo "dist: the program in $folder does not run" >&2; exit 1; }
rm -f "$folder"/program/*.aot "$folder"/program/build.*
tar -C "$to" -czf "$folder.tar.gz" "$name"

echo "$folder.tar.gz: $(du -h "$folder.tar.gz" | cut -f 1); unpacked $(du -sh "$folder" | cut -f 1), of which"
(cd "$folder" && du -sh runtime program/lib docs && du -h program/lib/*.jar | sort -rh | head -n 6)
