"""Intervals chosen by what is known of the values and of whom they speak: docs/theory.md, section 12. None: no interval."""

from fractions import Fraction
from functools import cache
from math import ceil, comb, floor

from mpmath import betainc, cbrt, exp, findroot, log, mpf, sqrt
from scipy import stats

from core import formulas as f
from core.lines import line

FEWEST_PROMPTS = 10  # from here on they speak for others


@cache
def beta_quantile(q, a, b):
    start = mpf(float(stats.beta.ppf(float(q), float(a), float(b))))
    if start == 0:
        return mpf(0)
    return findroot(lambda x: betainc(a, b, 0, x, regularized=True) - q, (start * (1 - mpf("1e-9")), start), solver="secant", tol=1e-34)


def exact_lower(x, size, alpha):
    """Clopper and Pearson's, for real numbers."""
    return mpf(0) if x <= 0 else beta_quantile(alpha, mpf(x), size - x + 1)


def exact(m, size, alpha):
    x, rest = m * size, size - m * size
    return exact_lower(x, size, alpha / 2), 1 - exact_lower(rest, size, alpha / 2)


def between(m, size, alpha):
    """Half way to Jeffreys' limits, where more than one success and failure are behind them."""
    x, rest = m * size, size - m * size
    low, high = exact(m, size, alpha)
    if min(x, rest) < 1 - mpf("1e-30"):
        return low, high
    half = mpf(1) / 2
    return (low + beta_quantile(alpha / 2, x + half, rest + half)) / 2, (
        high + 1 - beta_quantile(alpha / 2, rest + half, x + half)
    ) / 2


def moments(values):
    m = f.real(f.mean(values))
    return m, sum((f.real(v) - m) ** 2 for v in values) / (len(values) - 1)


def skewness(values):
    m, variance = moments(values)
    variance *= mpf(len(values) - 1) / len(values)
    return sum((f.real(v) - m) ** 3 for v in values) / len(values) / variance ** (mpf(3) / 2) if variance > 0 else mpf(0)


def signed_cbrt(x):
    return cbrt(x) if x >= 0 else -cbrt(-x)


def hall(values, alpha):
    """Student's interval and that of Hall (1992), together; of skewed values at a smaller chance of failing."""
    m, variance = moments(values)
    count, g = len(values), skewness(values)
    t = f.t_quantile(1 - (alpha * 7 / 10 if abs(g) > 1 else alpha) / 2, count - 1)
    a = g / 3 if abs(g / 3) >= mpf("1e-8") else mpf("1e-8")

    def inverse(z):
        return (signed_cbrt(1 + 3 * a * (z / sqrt(mpf(count)) - g / (6 * count))) - 1) / a

    s = sqrt(variance)
    half = t * s / sqrt(mpf(count))
    return min(m - half, m - s * inverse(t)), max(m + half, m - s * inverse(-t))


def straight(values):
    """Whether Hall's transformation of such values is next to none, where doubles keep half of its digits."""
    return len(values) > 1 and len(set(values)) > 1 and abs(skewness(values)) < mpf("1e-6")


def over_prompts(values, alpha, low, high):
    """Values of prompts that speak for others, in the order of betting."""
    count = len(values)
    if low > -f.inf and high < f.inf:
        low, high = f.real(low), f.real(high)
        scaled = [(f.real(v) - low) / (high - low) for v in values]
        most = max(sum(abs(x - y) <= mpf("1e-9") for x in scaled) for y in scaled)
        if count - most < 10:
            ends = f.betting_lower(scaled, alpha / 2), f.betting_upper(scaled, alpha / 2)
        else:
            ends = limits(*moments(scaled), count, alpha)
            if abs(skewness(scaled)) > 2:
                other = hall(scaled, alpha)
                ends = min(ends[0], max(mpf(0), other[0])), max(ends[1], min(mpf(1), other[1]))
        return low + (high - low) * ends[0], low + (high - low) * ends[1]
    if count == 1 or len(set(values)) == 1:
        return None
    return hall(values, alpha)


def mean_line(n, quantity, role, estimator, values, confidence, samples, low=-f.inf, high=f.inf):
    """A mean over prompts, in the order of betting, of numbers that lie in a range by their making."""
    m = f.real(f.mean(values))
    about = dict(samples=samples, prompts=len(values))
    if low == high:
        return line(n, quantity, role, "exact" if role == "value" else "estimate", estimator, m, **about)
    ends = over_prompts(values, 1 - f.real(confidence), low, high)
    if ends is None:
        return line(n, quantity, role, "estimate", estimator, m, **about)
    ends = min(m, max(f.real(low), ends[0])), max(m, min(f.real(high), ends[1]))
    told = line(n, quantity, role, "estimate", estimator, m, ends, confidence, **about)
    if f.inf in (-low, high) and straight(values):
        told["tolerance"] = 1e-8
    return told


def limits(m, variance, count, alpha):
    ratio = f.normal_quantile(1 - alpha / 2) / f.t_quantile(1 - alpha / 2, count - 1)
    size = mpf(count)
    if variance > 0:
        size = max(size, m * (1 - m) / (variance / count) * ratio**2)
    return between(m, size, alpha)


def over_draws(values, variances, with_more, per_draw, alpha, low, high):
    """Values of given prompts, by leaving out draws and by the draw that did not come."""
    count = len(values)
    m = f.real(f.mean(values))
    ranged = low > -f.inf and high < f.inf
    low, high = f.real(low), f.real(high)
    unseen = max(abs(f.real(u) - f.real(v)) for u, v in zip(with_more, values)) / count
    error = sqrt(sum(f.real(v) for v in variances) / count**2 + unseen**2)
    if error < mpf("1e-30"):  # nothing but rounding
        if not ranged:
            return None
        ends = between((m - low) / (high - low), mpf(count * floor(f.mean(per_draw))), alpha)
        return low + (high - low) * ends[0], low + (high - low) * ends[1]
    half = f.t_quantile(1 - alpha / 2, max(mpf(1), count * (f.real(f.mean(per_draw)) - 1))) * error
    return max(low, m - half) if ranged else m - half, min(high, m + half) if ranged else m + half


