"""How often intervals and certificates must hold: exact where everything that can happen is listed, else simulated at length.

Each entry has the chance of failing at alpha, alpha/2 and 2 alpha, so that a test that accepts the first can show that it
would refuse the others.
"""

from itertools import product
from math import floor, lgamma, log

import numpy as np
from mpmath import mpf
from scipy import stats

from core import drift as d
from core import formulas as f

SHARES = [round(0.5 + 0.02 * i, 2) for i in range(21)]


def every_sequence(prompts):
    return ((np.arange(2**prompts)[:, None] >> np.arange(prompts)) & 1).astype(float)


def betting_failures(low, high, prompts, alpha, shares=SHARES):
    """Prompts give `high` with chance p and `low` else, both in [0, 1]. The chance, for each p, that the lower betting bound is
    above the true mean: that the capital bet against the true mean reaches 1/alpha (Ville). Every sequence is tried."""
    ones = every_sequence(prompts)
    x = low + (high - low) * ones
    chances = []
    for p in shares:
        mean = low + (high - low) * p
        total, squares, capital = np.full(len(x), 0.5), np.full(len(x), 0.25), np.zeros(len(x))
        for t in range(1, prompts + 1):
            bet = np.sqrt(2 * log(1 / alpha) / (squares / t * prompts))
            capital += np.log1p(np.minimum(bet, 0.9 / mean) * (x[:, t - 1] - mean))
            total += x[:, t - 1]
            squares += (x[:, t - 1] - total / (t + 1)) ** 2
        failed = (capital >= log(1 / alpha)) & (x.mean(axis=1) > mean)
        weight = np.prod(np.where(ones == 1, p, 1 - p), axis=1)
        chances.append(float(weight[failed].sum()))
    return chances


def betting(name, low, high, prompts, alpha, **about):
    """A bound on the mean of two-valued prompts, over a profile of chances. `low` and `high` on the scale of the bets."""
    at = {
        key: betting_failures(low, high, prompts, a) for key, a in (("half", alpha / 2), ("alpha", alpha), ("double", 2 * alpha))
    }
    assert max(at["alpha"]) <= alpha and max(at["alpha"]) > 0.2 * alpha and at["half"] != at["alpha"] != at["double"]
    return {"name": name, "alpha": alpha, "prompts": prompts, "shares": SHARES, "failures": at, **about}


def certificates():
    k2 = f.K(2)
    likely = f.d_star(2, f.exp(mpf(log(0.999999))))
    size = 34
    bias = d.allowance(2, size)
    flat, loose = d.from_counts([size], 2), d.from_counts([1] * size, 2)
    top, width = k2 + 3 * bias, k2 + bias
    plain = [
        betting(name, 0, 1, 10, alpha)
        for name, alpha in (
            ("pass rate, lower", 0.05),
            ("reward, lower", 0.05),
            ("reward, lower, shared by two", 0.025),
            ("reward, lower, shared by four", 0.0125),
        )
    ]
    # Upper bounds bet on the complements: the small value is the large one there.
    return plain + [
        betting("kl, upper", 0.0, float(1 - likely / k2), 10, 0.05, small=float(likely), large=float(k2)),
        betting(
            "equal rewards, upper",
            float(1 - (loose + bias) / top),
            float(1 - (flat + bias) / top),
            10,
            0.05,
            small=float(flat + bias),
            large=float(loose + bias),
        ),
        betting(
            "equal rewards, lower",
            float(flat / width),
            float(loose / width),
            10,
            0.05,
            small=float(flat - bias),
            large=float(loose - bias),
        ),
    ]


# ---- error bars by leaving out draws: every count of every outcome


