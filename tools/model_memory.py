#!/usr/bin/env python3
"""model_memory.py SHAPE KIND MODEL.gguf COMMAND...: what drawing from a larger model takes of memory.

Writes a model of random weights in the shape of a published one, stored as KIND; memory does not depend on what the weights are.
The tokenizer is that of MODEL.gguf (SmolLM2's), padded with tokens that no text has. Then runs COMMAND sample with it, looks at
the process ten times a second until it has drawn for a minute or ended, and prints a row for docs/benchmarks.md. The same shape
and KIND make the same bytes; the file is deleted. COMMAND must be the process itself, as ./topdraw is. Needs gguf and numpy:

    tools/model_memory.py llama-3-8b Q4_1 SmolLM2-135M-Instruct.Q4_1.gguf ./topdraw
"""
import os
import re
import subprocess
import sys
import tempfile
import time

import gguf
import numpy as np

# layers, width, feed-forward, heads, key-value heads, head, vocabulary, context, tied embeddings, architecture
SHAPES = {
    "smollm2-135m": (30, 576, 1536, 9, 3, 64, 49152, 8192, True, "llama"),
    "qwen2.5-0.5b": (24, 896, 4864, 14, 2, 64, 151936, 32768, True, "qwen2"),
    "llama-3.2-1b": (16, 2048, 8192, 32, 8, 64, 128256, 131072, True, "llama"),
    "qwen2.5-3b": (36, 2048, 11008, 16, 2, 128, 151936, 32768, True, "qwen2"),
    "llama-3.2-3b": (28, 3072, 8192, 24, 8, 128, 128256, 131072, True, "llama"),
    "llama-3-8b": (32, 4096, 14336, 32, 8, 128, 128256, 8192, False, "llama"),
}
# numbers a block, bytes a block, where its 16-bit scales lie
BLOCKS = {
    "Q4_0": (32, 18, [0]),
    "Q4_1": (32, 20, [0, 2]),
    "Q8_0": (32, 34, [0]),
    "Q4_K": (256, 144, [0, 2]),
    "Q6_K": (256, 210, [208]),
    "F16": (1, 2, [0]),
}


def blocks(kind, count, random):
    _, size, scales = BLOCKS[kind]
    made = random.integers(0, 256, (count, size), dtype=np.uint8)
    for at in scales:
        made[:, at : at + 2] = random.normal(0, 0.01, count).astype(np.float16).view(np.uint8).reshape(count, 2)
    return made.tobytes()


