"""The mean reward of best-of-n from recorded samples, the peer of `topdraw bench readers`.

    readers_bench.py LIBRARY FILE N,N,...

Reads prompt_id and reward from a .jsonl or .csv file with the library, then takes the mean over the subsets of n of each
prompt's draws in numpy; prints one JSON object, or `missing`. No audit, no interval, no drift, no win rate.
"""

import json
import sys

library, file, grid = sys.argv[1], sys.argv[2], [int(n) for n in sys.argv[3].split(",")]
lines = file.endswith(".jsonl")
try:
    import numpy as np

    module = __import__(library)
except ImportError:
    print("missing")
    sys.exit(0)


def columns():
    if library == "pandas":
        table = module.read_json(file, lines=True) if lines else module.read_csv(file)
        return table["prompt_id"].to_numpy(), table["reward"].to_numpy()
    if library == "polars":
        table = module.read_ndjson(file) if lines else module.read_csv(file)
        return table["prompt_id"].to_numpy(), table["reward"].to_numpy()
    reader = "read_json" if lines else "read_csv"
    table = module.sql(f"select prompt_id, reward from {reader}('{file}')").fetchnumpy()
    return np.asarray(table["prompt_id"]), np.asarray(table["reward"])


prompt, reward = columns()
_, code = np.unique(prompt.astype(str), return_inverse=True)
order = np.lexsort((reward, code))
code, reward = code[order], reward[order]
starts = np.flatnonzero(np.diff(code, prepend=-1))
means = {n: [] for n in grid}
for ranked in np.split(reward, starts[1:]):
    size = len(ranked)
    i = np.arange(size, 1, -1)
    for n in grid:
        # The chance that the best of a random subset of n is at each rank.
        w = np.empty(size)
        w[-1] = n / size
        w[-2::-1] = w[-1] * np.cumprod(np.maximum(0, i - n) / (i - 1))
        means[n].append(w @ ranked)
curves = {"reward, subsets": {n: [float(np.mean(each))] for n, each in means.items()}}
print(json.dumps({"peer": f"{library} {module.__version__}", "curves": curves}))
