"""Finite reference policies and the exact laws of selections on them, from the definitions."""

import itertools

from golden import exact
from mpmath import exp, factorial, inf, log, mpf


class Table:
    """Outcomes with log weights and rewards, both doubles; equal rewards form a level."""

    def __init__(self, logs, rewards):
        self.logs, self.rewards = logs, rewards
        weights = [mpf(0) if x == float("-inf") else exp(exact(x)) for x in logs]
        total = sum(weights)
        self.p = [w / total for w in weights]
        drawn = [r for r, p in zip(rewards, self.p) if p > 0]
        self.levels = sorted(set(drawn))
        self.mass = [sum(p for p, r in zip(self.p, rewards) if r == level) for level in self.levels]
        self.cumulative = [sum(self.mass[: l + 1]) for l in range(len(self.mass))]

    def arguments(self):
        return [len(self.logs)] + self.logs + self.rewards

    def below(self, l):
        return self.cumulative[l - 1] if l > 0 else mpf(0)

    def calibrated(self, reward):
        """The chance to win against a draw, ties half: eq. (30)."""
        return sum(p * (1 if r < reward else mpf(1) / 2 if r == reward else 0) for p, r in zip(self.p, self.rewards))

    def by_levels(self, law):
        """The law of outcomes from that of levels: equals share in proportion."""
        pmf = []
        for p, r in zip(self.p, self.rewards):
            l = self.levels.index(r) if p > 0 else None
            pmf.append(mpf(0) if l is None else law[l] * p / self.mass[l])
        return pmf

    def best_of_n(self, n):
        n = exact(n)
        return self.by_levels([self.cumulative[l] ** n - self.below(l) ** n for l in range(len(self.levels))])

    def clipped(self, threshold):
        return Table(self.logs, [min(r, threshold) for r in self.rewards])

    def pass_rate(self, threshold):
        return sum(p for p, r in zip(self.p, self.rewards) if r >= threshold)

    def early_stop(self, n, threshold):
        """Below the threshold it is best-of-n; what reaches it shares the rest in proportion."""
        z = self.pass_rate(threshold)
        fail = sum(p for p, r in zip(self.p, self.rewards) if r < threshold)
        best = self.best_of_n(n)
        return [
            (1 - fail ** exact(n)) * p / z if r >= threshold else b
            for p, r, b in zip(self.p, self.rewards, best)
        ]

    def rewind(self, threshold):
        z = self.pass_rate(threshold)
        return [p / z if r >= threshold else mpf(0) for p, r in zip(self.p, self.rewards)]

    def soft(self, n, temperature):
        """Every tuple of draws, each returned in proportion to exp(r/T)."""
        pmf = [mpf(0)] * len(self.p)
        weights = [mpf(0) if r == float("-inf") else exp(exact(r) / exact(temperature)) for r in self.rewards]
        for counts in compositions(n, len(self.p)):
            chance = factorial(n)
            for c, p in zip(counts, self.p):
                chance *= p**c / factorial(c)
            total = sum(c * w for c, w in zip(counts, weights))
            for i, c in enumerate(counts):
                # Without any score all are alike.
                share = mpf(c) / n if total == 0 else c * weights[i] / total
                pmf[i] += chance * share
        return pmf

    def poisson(self, mu):
        mu = exact(mu)
        terms = int(mu + 60 * (mu + 4) ** 0.5 + 150)
        pmf = [mpf(0)] * len(self.p)
        weight = exp(-mu)
        for k in range(terms):
            for i, q in enumerate(self.best_of_n(k + 1)):
                pmf[i] += weight * q
            weight *= mu / (k + 1)
        return pmf

    def kl(self, pmf):
        return sum(q * log(q / p) for q, p in zip(pmf, self.p) if q > 0)

    def win_rate(self, pmf):
        return sum(q * self.calibrated(r) for q, r in zip(pmf, self.rewards))

    def reward(self, pmf):
        return sum(q * (-inf if r == float("-inf") else exact(r)) for q, r in zip(pmf, self.rewards) if q > 0)


def compositions(n, parts):
    for cuts in itertools.combinations(range(n + parts - 1), parts - 1):
        edges = (-1,) + cuts + (n + parts - 1,)
        yield [edges[i + 1] - edges[i] - 1 for i in range(parts)]


INF = float("inf")


def natural(*p):
    """Doubles near the logarithms of these weights."""
    import math

    return [math.log(x) for x in p]


def all_tables():
    """By name; made with the digits of the moment."""
    return {
        "different": Table(natural(0.5, 0.3, 0.2), [1.0, 2.0, 3.0]),
        "equal": Table(natural(0.2, 0.4, 0.2, 0.2), [2.0, 1.0, 3.0, 2.0]),
        "one": Table([-3.0, -4.0], [2.0, 2.0]),
        "deep": Table([-300.0, -2.0, -1.0, -0.5, -700.0, -1.3], [0.0, 1.0, 2.0, 3.0, 4.0, 4.0]),
        "deep bottom": Table([-2000.0, -1500.0, -1490.0, -0.5, -1.5], [1.0, 2.0, 3.0, 4.0, 5.0]),
        "heavy top": Table([-60.0, -50.0, -45.0, 0.0], [1.0, 2.0, 3.0, 5.0]),
        "heavy bottom": Table([0.0, -45.0, -50.0, -45.5], [-1.0, 2.0, 3.0, 5.0]),
        "heavy middle": Table([-3.0, 0.0, -2.5, -30.0], [-1.0, 0.0, 0.5, 5.0]),
        "unscored": Table([-1.0, -2.0, -INF, -0.5], [-INF, 1.0, 7.0, 2.0]),
    }
