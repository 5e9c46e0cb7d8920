"""llama-cpp-python, a peer of `topdraw bench sampling`.

    sampling_llama_cpp_python.py MODEL.gguf PROMPT_IDS N TOKENS THREADS NAME

Answers every line of standard input with one: seconds and tokens drawn. Its class Llama draws one completion after the other
and keeps the prompt from one to the next; `generate` yields tokens, past ends too. Neither text nor log-probabilities are made.
"""

import itertools
import sys
import time

try:
    import llama_cpp
except ImportError as e:
    print("missing", e.name, flush=True)
    sys.exit(0)

model, prompt, n, tokens, threads = sys.argv[1:6]
prompt, n, tokens, threads = [int(i) for i in prompt.split(",")], int(n), int(tokens), int(threads)
llama = llama_cpp.Llama(
    model, n_ctx=512, n_threads=threads, n_threads_batch=threads, flash_attn=True, seed=1, verbose=False
)
print("llama-cpp-python", llama_cpp.__version__, flush=True)
for _ in sys.stdin:
    llama.reset()
    started = time.perf_counter()
    drawn = 0
    for _ in range(n):
        completion = llama.generate(prompt, top_k=0, top_p=1.0, min_p=0.0, temp=1.0, repeat_penalty=1.0)
        drawn += len(list(itertools.islice(completion, tokens)))
    print(time.perf_counter() - started, drawn, flush=True)
