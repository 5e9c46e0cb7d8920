#!/bin/sh
# Builds llama.cpp's own llama-batched-bench, the peer of `topdraw bench engine`, into a folder.
#
#   tools/batched-bench.sh FOLDER [JOBS]
#
# The sources come with llama-cpp-python 0.3.8 (PyPI), which carries llama.cpp shortly before b4916, the build that Topdraw
# embeds: the nearest release that can be had as a source package. Needs pip, cmake, a C++ compiler; takes minutes.
set -eu

version=0.3.8
[ $# -ge 1 ] || { echo "usage: $0 FOLDER [JOBS]" >&2; exit 2; }
folder=$1
jobs=${2:-1}
for tool in pip cmake c++ tar; do
  command -v "$tool" > /dev/null || { echo "$0: $tool is missing; install it and try again" >&2; exit 1; }
done
mkdir -p "$folder"
cd "$folder"

archive=llama_cpp_python-$version.tar.gz
[ -f "$archive" ] || pip download --quiet --no-deps --no-binary llama-cpp-python "llama-cpp-python==$version"
tar xzf "$archive"
# GGML_NATIVE compiles for this very processor: the strongest peer that the sources give.
cmake -S "llama_cpp_python-$version/vendor/llama.cpp" -B build -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF \
  -DGGML_NATIVE=ON -DLLAMA_CURL=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_SERVER=OFF -DLLAMA_BUILD_EXAMPLES=ON \
  > cmake.log 2>&1 || { tail -n 20 cmake.log >&2; exit 1; }
nice cmake --build build --target llama-batched-bench -j "$jobs" >> cmake.log 2>&1 || { tail -n 20 cmake.log >&2; exit 1; }
echo "built $(pwd)/build/bin/llama-batched-bench"
echo "export TOPDRAW_BATCHED_BENCH=$(pwd)/build/bin/llama-batched-bench"
