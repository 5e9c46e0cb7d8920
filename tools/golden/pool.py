"""Estimates from small pools, each the mean over every subset of n draws, written out."""

import itertools
import math

from golden import exact, header, mpf, row
from mpmath import binomial, exp, inf, log, log1p, mp, sqrt

mp.dps = 700

header(
    "Means over every subset of n draws of the pool (Nakano et al. 2021; Chen et al. 2021); the bound from the",
    "mass seen. A pool: its size N, outcomes, rewards, log-probabilities.",
)


def top(n):
    return log(mpf(n)) - (mpf(n) - 1) / n


def gap(n, e):
    return mpf(0) if e == 0 else top(n) if e >= 1 else top(n) - bound(n, e)


def bound(n, e):
    if e == 0 or n == 1:
        return top(n)
    if e >= 1:
        return mpf(0)
    q = (1 - e) ** n
    return q * (log(mpf(n)) + (n - 1) * log1p(-e) - (mpf(n) - 1) / n) + (1 - q) * log((1 - q) / e)


def sharp(n, e):
    if e == 0 or n == 1:
        return top(n)
    if e >= 1:
        return mpf(0)
    q = (1 - e) ** n
    return log((1 - q) / e) + (n - 1) * q / (1 - q) * log1p(-e)


class Pool:
    def __init__(self, outcomes, rewards, logs):
        self.outcomes, self.rewards, self.logs = outcomes, rewards, logs
        self.N = len(outcomes)
        self.levels = sorted(set(rewards))
        self.count = [rewards.count(r) for r in self.levels]
        self.first = {}
        for o, l in zip(outcomes, logs):
            self.first.setdefault(o, l)
        self.distinct = [{o for o, r in zip(outcomes, rewards) if r == level} for level in self.levels]
        # What was seen at each level, up to it and above it.
        self.S = [min(mpf(1), sum(self.mass(o) for o in seen)) for seen in self.distinct]
        self.B = [min(mpf(1), sum(self.S[: l + 1])) for l in range(len(self.S))]
        self.A = [min(mpf(1), sum(self.S[l + 1 :])) for l in range(len(self.S))]

    def mass(self, outcome):
        log_p = self.first[outcome]
        return mpf(0) if log_p == float("-inf") else exp(exact(log_p))

    def arguments(self):
        return [self.N] + self.outcomes + self.rewards + self.logs

    def clipped(self, threshold):
        return Pool(self.outcomes, [min(r, threshold) for r in self.rewards], self.logs)

    def mean(self, n, value):
        """The mean over all subsets of n draws; `value` is of the level of the best."""
        total = mpf(0)
        for subset in itertools.combinations(range(self.N), n):
            total += value(self.levels.index(max(self.rewards[i] for i in subset)))
        return total / binomial(self.N, n)

    def level_mean(self, values, l):
        at = [exact(v) for v, r in zip(values, self.rewards) if r == self.levels[l]]
        return sum(at) / len(at)

    def win_rate(self, n):
        """Each subset against each draw that is not in it, ties half."""
        wins, pairs = mpf(0), 0
        for subset in itertools.combinations(range(self.N), n):
            best = max(self.rewards[i] for i in subset)
            for j in range(self.N):
                if j not in subset:
                    wins += 1 if best > self.rewards[j] else mpf(1) / 2 if best == self.rewards[j] else 0
                    pairs += 1
        return wins / pairs

    def least(self, l):
        return min(mpf(1), self.S[l] / (1 - self.A[l])) if self.A[l] < 1 else mpf(1)

    def estimated(self, l):
        frequency = mpf(self.count[l] - 1) / (self.N - 1) if self.N > 1 else mpf(0)
        mass = self.S[l] if len(self.distinct[l]) == 1 or self.count[l] == 1 else max(self.S[l], frequency)
        cumulative = max(self.B[l], min(mpf(sum(self.count[: l + 1])) / self.N, 1 - self.A[l]))
        return mpf(1) if mass >= cumulative else mass / cumulative

    def seen_mass(self, n):
        lost = mpf(0)
        for l in range(len(self.S)):
            if self.S[l] > 0:
                lost += min((F**n * gap(n, min(mpf(1), self.S[l] / F)) if F > 0 else mpf(0)) for F in {self.B[l], 1 - self.A[l]})
        return max(mpf(0), top(n) - lost)


INF = float("inf")


def logs(p):
    return [math.log(x) if x > 0 else -INF for x in p]


