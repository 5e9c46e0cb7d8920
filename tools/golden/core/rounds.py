"""What one prompt's pool says at one n, and what a single selection says."""

from mpmath import harmonic, log, mpf

from core import formulas as f
from core import pools as p
from core.lines import line, textbook


def pool_findings(prompt, reward, n, confidence):
    """Bounds and estimates from all draws of one prompt; error bars by leaving out draws."""
    ranks = prompt.log_ps if reward == "log-likelihood" else prompt.ranks
    drawn, logs, size = prompt.drawn, prompt.log_ps, prompt.size
    draws = f.Draws(drawn, ranks, logs)
    lines = textbook(n)
    lines.append(line(n, "kl", "upper_bound", "theorem", "seen-mass", draws.seen_mass_kl_bound(n)))
    likeliest = []
    if reward == "log-likelihood":
        # paper, Corollary 4.2 and C.1: the best outcome is the mode, and no completion seen is likelier.
        likeliest.append(f.real(f.d(n, max(draws.seen.values()))))
        lines.append(line(n, "kl", "upper_bound", "theorem", "likeliest seen", likeliest[0]))

    def estimate(quantity, role, estimator, needed, value, top):
        at = f.real(value(draws))
        error = f.jackknife(drawn, ranks, logs, needed, value)
        lines.append(
            line(n, quantity, role, "estimate", estimator, at, f.gap_interval(at, error, top, confidence), confidence, size)
        )

    # No estimate of a bound stands above a theorem: cut there, left out where all of its interval lies above.
    proven = min([f.K(n), f.real(draws.seen_mass_kl_bound(n))] + likeliest)
    for name, bound in (("eq. (25)", lambda one: one.kl_bound(n)), ("d*", lambda one: one.sharp_kl_bound(n))):
        at = f.real(bound(draws))
        low, high = f.gap_interval(at, f.jackknife(drawn, ranks, logs, n, bound), f.K(n), confidence)
        if not (at > proven and low >= proven):
            ends = (low, min(high, proven))
            lines.append(line(n, "kl", "upper_bound", "estimate", name, min(at, proven), ends, confidence, size))
    if n < size - 1:
        estimate("win_rate", "value", "pool_win_rate", n + 1, lambda one: one.win_rate(n), mpf(n) / (n + 1))
    return lines


def pool_cases():
    asked = [
        (p.distinct, 0, "r", (1, 2, 4, 5)),
        (p.ties, 0, "r", (1, 2, 3, 5)),
        (p.ties, 1, "r", (2, 4)),
        (p.ties, 2, "r", (2, 4)),
        (p.missing, 0, "r", (1, 2, 4)),
        (p.missing, 2, "r", (1, 2)),
        (p.flat, 0, "r", (2,)),
        (p.single, 0, "r", (1, 2, 3, 6)),
        (p.single, 0, "log-likelihood", (2, 4)),
        (p.ties, 1, "log-likelihood", (2, 5)),
        (p.binary, 0, "r", (2, 3)),
        (p.many, 0, "r", (2, 16)),
    ]
    return [
        {
            "question": {"pool": pool.name, "prompt": i, "reward": reward, "n": n, "confidence": confidence},
            "findings": pool_findings(pool.prompts[i], reward, n, confidence),
        }
        for pool, i, reward, ns in asked
        for n in ns
        for confidence in ((0.95, 0.5, 0.8, 0.99) if pool in (p.ties, p.single) else (0.95,))
    ]


def round_findings(prompt, selection, drawn, considered, confidence, without):
    """Bounds that hold for the one pool in hand; docs/theory.md, sections 4, 6, 7; for a threshold paper, section 6."""
    n, kind = selection.get("n"), selection["kind"]
    alpha = 1 - f.real(confidence)
    if kind in ("best-of-n", "early-stop"):
        logs = [None if i in without else lp for i, lp in enumerate(prompt.log_ps[:drawn])]
        if all(lp is None for lp in logs):
            return textbook_of_round(n)
        pool = f.Draws(outcomes(prompt, drawn, without), prompt.ranks[:drawn], logs, clip=selection.get("threshold"))
        return [*textbook_of_round(n), line(0, "kl", "upper_bound", "theorem", "seen-mass", pool.seen_mass_kl_bound(n))]
    if kind == "soft":
        return textbook_of_round(n)
    if kind == "poisson":
        return [
            line(0, "kl", "upper_bound", "theorem", "poisson", f.poisson_kl(selection["mu"])),
            line(0, "win_rate", "upper_bound", "theorem", "poisson", f.poisson_win_rate(selection["mu"])),
        ]
    # M draws up to the first that passes: P(M <= m) = 1 - (1-z)^m, P(M >= m) = (1-z)^(m-1).
    m = considered
    interval = (mpf(0) if m == 1 else -log(1 - (alpha / 2) ** (mpf(1) / (m - 1))), -log(1 - (1 - alpha / 2) ** (mpf(1) / m)))
    return [
        line(
            0,
            "kl",
            "upper_bound",
            "theorem",
            "geometric",
            -log(1 - (1 - alpha) ** (mpf(1) / m)),
            confidence=confidence,
            samples=m,
        ),
        line(0, "kl", "value", "estimate", "harmonic", harmonic(m - 1), interval, confidence, m),
    ]


