#!/usr/bin/env bash
# curl: an answer, and a stream as it comes (-N). Prints a line for each check, and fails with the first that does not hold.
#   with_curl.sh URL    as http://127.0.0.1:8080/v1; OPENAI_API_KEY is the gateway's key, where it wants one
set -euo pipefail
url=$1
ask() { # $1: the body; more are curl's
  curl -sS --fail-with-body --max-time 120 "$url/chat/completions" -H "Authorization: Bearer ${OPENAI_API_KEY:-none}" \
    -H 'Content-Type: application/json' -d "$1" "${@:2}"
}
field() { python3 -c 'import json, sys; print(eval(sys.argv[1], {"answer": json.load(sys.stdin)}))' "$1"; }
version="curl $(curl -V | head -n 1 | cut -d ' ' -f 2)"
question='"model": "topdraw", "messages": [{"role": "user", "content": "Name one colour."}], "max_tokens": 12, "seed": 7'

whole=$(ask "{$question, \"topdraw\": {\"n\": 4}}")
[ "$(field 'answer["topdraw"]["n_drawn"], answer["topdraw"]["findings"][0]["evidence"]' <<<"$whole")" = "(4, 'theorem')" ] ||
  { echo "curl: $whole" >&2; exit 1; }
echo "ok  $version: an answer, and what is known of it"

stream=$(ask "{$question, \"stream\": true, \"topdraw\": {\"n\": 4}}" -N)
[ "$(tail -n 1 <<<"$stream")" = 'data: [DONE]' ] || { echo "curl: $stream" >&2; exit 1; }
said=$(grep -m 1 '^data: ' <<<"$stream" | cut -c 7- | field 'answer["choices"][0]["delta"]["content"]')
[ "$said" = "$(field 'answer["choices"][0]["message"]["content"]' <<<"$whole")" ] || { echo "curl: $stream" >&2; exit 1; }
echo "ok  $version: a stream as it comes (-N)"
