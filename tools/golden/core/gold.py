"""What selection by a proxy does to the gold reward, with exact bootstraps: every resample of the prompts, with its chance."""

from collections import Counter
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from math import ceil, factorial

from mpmath import cot, inf, matrix, mpf, pi, qr_solve, sqrt

from core import drift as d
from core import formulas as f
from core import intervals
from core import pools as p
from core.analysis import View, contained
from core.intervals import over_draws
from core.lines import line

LUCK = 1.3  # how many standard deviations of a sampled level its step must reach beyond; seeds are those that fall within


class Curves:
    """One prompt's numbers by n."""

    def __init__(self, prompt, grid, known=True):
        draws = f.Draws(prompt.drawn, prompt.ranks, prompt.log_ps)
        self.size = prompt.size
        self.gold = [draws.value(n, prompt.golds) for n in grid]
        self.proxy = [draws.reward(n) for n in grid]
        self.drift = d.Drift(prompt.drawn, draws.ranks, prompt.log_ps, known)
        self.kl = [self.drift.estimate(n) for n in grid]
        oracle = f.Draws(prompt.drawn, prompt.golds, prompt.log_ps)
        self.oracle = [oracle.reward(n) for n in grid]
        view = View(prompt, None, None)
        for name, of in (("agreement", agreement), ("by_chance", by_chance)):
            left = [[of(v.p.ranks, v.p.golds, n) for v in view.without] if n < self.size else [] for n in grid]
            variances = [sum((x - f.mean(l)) ** 2 for x in l) * (self.size - 1) / self.size if l else Fraction(0) for l in left]
            more = view.with_more.p
            setattr(self, name, [(of(prompt.ranks, prompt.golds, n), v, of(more.ranks, more.golds, n)) for n, v in zip(grid, variances)])
        self.tokens = None if None in prompt.tokens else [draws.value(n, prompt.tokens) for n in grid]

    def same(self, other):
        ours, theirs = dict(vars(self), drift=None), dict(vars(other), drift=None)
        return ours == theirs


def agreement(ranks, golds, n):
    """How often the choice, of equals each as likely, is one of the best by gold: every subset."""
    shares = []
    for s in combinations(range(len(ranks)), n):
        top = [i for i in s if ranks[i] == max(ranks[j] for j in s)]
        best = max(golds[i] for i in s)
        shares.append(Fraction(sum(golds[i] == best for i in top), len(top)))
    return f.mean(shares)


def by_chance(ranks, golds, n):
    return agreement([0] * len(golds), golds, n)


def recovered(above, below, confidence):
    """Fieller's interval for a ratio of means; None where the gain below is within its noise."""
    count = len(above)
    a, b = f.real(f.mean(above)), f.real(f.mean(below))

    def covariance(xs, ys):
        return f.real(sum((x - f.mean(xs)) * (y - f.mean(ys)) for x, y in zip(xs, ys))) / (count - 1) / count

    square = f.t_quantile((1 + f.real(confidence)) / 2, count - 1) ** 2
    q2, q1, q0 = (
        b * b - square * covariance(below, below),
        a * b - square * covariance(above, below),
        a * a - square * covariance(above, above),
    )
    if q2 <= 0:
        return None
    root = sqrt(max(mpf(0), q1 * q1 - q2 * q0))
    ends = min(a / b, (q1 - root) / q2), max(a / b, (q1 + root) / q2)
    return a / b, ends if ends[1] - ends[0] > mpf("1e-7") * max(1, abs(a / b)) else None


def resamples(kinds, count):
    """Every multiset of `count` prompts with its chance, prompts of one kind being alike."""
    chances = Counter()
    for picked in combinations_with_replacement(range(len(kinds)), count):
        ways = factorial(count)
        for k in set(picked):
            ways //= factorial(picked.count(k))
        chance = Fraction(ways)
        for k in picked:
            chance *= Fraction(kinds[k][1], count)
        chances[picked] += chance
    return chances


def quantile(distribution, rank, count, sure=True):
    """The value that the `rank`-th smallest (from 0) of `count` draws almost surely is: well inside its own step."""
    below = Fraction(0)
    level = (mpf(rank) + 0.5) / count
    spread = sqrt(level * (1 - level) / count)
    for value, chance in sorted(distribution.items()):
        if below + chance > level:
            assert not sure or (f.real(below) < level - LUCK * spread and f.real(below + chance) > level + LUCK * spread), (
                float(below),
                float(level),
                float(below + chance),
            )
            return value
        below += chance
    raise AssertionError


