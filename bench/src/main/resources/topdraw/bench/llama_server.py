"""Serves a model with llama.cpp's server: python llama_server.py MODEL.gguf PORT SLOTS; ends when its input does."""
import sys
import xllamacpp

p = xllamacpp.CommonParams()
p.model.path = sys.argv[1]
p.port = int(sys.argv[2])
p.n_parallel = int(sys.argv[3])
p.n_ctx = 512 * p.n_parallel
p.cpuparams.n_threads = 1
p.cpuparams_batch.n_threads = 1
p.endpoint_props = True
p.use_jinja = True
p.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_ENABLED
server = xllamacpp.Server(p)
print("ready", flush=True)
sys.stdin.read()
