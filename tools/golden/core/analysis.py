"""What an analysis of recorded samples says, prompt by prompt and n by n."""

from fractions import Fraction

from mpmath import inf, log, mpf

from core import formulas as f
from core import pools as p
from core.lines import line, textbook

BETTING = "betting: "


class View:
    """One scored prompt with what the settings ask."""

    def __init__(self, prompt, threshold, gold):
        self.p = prompt
        self.size = prompt.size
        self.plain = f.Draws(prompt.drawn, prompt.ranks, prompt.log_ps)
        self.bare = f.Draws(range(prompt.size), prompt.ranks, [None] * prompt.size)  # levels alone
        self.threshold = threshold
        if threshold is not None:
            self.clipped = f.Draws(prompt.drawn, prompt.ranks, prompt.log_ps, clip=threshold)
            self.clipped_bare = f.Draws(range(prompt.size), prompt.ranks, [None] * prompt.size, clip=threshold)
            passing = sum(r is not None and r >= threshold for r in prompt.ranks)
            self.pass_rate = Fraction(passing, prompt.size)
        self.gold = prompt.golds if gold and None not in prompt.golds else None
        self.tokens = None if None in prompt.tokens else prompt.tokens
        self.seconds = None if None in prompt.seconds else prompt.seconds

    def of_protocol(self, n, protocol, values=None):
        """The mean reward of what a protocol returns, or of another value of it."""
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
        range_=unit,
        proof="lower_bound",
        rests="independence",
        spare=1,
    )
    logs, levels = dict(range_=drift, rests="log_p"), dict(range_=drift, rests="independence", fallback=True)
    add("kl", "seen-mass", cut(lambda v, n: v.plain.seen_mass_kl_bound(n)), role="upper_bound", proof="certain", **logs)
    add("kl", "pool_kl_upper", cut(lambda v, n: v.plain.kl_upper(n)), role="upper_bound", proof="upper_bound", **logs)
    add("kl", "eq. (25)", cut(lambda v, n: v.plain.kl_bound(n)), role="upper_bound", **logs)
    add("kl", "d*", cut(lambda v, n: v.plain.sharp_kl_bound(n)), role="upper_bound", **logs)
    add("kl", "pool_kl", cut(lambda v, n: v.plain.kl(n)), **logs)
    add("kl", "pool_kl, levels", cut(lambda v, n: v.bare.kl(n)), **levels)
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
        add("early_stop_kl", "clipped pool_kl", cut(lambda v, n: v.clipped.kl(n)), **logs)
        add("early_stop_kl", "clipped pool_kl, levels", cut(lambda v, n: v.clipped_bare.kl(n)), **levels)
        add(
            "early_stop_win_rate",
            "pool_win_rate",
            lambda v, n: f.early_stop_of_pool(v.p.ranks, threshold, n)[1],
            range_=unit,
            proof="lower_bound",
            rests="independence",
            spare=1,
        )
        add("early_stop_draws", "subsets", lambda v, n: f.early_stop_of_pool(v.p.ranks, threshold, n)[0], range_=positive)
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


def analysis(pool, settings, confidence):
    """The findings and what is withheld."""
    threshold = settings.get("threshold")
    views = [View(one, threshold, settings.get("gold")) for one in f.by_key(pool.prompts) if any(r is not None for r in one.ranks)]
    independent = any(one.size > 1 for one in pool.prompts)
    usable = pool.logs == "all"
    binary = all(r in (0, 1) for v in views for r in v.p.ranks)
    lines, withheld = [], set()

    def tell(measure, n, asked):
        quantity, estimator, role, range_, proof, rests, spare, fallback, value = measure
        if fallback and usable:
            return
        if rests != "nothing" and not independent or rests == "log_p" and not usable:
            withheld.add((quantity, estimator, None))
            return
        asked = [v for v in asked if v.size >= n + spare]
        values = [value(v, n) for v in asked]
        if None in values:
            at = n if quantity in ("reward", "pass_at_k") else None
            withheld.add((quantity, estimator, at))
            return
        if not values:
            return
        low, high = range_(n)
        about = dict(samples=sum(v.size for v in asked), prompts=len(asked))
        if proof == "certain":
            lines.append(line(n, quantity, role, "theorem", estimator, f.mean(values), **about))
            return
        lines.append(
            line(
                n,
                quantity,
                role,
                "estimate",
                estimator,
                f.mean(values),
                f.t_interval(values, confidence, low, high),
                confidence,
                **about,
            )
        )
        if proof and high > 0:
            bound = f.betting_within(values, 1 - f.real(confidence), low, high, proof)
            lines.append(line(n, quantity, proof, "theorem", BETTING + estimator, bound, confidence=confidence, **about))

    for n in grid(settings, views):
        asked = [v for v in views if v.size >= n]
        if independent:
            lines.extend(textbook(n))
        for measure in measures(settings, binary):
            tell(measure, n, asked)
        if independent and not usable and settings.get("protocol", "subsets") == "subsets":
            lines.extend(level_proof(n, [v for v in asked if v.size > n], confidence))
    if threshold is not None:
        for measure in rewind_measures():
            tell(measure, 0, views)
    return lines, sorted(withheld, key=str)


def curves(pool, settings):
    """Each scored prompt's own numbers: those that are the quantity itself, or certain for the one prompt; and its best draw."""
    threshold = settings.get("threshold")
    views = [View(one, threshold, settings.get("gold")) for one in pool.prompts if any(r is not None for r in one.ranks)]
    independent, usable = any(one.size > 1 for one in pool.prompts), pool.logs == "all"
    binary = all(r in (0, 1) for v in views for r in v.p.ranks)
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
                if at is not None:
                    lines.append(line(n, quantity, role, "theorem" if proof == "certain" else "estimate", estimator, at))
        prompts.append({"key": v.p.key, "draws": v.size, "best": [v.p.ranks[best], v.p.drawn[best]], "lines": lines})
    return prompts


def level_proof(n, views, confidence):
    """beyond 4.4 and docs/theory.md, Theorem 5: what equal rewards prove without a log-probability, where it is news."""
    if n < 2 or not views:
        return []
    a, top, alpha = mpf(float(0.001)), f.K(n), 1 - f.real(confidence)
    about = dict(confidence=confidence, samples=sum(v.size for v in views), prompts=len(views))
    lines = []
    certificates = [v.bare.level_certificate(n, a) for v in views]
    for v, certificate in zip(views, certificates):
        assert v.size > 8 or certificate >= v.bare.level_certificate_of_each_batch(n, a)
    upper = f.betting_within(certificates, alpha, 0, top * (1 + 2 * a), "upper_bound")
    if upper < top:
        lines.append(line(n, "kl", "upper_bound", "theorem", BETTING + "levels met", upper, **about))
    floors = [top - f.gap_from_collisions(n, v.bare.collisions()) for v in views]
    lower = f.betting_within(floors, alpha, top - f.gap_from_collisions(n, 1), top, "lower_bound")
    if lower > 0:
        lines.append(line(n, "kl", "lower_bound", "theorem", BETTING + "levels missed", lower, **about))
    return lines


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