def band(curves, kinds, confidence):
    """Standard errors times one factor: the quantile of the largest standardised error along the curve. House choice, JointBand."""
    count, grid = len(curves), range(len(curves[0].gold))
    centre = [f.mean([c.gold[i] for c in curves]) for i in grid]
    largest = Counter()
    for picked, chance in resamples(kinds, count).items():
        distance = mpf(0)
        for i in grid:
            values = [kinds[k][0].gold[i] for k in picked]
            error = f.standard_error(values)
            if error > 0:
                distance = max(distance, abs(f.real(f.mean(values) - centre[i])) / error)
        largest[round(distance, 25)] += chance
    factor = quantile(largest, min(999, ceil(confidence * 1000)), 1000)
    if count == 2:  # no resample strays: Student's at one degree of freedom, shared by all points
        factor = cot(pi * (1 - mpf(confidence)) / 2 / len(grid))
    errors = [f.standard_error([c.gold[i] for c in curves]) for i in grid]
    return [(f.real(c) - factor * e, f.real(c) + factor * e) for c, e in zip(centre, errors)]


def fit(kls, gains):
    """Least squares of d (alpha - beta d), d = sqrt(KL). Gao et al. (2023), arXiv 2210.10760."""
    points = [(sqrt(k), f.real(g)) for k, g in zip(kls, gains) if k > 0]  # at no drift the curve is 0 whatever it is
    solution, _ = qr_solve(matrix([[d, -d * d] for d, _ in points]), matrix([g for _, g in points]))
    return solution[0], solution[1]


def fit_of(prompts, drift):
    gold = [f.mean([c.gold[i] for c in prompts]) for i in range(len(prompts[0].gold))]
    kls = [max(mpf(0), f.mean([drift(c)[i] for c in prompts])) for i in range(len(gold))]
    alpha, beta = fit(kls, [g - gold[0] for g in gold])
    peak = (alpha / (2 * beta)) ** 2 if beta > 0 and alpha > 0 else mpf(0) if beta > 0 else inf
    return {"alpha": alpha, "beta": beta, "peak_kl": peak}, max(kls)


def fits(curves, kinds, drift, axis, confidence, samples):
    at, largest = fit_of(curves, drift)
    tail = (1 - f.real(confidence)) / 2
    spread = {name: Counter() for name in at}
    for picked, chance in resamples(kinds, len(curves)).items():
        for name, value in fit_of([kinds[k][0] for k in picked], drift)[0].items():
            spread[name][round(value, 25) if value < inf else value] += chance
    lines = []
    for name, value in at.items():
        if name == "peak_kl" and value > largest:
            continue  # a peak beyond what was measured is a guess
        low = quantile(spread[name], int(tail * 300), 300)
        high = quantile(spread[name], int((1 - tail) * 300), 300)
        lines.append(
            {
                "part": f"fit, {axis}",
                **line(
                    0,
                    name,
                    "value",
                    "estimate",
                    "least squares",
                    value,
                    (min(value, low), max(value, high)),
                    confidence,
                    samples,
                    len(curves),
                ),
            }
        )
    return lines


def usable(pool):
    """Prompts all of whose draws have both rewards, at least two draws."""
    return [one for one in pool.prompts if one.size >= 2 and None not in one.golds and None not in one.ranks]