POOLS = {
    "different": Pool([3, 1, 2, 5, 4], [0.5, 2.0, -1.0, 7.0, 3.0], logs([0.1, 0.2, 0.05, 0.01, 0.3])),
    "repeats": Pool([1, 2, 1, 3, 2, 1, 4], [1.0, 2.0, 1.0, 3.0, 2.0, 1.0, 3.0], logs([0.3, 0.2, 0.3, 0.1, 0.2, 0.3, 0.05])),
    "all seen": Pool([1, 2, 1, 3, 2], [1.0, 2.0, 1.0, 3.0, 2.0], logs([0.5, 0.3, 0.5, 0.2, 0.3])),
    "unknown": Pool([1, 2, 3, 4, 5, 6, 7, 8], [1.0, 0.0, 1.0, 1.0, 0.0, 2.0, 1.0, 0.0], [-INF] * 8),
    "partly known": Pool([1, 2, 3, 4, 2], [1.0, 2.0, 2.0, 3.0, 2.0], [-2.0, -INF, -1.5, -700.0, -INF]),
    "two": Pool([1, 1], [4.0, 4.0], logs([0.9, 0.9])),
    "coarse": Pool([1, 2, 3, 1, 4, 2, 1, 5, 6], [0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0], logs([0.2, 0.1, 0.05, 0.2, 0.02, 0.1, 0.2, 0.3, 0.01])),
    "unscored": Pool([1, 2, 3, 4, 5, 6], [-INF, 1.0, -INF, 0.0, 1.0, 2.0], logs([0.1, 0.2, 0.1, 0.15, 0.05, 0.3])),
    "heavy": Pool([1, 1, 2, 1, 1, 3], [1.0, 1.0, 2.0, 1.0, 1.0, 0.0], logs([0.999, 0.999, 1e-4, 0.999, 0.999, 1e-5])),
    "heavy on top": Pool([1, 1, 2, 1, 1, 3], [5.0, 5.0, 2.0, 5.0, 5.0, 0.0], logs([0.999, 0.999, 1e-4, 0.999, 0.999, 1e-5])),
    "crowded": Pool([1, 2, 1, 2, 3], [0.0, 0.0, 0.0, 0.0, 1.0], logs([0.01, 0.02, 0.01, 0.02, 0.9])),
    "too much": Pool([1, 2, 3], [0.0, 1.0, 2.0], logs([0.3, 0.6, 0.5])),
}
GOLD = [0.25, -1.0, 3.0, 0.5, 2.0, -0.75, 1.5, 4.0, 0.125]


for name, pool in POOLS.items():
    for n in range(1, pool.N + 1):
        a = [n] + pool.arguments()
        close = 3e-14 * float(top(n)) + 1e-300
        missing = any(max(pool.rewards[i] for i in s) == -INF for s in itertools.combinations(range(pool.N), n))
        row("reward", a, -inf if missing else pool.mean(n, lambda l: exact(pool.levels[l])  if pool.levels[l] > -INF else mpf(0)), 2e-15, 1e-15)
        row("gold", a, pool.mean(n, lambda l: pool.level_mean(GOLD[: pool.N], l)), 3e-15, 1e-15)
        for i in range(pool.N):
            level = pool.levels.index(pool.rewards[i])
            row("weight", [i] + a, pool.mean(n, lambda l: mpf(l == level)) / pool.count[level], 2e-15)
        if n < pool.N:
            row("winRate", a, pool.win_rate(n), 1e-15)
        row("klBound", a, pool.mean(n, lambda l: bound(n, pool.S[l])), 0, close)
        row("sharpKlBound", a, pool.mean(n, lambda l: sharp(n, pool.S[l])), 0, close)
        row("alternateKlBound", a, pool.mean(n, lambda l: min(top(n), -log(pool.S[l])) if pool.S[l] > 0 else top(n)), 0, close)
        row("klUpper", a, pool.mean(n, lambda l: sharp(n, pool.least(l))), 0, close)
        row("kl", a, pool.mean(n, lambda l: sharp(n, pool.estimated(l))), 0, close)
        for t in [-10.0, 0.0, 0.5, 10.0]:
            tilted = pool.mean(n, lambda l: bound(n, pool.S[l])) if t == 0 else log(pool.mean(n, lambda l: exp(exact(t) * bound(n, pool.S[l])))) / exact(t)
            row("tilted", [t] + a, tilted, 0, close * 3 + 1e-15)
        for threshold in [1.0, 2.0, 9.0]:
            clipped = pool.clipped(threshold)
            row("stopKlUpper", [threshold] + a, clipped.mean(n, lambda l: sharp(n, clipped.least(l))), 0, close)
            row("stopKl", [threshold] + a, clipped.mean(n, lambda l: sharp(n, clipped.estimated(l))), 0, close)
            if n < pool.N:
                row("stopWinRate", [threshold] + a, clipped.win_rate(n), 1e-15)
            accepted = sum(r >= threshold for r in pool.rewards)
            draws = sum(binomial(pool.N - accepted, k) / binomial(pool.N, k) for k in range(n))
            row("stopDraws", [threshold] + a, draws, 2e-15)
    for n in [1, 2, 8, 100, 10**6]:
        # What the last digit of a log-probability moves, n times.
        row("seenMass", [n] + pool.arguments(), pool.seen_mass(n), 0, 3e-14 * float(top(n)) + 1e-16 * (n - 1) + 1e-300)
    if pool.N > 1:
        pairs = sum(c * (c - 1) for c in pool.count)
        for n in range(1, pool.N - 1):
            values = []
            for i in range(pool.N):
                rest = Pool(*[x[:i] + x[i + 1 :] for x in (pool.outcomes, pool.rewards, pool.logs)])
                values.append(rest.mean(n, lambda l: sharp(n, rest.least(l))))
            mean = sum(values) / pool.N
            error = sqrt(mpf(pool.N - 1) / pool.N * sum((v - mean) ** 2 for v in values))
            row("jackknife", [n] + pool.arguments(), error, 1e-12, 1e-14)