def jackknife_coverage():
    """Twelve draws of four outcomes, n = 3. Pools differ by how often each outcome was drawn, so all pools are listed."""
    p, size, n = [0.4, 0.3, 0.2, 0.1], 12, 3
    results = {}
    estimates = {
        "win_rate": lambda d: f.real(d.win_rate(n)),
        "eq. (25)": lambda d: d.kl_bound(n),
        "d*": lambda d: d.sharp_kl_bound(n),
    }
    pools = [c for c in product(range(size + 1), repeat=4) if sum(c) == size]
    chance = {c: np.exp(lgamma(size + 1) - sum(lgamma(k + 1) for k in c) + sum(k * log(q) for k, q in zip(c, p))) for c in pools}

    def draws(counts):
        outcomes = [o for o, k in enumerate(counts) for _ in range(k)]
        return f.Draws(outcomes, outcomes, [log(p[o]) for o in outcomes])

    tables = {name: {} for name in estimates}

    def value(name, counts):
        known = tables[name]
        if counts not in known:
            known[counts] = estimates[name](draws(counts))
        return known[counts]

    upto = np.cumsum(p)
    exact_win_rate = float(sum((upto[i] ** n - (upto[i] - p[i]) ** n) * (upto[i] - p[i] / 2) for i in range(4)))
    for name in estimates:
        truth = exact_win_rate if name == "win_rate" else float(sum(chance[c] * value(name, c) for c in pools))
        top = mpf(n) / (n + 1) if name == "win_rate" else f.K(n)
        failures = {}
        for key, alpha in (("half", 0.025), ("alpha", 0.05), ("double", 0.1)):
            missed = 0.0
            for c in pools:
                at = value(name, c)
                left = []
                for o in range(4):
                    fewer = tuple(k - (i == o) for i, k in enumerate(c))
                    left += [value(name, fewer)] * c[o]
                m = f.mean(left)
                error = f.sqrt(mpf(size - 1) / size * sum((v - m) ** 2 for v in left))
                low, high = f.gap_interval(at, error, top, 1 - alpha)
                missed += float(chance[c]) * (not low <= truth <= high)
            failures[key] = missed
        results[name] = {"truth": truth, "failures": failures}
    return {"name": "jackknife", "p": p, "draws": size, "n": n, "alpha": 0.05, "estimates": results}


# ---- bootstrap


def quantiles_of_resamples(values, bca, alpha):
    """The ends of the percentile or the BCa interval (Efron 1987) for the mean of whole numbers, from the exact law of a
    resample's sum; and how far, in chance, the levels are from a step of that law."""
    size, low = len(values), min(values)
    law = np.zeros(max(values) - low + 1)
    for v in values:
        law[v - low] += 1 / size
    sums = np.array([1.0])
    for _ in range(size):
        sums = np.convolve(sums, law)
    below = np.cumsum(sums)
    mean = np.mean(values)
    at = int(round((mean - low) * size))
    z0 = stats.norm.ppf(below[at] - sums[at] / 2) if bca else 0
    deviations = np.array(values) - mean
    a = (deviations**3).sum() / (6 * (deviations**2).sum() ** 1.5) if bca else 0
    ends, margins = [], []
    for level in (alpha / 2, 1 - alpha / 2):
        z = z0 + stats.norm.ppf(level)
        level = stats.norm.cdf(z0 + z / (1 - a * z)) if bca else level
        k = int(np.searchsorted(below, level, side="right"))
        ends.append(low + k / size)
        margins.append(min(below[k] - level, level - (below[k - 1] if k else 0)))
    return ends, min(margins)


def bootstrap_ends():
    """Skewed whole numbers, the 30 of them drawn once and written down."""
    values = [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 16, 18, 20, 23, 26, 30, 34, 39, 46, 56, 71, 110]
    ends = [
        {
            "alpha": alpha,
            "percentile": quantiles_of_resamples(values, False, alpha)[0],
            "bca": quantiles_of_resamples(values, True, alpha)[0],
        }
        for alpha in (0.05, 0.2, 0.1, 0.025)
    ]
    return {"name": "bootstrap ends", "values": values, "ends": ends}