def study(pool, confidence, parts, gold_range=None, seed=1):
    prompts = usable(pool)
    smallest = min(one.size for one in prompts)
    grid = [n for n in sorted({2**k for k in range(9)} | {3 * 2**k for k in range(9)}) if n <= smallest]
    with_logs = pool.logs == "all"  # else equal rewards alone say how far it drifts
    curves = [Curves(one, grid, with_logs) for one in f.by_key(prompts)]
    kinds = []
    for c in curves:
        known = next((k for k in kinds if k[0].same(c)), None)
        if known:
            known[1] += 1
        else:
            kinds.append([c, 1])
    samples = sum(c.size for c in curves)
    lengths = all(c.tokens for c in curves)
    findings, outcomes = [], []
    if "points" in parts:
        bands = band(curves, kinds, confidence)
        for i, n in enumerate(grid):

            def mean(quantity, values, low=-inf):
                return intervals.mean_line(n, quantity, "value", "subsets", values, confidence, samples, low)

            findings.append(
                line(
                    n,
                    "gold_reward",
                    "value",
                    "estimate",
                    "subsets, band",
                    f.mean([c.gold[i] for c in curves]),
                    bands[i],
                    confidence,
                    samples,
                    len(curves),
                )
            )
            findings.append(mean("proxy_reward", [c.proxy[i] for c in curves]))
            evidence, value, ends = d.answer([c.drift for c in curves], n, confidence, not with_logs, mpf(0), f.K(n))
            if evidence != "withheld":
                about = (None if ends is None else confidence, samples, len(curves))
                estimator = "pool_kl" if with_logs else "pool_kl, levels"
                findings.append(line(n, "kl", "value", evidence, estimator, value, ends, *about))
            if lengths:
                findings.append(mean("winner_tokens", [c.tokens[i] for c in curves], 0))
            if n > 1:
                gains = [c.gold[i] - c.gold[0] for c in curves], [c.oracle[i] - c.oracle[0] for c in curves]
                ratio = recovered(*gains, confidence)
                if ratio:
                    about = (None if ratio[1] is None else confidence, samples, len(curves))
                    findings.append(line(n, "recovered_gain", "value", "estimate", "Fieller", *ratio, *about))
                for quantity, of in (("top_agreement", "agreement"), ("top_agreement_by_chance", "by_chance")):
                    values, variances, with_more = zip(*(getattr(c, of)[i] for c in curves))
                    per_draw = [Fraction(c.size, n) for c in curves]
                    value = f.mean(values)
                    ends = over_draws(values, variances, with_more, per_draw, 1 - f.real(confidence), 0, 1)
                    ends = contained(ends, value, 0, 1)
                    about = (None if ends is None else confidence, samples, len(curves))
                    findings.append(line(n, quantity, "value", "estimate", "subsets", value, ends, *about))
    if "fits" in parts:
        formula = [f.K(n) for n in grid]
        findings += fits(curves, kinds, lambda c: formula, "analytical", confidence, samples)
        if len({k for k in (max(mpf(0), f.mean([c.kl[i] for c in curves])) for i in range(len(grid))) if k > 0}) > 1:
            findings += fits(curves, kinds, lambda c: c.kl, "estimated", confidence, samples)
    if "hold-out" in parts:
        half = len(curves) // 2
        halves = combinations(range(len(curves)), len(curves) - half) if len(kinds) > 1 else [range(half, len(curves))]
        outcomes = [hold_out(curves, judges, grid, confidence, gold_range, lengths) for judges in halves]
    question = {
        "pool": pool.name,
        "confidence": confidence,
        "parts": list(parts),
        "range": gold_range,
        "seed": seed,
        "left_out": len(pool.prompts) - len(prompts),
    }
    if outcomes:
        question["outcomes"] = outcomes
    return {"question": question, "findings": findings}


def hold_out(curves, judges, grid, confidence, gold_range, lengths):
    """The n that is best on the other half, judged on these prompts."""
    second = [curves[i] for i in judges]
    first = [c for i, c in enumerate(curves) if i not in set(judges)]
    means = [f.mean([c.gold[i] for c in first]) for i in range(len(grid))]
    best = means.index(max(means))
    about = dict(samples=sum(c.size for c in second), prompts=len(second))

    def mean(quantity, values):
        return intervals.mean_line(0, quantity, "value", "subsets", values, confidence, about["samples"])

    gains = [c.gold[best] - c.gold[0] for c in second]
    findings = [mean("gold_gain", gains)]
    if gold_range:
        width, alpha = f.real(Fraction(gold_range[1]) - Fraction(gold_range[0])), (1 - f.real(confidence)) / 2
        for side in ("lower_bound", "upper_bound"):
            findings.append(
                line(
                    0,
                    "gold_gain",
                    side,
                    "theorem",
                    "betting, stated range",
                    f.betting_within(gains, alpha, -width, width, side),
                    confidence=1 - alpha,
                    **about,
                )
            )
    if lengths:
        findings.append(mean("length_drift", [c.tokens[best] - c.tokens[0] for c in second]))
    return {"n": grid[best], "chosen_on": len(first), "judged_on": len(second), "findings": findings}


def cases():
    return [
        study(p.gold_three, 0.95, ["points"]),
        study(p.gold_three, 0.83, ["points"]),
        study(p.gold_six, 0.95, ["points", "fits"]),
        study(p.gold_six, 0.6, ["points", "fits"]),
        study(p.gold_six_levels, 0.95, ["points", "fits"]),
        study(p.gold_two_to_one, 0.95, ["fits"], None, 2),
        study(p.gold_four, 0.95, ["hold-out"], [0, 1], 3),
        study(p.gold_four, 0.95, ["hold-out"], [0, 1], 4),
        study(p.gold_four, 0.95, ["hold-out"], None, 5),
        study(p.gold_four, 0.8, ["hold-out"], [0, 1], 3),
        study(p.gold_four, 0.5, ["hold-out"], [0, 1], 3),
        study(p.gold_alike, 0.95, ["hold-out"], [-1, 2]),
        study(p.gold_alike, 0.8, ["hold-out"], [-1, 2]),
        study(p.gold_alike, 0.99, ["hold-out"], [-1, 2]),
    ]
