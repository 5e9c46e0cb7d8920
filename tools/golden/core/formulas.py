"""The mathematics of the golden findings, a second way: plain formulas at 40 digits, exact fractions, enumeration.

Nothing here is stable or fast; digits and enumeration make up for it. "paper" is Beirami et al. (2025), arXiv 2401.01879, by
its own numbers; T1 to T12 and "Theorem" are those of docs/theory.md. Reals are mpmath's, counts and shares are fractions.
"""

import hashlib
from fractions import Fraction
from functools import cache
from itertools import combinations, permutations, product
from math import comb

import mpmath
from mpmath import betainc, erfinv, exp, expm1, findroot, inf, log, mp, mpf, pi, quad, sqrt
from scipy import stats

mp.dps = 40


def real(x):
    return mpf(x.numerator) / x.denominator if isinstance(x, Fraction) else mpf(x)


# ---- drift from n and one probability


def K(n):
    """The analytical formula. paper, eq. (4), Theorem 3.1."""
    n = real(n)
    return log(n) - (n - 1) / n


def two_level_peak(n):
    """The most that best-of-n drifts with rewards of 0 and 1, whatever the share that passes: by halving, where the slope of
    P log(P/p) + (1-P) log((1-P)/(1-p)), P = 1 - (1-p)^n, changes its sign."""
    n = real(n)
    if n == 1:
        return mpf(0)

    def kl(p):
        none = (1 - p) ** n
        return (1 - none) * log((1 - none) / p) + none * log(none / (1 - p))

    def slope(p):
        return n * (1 - p) ** (n - 1) * (log((1 - (1 - p) ** n) / p) - (n - 1) * log(1 - p)) - (1 - (1 - p) ** n) / p + (1 - p) ** (n - 1)

    low, high = mpf(10) ** -6, 1 - mpf(10) ** -6
    for _ in range(120):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)
    return kl(low)


def two_level_win_rate_peak(n):
    """The most that best-of-n wins with rewards of 0 and 1, ties half: (2 - p - (1-p)^n) / 2 where n (1-p)^(n-1) = 1."""
    n = real(n)
    if n == 1:
        return mpf(1) / 2
    other = n ** (-1 / (n - 1))
    return (1 + other - other**n) / 2


def d(n, e):
    """The proposed estimator. paper, Definition 4.3, eq. (25)."""
    e = real(e)
    if e == 0:
        return K(n)
    if e == 1 or n == 1:
        return mpf(0)
    with mp.extradps(200):  # long completions have e near 1e-90, and 1 - (1-e)^n must keep its digits
        q = (1 - e) ** n
        return q * (log(n) + (n - 1) * log(1 - e) - mpf(n - 1) / n) + (1 - q) * log((1 - q) / e)


def d_star(n, e):
    """The sharp estimator. docs/theory.md, section 1; T1."""
    e = real(e)
    if e == 0:
        return K(n)
    if e == 1 or n == 1:
        return mpf(0)
    with mp.extradps(200):
        q = (1 - e) ** n
        return log((1 - q) / e) + (n - 1) * q / (1 - q) * log(1 - e)


def D(n, e):
    """What a best outcome of probability e takes from K_n. paper, Theorem 3.6, eq. (80)."""
    with mp.extradps(200):
        return K(n) - d(n, e)


# ---- methods on continuous rewards


def early_stop_win_rate(n, z):
    """docs/theory.md, section 7: best-of-n of the clipped reward; x the chance that one draw fails."""
    n, z = real(n), real(z)
    x = 1 - z
    return x ** (n + 1) * n / (n + 1) + (1 - x**n) * (1 - z / 2)


def early_stop_draws(n, z):
    n, z = real(n), real(z)
    return n if z == 0 else (1 - (1 - z) ** n) / z


def early_stop_pass_rate(n, win_rate):
    """The share at which early stop has a win rate; W falls with it."""
    low, high = mpf(0), mpf(1)
    for _ in range(150):
        middle = (low + high) / 2
        low, high = (middle, high) if early_stop_win_rate(n, middle) >= win_rate else (low, middle)
    return low


