#!/usr/bin/env bash
# Installs the clients of others into target/python-clients and target/node-clients, starts a gateway on the model in its process, and asks
# it with them (run.sh). Part of ./check --clients; non-zero if one does not hold.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if ! target/python-clients/bin/python3 -c 'import dspy, inspect_ai, litellm, llm, openai' 2>/dev/null; then
  python3 -m venv target/python-clients && target/python-clients/bin/pip -q install -r tools/clients/python.txt ||
    echo "check: Python's clients cannot be installed" >&2
fi
if command -v npm >/dev/null; then
  mkdir -p target/node-clients && cp tools/clients/package*.json target/node-clients
  (cd target/node-clients && npm ci --silent --ignore-scripts --no-audit --no-fund) || echo "check: Node's client cannot be installed" >&2
fi

folder=$(mktemp -d)
gateway=
trap '[ -z "$gateway" ] || kill "$gateway" 2>/dev/null || true; rm -rf "$folder"' EXIT
export OPENAI_API_KEY=td-$RANDOM$RANDOM
cat >"$folder/gateway.toml" <<END
ledger = "$folder/ledger.sqlite"
[keys.clients]
sha256 = "$(printf %s "$OPENAI_API_KEY" | sha256sum | cut -d ' ' -f 1)"
[aliases.topdraw]
[aliases.blockwise]
method = "blockwise"
n = 3
block_tokens = 6
[aliases.budgeted]
budget = { nats = 1.4, most = 2 }
END
./topdraw serve --gateway "$folder/gateway.toml" --port 0 >"$folder/log" 2>"$folder/said" &
gateway=$!
until url=$(grep -o 'http://[^ ;]*/v1' "$folder/said"); do
  kill -0 "$gateway" 2>/dev/null || { cat "$folder/said" >&2; exit 1; }
  sleep 1
done
tools/clients/run.sh "$url"
