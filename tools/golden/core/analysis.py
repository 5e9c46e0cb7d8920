"""What an analysis of recorded samples says, prompt by prompt and n by n."""

from copy import copy
from fractions import Fraction
from functools import cached_property
from statistics import median

from mpmath import inf, log, mpf

from core import drift as d
from core import formulas as f
from core import intervals
from core import pools as p
from core.lines import line, textbook

BETTING = "betting: "


class View:
    """One scored prompt with what the settings ask."""

    def __init__(self, prompt, threshold, gold, binary=False):
        self.asked = threshold, gold, binary
        self.binary = binary
        self.p = prompt
        self.size = prompt.size
        self.plain = f.Draws(prompt.drawn, prompt.ranks, prompt.log_ps)
        self.bare = f.Draws(range(prompt.size), prompt.ranks, [None] * prompt.size)  # levels alone
        self.threshold = threshold
        if threshold is not None:
            self.clipped = f.Draws(prompt.drawn, prompt.ranks, prompt.log_ps, clip=threshold)
            self.passing = sum(r is not None and r >= threshold for r in prompt.ranks)
            self.pass_rate = Fraction(self.passing, prompt.size)
        self.gold = prompt.golds if gold and None not in prompt.golds else None
        self.tokens = None if None in prompt.tokens else prompt.tokens
        self.seconds = None if None in prompt.seconds else prompt.seconds

    @cached_property
    def correct(self):
        return sum(r == 1 for r in self.p.ranks)

    def drift(self, known, clip=False):
        draws = self.clipped if clip else self.plain
        return d.Drift(self.p.drawn, draws.ranks, self.p.log_ps, known)

    def like(self, prompt):
        return View(prompt, *self.asked)

    @cached_property
    def without(self):
        """The prompt as it would be without each one of its draws."""

        def kept(i):
            fewer = copy(self.p)
            for field in ("drawn", "log_ps", "ranks", "golds", "tokens", "seconds"):
                values = getattr(self.p, field)
                setattr(fewer, field, values[:i] + values[i + 1 :])
            fewer.size = self.size - 1
            return self.like(fewer)

        return [kept(i) for i in range(self.size)] if self.size > 1 else []

    @cached_property
    def with_more(self):
        """With the draw that did not come: the best by every reward, and the longest; twice the largest less the median."""
        more = copy(self.p)
        more.drawn, more.log_ps, more.size = self.p.drawn + ["another"], self.p.log_ps + [None], self.size + 1
        for field in ("ranks", "golds", "tokens", "seconds"):
            values = getattr(self.p, field)
            known = [Fraction(v) for v in values if v is not None]
            beyond = 2 * max(known) - median(known) if known else None
            if field in ("ranks", "golds") and known and all(v in (0, 1) for v in known):
                beyond = Fraction(1)
            setattr(more, field, values + [beyond])
        return self.like(more)

    def of_protocol(self, n, protocol, values=None):
        """The mean reward of what a protocol returns, or of another value of it. Without a score a draw does not pass."""
        if values is None and self.binary:
            values = [r or 0 for r in self.p.ranks]
        if protocol == "subsets":
            return self.plain.reward(n) if values is None else self.plain.value(n, values)
        if protocol == "first-n":
            best = max(range(n), key=lambda i: (self.plain.ranks[i], -i))
            value = self.plain.ranks[best] if values is None else values[best]
            return None if value == -inf else Fraction(value)
        return f.with_replacement(self.p.ranks, n, values)


