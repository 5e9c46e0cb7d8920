#!/usr/bin/env bash
# Asks a gateway with the clients of others, unchanged, those that are installed; names the others. Non-zero if one does not hold.
#   run.sh URL    as http://127.0.0.1:8080/v1; OPENAI_API_KEY is the gateway's key, where it wants one
# ./check --clients installs them and starts a gateway for them.
set -uo pipefail
[ $# = 1 ] || { echo "usage: tools/clients/run.sh URL, as http://127.0.0.1:8080/v1" >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$(cd "$here/../.." && pwd)/target
python=$target/python-clients/bin/python3
status=0

try() { # $1: what it is; the command
  "${@:2}" || { echo "FAILED  $1" >&2; status=1; }
}

try curl "$here/with_curl.sh" "$1"
for client in openai litellm dspy llm inspect_ai; do
  if "$python" -c "import importlib.util as u, sys; sys.exit(u.find_spec('$client') is None)" 2>/dev/null; then
    try "$client" "$python" "$here/with_${client%_ai}.py" "$1"
  else
    echo "not installed: $client of Python" >&2
  fi
done
if command -v node >/dev/null && [ -d "$target/node-clients/node_modules/openai" ]; then
  cd "$target/node-clients" && try openai-node node "$here/with_openai.mjs" "$1"
else
  echo "not installed: openai of Node" >&2
fi
exit "$status"
