"""The KL divergence from a pool, almost without bias: docs/theory.md, section 11. By enumeration, with digits to spare."""

from functools import cache
from math import comb, factorial

from mpmath import exp, mpf, sqrt

from core import formulas as f

ROUNDS = 64


@cache
def corrected(n, h):
    """e_{n,h}: the loss D_n(c/h) of a level, corrected 64 times for what it loses in the mean over binomial counts."""
    loss = [f.D(n, mpf(c) / h) for c in range(h + 1)]
    chances = [[comb(h, j) * (mpf(c) / h) ** j * (1 - mpf(c) / h) ** (h - j) for j in range(h + 1)] for c in range(h + 1)]
    e = list(loss)
    for _ in range(ROUNDS):
        e = [was + g - sum(b * x for b, x in zip(row, e)) for was, g, row in zip(e, loss, chances)]
    return e


def from_counts(counts, n):
    """K_n - sum of W_h e_{n,h}(c); `counts` from the lowest level to the highest."""
    size, gap = sum(counts), mpf(0)
    for l, c in enumerate(counts):
        h = sum(counts[: l + 1])
        if c > 0 and h >= n:
            gap += mpf(comb(h, n)) / comb(size, n) * corrected(n, h)[c]
    return f.K(n) - gap


def compositions(total, parts):
    """Every way in which so many draws fall on so many completions, each at least once."""
    if parts == 0:
        if total == 0:
            yield ()
        return
    for first in range(1, total - parts + 2):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


class Drift:
    """One prompt's drift. `log_ps` of None: not known."""

    def __init__(self, outcomes, ranks, log_ps, known=True):
        levels = sorted(set(ranks))
        self.counts = [sum(r == l for r in ranks) for l in levels]
        self.size = len(ranks)
        self.fixed = list(self.counts)
        self.seen = []  # probability and level of each distinct completion
        if known:
            place = {o: (lp, levels.index(r)) for o, r, lp in zip(outcomes, ranks, log_ps) if lp is not None}
            self.seen = [(exp(mpf(lp)), l) for lp, l in place.values()]
            for o, r in zip(outcomes, ranks):
                self.fixed[levels.index(r)] -= o in place
        self.complete = bool(known) and sum(self.fixed) == 0 and sum(p for p, _ in self.seen) >= 1 - mpf("1e-9")

    def estimate(self, n):
        """The mean over all counts that would have shown the same completions, each as likely as the probabilities make it."""
        total, weight = mpf(0), mpf(0)
        for counts in compositions(self.size - sum(self.fixed), len(self.seen)):
            chance, levels = mpf(1), list(self.fixed)
            for k, (p, l) in zip(counts, self.seen):
                chance *= p**k / factorial(k)
                levels[l] += k
            total += chance * from_counts(levels, n)
            weight += chance
        return total / weight

    def exact(self, n):
        mass = sum(p for p, _ in self.seen)
        masses = [sum((p for p, l in self.seen if l == level), mpf(0)) / mass for level in range(len(self.counts))]
        gap, upto = mpf(0), mpf(0)
        for m in masses:
            upto += m
            gap += upto**n * f.D(n, m / upto)
        return f.K(n) - gap

    def jackknife(self, n):
        if self.complete or n == self.size:
            return mpf(0)
        left = []
        for l, c in enumerate(self.counts):
            fewer = [x - (i == l) for i, x in enumerate(self.counts)]
            left += [from_counts(fewer, n)] * c
        m = f.mean(left)
        return mpf(self.size - 1) / self.size * sum((x - m) ** 2 for x in left)

    def unseen(self, n):
        """The draw that did not come: one at a new best or a new worst level, or two more at the best."""
        if self.complete:
            return mpf(0)
        at = from_counts(self.counts, n)
        again = self.counts[:-1] + [self.counts[-1] + 2]
        return max(abs(from_counts(counts, n) - at) for counts in (self.counts + [1], [1] + self.counts, again))


def allowance(n, size):
    few = {1: mpf(0), 2: mpf(6) / 10 / size**2, 3: mpf(8) / 10 / size**3}.get(n, mpf(2) / size**4)
    nodes = mpf(2) / 10**7 if size > 128 else 0
    return few + mpf(6) / 1000 * exp(-mpf(96) / 10 * (1 - mpf(n) / size)) + nodes if n > 1 else mpf(0)


def certificates(drifts, n, confidence):
    """docs/theory.md, section 13: betting on estimates whose bias is at most the allowance; only what says something."""
    sizes = [d.size for d in drifts]
    if n == 1 or not all(4 <= s <= 512 for s in sizes) or all(d.complete for d in drifts):
        return
    alpha, top, bias = 1 - f.real(confidence), f.K(n), [allowance(n, s) for s in sizes]
    values = [d.estimate(n) for d in drifts]
    over = f.betting_within([v + b for v, b in zip(values, bias)], alpha, 0, top + 3 * max(bias), "upper_bound")
    if over < top:
        yield "upper_bound", over
    under = f.betting_within([v - b for v, b in zip(values, bias)], alpha, -max(bias), top, "lower_bound")
    if under > 0:
        yield "lower_bound", under


def answer(drifts, n, confidence, counted, low, high):
    """The evidence, the mean and its interval, None for what is not told: "withheld" where no number is told. Within theorems."""
    count, sizes = len(drifts), [d.size for d in drifts]
    if n == 1:
        return "exact", mpf(0), None
    if all(d.complete for d in drifts):
        return "exact", f.mean([d.exact(n) for d in drifts]), None
    sample = count >= 10
    if min(sizes) < max(4, n) or n == min(sizes) and not (sample and count >= 20):
        return "withheld", None, None
    values = [d.estimate(n) for d in drifts]
    m = f.mean(values)
    drawing = sum(d.jackknife(n) for d in drifts) / count**2
    variance = drawing
    if sample:
        variance = sum((v - m) ** 2 for v in values) / (count - 1) / count
        variance = max(variance, drawing) if counted else variance
    unseen = max(d.unseen(n) for d in drifts) / count
    half = f.t_quantile((1 + f.real(confidence)) / 2, max(count - 1, 4)) * sqrt(variance + unseen**2)
    half += f.mean([allowance(n, s) for s in sizes]) + f.K(n) / 1000
    value = min(high, max(low, m))
    ends = min(value, max(low, min(high, m - half))), max(value, min(high, max(low, m + half)))
    return "estimate", value, ends if ends[0] < ends[1] else None