def measures(settings, binary):
    """quantity, estimator, role, range at n, what is proven, what it rests on, draws beyond n, and the value of a prompt."""
    protocol, threshold = settings.get("protocol", "subsets"), settings.get("threshold")
    unit, any_, positive, drift = (lambda n: (0, 1)), (lambda n: (-inf, inf)), (lambda n: (0, inf)), (lambda n: (0, f.K(n)))
    wins = lambda n: (Fraction(1, 2), Fraction(n, n + 1))  # the best of n + 1 draws is the opponent's in one of n + 1 cases
    rows = []

    def add(quantity, estimator, value, role="value", range_=any_, proof=None, rests="nothing", spare=0, fallback=False):
        rows.append((quantity, estimator, role, range_, proof, rests, spare, fallback, value))

    def cut(value):
        return lambda v, n: min(f.K(n), max(mpf(0), f.real(value(v, n))))

    if binary:
        add("pass_at_k", protocol, lambda v, n: v.of_protocol(n, protocol), range_=unit, proof="lower_bound")
    else:
        add("reward", protocol, lambda v, n: v.of_protocol(n, protocol))
    if settings.get("gold"):
        add("gold_reward", protocol, lambda v, n: None if v.gold is None else v.of_protocol(n, protocol, v.gold))
    if protocol != "subsets":
        return rows
    add(
        "win_rate",
        "pool_win_rate",
        lambda v, n: v.plain.win_rate(n),
        range_=wins,
        proof="lower_bound",
        rests="independence",
        spare=1,
    )
    logs, levels = dict(range_=drift, rests="log_p"), dict(range_=drift, rests="independence", fallback=True)
    add("kl", "seen-mass", cut(lambda v, n: v.plain.seen_mass_kl_bound(n)), role="upper_bound", proof="certain", **logs)
    add("kl", "pool_kl_upper", cut(lambda v, n: v.plain.kl_upper(n)), role="upper_bound", proof="upper_bound", **logs)
    add("kl", "eq. (25)", cut(lambda v, n: v.plain.kl_bound(n)), role="upper_bound", **logs)
    add("kl", "d*", cut(lambda v, n: v.plain.sharp_kl_bound(n)), role="upper_bound", **logs)
    add("kl", "pool_kl", lambda v, n: v.drift(True), proof="both", **logs)
    add("kl", "pool_kl, levels", lambda v, n: v.drift(False), proof="both", **levels)
    add(
        "tokens",
        "n times the mean",
        lambda v, n: None if v.tokens is None else n * Fraction(sum(v.tokens), v.size),
        range_=positive,
    )
    add("winner_tokens", "subsets", lambda v, n: None if v.tokens is None else v.plain.value(n, v.tokens), range_=positive)
    add(
        "seconds_slowest",
        "slowest of n",
        lambda v, n: None if v.seconds is None else f.Draws(range(v.size), v.seconds, [None] * v.size).reward(n),
        range_=positive,
    )
    if threshold is not None:
        # The share that passes is one level: docs/theory.md, section 7.
        add(
            "early_stop_kl",
            "clipped pool_kl_upper",
            cut(lambda v, n: v.clipped.kl_upper(n)),
            role="upper_bound",
            proof="upper_bound",
            **logs,
        )
        add("early_stop_kl", "clipped pool_kl", lambda v, n: v.drift(True, clip=True), proof="both", **logs)
        add("early_stop_kl", "clipped pool_kl, levels", lambda v, n: v.drift(False, clip=True), proof="both", **levels)
        add(
            "early_stop_win_rate",
            "pool_win_rate",
            lambda v, n: f.early_stop_of_pool(v.p.ranks, threshold, n)[1],
            range_=wins,
            proof="lower_bound",
            rests="independence",
            spare=1,
        )
        add(
            "early_stop_draws",
            "subsets",
            lambda v, n: f.early_stop_of_pool(v.p.ranks, threshold, n)[0],
            range_=lambda n: (1, n),
        )
    return rows


def rewind_measures():
    """paper, Lemma 6.2, with the share of draws that pass for z."""
    unit, positive = (lambda n: (0, 1)), (lambda n: (0, inf))
    return [
        ("pass_rate", "share passing", "value", unit, "lower_bound", "nothing", 0, False, lambda v, n: v.pass_rate),
        ("rewind_win_rate", "1 - z/2", "value", unit, "lower_bound", "independence", 0, False, lambda v, n: 1 - v.pass_rate / 2),
        (
            "rewind_kl",
            "-log z",
            "value",
            positive,
            None,
            "independence",
            0,
            False,
            lambda v, n: -log(f.real(v.pass_rate)) if v.pass_rate else None,
        ),
        (
            "rewind_draws",
            "1/z",
            "value",
            positive,
            None,
            "nothing",
            0,
            False,
            lambda v, n: 1 / v.pass_rate if v.pass_rate else None,
        ),
    ]


def grid(settings, views):
    """The n asked for; by default 1, 2, 3, 4, 6, 8, 12, … as far as half of the prompts go."""
    if settings.get("grid"):
        return [n for n in settings["grid"] if any(v.size >= n for v in views)]
    usual = sorted({2**k for k in range(20)} | {3 * 2**k for k in range(20)})
    return [n for n in usual if 2 * sum(v.size >= n for v in views) >= len(views)]


