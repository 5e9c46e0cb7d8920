"""Bounds on best-of-n that take the masses of levels, and means over what it returns."""

from bound import bound, sharp, top, wins
from golden import exact, header, mpf, row
from mpmath import exp, findroot, floor, log, log1p, mp, pi, sqrt
from tables import all_tables

mp.dps = 1800

header(
    "Means over the law of the returned level; T3, T4 and Theorems 3.4, 5.4 by their sums; the curves of A.6, A.7",
    "and the running extremes of their points; inverses of early stop. A table: size, log weights, rewards.",
)


def returned(table, n):
    return [table.cumulative[l] ** exact(n) - table.below(l) ** exact(n) for l in range(len(table.mass))]


def d(n, e):
    return bound(n, e) if 0 < e < 1 and n != 1 else mpf(0)


def dstar(n, e):
    return sharp(n, e) if 0 < e < 1 and n != 1 else mpf(0)


def squares(table):
    return sum(p**2 for p in table.mass)


def local_squares(table, m):
    return sum(p**2 * (table.cumulative[l] ** m - table.below(l) ** m) for l, p in enumerate(table.mass))


def shape_upper(table, l, n):
    below = table.below(l) / table.cumulative[l]
    return top(n) if below == 0 and n > 1 else min(top(n), ((n - 1) * log(below)) ** 2 / 24) if n > 1 else mpf(0)


for name, table in all_tables().items():
    for n in [1.0, 1.5, 2.0, 2.5, 3.0, 16.0, 1000.0]:
        m, a = exact(n), [n] + table.arguments()
        law = returned(table, n)
        mean = lambda value: sum(q * value(p) for q, p in zip(law, table.mass))
        expected = mean(lambda p: d(m, p))
        row("expectedBound", a, expected, 2e-13, 1e-16)
        row("expectedSharpBound", a, mean(lambda p: dstar(m, p)), 2e-13, 1e-16)
        row("expectedAlternateBound", a, mean(lambda p: min(top(m), -log(p))), 2e-13, 1e-16)
        row("variance", a, mean(lambda p: (d(m, p) - expected) ** 2), 4e-12, 1e-25)
        row("gapUpperSharp", a, sum(q * shape_upper(table, l, m) for l, q in enumerate(law)), 2e-13)
        wins_local = (m / 8 if 2 < n < 3 else m / 12) * local_squares(table, m - 1) if n > 1 else mpf(0)
        row("winRateGapUpperLocal", a, wins_local, 2e-13)
        row("sharpLower.kl", a, top(m), 1e-15)
        row("sharpLower.winRate", a, m / (m + 1) - wins_local, 1e-14, 1e-15)
        row("sharpUpper.kl", a, top(m) - sum(q * shape_upper(table, l, m) for l, q in enumerate(law)), 2e-13, 1e-15)
        row("sharpUpper.winRate", a, m / (m + 1), 1e-15)
        if n in (1.0, 1.5):
            if n == 1.5:
                continue
        kl_gap = 2 * m * (m - 1) * squares(table)
        win_gap = (m - 1) / 2 * squares(table)
        if n <= 2:
            local = (m - 1) * (log(mpf(2)) - mpf(1) / 2) * squares(table)
        else:
            local = m * (m - 1) ** 2 / (2 * pi**2 * (m - 2)) * local_squares(table, m - 2)
        row("gapUpper", a, kl_gap, 2e-14)
        row("gapUpperLocal", a, local, 2e-13)
        row("gapUpperConjectured", a, local if n < 3 else local * pi**2 / 12, 2e-13)
        row("winRateGapUpper", a, win_gap, 2e-14)
        row("lower.kl", a, top(m), 1e-15)
        row("lower.winRate", a, m / (m + 1) - win_gap, 1e-13, 1e-15)
        row("upper.kl", a, top(m) - kl_gap, 1e-13, 1e-15)
        row("upper.winRate", a, m / (m + 1), 1e-15)