def bootstrap_coverage():
    """Forty values of 0 or 1: the interval depends on how many are 1, so its coverage is a sum. A count whose interval a few
    thousand resamples could miss is left out of the sum, and listed."""
    size, failures, left_out = 40, {}, set()
    counts = [k for k in range(size + 1) if min(k, size - k) >= 10]
    for method in ("percentile", "bca"):
        for k in counts:
            for alpha in (0.1, 0.05, 0.2):
                if quantiles_of_resamples([0] * (size - k) + [1] * k, method == "bca", alpha)[1] < 0.0025:
                    left_out.add(k)
    counts = [k for k in counts if k not in left_out]
    shares = [0.32, 0.37, 0.41, 0.46, 0.53, 0.61, 0.66]
    for method in ("percentile", "bca"):
        failures[method] = {}
        for key, alpha in (("half", 0.05), ("alpha", 0.1), ("double", 0.2)):
            ends = {k: quantiles_of_resamples([0] * (size - k) + [1] * k, method == "bca", alpha)[0] for k in counts}
            failures[method][key] = [
                float(sum(stats.binom.pmf(k, size, p) for k in counts if not ends[k][0] <= p <= ends[k][1])) for p in shares
            ]
    return {"name": "bootstrap coverage", "alpha": 0.1, "size": size, "counts": counts, "shares": shares, "failures": failures}


# ---- by simulation


def joint_band(runs=20000, prompts=20, points=4, resamples=1000):
    """Independent normal values at each point; the band of JointBand, by its description."""
    random = np.random.default_rng(20260501)
    alphas = {"half": 0.1, "alpha": 0.2, "double": 0.4}
    missed = dict.fromkeys(alphas, 0)
    for _ in range(runs):
        curves = random.standard_normal((prompts, points))
        mean, error = curves.mean(axis=0), curves.std(axis=0, ddof=1) / np.sqrt(prompts)
        picks = random.multinomial(prompts, np.full(prompts, 1 / prompts), size=resamples)
        means = picks @ curves / prompts
        squares = picks @ curves**2 / prompts - means**2
        errors = np.sqrt(squares * prompts / (prompts - 1) / prompts)
        largest = np.sort(np.max(np.abs(means - mean) / errors, axis=1))
        for key, alpha in alphas.items():
            factor = largest[min(resamples - 1, int(np.ceil((1 - alpha) * resamples)))]
            missed[key] += np.any(np.abs(mean) > factor * error)
    return {
        "name": "joint band",
        "alpha": 0.2,
        "prompts": prompts,
        "points": points,
        "runs": runs,
        "failures": {k: int(v) / runs for k, v in missed.items()},
    }


def gold_hold_out():
    """Twenty-four prompts of sixteen draws, on all of which the winner's gold reward is 1 and the others' 0: a gain of 15/16 in a
    range of width 1 either way. The lower bound, and how likely such a half of twelve prompts is where the bound turns true: where
    a share p of prompts gains 15/16 and the others lose as much."""
    bounds, chances = {}, {}
    for key, alpha in (("half", 0.0125), ("alpha", 0.025), ("double", 0.05)):
        bounds[key] = float(f.betting_within([mpf(15) / 16] * 12, alpha, -1, 1, "lower_bound"))
        chances[key] = ((bounds[key] * 16 / 15 + 1) / 2) ** 12
        assert 0.3 * alpha < chances[key] <= alpha
    return {"name": "gold hold-out", "alpha": 0.025, "prompts": 24, "bounds": bounds, "failures": chances}