def write(shape, kind, vocabulary, out):
    layers, width, forward, heads, groups, head, tokens, context, tied, family = SHAPES[shape]
    random = np.random.default_rng(7)
    writer = gguf.GGUFWriter(out, family)
    writer.add_name(shape + " shape, random weights")
    writer.add_file_type({"F16": 1, "Q4_0": 2, "Q4_1": 3, "Q8_0": 7, "Q4_K": 15, "Q6_K": 18}[kind])
    writer.add_block_count(layers)
    writer.add_context_length(context)
    writer.add_embedding_length(width)
    writer.add_feed_forward_length(forward)
    writer.add_head_count(heads)
    writer.add_head_count_kv(groups)
    writer.add_rope_dimension_count(head)
    writer.add_rope_freq_base(500000.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(tokens)
    known = gguf.GGUFReader(vocabulary).fields

    def texts(key):
        field = known[key]
        return [bytes(field.parts[i]) for i in field.data]

    given = texts("tokenizer.ggml.tokens")
    types = [int(known["tokenizer.ggml.token_type"].parts[i][0]) for i in known["tokenizer.ggml.token_type"].data]
    missing = tokens - len(given)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(texts("tokenizer.ggml.pre")[0].decode())
    writer.add_token_list(given + [b"<|unused %d|>" % i for i in range(missing)])
    writer.add_token_types(types + [gguf.TokenType.UNUSED] * missing)
    writer.add_token_merges(texts("tokenizer.ggml.merges"))
    for name in ("bos", "eos"):
        key = f"tokenizer.ggml.{name}_token_id"
        writer.add_uint32(key, int(known[key].parts[known[key].data[0]][0]))
    writer.add_chat_template(texts("tokenizer.chat_template")[0].decode())

    tensors = [("token_embd.weight", (tokens, width), kind), ("output_norm.weight", (width,), "F32")]
    if not tied:
        tensors.append(("output.weight", (tokens, width), kind))
    for layer in range(layers):
        at = f"blk.{layer}."
        tensors += [(at + "attn_norm.weight", (width,), "F32"), (at + "ffn_norm.weight", (width,), "F32")]
        for name, rows, columns in (
            ("attn_q", heads * head, width),
            ("attn_k", groups * head, width),
            ("attn_v", groups * head, width),
            ("attn_output", width, heads * head),
            ("ffn_gate", forward, width),
            ("ffn_up", forward, width),
            ("ffn_down", width, forward),
        ):
            tensors.append((at + name + ".weight", (rows, columns), kind))
            if family == "qwen2" and name in ("attn_q", "attn_k", "attn_v"):
                tensors.append((at + name + ".bias", (rows,), "F32"))

    def size(dimensions, of):
        count = int(np.prod(dimensions))
        return 4 * count if of == "F32" else count // BLOCKS[of][0] * BLOCKS[of][1]

    for name, dimensions, of in tensors:
        # The writer takes rows of quantised tensors in bytes.
        raw = dimensions if of == "F32" else (dimensions[0], size(dimensions[1:], of))
        dtype = np.dtype(np.float32 if of == "F32" else np.uint8)
        if of == "F16":
            raw, dtype = dimensions, np.dtype(np.float16)
        quantised = None if of in ("F32", "F16") else gguf.GGMLQuantizationType[of]
        writer.add_tensor_info(name, raw, dtype, size(dimensions, of), quantised)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    into = writer.fout[0]
    into.write(b"\0" * (-into.tell() % 32))
    pool = blocks(kind, 1 << 16, random)
    for name, dimensions, of in tensors:
        left = size(dimensions, of)
        if of == "F32":
            into.write(np.full(dimensions, 0 if name.endswith("bias") else 1, np.float32).tobytes())
        else:
            # Each tensor begins elsewhere in the same random blocks.
            start = int(random.integers(0, 1 << 16)) * BLOCKS[of][1]
            while left:
                part = pool[start : start + left]
                into.write(part)
                left -= len(part)
                start = 0
        into.write(b"\0" * (-into.tell() % 32))
    writer.close()




def measured(command, model, log):
    """The peaks of all resident pages, of those of files and of the others, in bytes."""
    asked = ["sample", "Say a word.", "-n", "16", "--max-tokens", "32", "--model", model, "--trust-model"]
    with open(log, "w", encoding="utf-8") as said:
        process = subprocess.Popen(command + asked, stdout=subprocess.DEVNULL, stderr=said)
    peaks = {"VmHWM": 0, "RssFile": 0, "RssAnon": 0}
    end = None
    while process.poll() is None and (end is None or time.monotonic() < end):
        with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
            for name, kibibytes in re.findall(r"(\w+):\s+(\d+) kB", status.read()):
                if name in peaks:
                    peaks[name] = max(peaks[name], 1024 * int(kibibytes))
        with open(log, encoding="utf-8") as said:
            if end is None and "drawn" in said.read():
                end = time.monotonic() + 60
        time.sleep(0.1)
    process.kill()
    if process.wait() not in (0, -9):
        sys.exit(f"{command} ended with {process.returncode}")
    return peaks


def main(shape, kind, vocabulary, *command):
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, f"{shape}.{kind}.gguf")
        write(shape, kind, vocabulary, model)
        peaks = measured(list(command), model, os.path.join(folder, "said"))
        sizes = [os.path.getsize(model), peaks["VmHWM"], peaks["RssFile"], peaks["RssAnon"]]
    print(f"| {shape} | {kind} | " + " | ".join(f"{size / 1e9:.2f} GB" for size in sizes) + " |")


if __name__ == "__main__":
    main(*sys.argv[1:])