mp.dps = 60
for n, x in [(1.0, 0.3), (2.0, 0.3), (5.0, 0.01), (16.0, 1.0), (2.5, 0.2)]:
    m, e = exact(n), exact(x)
    row("gapUpperFromDelta", [n, x], 2 * m * (m - 1) * e, 1e-15)
    row("winRateGapUpperFromDelta", [n, x], (m - 1) / 2 * e, 1e-15)
    local = (m - 1) * (log(mpf(2)) - mpf(1) / 2) if n <= 2 else m * (m - 1) ** 2 / (2 * pi**2 * (m - 2))
    row("gapUpperFromCollisions", [n, x], local * e, 1e-15)
    row("varianceUpper", [n, float(top(m)) * x], exact(float(top(m)) * x) * (top(m) - exact(float(top(m)) * x)), 1e-14, 1e-15)

# The hulls: of flat tables, by every point up to where nothing changes any more.
for size in [1, 2, 7, 60, 1000]:
    h = mpf(1) / size
    ts = range(1, 3000)
    kls = [top(mpf(t)) for t in ts]
    low = [mpf(t) / (t + 1) - mpf(t - 1) / 2 * h for t in ts]
    for kl in [0.0, 0.1, 0.2, 0.45, 1.0, 2.5, 6.0]:
        best = max([w for k, w in zip(kls, low) if k <= exact(kl)] + [mpf(1) / 2])
        row("hullLower", [kl, size], best, 1e-13)
    upper = lambda t: top(t) - 2 * t * (t - 1) * h
    peak = max(range(1, 3000), key=lambda t: upper(mpf(t)))
    for kl in [0.0, 0.05, 0.15, 0.4, 1.0, 2.5, 6.0]:
        k = exact(kl)
        if k < upper(mpf(2)):
            expected = mpf(1) / 2
        else:
            # The curve in real t, up to its own peak.
            slope = lambda t: (t - 1) / t**2 - (4 * t - 2) * h
            crest = findroot(slope, (mpf(peak) - mpf("0.99"), mpf(peak) + mpf("0.99")), solver="anderson") if size > 20 else mpf(2)
            if k >= upper(crest):
                expected = mpf(1)
            else:
                t = findroot(lambda t: upper(t) - k, (mpf(2), crest), solver="anderson")
                expected = t / (t + 1)
        row("hullUpper", [kl, size], expected, 1e-13)

for kl in [1e-6, 0.19, 0.636, 3.0, 30.0]:
    s = findroot(lambda m: log(m) - 1 + 1 / m - exact(kl), exp(exact(kl) + 1) if kl > 0.3 else 1 + sqrt(2 * exact(kl)) * (1 + exact(kl)))
    row("conjecturedWinRate", [kl], s / (s + 1), 1e-14)


def early_kl(n, z):
    return bound(n, z)


for n, z in [(2.0, 0.3), (4.0, 0.01), (16.0, 0.2), (2.5, 0.6), (100.0, 0.05)]:
    m, p = exact(n), exact(z)
    kl, win, draws = float(bound(m, p)), float(m / (m + 1) - wins(m, p)), float((1 - (1 - p) ** m) / p)
    row("passRateForKl", [n, kl], findroot(lambda x: bound(m, x) - exact(kl), p), 1e-10)
    row("passRate", [n, win], findroot(lambda x: m / (m + 1) - wins(m, x) - exact(win), p), 2e-11)
    row("passRateForDraws", [n, draws], findroot(lambda x: (1 - (1 - x) ** m) / x - exact(draws), p), 2e-12)

for n, blocks in [(4.0, [-1.0]), (4.0, [-1.0, -20.0, -0.1]), (2.5, [0.0, -3.0])]:
    row("blockwise", [n] + blocks, sum(dstar(exact(n), exp(exact(b))) for b in blocks), 1e-14)
for n, block, lengths in [(4.0, 8.0, [1.0, 8.0, 9.0]), (16.0, 1.0, [5.0]), (2.0, 10.0, [30.0, 31.0])]:
    row("blocks", [n, block] + lengths, sum(-floor(-exact(x) / exact(block)) for x in lengths) / len(lengths) * top(exact(n)), 1e-15)
