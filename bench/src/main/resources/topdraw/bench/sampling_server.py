"""llama.cpp's own server, a peer of `topdraw bench sampling`.

    sampling_server.py MODEL.gguf PROMPT_IDS N TOKENS THREADS server|server-log-probabilities

Answers every line of standard input with one: seconds and tokens drawn, of one question for all completions over HTTP. The
server's cache of prompts is off, so that every question decodes its prompt, as the other sides do.
"""

import http.client
import importlib.metadata
import json
import socket
import sys
import time

try:
    import xllamacpp
except ImportError as e:
    print("missing", e.name, flush=True)
    sys.exit(0)

model, prompt, n, tokens, threads, told = sys.argv[1:7]
prompt, n, tokens, threads = [int(i) for i in prompt.split(",")], int(n), int(tokens), int(threads)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


p = xllamacpp.CommonParams()
p.model.path = model
p.port = free_port()
p.n_parallel = n
p.n_ctx = 512 * n
p.cpuparams.n_threads = threads
p.cpuparams_batch.n_threads = threads
p.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_ENABLED
p.cache_ram_mib = 0
p.verbosity = 1
server = xllamacpp.Server(p)
question = {
    "prompt": prompt,
    "n_cmpl": n,
    "n_predict": tokens,
    "ignore_eos": True,
    "temperature": 1,
    "samplers": ["temperature"],
    "cache_prompt": False,
    "return_tokens": True,
}
if told == "server-log-probabilities":
    question["n_probs"] = 1
connection = http.client.HTTPConnection("127.0.0.1", p.port)
print("llama.cpp's server, xllamacpp", importlib.metadata.version("xllamacpp"), flush=True)
for _ in sys.stdin:
    started = time.perf_counter()
    connection.request("POST", "/completion", json.dumps(question), {"Content-Type": "application/json"})
    response = connection.getresponse()
    body = response.read()
    seconds = time.perf_counter() - started
    connection.close()  # the server does, before the next turn
    if response.status != 200:
        sys.exit(body.decode())
    print(seconds, sum(completion["tokens_predicted"] for completion in json.loads(body)), flush=True)
