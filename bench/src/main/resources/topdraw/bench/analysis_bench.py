"""Estimates from recorded samples, made by others: the peers of `topdraw bench analysis`.

    analysis_bench.py PEER [FILE N,N,... THRESHOLD]

Without a file it says what it is, with versions, or `missing` and what it lacks. With one it reads a Parquet table
with prompt_id, outcome_id, rewards.score, correct, log_p and tokens, and prints one JSON object: by estimate and n
the mean over prompts, and its 95 % interval where there is one. No audit, no betting bounds.

    pandas, polars  the estimates of the Java side, prompt by prompt, every array step in numpy; the table is read and
                    grouped by the library
    estimator       the mean reward over the subsets of n alone, prompt by prompt and n by n, as papers publish it;
                    read by Polars
    scorio          pass@k and pass^k of the matrix of right and wrong; read by Polars
"""

import json
import sys

peer = sys.argv[1]
try:
    import numpy as np

    if peer == "pandas":
        import pandas as pd
        import pyarrow  # which pandas reads Parquet with
    else:
        import polars as pl
    if peer == "scorio":
        import scorio
except ImportError as e:
    print("missing", e.name)
    sys.exit(0)


class Pool:
    """One prompt's draws in levels of equal reward."""

    def __init__(self, reward, outcome, log_p):
        self.size = size = len(reward)
        self.order = np.argsort(reward, kind="stable")
        ranked = reward[self.order]
        self.start = np.concatenate([[0], np.flatnonzero(np.diff(ranked)) + 1])
        self.end = np.append(self.start[1:], size)
        self.draws = self.end - self.start
        self.reward = ranked[self.start]
        level = np.repeat(np.arange(len(self.start)), self.draws)
        # Each distinct outcome of a level counts once.
        code = level * size + outcome[self.order]
        _, first = np.unique(code, return_index=True)
        p = np.exp(log_p[self.order][first])
        self.seen = np.bincount(level[first], weights=p, minlength=len(self.start))
        self.distinct = np.bincount(level[first], minlength=len(self.start))
        self.up_to = np.cumsum(self.seen)
        above = np.cumsum(self.seen[::-1])[::-1] - self.seen
        self.room = 1 - above
        self.least = np.minimum(1, self.seen / self.room)
        others = (self.draws - 1) / max(1, size - 1)
        mass = np.where((self.distinct > 1) & (self.draws > 1), np.maximum(self.seen, others), self.seen)
        below = np.maximum(self.up_to, np.minimum(self.end / size, self.room))
        self.estimated = np.minimum(1, mass / below)

    def weights(self, n):
        """The chance that the best of a random subset of n is at each rank."""
        i = np.arange(self.size, 1, -1)
        w = np.empty(self.size)
        w[-1] = n / self.size
        w[-2::-1] = w[-1] * np.cumprod(np.maximum(0, i - n) / (i - 1))
        return w

    def win_rate(self, n):
        m = np.arange(self.size - 1, 0, -1)
        g = np.empty(self.size + 1)
        g[self.size - 1] = 1
        g[self.size - 2::-1] = np.append(np.cumprod(np.maximum(0, m - n) / m), 0)[: self.size - 1]
        g[self.size] = 0  # g[-1]
        low = self.start
        terms = low * (g[self.end - 1] - g[low - 1]) - self.draws * g[low]
        return 0.5 + terms.sum() / (2 * self.size)


def analytical(n):
    return np.log(n) - (n - 1) / n


def bound(n, share):
    """Eq. (25) of the paper."""
    with np.errstate(all="ignore"):
        log_miss = np.log1p(-share)
        q = np.exp(n * log_miss)
        value = q * (analytical(n) + (n - 1) * log_miss) + (1 - q) * (np.log1p(-q) - np.log(share))
    value = np.where(n * share < 1e-7, analytical(n), value)
    return np.where(share >= 1, 0, value)


def sharp(n, share):
    with np.errstate(all="ignore"):
        log_miss = np.log1p(-share)
        q = np.exp(n * log_miss)
        value = np.log1p(-q) - np.log(share) + (n - 1) * q / (1 - q) * log_miss
    value = np.where(n * share < 1e-7, analytical(n), value)
    return np.where(share >= 1, 0, np.maximum(0, value))


def early_stop_draws(size, passing, n):
    k = np.arange(n - 1)
    return 1 + np.cumprod(np.maximum(0, size - passing - k) / (size - k)).sum()


