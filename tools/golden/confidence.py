"""End points of confidence bounds, each from its formula or the equation it solves."""

from golden import exact, header, mpf, row
from mpmath import betainc, binomial, exp, expm1, inf, log, log1p, mp, sqrt

mp.dps = 50

header(
    "Betting: Waudby-Smith and Ramdas (2024), arXiv 2010.09686, with bets sqrt(2 log(1/a) / (v H)) cut at 0.9/m:",
    "the mean m at which the capital is 1/a. Hoeffding; Maurer and Pontil (2009), arXiv 0907.3740; Clopper and",
    "Pearson (1934): the p with P(X >= c) = a, summed over the binomial law. The ledger: Fan et al. (2015), Howard",
    "et al. (2021). Evidence: five bettors on repeats. A list is preceded by its length where more follows.",
)


def bisect(f, low, high):
    """The root of a falling function."""
    for _ in range(170):
        middle = (low + high) / 2
        if f(middle) >= 0:
            low = middle
        else:
            high = middle
    return low


def capital(values, bets, m):
    return sum(log1p(min(bet, mpf(9) / 10 / m if m > 0 else bet) * (x - m)) for x, bet in zip(values, bets))


def betting(values, alpha, horizon):
    """`values` and `alpha` are exact."""
    bets = []
    for t in range(1, len(values) + 1):
        # The mean and variance of the values before t, half an observation of 1/2 among them.
        deviations = mpf(1) / 4
        for s in range(1, t):
            mean = (mpf(1) / 2 + sum(values[:s])) / (s + 1)
            deviations += (values[s - 1] - mean) ** 2
        bets.append(sqrt(2 * log(1 / alpha) / (deviations / t * horizon(t))))
    wanted = log(1 / alpha)
    if capital(values, bets, mpf(0)) < wanted:
        return mpf(0)
    return bisect(lambda m: capital(values, bets, m) - wanted, mpf(0), sum(values) / len(values))