def poisson_density(mu, u):
    """Best of 1 + Poisson(mu) uniforms: the derivative of u exp(mu (u-1)). Khalaf et al. (2025), arXiv 2506.19248."""
    return (1 + mu * u) * exp(mu * (u - 1))


def poisson_kl(mu):
    mu = real(mu)
    return quad(lambda u: poisson_density(mu, u) * log(poisson_density(mu, u)), [0, mpf(1) / 2, 1])


def poisson_win_rate(mu):
    mu = real(mu)
    return quad(lambda u: u * poisson_density(mu, u), [0, mpf(1) / 2, 1])


def optimal_kl(win_rate):
    """The least drift of any policy that wins so often. docs/theory.md, Theorem 11."""
    a = findroot(lambda a: 1 / (1 - exp(-a)) - 1 / a - win_rate, (mpf("0.001"), mpf(200)), solver="anderson", tol=1e-30)
    return a * win_rate - log(expm1(a) / a)


def optimal_win_rate(kl):
    def drift(a):
        return a / (1 - exp(-a)) - 1 - log(expm1(a) / a)

    a = findroot(lambda a: drift(a) - kl, (mpf("0.0001"), mpf(400)), solver="anderson", tol=1e-30)
    return 1 / (1 - exp(-a)) - 1 / a


# ---- quantiles and intervals


def normal_quantile(p):
    return sqrt(2) * erfinv(2 * real(p) - 1)


def t_quantile(p, freedom):
    """Student's quantile: scipy's, polished on the incomplete beta function."""
    freedom = real(freedom)

    def below(t):
        return 1 - betainc(mpf(freedom) / 2, mpf(1) / 2, 0, freedom / (freedom + t * t), regularized=True) / 2

    return findroot(lambda t: below(t) - real(p), mpf(float(stats.t.ppf(float(p), float(freedom)))), tol=1e-32)


def mean(values):
    return sum(values) / len(values)


def standard_error(values):
    """Of the mean of independent values."""
    m = mean(values)
    return sqrt(real(sum((v - m) ** 2 for v in values)) / (len(values) - 1) / len(values))


def t_lower(values, alpha):
    if len(values) == 1:
        return -inf
    return real(mean(values)) - t_quantile(1 - alpha, len(values) - 1) * standard_error(values)


def by_key(prompts):
    """The prompts in the order in which they are bet on: by the SHA-256 of their keys."""
    return sorted(prompts, key=lambda one: hashlib.sha256(one.key.encode()).digest())


def betting_lower(values, alpha):
    """A lower bound on the mean of values in [0, 1]. Waudby-Smith and Ramdas (2024); horizon T, cap 0.9, root of the capital."""
    values, alpha = [real(v) for v in values], real(alpha)
    total, squares, bets = mpf(1) / 2, mpf(1) / 4, []
    for t, x in enumerate(values, 1):
        bets.append(sqrt(2 * log(1 / alpha) / (squares / t * len(values))))
        total += x
        squares += (x - total / (t + 1)) ** 2

    def capital(m):
        result = mpf(1)
        for bet, x in zip(bets, values):
            result *= 1 + (bet if m == 0 else min(bet, mpf(9) / 10 / m)) * (x - m)
        return result

    if mean(values) == 0 or capital(mpf(0)) < 1 / alpha:
        return mpf(0)
    low, high = mpf(0), mean(values)
    for _ in range(130):
        middle = (low + high) / 2
        low, high = (middle, high) if capital(middle) >= 1 / alpha else (low, middle)
    return low


def betting_upper(values, alpha):
    return 1 - betting_lower([1 - real(v) for v in values], alpha)


def betting_within(values, alpha, low, high, side):
    """Betting on values that lie in a range."""
    low, high = real(low), real(high)
    scaled = [min(mpf(1), max(mpf(0), (real(v) - low) / (high - low))) for v in values]
    bound = betting_lower if side == "lower_bound" else betting_upper
    return low + (high - low) * bound(scaled, alpha)


# ---- one prompt's draws