def is_binary(pool):
    """Every score is 0 or 1."""
    scored = [one for one in pool.prompts if any(r is not None for r in one.ranks)]
    return all(r in (0, 1, None) for one in scored for r in one.ranks)


WIN_RATES, DRIFTS = ("win_rate", "early_stop_win_rate"), ("kl", "early_stop_kl")


def interval(measure, n, asked, values, confidence, protocol):
    """Over draws for few prompts, which speak for themselves alone; over prompts for many, and for protocols that use some draws
    only or some twice."""
    quantity, estimator, _, range_, _, _, spare, _, value = measure
    alpha = 1 - f.real(confidence)
    if quantity in ("pass_rate", "rewind_win_rate"):
        low, high = intervals.passes(intervals.Attempt(1, 1), [v.passing for v in asked], [v.size for v in asked], alpha)
        return (low, high) if quantity == "pass_rate" else (1 - high / 2, 1 - low / 2)
    low, high = range_(n)
    if len(asked) < intervals.FEWEST_PROMPTS and n > 0 and protocol == "subsets":
        at = 1 if quantity == "tokens" else n
        variances, with_more = [], []
        for v in asked:
            left = [value(one, at) for one in v.without] if at + spare < v.size else []
            spread = None if None in left else Fraction(0)
            if left and spread is not None:
                m = f.mean(left)
                spread = (v.size - 1) * sum((x - m) ** 2 for x in left) / v.size
            variances.append(spread)
            with_more.append(value(v.with_more, at))
        if None not in variances and None not in with_more:
            scale = n // at
            return intervals.over_draws(
                values,
                [x * scale**2 for x in variances],
                [x * scale for x in with_more],
                [Fraction(max(v.size, at), at) for v in asked],
                alpha,
                low,
                high,
            )
    return intervals.over_prompts(values, alpha, low, high)


WITHIN = {"pass_at_k": (0, 1), "win_rate": (0, 1), "early_stop_win_rate": (0, 1), "pass_rate": (0, 1), "rewind_win_rate": (0, 1)}


def contained(ends, value, low, high):
    """Cut to what is possible, around the mean; nothing where that leaves no width."""
    if ends is None:
        return None
    ends = [min(f.real(high), max(f.real(low), e)) for e in ends]
    ends = min(f.real(value), ends[0]), max(f.real(value), ends[1])
    return ends if ends[0] < ends[1] else None