def estimates(pool, clipped, tokens, passing, n):
    w = pool.weights(n)
    level = np.add.reduceat(w, pool.start)
    clip = np.add.reduceat(clipped.weights(n), clipped.start)
    top = analytical(n)
    lost = np.minimum(
        pool.up_to ** n * (top - bound(n, np.minimum(1, pool.seen / pool.up_to))),
        pool.room ** n * (top - bound(n, pool.least)))
    found = {
        "reward, subsets": level @ pool.reward,
        "kl, seen_mass_mean": max(0, top - lost.sum()),
        "kl, pool_kl_upper": level @ sharp(n, pool.least),
        "kl, pooled_kl_bound": level @ bound(n, pool.seen),
        "kl, pooled_sharp_kl_bound": level @ sharp(n, pool.seen),
        "kl, pool_kl": level @ sharp(n, pool.estimated),
        "tokens, n_mean_tokens": n * tokens.mean(),
        "winner_tokens, subsets": winner(level, pool, tokens),
        "early_stop_kl, clipped_pool_kl_upper": clip @ sharp(n, clipped.least),
        "early_stop_kl, clipped_pool_kl": clip @ sharp(n, clipped.estimated),
        "early_stop_draws, subsets": early_stop_draws(pool.size, passing, n),
    }
    if n < pool.size:
        found["win_rate, pool_win_rate"] = pool.win_rate(n)
        found["early_stop_win_rate, pool_win_rate"] = clipped.win_rate(n)
    return found


def winner(level, pool, tokens):
    """Equals share the chance of their level."""
    return level @ (np.add.reduceat(tokens[pool.order], pool.start) / pool.draws)


COLUMNS = ["prompt_id", "outcome_id", "rewards.score", "log_p", "tokens"]


def prompts_of_pandas(file):
    table = pd.read_parquet(file, columns=COLUMNS)
    for _, prompt in table.groupby("prompt_id", sort=False):
        code = np.unique(prompt["outcome_id"].to_numpy(), return_inverse=True)[1]
        yield code, *(prompt[column].to_numpy() for column in COLUMNS[2:])


def prompts_of_polars(file):
    table = pl.read_parquet(file, columns=COLUMNS)
    table = table.with_columns(pl.col("outcome_id").rank("dense").over("prompt_id").cast(pl.Int64) - 1)
    for prompt in table.partition_by("prompt_id", maintain_order=True):
        yield tuple(prompt[column].to_numpy() for column in COLUMNS[1:])


def everything(prompts, grid, threshold):
    values = {}
    for outcome, reward, log_p, tokens in prompts:
        pool = Pool(reward, outcome, log_p)
        clipped = Pool(np.minimum(reward, threshold), outcome, log_p)
        passing = int((reward >= threshold).sum())
        for n in grid:
            if n <= len(reward):
                for name, value in estimates(pool, clipped, tokens, passing, n).items():
                    values.setdefault((name, n), []).append(value)
    curves = {}
    for (name, n), each in values.items():
        mean = np.mean(each)
        half = 1.96 * np.std(each, ddof=1) / np.sqrt(len(each)) if len(each) > 1 else 0
        curves.setdefault(name, {})[n] = [mean, mean - half, mean + half]
    return curves


def best_of_n(ranked, n):
    """The mean of the best over all subsets of n: the i-th of N from below is it with chance C(i-1, n-1) / C(N, n).

    Source: Nakano et al. (2021), arXiv 2112.09332, with the chances as products, as Chen et al. (2021), arXiv 2107.03374,
    multiply theirs.
    """
    size = len(ranked)
    i = np.arange(size, 1, -1)
    chance = n / size * np.append(1, np.cumprod(np.maximum(0, i - n) / (i - 1)))
    return chance @ ranked


def rewards(file, grid):
    table = pl.read_parquet(file, columns=["prompt_id", "rewards.score"])
    means = {n: [] for n in grid}
    for prompt in table.partition_by("prompt_id", maintain_order=True):
        ranked = np.sort(prompt["rewards.score"].to_numpy())[::-1]
        for n in grid:
            means[n].append(best_of_n(ranked, n))
    return {"reward, subsets": {n: [np.mean(each)] for n, each in means.items()}}


def passes(file, grid):
    table = pl.read_parquet(file, columns=["prompt_id", "correct"])
    right = table["correct"].to_numpy().reshape(table["prompt_id"].n_unique(), -1)  # a prompt's rows lie together
    return {
        "pass_at_k, subsets": {n: [scorio.eval.pass_at_k(right, n)] for n in grid},
        "pass_hat_k, pass_hat_k": {n: [scorio.eval.pass_hat_k(right, n)] for n in grid},
    }


def name():
    library = {"pandas": lambda: pd, "polars": lambda: pl, "estimator": lambda: pl, "scorio": lambda: scorio}[peer]()
    what = "published estimator, " if peer == "estimator" else ""
    return f"{what}{library.__name__} {library.__version__}, numpy {np.__version__}"


def main():
    if len(sys.argv) == 2:
        print(name())
        return
    file, grid, threshold = sys.argv[2], [int(n) for n in sys.argv[3].split(",")], float(sys.argv[4])
    if peer == "estimator":
        curves = rewards(file, grid)
    elif peer == "scorio":
        curves = passes(file, grid)
    else:
        prompts = prompts_of_pandas(file) if peer == "pandas" else prompts_of_polars(file)
        curves = everything(prompts, grid, threshold)
    print(json.dumps(curves))


main()