class Draws:
    """N draws of one prompt in the order of a reward. `ranks`: None for a missing score, which ranks below all."""

    def __init__(self, outcomes, ranks, log_ps, clip=None):
        self.size = len(outcomes)
        self.ranks = [-inf if r is None else (min(r, clip) if clip is not None else r) for r in ranks]
        first = {}  # of several log-probabilities of one outcome the first counts; a missing one proves nothing
        for o, lp in zip(outcomes, log_ps):
            first.setdefault(o, mpf(0) if lp is None else exp(mpf(lp)))
        self.levels = sorted(set(self.ranks))
        self.drawn = {l: sum(r == l for r in self.ranks) for l in self.levels}
        self.upto = {l: sum(r <= l for r in self.ranks) for l in self.levels}
        self.distinct = {l: {o for o, r in zip(outcomes, self.ranks) if r == l} for l in self.levels}
        self.seen = {l: sum((first[o] for o in self.distinct[l]), mpf(0)) for l in self.levels}  # S
        self.seen_upto = {l: sum(self.seen[k] for k in self.levels if k <= l) for l in self.levels}  # B
        self.room = {l: 1 - sum((self.seen[k] for k in self.levels if k > l), mpf(0)) for l in self.levels}  # 1 - A

    def without(self, outcomes, ranks, log_ps, left_out):
        kept = [i for i in range(self.size) if i not in left_out]
        return Draws([outcomes[i] for i in kept], [ranks[i] for i in kept], [log_ps[i] for i in kept])

    def weights(self, n):
        """W_l: the share of the subsets of n draws whose best draw is at level l."""
        if self.size <= 8:
            best = [max(self.ranks[i] for i in s) for s in combinations(range(self.size), n)]
            return {l: Fraction(best.count(l), len(best)) for l in self.levels}
        total = comb(self.size, n)
        return {l: Fraction(comb(self.upto[l], n) - comb(self.upto[l] - self.drawn[l], n), total) for l in self.levels}

    def average(self, n, of_level):
        return sum(
            w * of_level(l) if isinstance(of_level(l), Fraction) else real(w) * of_level(l)
            for l, w in self.weights(n).items()
            if w > 0
        )

    def reward(self, n):
        """None where a draw without score can win."""
        return None if self.weights(n).get(-inf, 0) > 0 else self.average(n, lambda l: Fraction(l))

    def value(self, n, values):
        """The mean of another value of what is returned; among equals each drawn one is as likely."""
        total, count = Fraction(0), 0
        if self.size <= 8:
            for s in combinations(range(self.size), n):
                best = max(self.ranks[i] for i in s)
                tied = [Fraction(values[i]) for i in s if self.ranks[i] == best]
                total += sum(tied) / len(tied)
                count += 1
            return total / count
        of = {l: mean([Fraction(v) for v, r in zip(values, self.ranks) if r == l]) for l in self.levels}
        return self.average(n, lambda l: of[l])

    def win_rate(self, n):
        """Every subset of n draws against every other draw, ties half. paper, eq. (28), (29)."""
        if self.size <= 8:
            wins, count = Fraction(0), 0
            for s in combinations(range(self.size), n):
                best = max(self.ranks[i] for i in s)
                for j in set(range(self.size)) - set(s):
                    wins += 1 if best > self.ranks[j] else Fraction(1, 2) if best == self.ranks[j] else 0
                    count += 1
            return wins / count
        wins = Fraction(0)
        for other in self.ranks:
            for l in self.levels:
                if l >= other:
                    high = self.upto[l] - 1  # the other draw is not among the n
                    low = self.upto[l] - self.drawn[l] - (1 if other < l else 0)
                    wins += (1 if l > other else Fraction(1, 2)) * (comb(high, n) - comb(low, n))
        return wins / comb(self.size - 1, n) / self.size

    def kl_bound(self, n):
        """Sum of W_l d_n(S_l). docs/theory.md, section 5."""
        return self.average(n, lambda l: d(n, self.seen[l]))

    def sharp_kl_bound(self, n):
        return self.average(n, lambda l: d_star(n, self.seen[l]))

    def kl_upper(self, n):
        """Sum of W_l d*_n(min(1, S_l / (1 - A_l)))."""
        return self.average(n, lambda l: d_star(n, min(mpf(1), self.seen[l] / self.room[l])))

    def seen_mass_kl_bound(self, n, alpha=0):
        """docs/theory.md, Theorem 6; with a chance of failing so much at least lies up to the best draw."""
        lost, best = mpf(0), max(self.levels)
        for l in self.levels:
            s, least = self.seen[l], real(alpha) ** (mpf(1) / self.size) if l == best else mpf(0)
            if s > 0:
                lost += min(f**n * D(n, min(mpf(1), s / f)) for f in (max(least, self.seen_upto[l]), max(least, self.room[l])))
        return max(mpf(0), K(n) - lost)


