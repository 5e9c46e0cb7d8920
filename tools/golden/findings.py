"""What is found of a selection on one table: each exact number, and each bound beside it, in their order; how far claims are from true."""

from bound import bound, sharp, top, wins
from golden import exact, header, mpf, row
from mpmath import ei, exp, expm1, findroot, log, mp, pi, sqrt
from tables import all_tables

mp.dps = 700

header(
    "Numbers from the law of a selection, bounds from their formulas and sums. A row's arguments: n or mu, threshold or",
    "temperature or beta, number of the finding, number of the bound (-1: the exact number), the table.",
)


def ceiling(kl):
    """T5: the tilt of a uniform that drifts as far."""
    b = findroot(lambda b: b * (1 / (1 - exp(-b)) - 1 / b) - log(expm1(b) / b) - kl, sqrt(24 * kl))
    return 1 / (1 - exp(-b)) - 1 / b


def conjectured(kl):
    n = findroot(lambda m: log(m) - 1 + 1 / m - kl, 1 + sqrt(2 * kl) * (1 + kl))
    return n / (n + 1)


def d(n, e):
    return bound(n, e) if 0 < e < 1 else mpf(0)


def dstar(n, e):
    return sharp(n, e) if 0 < e < 1 else mpf(0)


class BestOf:
    """Best-of-n by levels."""

    def __init__(self, table, n):
        self.table, self.n, self.K = table, exact(n), top(exact(n))
        self.mass, self.law = table.mass, [table.cumulative[l] ** self.n - table.below(l) ** self.n for l in range(len(table.mass))]
        self.kl = sum(q * log(q / p) for q, p in zip(self.law, self.mass))
        middle = [table.below(l) + p / 2 for l, p in enumerate(self.mass)]
        self.win_rate = sum(q * w for q, w in zip(self.law, middle))
        self.squares = sum(p**2 for p in self.mass)

    def mean(self, value):
        return sum(q * value(p) for q, p in zip(self.law, self.mass))

    def local(self, m):
        return sum(p**2 * (self.table.cumulative[l] ** m - self.table.below(l) ** m) for l, p in enumerate(self.mass))

    def kl_gap_upper(self):
        n = self.n
        return (log(mpf(2)) - mpf(1) / 2) * self.squares if n == 2 else n * (n - 1) ** 2 / (2 * pi**2 * (n - 2)) * self.local(n - 2)

    def kl_bounds(self):
        n, K = self.n, self.K
        below = [self.table.below(l) / c for l, c in enumerate(self.table.cumulative)]
        shares = sum(q * (min(K, ((n - 1) * log(f)) ** 2 / 24) if f > 0 else K) for q, f in zip(self.law, below))
        found = [
            K,
            self.mean(lambda p: min(K, -log(p))),
            self.mean(lambda p: log((1 - (1 - p) ** n) / p)),
            d(n, self.mass[-1]),
            self.mean(lambda p: d(n, p)),
            self.mean(lambda p: dstar(n, p)),
            max(0, K - 2 * n * (n - 1) * self.squares),
            max(0, K - self.kl_gap_upper()),
            max(0, K - shares),
        ]
        return found if n < 3 else found + [max(0, K - self.kl_gap_upper() * pi**2 / 12)]

    def win_rate_bounds(self):
        n, most = self.n, self.n / (self.n + 1)
        half = mpf(1) / 2
        return [
            most,
            most - wins(n, self.mass[-1]),
            ceiling(self.kl),
            max(half, most - (n - 1) / 2 * self.squares),
            max(half, most - n / 12 * self.local(n - 1)),
            conjectured(self.kl),
        ]

    def variance(self):
        mean = self.mean(lambda p: d(self.n, p))
        return self.mean(lambda p: (d(self.n, p) - mean) ** 2)

    def spread_bounds(self):
        mean = self.mean(lambda p: d(self.n, p))
        return [self.K, self.K / 2, sqrt(mean * (self.K - mean))]


def put(function, x, y, table, findings):
    for i, (truth, bounds) in enumerate(findings):
        for j, value in enumerate([truth] + bounds):
            row(function, [x, y, i, j - 1] + table.arguments(), value, 2e-11, 1e-14)