# ---- attempts of k draws that pass or not


class Attempt:
    """Worth 1 where at least `need` of its k draws pass."""

    def __init__(self, k, need):
        self.k, self.need = k, need

    def by_count(self, size):
        """U(c): the share of the k-subsets that are worth it."""
        return [
            Fraction(sum(comb(c, j) * comb(size - c, self.k - j) for j in range(self.need, self.k + 1)), comb(size, self.k))
            for c in range(size + 1)
        ]

    def of_rate(self, p):
        return sum(comb(self.k, j) * p**j * (1 - p) ** (self.k - j) for j in range(self.need, self.k + 1))

    def mean_at_least(self, rate):
        """Jensen: convex where all must pass; where one is enough the attempt is worth no less than a draw."""
        return rate if self.need == 1 else self.of_rate(rate) if self.need == self.k else mpf(0)

    def mean_at_most(self, rate):
        return self.of_rate(rate) if self.need == 1 else rate if self.need == self.k else mpf(1)

    def squares(self):
        """Of f², by both halves of 2k draws."""
        k = self.k
        return [
            Fraction(
                sum(comb(s, j) * comb(2 * k - s, k - j) for j in range(k + 1) if j >= self.need and s - j >= self.need), comb(2 * k, k)
            )
            for s in range(2 * k + 1)
        ]


def share(k, tau):
    return Attempt(k, max(1, ceil(tau * k - 1e-12)))


@cache
def rising(x, k):
    result = mpf(1)
    for i in range(k):
        result *= x + i
    return result


def beta_binomial(size, a, b):
    return [comb(size, c) * rising(a, c) * rising(b, size - c) / rising(a + b, size) for c in range(size + 1)]


@cache
def grid_tables(size):
    """logit of the mean from -11 to 11, concentrations from 0.1 to 3000."""
    tables = []
    for i in range(61):
        mu = 1 / (1 + exp(-(-11 + mpf(22) * i / 60)))
        for j in range(25):
            kappa = exp(log(mpf(1) / 10) + (log(mpf(3000)) - log(mpf(1) / 10)) * j / 24)
            tables.append((sqrt(mu * (1 - mu)), beta_binomial(size, mu * kappa, (1 - mu) * kappa)))
    return tables


@cache
def posterior(correct, draws):
    weights = [w for w, _ in grid_tables(draws[0])]
    for c, size in zip(correct, draws):
        weights = [w * t[c] for w, (_, t) in zip(weights, grid_tables(size))]
    total = sum(weights)
    return [w / total for w in weights]


def passes(attempt, correct, draws, alpha):
    """Of counts of passing draws; over prompts from ten on."""
    count = len(correct)
    tables = {size: attempt.by_count(size) for size in draws}
    values = [tables[size][c] for c, size in zip(correct, draws)]
    if count >= FEWEST_PROMPTS:
        weights, spread = posterior(tuple(correct), tuple(draws)), mpf(0)
        for size in sorted(set(draws)):
            u = [f.real(x) for x in tables[size]]
            of_size = mpf(0)
            for w, (_, t) in zip(weights, grid_tables(size)):
                of_size += w * (sum(p * x * x for p, x in zip(t, u)) - sum(p * x for p, x in zip(t, u)) ** 2)
            spread += of_size * draws.count(size) / count
        m, variance = moments(values)
        return limits(m, max(variance, spread), count, alpha)
    each = (
        f.mean([attempt.of_rate(exact_lower(c, size, alpha / 2 / count)) for c, size in zip(correct, draws)]),
        f.mean([attempt.of_rate(1 - exact_lower(size - c, size, alpha / 2 / count)) for c, size in zip(correct, draws)]),
    )
    if count == 1:
        return each
    even = len(set(draws)) == 1
    if even:
        s, t = sum(correct), sum(draws)
        low = alpha / 2 / t if s == 1 else exact_lower(s, t, alpha / 2)
        high = 1 - (alpha / 2 / t if t - s == 1 else exact_lower(t - s, t, alpha / 2))
        pooled = attempt.mean_at_least(low), attempt.mean_at_most(high)
        if attempt.k == 1:
            return pooled
    m = f.real(f.mean(values))
    by_posterior, by_jackknife = mpf(0), mpf(0)
    for c, size in zip(correct, draws):
        a, b = c + mpf(1) / 2, size - c + mpf(1) / 2
        squares = sum(p * f.real(u) ** 2 for p, u in zip(beta_binomial(size, a, b), tables[size]))
        by_posterior += squares - sum(p * f.real(u) for p, u in zip(beta_binomial(2 * attempt.k, a, b), attempt.squares()))
        if attempt.k < size:
            fewer = attempt.by_count(size - 1)
            left = [fewer[c - 1]] * c + [fewer[min(c, size - 1)]] * (size - c)
            middle = f.mean(left)
            by_jackknife += f.real(Fraction(size - 1, size) * sum((x - middle) ** 2 for x in left))
    variance = max(by_posterior, by_jackknife) / count**2
    size = mpf(sum(size // attempt.k for size in draws))
    if variance > 0:
        size = max(size, m * (1 - m) / variance)
    low, high = exact(m, size, alpha)
    bounds = [each, pooled] if even else [each]
    return min(m, max(low, *(b[0] for b in bounds))), max(m, min(high, *(b[1] for b in bounds)))
