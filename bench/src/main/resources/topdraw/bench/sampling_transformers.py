"""Hugging Face's transformers on PyTorch, a peer of `topdraw bench sampling`.

    sampling_transformers.py MODEL.gguf PROMPT_IDS N TOKENS THREADS NAME

Answers every line of standard input with one: seconds and tokens drawn, all completions side by side. The weights are those of
the file, each as the 32-bit float that it stands for. Log-probabilities are not asked for.
"""

import os
import sys
import time

os.environ.update(HF_HUB_OFFLINE="1", TQDM_DISABLE="1")
try:
    import gguf  # reads the file
    import torch
    import transformers
except ImportError as e:
    print("missing", e.name, flush=True)
    sys.exit(0)

model, prompt, n, tokens, threads = sys.argv[1:6]
prompt, n, tokens, threads = [int(i) for i in prompt.split(",")], int(n), int(tokens), int(threads)
torch.set_num_threads(threads)
torch.manual_seed(1)
folder, file = os.path.split(model)
policy = transformers.AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=torch.float32).eval()
question = torch.tensor([prompt])
print(f"transformers {transformers.__version__}, torch {torch.__version__}", flush=True)
for _ in sys.stdin:
    started = time.perf_counter()
    with torch.inference_mode():
        completions = policy.generate(
            question,
            attention_mask=torch.ones_like(question),
            do_sample=True,
            temperature=1.0,
            top_k=0,
            top_p=1.0,
            num_return_sequences=n,
            min_new_tokens=tokens,
            max_new_tokens=tokens,
        )
    seconds = time.perf_counter() - started
    print(seconds, completions.shape[0] * (completions.shape[1] - len(prompt)), flush=True)