SAMPLES = [
    [0.5],
    [1.0],
    [0.0],
    [1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
    [0.0, 0.0, 1.0],
    [1.0, 0.0, 0.0],
    [0.25, 1.0, 0.75, 0.5],
    [0.9, 0.8, 1.0, 0.95, 0.85, 0.9, 1.0, 0.7, 0.9, 0.8],
    [0.1, 0.0, 0.05, 0.2, 0.0, 0.0, 0.1, 0.0, 0.3, 0.0, 0.05, 0.0],
    [1.0, 1.0, 1.0, 0.2, 1.0, 1.0, 1.0, 1.0, 1.0, 0.6, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
    [0.6, 0.2, 0.9, 0.4, 0.5, 0.1, 0.8, 0.3, 0.7, 0.5, 0.6, 0.4, 0.2, 0.9, 0.5],
]
for sample in SAMPLES:
    values = [exact(x) for x in sample]
    for alpha in [0.001, 0.05, 0.2, 0.6]:
        a, arguments, T = exact(alpha), [alpha] + sample, len(sample)
        fixed, anytime = (lambda t: mpf(T)), (lambda t: t * log(mpf(t + 1)))
        mirrored = [1 - x for x in values]
        row("bettingLower", arguments, betting(values, a, fixed), 1e-13)
        row("bettingUpper", arguments, 1 - betting(mirrored, a, fixed), 1e-13)
        row("bettingLowerAnytime", arguments, betting(values, a, anytime), 1e-13)
        row("bettingUpperAnytime", arguments, 1 - betting(mirrored, a, anytime), 1e-13)
        row("bettingIntervalLower", arguments, betting(values, a / 2, fixed), 1e-13)
        row("bettingIntervalUpper", arguments, 1 - betting(mirrored, a / 2, fixed), 1e-13)
        mean = sum(values) / T
        half = sqrt(log(2 / a) / (2 * T))
        row("hoeffdingLower", arguments, max(mpf(0), mean - half), 1e-15, 3e-16)
        row("hoeffdingUpper", arguments, min(mpf(1), mean + half), 1e-15)
        if T > 1:
            variance = sum((x - mean) ** 2 for x in values) / (T - 1)
            half = sqrt(2 * variance * log(4 / a) / T) + 7 * log(4 / a) / (3 * (T - 1))
            row("bernsteinLower", arguments, max(mpf(0), mean - half), 1e-15, 1e-15)
            row("bernsteinUpper", arguments, min(mpf(1), mean + half), 1e-15)
# Long enough that the half widths are below the cuts at 0 and 1.
for length in [200, 1000]:
    for alpha in [0.01, 0.2]:
        sample = [((37 * i) % 101) / 128 for i in range(length)]
        values, a, T = [exact(x) for x in sample], exact(alpha), length
        mean = sum(values) / T
        variance = sum((x - mean) ** 2 for x in values) / (T - 1)
        for function, half in [
            ("hoeffding", sqrt(log(2 / a) / (2 * T))),
            ("bernstein", sqrt(2 * variance * log(4 / a) / T) + 7 * log(4 / a) / (3 * (T - 1))),
        ]:
            row(function + "LowerOfMany", [alpha, length], mean - half, 3e-15)
            row(function + "UpperOfMany", [alpha, length], mean + half, 3e-15)


def at_least(count, total, p):
    return sum(binomial(total, k) * p**k * (1 - p) ** (total - k) for k in range(count, total + 1))


def clopper_pearson_lower(count, total, alpha):
    if count == 0:
        return mpf(0)
    return bisect(lambda p: alpha - at_least(count, total, p), mpf(0), mpf(1))


for count, total in [(0, 1), (1, 1), (0, 10), (1, 10), (5, 10), (9, 10), (10, 10), (3, 40), (37, 40), (20, 100), (1, 400)]:
    for alpha in [1e-6, 0.001, 0.025, 0.05, 0.3]:
        a = exact(alpha)
        lower = clopper_pearson_lower(count, total, a)
        row("clopperPearsonLower", [count, total, alpha], lower, 2e-13)
        row("clopperPearsonUpper", [count, total, alpha], 1 - clopper_pearson_lower(total - count, total, a), 2e-13)


def ledger(values, top, alpha):
    total, variation = mpf(0), mpf(0)
    for t, x in enumerate(values):
        foretold = (top + total) / (t + 1)
        variation += ((x - foretold) / top) ** 2
        total += x
    rates = [mpf(0.9) / 2**j for j in range(8)]
    return total + top * min((log(8 / alpha) + (-log(1 - r) - r) * variation) / r for r in rates)


for values in [[], [0.5], [0.0, 2.0, 1.0], [1.75] * 40, [0.0] * 300, [2.0, 0.0] * 60, [0.25 * (i % 7) for i in range(1500)]]:
    for alpha in [0.001, 0.05, 0.5]:
        row("ledger", [2.0, alpha] + values, ledger([exact(x) for x in values], mpf(2), exact(alpha)), 2e-14)


def evidence(prompts):
    capitals = [mpf(1)] * 5
    for outcomes, logs in prompts:
        seen, first = mpf(0), {}
        for t, (outcome, log_p) in enumerate(zip(outcomes, logs), start=1):
            repeat = outcome in first
            if t > 1:
                for j, rate in enumerate([mpf(1) / 4, mpf(1) / 2, mpf(2), mpf(4)]):
                    capitals[j] *= (rate if repeat else 1) / (1 - seen + rate * seen)
                share = 1 / (2 * mpf(t) ** 2)
                capitals[4] *= 1 - share + share / seen if repeat else 1 - share
            if not repeat:
                first[outcome] = log_p
                seen += exp(exact(log_p))
    return log(sum(capitals) / 5)


# One prompt or several: for each its number of draws, the outcomes, their log-probabilities.
for prompts in [
    [([1], [-2.0])],
    [([1, 1], [-2.0, -2.0])],
    [([1, 2, 1, 3, 3, 2], [-2.0, -1.0, -2.0, -3.0, -3.0, -1.0])],
    [([5, 5, 5, 5], [-40.0, -40.0, -40.0, -40.0])],
    [([1, 2, 3, 4, 5, 6, 7, 8], [-2.2] * 8)],
    [([1, 1, 2], [-0.5, -0.7, -1.5]), ([1, 2, 2, 1], [-1.0, -2.0, -2.0, -1.0]), ([7], [-0.1])],
    [([9, 9, 8, 9], [-0.01, -0.01, -6.0, -0.01]), ([3, 3], [-700.0, -700.0])],
]:
    a = []
    for outcomes, logs in prompts:
        a += [len(outcomes)] + outcomes + logs
    row("evidence", a, evidence(prompts), 2e-14, 2e-15)