def hard_cases(runs=6000, prompts=50, resamples=200, alpha=0.05):
    """beyond 2.1: coverage and width of five intervals on the data that certificates meet. Laws as CoverageStudy describes them."""
    u = (np.arange(1000) + 0.5) / 1000
    laws = {
        "10 % low-entropy prompts": np.where(u < 0.1, 0.86 * u / 0.1, 1),
        "2 % low-entropy prompts": np.where(u < 0.02, 0.86 * u / 0.02, 1),
        "broad": stats.beta.ppf(u, 1.2, 0.34),
        "win rate, 8 batches": stats.binom.ppf(u, 8, 0.93) / 8,
    }
    random = np.random.default_rng(20260502)
    rows = []
    for name, law in laws.items():
        cells = {m: [] for m in ("HOEFFDING", "EMPIRICAL_BERNSTEIN", "BETTING", "PERCENTILE", "BCA")}
        truth = law.mean()
        withheld = 0
        for _ in range(runs):
            x = random.choice(law, prompts)
            mean = x.mean()
            half = np.sqrt(log(2 / alpha) / (2 * prompts))
            cells["HOEFFDING"].append((max(0, mean - half), min(1, mean + half)))
            size = log(4 / alpha)
            half = np.sqrt(2 * x.var(ddof=1) * size / prompts) + 7 * size / (3 * (prompts - 1))
            cells["EMPIRICAL_BERNSTEIN"].append((max(0, mean - half), min(1, mean + half)))
            cells["BETTING"].append((lower_bound(x, alpha / 2), 1 - lower_bound(1 - x, alpha / 2)))
            means = np.sort(random.choice(x, (resamples, prompts)).mean(axis=1))
            cells["PERCENTILE"].append((means[floor(alpha / 2 * resamples)], means[floor((1 - alpha / 2) * resamples)]))
            below = np.clip(
                ((means < mean - 1e-13).sum() + 0.5 * (np.abs(means - mean) <= 1e-13).sum()) / resamples,
                0.5 / resamples,
                1 - 0.5 / resamples,
            )
            z0 = stats.norm.ppf(below)
            deviations = x - mean
            spread = (deviations**2).sum()
            a = 0 if spread == 0 else (deviations**3).sum() / (6 * spread**1.5)
            z = z0 + stats.norm.ppf([alpha / 2, 1 - alpha / 2])
            level = stats.norm.cdf(z0 + z / (1 - a * z))
            ends = means[np.clip(np.floor(level * resamples).astype(int), 0, resamples - 1)]
            cells["BCA"].append((ends.min(), ends.max()))
            withheld += prompts - np.unique(x, return_counts=True)[1].max() < 10
        rows.append(
            {
                "law": name,
                "mean": truth,
                "withheld": withheld / runs,
                "cells": {
                    m: {
                        "coverage": float(np.mean([lo <= truth + 1e-12 and truth - 1e-12 <= hi for lo, hi in v])),
                        "width": float(np.mean([hi - lo for lo, hi in v])),
                        "width_sd": float(np.std([hi - lo for lo, hi in v])),
                    }
                    for m, v in cells.items()
                },
            }
        )
    return {"name": "hard cases", "alpha": alpha, "prompts": prompts, "resamples": resamples, "runs": runs, "rows": rows}


def lower_bound(x, alpha):
    """The betting bound in doubles, for simulations."""
    count = len(x)
    total = 0.5 + np.concatenate([[0], np.cumsum(x)])
    t = np.arange(1, count + 1)
    squares = 0.25 + np.concatenate([[0], np.cumsum((x - total[1:] / (t + 1)) ** 2)])
    bets = np.sqrt(2 * log(1 / alpha) / (squares[:-1] / t * count))

    def capital(m):
        return np.log1p(np.minimum(bets, 0.9 / m if m else np.inf) * (x - m)).sum()

    if x.mean() == 0 or capital(0) < log(1 / alpha):
        return 0
    low, high = 0, x.mean()
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if capital(middle) >= log(1 / alpha) else (low, middle)
    return low


def entries():
    return [
        *certificates(),
        jackknife_coverage(),
        bootstrap_ends(),
        bootstrap_coverage(),
        gold_hold_out(),
        joint_band(),
        hard_cases(),
    ]