tables = all_tables()
for name in ["different", "equal", "heavy middle"]:
    table = tables[name]
    for n in [2.0, 3.0, 4.0]:
        best = BestOf(table, n)
        put("bestOfN", n, 0.0, table, [
            (best.kl, best.kl_bounds()),
            (best.win_rate, best.win_rate_bounds()),
            (table.reward(table.best_of_n(n)), []),
            (exact(n), []),
            (sqrt(best.variance()), best.spread_bounds()),
        ])
    threshold = table.levels[1]
    z = table.pass_rate(threshold)
    clipped = table.clipped(threshold)
    best = BestOf(clipped, 4.0)
    put("earlyStop", 4.0, threshold, table, [
        (best.kl, best.kl_bounds()),
        (best.win_rate, best.win_rate_bounds()),
        (table.reward(table.early_stop(4.0, threshold)), []),
        ((1 - (1 - z) ** 4) / z, []),
    ])
    rewind = table.rewind(threshold)
    put("rewind", 0.0, threshold, table, [(-log(z), []), (1 - z / 2, [ceiling(-log(z))]), (table.reward(rewind), []), (1 / z, [])])
    soft = table.soft(3, 0.5)
    kl, win_rate = table.kl(soft), table.win_rate(soft)
    width = exact(table.levels[-1]) - exact(table.levels[0])
    put("soft", 3.0, 0.5, table, [
        (kl, [top(mpf(3)), log(mpf(3)) - log(1 + 2 * exp(-width / exact(0.5)))]),
        (win_rate, [ceiling(kl)]),
        (table.reward(soft), []),
        (mpf(3), []),
    ])
    row("klGap.soft", [3.0, 0.5] + table.arguments(), top(mpf(3)) - kl, 2e-11, 1e-14)
    row("winRateGap.soft", [3.0, 0.5] + table.arguments(), mpf(3) / 4 - win_rate, 2e-11, 1e-14)
    row("winRateGap.rewind", [0.0, threshold] + table.arguments(), z / 2, 2e-15)
    poisson, mu = table.poisson(2.5), mpf("2.5")
    kl, win_rate = table.kl(poisson), table.win_rate(poisson)
    continuous = log(1 + mu) - 1 + exp(-1 - mu) * (ei(1 + mu) - ei(mpf(1))) / mu
    put("poisson", 2.5, 0.0, table, [(kl, [continuous]), (win_rate, [ceiling(kl)]), (table.reward(poisson), []), (1 + mu, [])])
    row("klGap.poisson", [2.5, 0.0] + table.arguments(), continuous - kl, 2e-11, 1e-14)
    row("winRateGap.poisson", [2.5, 0.0] + table.arguments(), 1 - (1 + expm1(-mu) / mu) / mu - win_rate, 2e-11, 1e-14)
    beta = mpf(1) / 2
    weights = [p * exp(exact(r) / beta) for p, r in zip(table.p, table.rewards)]
    optimum = [w / sum(weights) for w in weights]
    kl = table.kl(optimum)
    put("optimum", 0.0, 0.5, table, [(kl, []), (table.win_rate(optimum), [ceiling(kl)]), (table.reward(optimum), [])])

    for n in [3.0, 5.0]:
        best, m = BestOf(table, n), exact(n)
        gap, arguments = best.K - best.kl, [n] + table.arguments()
        expected = best.mean(lambda p: d(m, p))
        row("claim.7.2", arguments, best.win_rate - conjectured(best.kl), 0, 1e-13)
        row("claim.4.4", arguments, best.kl / expected - 1, 0, 1e-12)
        row("claim.T3", arguments, gap / (best.kl_gap_upper() * pi**2 / 12) - 1, 0, 1e-12)
        row("claim.3.4", arguments, gap / (2 * m * (m - 1) * best.squares * (log(mpf(2)) - mpf(1) / 2) / 4) - 1, 0, 1e-12)
        row("claim.23-25", arguments, best.mean(lambda p: min(best.K, -log(p))) - expected - mpf("0.2432"), 0, 1e-14)
        row("claim.25-dstar", arguments, expected - best.mean(lambda p: dstar(m, p)) - mpf("0.0207"), 0, 1e-14)
        steps = [abs(log(p) - log(q)) for p, q in zip(best.mass, best.mass[1:])]
        changes = [abs(dstar(m, p) - dstar(m, q)) for p, q in zip(best.mass, best.mass[1:])]
        slope = max([c / s - 1 for c, s in zip(changes, steps) if s > mpf("1e-4")] + [mpf(-1)])
        row("claim.slope", arguments, slope, 0, 1e-11)
