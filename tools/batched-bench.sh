#!/bin/sh
# Builds llama.cpp's own llama-batched-bench, the peer of `topdraw bench engine` and of `topdraw bench sampling`, into a folder.
#
#   tools/batched-bench.sh FOLDER [JOBS] [VERSION]
#
# The sources come with a release of llama-cpp-python (PyPI). Without VERSION it is 0.3.8, which carries llama.cpp shortly before
# b4916, the build that Topdraw embeds: the nearest release that can be had as a source package. 0.3.36 is the peer of v0.5.0.
# Needs pip, cmake, a C++ compiler; takes minutes.
set -eu

[ $# -ge 1 ] || { echo "usage: $0 FOLDER [JOBS] [VERSION]" >&2; exit 2; }
folder=$1
jobs=${2:-1}
version=${3:-0.3.8}
for tool in pip cmake c++ tar; do
  command -v "$tool" > /dev/null || { echo "$0: $tool is missing; install it and try again" >&2; exit 1; }
done
mkdir -p "$folder"
cd "$folder"
program=$(pwd)/llama-batched-bench-$version

archive=llama_cpp_python-$version.tar.gz
case $version in # of the archives that the benches are documented with
  0.3.8) hash=31c91323b555c025a76a30923cead9f5695da103dd68c15cdbb4509b17f0ed77 ;;
  0.3.36) hash=832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e ;;
  *) hash= ;;
esac
echo "llama-cpp-python==$version${hash:+ --hash=sha256:$hash}" > "llama-$version.txt"
[ -f "$archive" ] || pip download --quiet --no-deps --no-binary llama-cpp-python --requirement "llama-$version.txt"
tar xzf "$archive"
# What llama.cpp has had for AMX since crashes where a model is drawn from (its issue 20824): it is compiled without.
if [ "$version" != 0.3.8 ] && [ "$(uname -m)" = x86_64 ]; then
  CFLAGS="-mno-amx-tile -mno-amx-int8 -mno-amx-bf16" CXXFLAGS=$CFLAGS
  export CFLAGS CXXFLAGS
fi
# GGML_NATIVE compiles for this very processor: the strongest peer that the sources give. Old sources have it among the examples,
# new ones among the tools; an option that a release does not know it passes over.
cmake -S "llama_cpp_python-$version/vendor/llama.cpp" -B "build-$version" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF \
  -DGGML_NATIVE=ON -DLLAMA_CURL=OFF -DLLAMA_OPENSSL=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_SERVER=OFF -DLLAMA_BUILD_APP=OFF \
  -DLLAMA_BUILD_EXAMPLES=ON -DLLAMA_BUILD_TOOLS=ON > "cmake-$version.log" 2>&1 || { tail -n 20 "cmake-$version.log" >&2; exit 1; }
nice cmake --build "build-$version" --target llama-batched-bench -j "$jobs" >> "cmake-$version.log" 2>&1 \
  || { tail -n 20 "cmake-$version.log" >&2; exit 1; }
cp "build-$version/bin/llama-batched-bench" "$program"
echo "built $program"