for samples, correct, k in [(1, 0, 1), (1, 1, 1), (5, 2, 3), (5, 3, 3), (5, 0, 2), (100, 7, 10), (1000, 1, 1000), (100000, 30, 5000)]:
    row("passAtK", [samples, correct, k], 1 - binomial(samples - correct, k) / binomial(samples, k), 2e-14)
for counts in [[2], [1, 1], [3, 0, 2], [10, 20, 1, 1, 1]]:
    N = sum(counts)
    row("collisions", counts, mpf(sum(c * (c - 1) for c in counts)) / (N * (N - 1)), 1e-15)
for log_p in [[-1.0], [-1.0, -2.0, -INF], [0.0, -700.0]]:
    row("meanProbability", log_p, sum(mpf(0) if x == -INF else exp(exact(x)) for x in log_p) / len(log_p), 1e-15)
for values, weights, t in [
    ([1.0, 2.0, 4.0], [0.25, 0.25, 0.5], 0.0), ([1.0, 2.0, 4.0], [0.25, 0.25, 0.5], 0.2), ([1.0, 2.0, 4.0], [0.25, 0.25, 0.5], -0.2),
    ([1.0, 2.0, 4.0], [0.25, 0.25, 0.5], 0.34), ([1.0, 2.0, 4.0], [0.25, 0.25, 0.5], 30.0), ([1.0, 2.0, 4.0], [0.25, 0.25, 0.5], -30.0),
    ([1.0, 2.0, 4.0, 9.0], [0.25, 0.25, 0.5, 0.0], 3.0), ([-900.0, 900.0], [0.5, 0.5], 2.0), ([3.0, 3.0 + 1e-9], [0.5, 0.5], 1.0),
]:
    x, w = [exact(v) for v in values], [exact(v) for v in weights]
    mean = sum(a * b for a, b in zip(x, w))
    tilted = mean if t == 0 else log(sum(b * exp(exact(t) * a) for a, b in zip(x, w))) / exact(t)
    row("tiltedMean", [t, len(values)] + values + weights, tilted, 4e-16)
    if t in (30.0, -30.0):
        largest = (max if t > 0 else min)(a for a, b in zip(x, w) if b > 0)
        row("tiltedMean", [math.copysign(INF, t), len(values)] + values + weights, largest, 0)


def fit(kls, gains):
    """Least squares of d (alpha - beta d), d = sqrt(KL), by the normal equations."""
    d = [sqrt(exact(k)) for k in kls]
    y = [exact(g) for g in gains]
    a11, a12, a22 = sum(x**2 for x in d), sum(x**3 for x in d), sum(x**4 for x in d)
    b1, b2 = sum(x * g for x, g in zip(d, y)), sum(x**2 * g for x, g in zip(d, y))
    det = a11 * a22 - a12**2
    alpha, curve = (b1 * a22 - b2 * a12) / det, (a11 * b2 - a12 * b1) / det
    left = sum((g - alpha * x - curve * x**2) ** 2 for x, g in zip(d, y))
    mean = sum(y) / len(y)
    spread = sum((g - mean) ** 2 for g in y)
    return alpha, -curve, 1 - left / spread if spread > 0 else mpf(1)


for kls, gains in [
    ([0.1, 0.5, 1.0, 2.0], [0.2, 0.35, 0.4, 0.3]), ([0.0, 0.5, 1.0, 4.0], [0.0, 0.6, 1.0, 2.2]), ([1.0, 4.0], [1.0, 1.0]),
    ([2.0, 0.3, 0.9], [-0.5, -0.1, -0.4]),
]:
    alpha, beta, r2 = fit(kls, gains)
    a = [len(kls)] + kls + gains
    row("fitAlpha", a, alpha, 2e-14)
    row("fitBeta", a, beta, 2e-14)
    row("fitRSquared", a, r2, 2e-14)
    peak = (alpha / (2 * beta)) ** 2 if beta > 0 and alpha > 0 else mpf(0) if beta > 0 else inf
    row("fitPeakKl", a, peak, 1e-13)
    row("fitGain", [0.7] + a, alpha * sqrt(exact(0.7)) - beta * exact(0.7), 2e-14)
