"""Exact laws on small tables and closed formulas of selections, from their definitions."""

from golden import exact, header, mpf, row
from mpmath import exp, expm1, inf, log, mp
from tables import all_tables

mp.dps = 1800  # masses down to exp(-2000), sums of them beside 1

header(
    "Laws by the definition of each selection: the paper, Lemma 2.3, 6.1; every multiset of draws (soft);",
    "mixtures of best-of-N (Poisson). Arguments of a table: its size, log weights, rewards.",
)

# Levels, as they come: P_l, log P_l, log F_l, log(F_{l-1}/F_l), log(1-P_l), log(P_l/F_l), (F_l + F_{l-1})/2.
for name, table in all_tables().items():
    for l in range(len(table.levels)):
        p, f, below = table.mass[l], table.cumulative[l], table.below(l)
        a = [l] + table.arguments()
        row("mass", a, p, 4e-16, 5e-324)
        row("logMass", a, log(p), 4e-16, 0.0 if p > 0.4 else 3e-16)
        row("logCumulative", a, log(f), 5e-16)
        row("logMiss", a, log(below / f) if l > 0 else -inf, 6e-16, 5e-17 * float(-log(f)))
        row("logComplement", a, log(1 - p) if len(table.levels) > 1 else -inf, 6e-16)
        row("logShare", a, log(p / f), 6e-16, 2.5e-16)
        row("calibrated", a, (f + below) / 2, 3e-15, 1e-323)
    row("renyiEntropy", table.arguments(), -log(sum(p**2 for p in table.mass)), 6e-16)
    for m in [1.0, 2.0, 7.5]:
        squares = sum(
            table.mass[l] ** 2 * (table.cumulative[l] ** exact(m) - table.below(l) ** exact(m)) for l in range(len(table.mass))
        )
        row("squaresTimesPowers", [m] + table.arguments(), squares, 4e-15, 1e-300)

# Many levels, weights exp(l r): closed sums.
for size, r in [(20000, 2.0**-12), (20000, -(2.0**-12)), (9000, 0.0), (20000, 2.0**-5), (20000, -(2.0**-5))]:
    step = exact(r)

    def upto(l):
        return mpf(l + 1) if r == 0 else expm1(step * (l + 1)) / expm1(step)

    total = upto(size - 1)
    for l in [0, 1, 2, 4000, 8191, 8192, 8193, size - 2, size - 1]:
        p, f, below = exp(step * l) / total, upto(l) / total, (upto(l - 1) if l else mpf(0)) / total
        a = [l, size, r]
        # Sums of thousands of doubles round a little.
        steep = 1e-16 * size * abs(r)
        row("many.logMass", a, log(p), 2e-15, steep)
        row("many.logCumulative", a, log(f), 3e-15, 1e-26)
        row("many.logMiss", a, log(below / f) if l else -inf, 1e-14, steep)
        row("many.logComplement", a, log(1 - p), 4e-15)


def laws(name, table):
    for n in [0.5, 1.0, 2.0, 2.5, 16.0, 1e6]:
        yield "bestOfN", [n], table.best_of_n(n), exact(n), n
    for n, threshold in [(1.0, 2.0), (3.0, 2.0), (16.0, 2.0), (16.0, 3.0), (2.5, 0.0)]:
        z = table.pass_rate(threshold)
        fail = sum(p for p, r in zip(table.p, table.rewards) if r < threshold)
        if z > 0:
            yield "earlyStop", [n, threshold], table.early_stop(n, threshold), (1 - fail ** exact(n)) / z, n
    for threshold in [0.5, 2.0, 3.0]:
        z = table.pass_rate(threshold)
        if z > 0:
            yield "rewind", [threshold], table.rewind(threshold), 1 / z, None
    # Sums of terms of both signs: digits beside those of masses this small are dear.
    for n, temperature in [(1, 1.0), (2, 0.5), (3, 1.0), (5, 0.1), (5, 20.0), (9, 2.0)]:
        yield "soft", [n, temperature], table.soft(n, temperature), mpf(n), None
    for mu in [0.01, 1.0, 5.0]:
        yield "poisson", [mu], table.poisson(mu), 1 + exact(mu), None


for name, table in all_tables().items():
    for selection, parameters, pmf, draws, n in laws(name, table):
        a = parameters + table.arguments()
        clipped = table.clipped(parameters[1]) if selection == "earlyStop" else table
        loose = selection in ("soft", "poisson")
        judged = table.clipped(parameters[-1]) if selection in ("earlyStop", "rewind") else table
        row(selection + ".kl", a, table.kl(pmf), 2e-11 if loose else 2e-13, 3e-16 if loose else 3e-19)
        row(selection + ".winRate", a, judged.win_rate(pmf), 1e-14)
        row(selection + ".reward", a, table.reward([q if q > 1e-320 else 0 for q in pmf]), 1e-14, 1e-14)
        row(selection + ".draws", a, draws, 2e-14)
        for i in range(len(pmf)):
            p = log(pmf[i]) if pmf[i] > 0 else -inf
            row(selection + ".logProbability", [i] + a, p, 4e-14 if loose else 1e-14, 1e-14)
        if n is not None:
            m = exact(n)
            gap = log(m) - (m - 1) / m - table.kl(pmf)
            row(selection + ".klGap", a, gap, 1e-13, 1e-300)
            row(selection + ".winRateGap", a, m / (m + 1) - judged.win_rate(pmf), 1e-12, 1e-16)