def outcomes(prompt, drawn, without):
    """A draw without log-probability has no token ids either: by its text it is another outcome than those that have."""
    return [(o, i in without) for i, o in enumerate(prompt.drawn[:drawn])]


def textbook_of_round(n):
    return [{**one, "n": 0} for one in textbook(n)]


def round_cases():
    asked = []

    def ask(pool, i, drawn, considered, chosen, stopped=False, confidence=0.95, without=(), **selection):
        question = {
            "pool": pool.name,
            "prompt": i,
            "selection": selection,
            "drawn": drawn,
            "considered": considered,
            "chosen": chosen,
            "stopped": stopped,
            "without_log_p": list(without),
            "confidence": confidence,
        }
        asked.append(
            {"question": question, "findings": round_findings(pool.prompts[i], selection, drawn, considered, confidence, without)}
        )

    for pool, i, drawn, chosen in (
        (p.distinct, 0, 6, 5),
        (p.ties, 0, 6, 2),
        (p.ties, 1, 4, 0),
        (p.ties, 2, 6, 2),
        (p.missing, 0, 5, 2),
        (p.missing, 2, 3, 0),
        (p.flat, 0, 4, 0),
        (p.distinct, 0, 1, 0),
    ):
        ask(pool, i, drawn, drawn, chosen, kind="best-of-n", n=drawn)
    ask(p.distinct, 0, 4, 3, 2, stopped=True, kind="early-stop", n=8, threshold=4)
    ask(p.ties, 0, 6, 2, 1, stopped=True, kind="early-stop", n=6, threshold=2)
    ask(p.ties, 0, 6, 6, 2, kind="early-stop", n=6, threshold=9)
    ask(p.ties, 1, 6, 6, 5, stopped=True, kind="early-stop", n=7, threshold=5.5)
    ask(p.missing, 0, 5, 3, 2, stopped=True, kind="early-stop", n=5, threshold=3)
    ask(p.missing, 2, 3, 3, 0, kind="early-stop", n=3, threshold=0)
    ask(p.ties, 0, 6, 6, 2, without=range(6), kind="best-of-n", n=6)
    ask(p.ties, 1, 6, 6, 5, without=(1, 3), kind="best-of-n", n=6)
    ask(p.missing, 0, 5, 3, 2, stopped=True, without=range(5), kind="early-stop", n=5, threshold=3)
    ask(p.ties, 0, 6, 2, 1, stopped=True, without=(0,), kind="early-stop", n=6, threshold=2)
    for confidence in (0.95, 0.5, 0.8, 0.99):
        for drawn, considered in ((1, 1), (4, 2), (5, 5)):
            ask(
                p.distinct,
                0,
                drawn,
                considered,
                considered - 1,
                stopped=True,
                confidence=confidence,
                kind="rewind",
                threshold=0.5,
            )
    ask(p.many, 0, 130, 127, 126, stopped=True, kind="rewind", threshold=3)
    for pool, i, n, temperature in ((p.ties, 0, 5, 0.5), (p.missing, 0, 3, 2), (p.distinct, 0, 1, 1)):
        ask(pool, i, n, n, 0, kind="soft", n=n, temperature=temperature)
    for mu, drawn in ((0.01, 1), (0.75, 2), (3, 6), (60, 5)):
        ask(p.distinct, 0, drawn, drawn, 0, kind="poisson", mu=mu)
    return asked


def blockwise_findings(n, block, most, tokens, confidence):
    """paper, Theorem B.1, and docs/theory.md, Theorem 12. `tokens`: of each chosen block the log-probabilities of its tokens."""
    alpha, top = 1 - f.real(confidence), -(-most // block) * f.K(n)

    def from_one(estimator, value):
        share = [min(mpf(1), value / top) if top else mpf(0)]
        interval = (top * f.betting_lower(share, alpha / 2), top * f.betting_upper(share, alpha / 2))
        return line(0, "kl", "upper_bound", "estimate", estimator, value, interval, confidence, 1)

    length = sum(len(one) for one in tokens)
    return [
        line(0, "kl", "upper_bound", "theorem", "most blocks", top),
        from_one("lengths", -(-length // block) * f.K(n)),
        from_one("blocks", sum((f.d_star(n, f.exp(sum(mpf(t) for t in one))) for one in tokens), mpf(0))),
    ]


def blockwise_cases():
    asked = [
        (4, 2, 6, [[-0.5, -0.25], [-1.5, -0.125], [-2]]),
        (2, 3, 12, [[-0.01, -0.02, -0.5], [-0.25]]),
        (8, 16, 64, [[-12.5] * 16, [-11.25] * 16, [-9, -8.5, -0.5]]),
        (3, 5, 5, [[-0.5, -0.5]]),
        (1, 2, 4, [[-0.5, -1], [-2]]),
        (16, 4, 9, [[-0.125] * 4, [-0.25] * 4, [-3]]),
    ]
    return [
        {
            "question": {"n": n, "block": block, "most": most, "tokens": tokens, "confidence": confidence},
            "findings": blockwise_findings(n, block, most, tokens, confidence),
        }
        for confidence in (0.95, 0.5, 0.99)
        for n, block, most, tokens in asked
    ]
