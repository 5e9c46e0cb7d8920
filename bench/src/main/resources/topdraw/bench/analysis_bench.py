"""Best-of-n from recorded samples in numpy and pandas, the peer of `topdraw bench analysis`.

    analysis_bench.py FILE N,N,... THRESHOLD

Reads a Parquet table with prompt_id, outcome_id, rewards.score, log_p and tokens; prints one JSON object: by
estimate and n the mean over prompts and its 95 % interval. The estimates are those of the Java side, prompt by prompt,
every array step in numpy. No audit, no betting bounds.
"""

import json
import sys

try:
    import numpy as np
    import pandas as pd
except ImportError:
    print("missing")
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


def main():
    file, grid, threshold = sys.argv[1], [int(n) for n in sys.argv[2].split(",")], float(sys.argv[3])
    table = pd.read_parquet(file, columns=["prompt_id", "outcome_id", "rewards.score", "log_p", "tokens"])
    values = {}
    for _, prompt in table.groupby("prompt_id", sort=False):
        reward = prompt["rewards.score"].to_numpy()
        outcome = np.unique(prompt["outcome_id"].to_numpy(), return_inverse=True)[1]
        log_p = prompt["log_p"].to_numpy()
        tokens = prompt["tokens"].to_numpy()
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
    print(json.dumps({"peer": f"numpy {np.__version__}, pandas {pd.__version__}", "curves": curves}))


main()