def analysis(pool, settings, confidence):
    """The findings and what is withheld."""
    threshold = settings.get("threshold")
    binary = is_binary(pool)
    scored = [one for one in f.by_key(pool.prompts) if any(r is not None for r in one.ranks)]
    views = [View(one, threshold, settings.get("gold"), binary) for one in scored]
    independent = any(one.size > 1 for one in pool.prompts)
    usable = pool.logs == "all"
    lines, withheld = [], set()

    def said(measure, n, asked):
        """What each prompt says, where the measure is told at all."""
        quantity, estimator, _, _, _, rests, spare, fallback, value = measure
        if fallback and usable:
            return None
        if rests != "nothing" and not independent or rests == "log_p" and not usable:
            withheld.add((quantity, estimator, None))
            return None
        asked = [v for v in asked if v.size >= n + spare]
        values = [value(v, n) for v in asked]
        if None in values:
            withheld.add((quantity, estimator, n if quantity in ("reward", "pass_at_k") else None))
            return None
        return (measure, asked, values) if values else None

    def bounds(measure, n, asked, values):
        quantity, estimator, role, range_, proof = measure[:5]
        low, high = range_(n)
        about = dict(samples=sum(v.size for v in asked), prompts=len(asked))
        if proof == "certain":
            sure = [line(n, quantity, role, "theorem", estimator, f.mean(values), **about)]
            if len(asked) < intervals.FEWEST_PROMPTS:
                alpha = (1 - f.real(confidence)) / len(asked)
                bound = f.mean([v.plain.seen_mass_kl_bound(n, alpha) for v in asked])
                if bound < f.mean(values) - f.K(n) / 1000:
                    sure.append(line(n, quantity, role, "theorem", "seen-mass at confidence", bound, confidence=confidence, **about))
            return sure
        if proof == "both":
            name = BETTING + estimator
            found = d.certificates(values, n, confidence)
            return [line(n, quantity, side, "theorem", name, bound, confidence=confidence, **about) for side, bound in found]
        if proof is None or low == high:
            return []
        bound = f.betting_within(values, 1 - f.real(confidence), low, high, proof)
        if proof == "lower_bound" and bound <= f.real(low):
            return []
        return [line(n, quantity, proof, "theorem", BETTING + estimator, bound, confidence=confidence, **about)]

    def told(n, quantity, role, estimator, value, ends, asked, evidence="estimate"):
        about = dict(samples=sum(v.size for v in asked), prompts=len(asked))
        lines.append(line(n, quantity, role, evidence, estimator, value, ends, None if ends is None else confidence, **about))

    def tell_passes(n, asked):
        """pass@k and its kin, of how many draws pass."""
        correct, sizes = [v.correct for v in asked], [v.size for v in asked]
        rows = [("pass_at_k", "subsets", intervals.Attempt(n, 1)), ("pass_hat_k", "all pass", intervals.Attempt(n, n))]
        if n > 1:
            rows += [
                ("g_pass_at_k", "half pass", intervals.share(n, 0.5)),
                ("g_pass_at_k", "three quarters pass", intervals.share(n, 0.75)),
            ]
        for quantity, estimator, attempt in rows:
            value = f.mean([attempt.by_count(size)[c] for c, size in zip(correct, sizes)])
            ends = intervals.passes(attempt, correct, sizes, 1 - f.real(confidence))
            told(n, quantity, "value", estimator, value, contained(ends, value, 0, 1), asked)

    def tell(measure, n, asked, values, proven):
        quantity, estimator, role, range_, proof, _, _, fallback, _ = measure
        if proof == "certain":
            return
        low, high = (0, inf) if range_(n)[0] >= 0 else (-inf, inf)
        low, high = WITHIN.get(quantity, (low, high))
        if quantity == "win_rate" and binary:
            low, high = mpf(1) / 2, f.two_level_win_rate_peak(n)
        if quantity in DRIFTS:
            of = [one for one in proven if one["quantity"] == quantity]
            high = min([f.two_level_peak(n) if binary else f.K(n)] + [mpf(one["value"]) for one in of if one["role"] == "upper_bound"])
            low = min([high, max([mpf(0)] + [mpf(one["value"]) for one in of if one["role"] == "lower_bound"])])
        if quantity in DRIFTS and role == "value":
            evidence, value, ends = d.answer(values, n, confidence, fallback, low, high)
            if evidence == "withheld":
                withheld.add((quantity, estimator, n))
            else:
                told(n, quantity, role, estimator, value, ends, asked, evidence)
            return
        value = min(high, max(low, f.mean(values)))
        if range_(n)[0] == range_(n)[1]:
            told(n, quantity, role, estimator, value, None, asked, "exact" if role == "value" else "estimate")
            return
        ends = interval(measure, n, asked, values, confidence, settings.get("protocol", "subsets"))
        if quantity == "early_stop_draws" and len(asked) == 1 and ends is not None:
            # Of one prompt they are told by its share of passes, and fall as it rises: Clopper and Pearson's ends, carried through.
            v, tail = asked[0], (1 - f.real(confidence)) / 2
            passing = int(v.pass_rate * v.size)
            rates = intervals.exact_lower(passing, v.size, tail), 1 - intervals.exact_lower(v.size - passing, v.size, tail)
            ends = tuple(sum((1 - rate) ** k for k in range(n)) for rate in reversed(rates))
            value = min(ends[1], max(ends[0], value))
            told(n, quantity, role, estimator, value, contained(ends, value, 1, n), asked)
            return
        told(n, quantity, role, estimator, value, contained(ends, value, low, high), asked)
        over_prompts = n == 0 or len(asked) >= intervals.FEWEST_PROMPTS or settings.get("protocol", "subsets") != "subsets"
        if inf in map(abs, range_(n)) and over_prompts and intervals.straight(values):
            lines[-1]["tolerance"] = 1e-8

    def tell_all(rows, n, asked, first):
        found = [one for one in (said(measure, n, asked) for measure in rows) if one]
        proofs = first + [one for m, who, values in found for one in bounds(m, n, who, values)]
        lines.extend(proofs)
        for measure, who, values in found:
            if measure[0] == "pass_at_k" and settings.get("protocol", "subsets") == "subsets":
                tell_passes(n, who)
            else:
                tell(measure, n, who, values, proofs)

    for n in grid(settings, views):
        asked = [v for v in views if v.size >= n]
        first = textbook(n) if independent else []
        tell_all(measures(settings, binary), n, asked, first)
    if threshold is not None:
        tell_all(rewind_measures(), 0, views, [])
    return lines, sorted(withheld, key=str)


