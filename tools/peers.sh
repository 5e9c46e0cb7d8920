#!/bin/sh
# Installs whom `topdraw bench` stands beside, and prints how to tell it where they are.
#
#   tools/peers.sh FOLDER [--transformers]
#
# One Python with numpy, pandas, polars, duckdb, scipy, scorio, llama.cpp's server and llama-cpp-python, and llama.cpp's own
# llama-batched-bench twice: of the sources next to the build that Topdraw embeds, and of the newest. Both and llama-cpp-python
# are compiled, for this very processor: half an hour of processor time, 1.5 GB. With --transformers also transformers on PyTorch,
# which on Linux comes with 5 GB for graphics processors that are not used here. Needs Python 3.11 or later, cmake, a C++ compiler.
# What is there already is not compiled again.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
more=
case "$#:${2:-}" in
  1:) ;;
  2:--transformers) more=$here/peers-transformers.txt ;;
  *) echo "usage: $0 FOLDER [--transformers]" >&2; exit 2 ;;
esac
mkdir -p "$1"
folder=$(cd "$1" && pwd)
jobs=$(getconf _NPROCESSORS_ONLN)

flags= # as in tools/batched-bench.sh
[ "$(uname -m)" != x86_64 ] || flags="-mno-amx-tile -mno-amx-int8 -mno-amx-bf16"

python3 -m venv "$folder/venv"
PATH=$folder/venv/bin:$PATH
export PATH
# llama-cpp-python without what looks at pictures.
CFLAGS=$flags CXXFLAGS=$flags CMAKE_ARGS=-DLLAVA_BUILD=OFF CMAKE_BUILD_PARALLEL_LEVEL=$jobs \
  nice pip install --quiet --require-hashes --requirement "$here/peers.txt" >&2
# Without hashes: what PyTorch needs differs from system to system.
[ -z "$more" ] || nice pip install --quiet --requirement "$more" >&2
for version in 0.3.8 0.3.36; do
  [ -x "$folder/llama-batched-bench-$version" ] || "$here/batched-bench.sh" "$folder" "$jobs" "$version" >&2
done
echo "export TOPDRAW_PYTHON=$folder/venv/bin/python3"
echo "export TOPDRAW_BATCHED_BENCH=$folder/llama-batched-bench-0.3.8:$folder/llama-batched-bench-0.3.36"