def early_stop_walks(ranks, threshold, n):
    """Early stop on every ordered choice of n draws: yields draws made, the position returned, those left."""
    for order in permutations(range(len(ranks)), n):
        made = next((m for m, i in enumerate(order, 1) if ranks[i] >= threshold), n)
        passed = ranks[order[made - 1]] >= threshold
        chosen = order[made - 1] if passed else max(order, key=lambda i: (ranks[i], -order.index(i)))
        yield made, chosen, set(range(len(ranks))) - set(order)


def early_stop_of_pool(ranks, threshold, n):
    """The mean number of draws, and the win rate against one more draw (None where none is left)."""
    return early_stop_of_ranks(tuple(-inf if r is None else r for r in ranks), threshold, n)


@cache
def early_stop_of_ranks(ranks, threshold, n):
    made_sum, wins, walks, meetings = 0, Fraction(0), 0, 0
    for made, chosen, others in early_stop_walks(ranks, threshold, n):
        made_sum += made
        walks += 1
        for j in others:
            a, b = ranks[chosen], ranks[j]
            wins += 1 if a > b else Fraction(1, 2) if a == b else 0
            meetings += 1
    return Fraction(made_sum, walks), wins / meetings if meetings else None


def with_replacement(ranks, n, values=None):
    """The mean of the best of n draws with replacement, of its own rank or of another value; equals share. By enumeration."""
    ranks = [-inf if r is None else r for r in ranks]
    values = ranks if values is None else values
    total = Fraction(0)
    for picked in product(range(len(ranks)), repeat=n):
        best = max(ranks[i] for i in picked)
        tied = [values[i] for i in range(len(ranks)) if ranks[i] == best]
        if -inf in tied:
            return None
        total += mean([Fraction(v) for v in tied])
    return total / len(ranks) ** n


def jackknife(outcomes, ranks, log_ps, needed, estimate):
    """The standard error of an estimate by leaving out draws: one at a time up to 128 draws, else groups of the 128th part
    as far as the estimate can spare them. House choice, described in Pool."""
    size = len(outcomes)
    group = min(size - needed, -(-size // 128))
    groups = min(size // group, 128)
    pool = Draws(outcomes, ranks, log_ps)
    values = []
    for g in range(groups):
        start = size * g // groups
        values.append(real(estimate(pool.without(outcomes, ranks, log_ps, range(start, start + group)))))
    m = mean(values)
    return sqrt(mpf(size - group) / group / groups * sum((v - m) ** 2 for v in values))


def gap_interval(value, error, top, confidence):
    """An estimate below a proven ceiling: symmetric in the logarithm of the gap. House choice, described in PromptPool."""
    gap, half = top - value, normal_quantile((1 + confidence) / 2) * error
    if gap <= mpf(10) ** -12 * top:
        return max(mpf(0), value - half), max(value, top)
    return max(mpf(0), top - gap * exp(half / gap)), top - gap * exp(-half / gap)


def threshold(rewards, share):
    """The type-1 quantile of level 1 - share: a reward seen. A missing score reaches no threshold."""
    rank = int(mpmath.ceil((1 - share) * len(rewards)))
    quantile = sorted(rewards)[min(max(int(rank), 1), len(rewards)) - 1]
    return quantile if quantile > -inf else min((r for r in rewards if r > -inf), default=inf)