def curves(pool, settings):
    """Each scored prompt's own numbers: those that are the quantity itself, or certain for the one prompt; and its best draw."""
    threshold = settings.get("threshold")
    binary = is_binary(pool)
    scored = [one for one in pool.prompts if any(r is not None for r in one.ranks)]
    views = [View(one, threshold, settings.get("gold"), binary) for one in scored]
    independent, usable = any(one.size > 1 for one in pool.prompts), pool.logs == "all"
    prompts = []
    for v in views:
        best = max(range(v.size), key=lambda i: (v.plain.ranks[i], -i))
        lines = []
        for quantity, estimator, role, _, proof, rests, spare, fallback, value in measures(settings, binary):
            if quantity not in ("reward", "pass_at_k", "gold_reward", "win_rate", "kl") or role != "value" and proof != "certain":
                continue
            if fallback and usable or rests != "nothing" and not independent or rests == "log_p" and not usable:
                continue
            for n in grid(settings, [v]):
                at = value(v, n) if n + spare <= v.size else None
                if isinstance(at, d.Drift):
                    at = min(f.K(n), max(mpf(0), at.estimate(n)))  # of one prompt it may lie outside of what is possible
                if at is not None:
                    lines.append(line(n, quantity, role, "theorem" if proof == "certain" else "estimate", estimator, at))
        prompts.append({"key": v.p.key, "draws": v.size, "best": [v.p.ranks[best], v.p.drawn[best]], "lines": lines})
    return prompts


def case(pool, confidence=0.95, shown=False, **settings):
    findings, withheld = analysis(pool, settings, confidence)
    words = [f"{quantity}, {estimator}, {'everywhere' if n is None else n}" for quantity, estimator, n in withheld]
    question = {"pool": pool.name, "settings": settings, "confidence": confidence, "withheld": words}
    if shown:
        question["prompts"] = curves(pool, settings)
    return {"question": question, "findings": findings}


def cases():
    return [
        case(p.distinct, threshold=3, gold=True, shown=True),
        case(p.ties, threshold=3, gold=True),
        *(case(p.ties, threshold=3, grid=[1, 2, 4], confidence=c) for c in (0.5, 0.8, 0.99)),
        case(p.levels, threshold=3, gold=True, shown=True),
        case(p.unproven, threshold=3, grid=[2, 3]),
        case(p.missing, threshold=3, gold=True, shown=True),
        case(p.binary, threshold=1, grid=[1, 2, 3, 4, 6], shown=True),
        case(p.binary_missing, threshold=1, grid=[1, 2, 3, 5], shown=True),
        case(p.binary_levels, threshold=1, grid=[1, 2, 3, 6]),
        case(p.binary_levels, grid=[2, 3], confidence=0.8),
        case(p.crowd, threshold=3, grid=[1, 2, 4], gold=True),
        *(case(p.crowd, threshold=3, grid=[2, 4], confidence=c) for c in (0.5, 0.8, 0.99)),
        case(p.coarse, grid=[2, 3]),
        case(p.coarse, grid=[2], confidence=0.8),
        case(p.few_long),
        case(p.few_long, grid=[4]),
        case(p.flat, threshold=2),
        case(p.flat_levels, threshold=1, grid=[1, 2, 4]),
        case(p.sizes, threshold=4, shown=True),
        case(p.sizes, grid=[6]),
        case(p.alone, threshold=3, shown=True),
        case(p.partial, gold=True, threshold=2),
        case(p.unknown, gold=True, threshold=2),
        case(p.never, threshold=3, grid=[1, 2, 5]),
        case(p.single, threshold=2.5, grid=[1, 2, 3, 5, 8]),
        case(p.ties, protocol="first-n", gold=True, shown=True),
        case(p.ties, protocol="bootstrap", gold=True, grid=[1, 2, 3, 4]),
        case(p.missing, protocol="first-n"),
        case(p.missing, protocol="bootstrap", grid=[1, 2]),
        case(p.binary, protocol="first-n", grid=[1, 2, 4]),
    ]
