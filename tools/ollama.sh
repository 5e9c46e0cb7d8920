#!/bin/sh
# Builds Ollama, a server that `./check --servers` draws from, into a folder.
#
#   tools/ollama.sh FOLDER
#
# The sources are Ollama's Go module. A module has no folder of the name "vendor", so three libraries of headers that lie in
# one come from the sources of llama-cpp-python (PyPI), which carry them too. Needs Go 1.24 or later, pip, a C++ compiler; takes about
# five minutes of one core.
set -eu

version=v0.17.4
headers=0.3.36
[ $# -eq 1 ] || { echo "usage: $0 FOLDER" >&2; exit 2; }
folder=$1
for tool in go pip c++ tar; do
  command -v "$tool" > /dev/null || { echo "$0: $tool is missing; install it and try again" >&2; exit 1; }
done
mkdir -p "$folder"
cd "$folder"

archive=llama_cpp_python-$headers.tar.gz
[ -f "$archive" ] || pip download --quiet --no-deps --no-binary llama-cpp-python "llama-cpp-python==$headers"
module=$(go mod download -json "github.com/ollama/ollama@$version" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
[ -n "$module" ] || { echo "$0: Go's proxy has no Ollama $version" >&2; exit 1; }
rm -rf sources
cp -r "$module" sources
chmod -R u+w sources
mkdir -p sources/llama/llama.cpp/vendor
tar xzf "$archive" --strip-components 4 -C sources/llama/llama.cpp/vendor \
  "llama_cpp_python-$headers/vendor/llama.cpp/vendor/nlohmann" \
  "llama_cpp_python-$headers/vendor/llama.cpp/vendor/miniaudio" "llama_cpp_python-$headers/vendor/llama.cpp/vendor/stb"
(cd sources && GOFLAGS=-buildvcs=false nice -n 19 go build -trimpath -o ../ollama .)
rm -rf sources
echo "built $(pwd)/ollama"
