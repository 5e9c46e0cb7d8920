"""What recorded samples answer to targets, what theory alone answers, and methods side by side."""

from fractions import Fraction
from itertools import combinations_with_replacement
from math import ceil, factorial

from mpmath import exp, inf, lambertw, log, mpf

from core import formulas as f
from core import intervals
from core import pools as p
from core.lines import line, number

SPARE = 1.1  # the cap of early stop is a tenth above the n of best-of-n at the same win rate: house choice, docs/planning.md
CLOSE = mpf("1.05")
NOTHING = mpf("0.002")


# ---- from recorded samples: beyond 8, docs/planning.md


class Rung:
    """One setting with the number that each prompt gives, in the order of betting."""

    def __init__(self, setting):
        self.setting = setting
        self.samples = 0
        self.win_rates, self.kls, self.rewards, self.draws, self.pass_rates = [], [], [], [], []


def rungs_of_best_of_n(prompts):
    rungs = []
    for n in range(1, min(one.size for one in prompts)):
        rung = Rung({"method": "best-of-n", "n": n})
        for one in prompts:
            draws = f.Draws(one.drawn, one.ranks, one.log_ps)
            reward = draws.reward(n)
            add(rung, draws.win_rate(n), draws.kl_upper(n), -inf if reward is None else reward, n, 0, one.size)
        rungs.append(rung)
    return rungs


def rungs_of_early_stop(prompts):
    """A threshold from the first half of a prompt's draws, judged by the other half."""
    rungs = []
    if any(one.size < 4 for one in prompts):
        return rungs
    for cap in range(2, min(one.size - one.size // 2 for one in prompts)):
        n = max(mpf(1), mpf(cap / SPARE))
        z = f.early_stop_pass_rate(cap, n / (n + 1))
        rung = Rung({"method": "early-stop", "n": cap, "pass_rate": number(z)})
        for one in prompts:
            half = one.size // 2
            threshold = f.threshold([-inf if r is None else r for r in one.ranks[:half]], z)
            ranks = one.ranks[half:]
            draws = f.Draws(one.drawn[half:], ranks, one.log_ps[half:], clip=threshold)
            made, wins = f.early_stop_of_pool(ranks, threshold, cap)
            reward = -inf if None in ranks else draws.value(cap, ranks)
            passing = sum(r is not None and r >= threshold for r in ranks)
            add(rung, wins, draws.kl_upper(cap), reward, made, Fraction(passing, len(ranks)), len(ranks))
        rungs.append(rung)
    return rungs


def add(rung, win_rate, kl, reward, draws, pass_rate, samples):
    rung.win_rates.append(win_rate)
    rung.kls.append(kl)
    rung.rewards.append(reward)
    rung.draws.append(draws)
    rung.pass_rates.append(pass_rate)
    rung.samples += samples


class Certificate:
    """One-sided bounds, each of which may fail with chance alpha."""

    def __init__(self, alpha, drift, reward_range, confidence):
        self.alpha, self.drift, self.range, self.confidence = alpha, drift, reward_range, confidence

    def proven(self, rung, quantity, role, value):
        return line(
            0,
            quantity,
            role,
            "theorem",
            "betting, fixed-sequence",
            value,
            confidence=1 - self.alpha,
            samples=rung.samples,
            prompts=len(rung.kls),
        )

    def win_rate(self, rung):
        """Of n + 1 draws the best is n/(n+1) of the time not the opponent, or it is tied: between 1/2 and n/(n+1)."""
        n = rung.setting["n"]
        if n == 1:
            return line(0, "win_rate", "value", "exact", "the method itself", mpf(1) / 2)
        low, high = mpf(1) / 2, mpf(n) / (n + 1)
        return self.proven(rung, "win_rate", "lower_bound", f.betting_within(rung.win_rates, self.alpha, low, high, "lower_bound"))

    def kl_on_every_policy(self, rung):
        return line(0, "kl", "upper_bound", "theorem", "textbook", f.K(rung.setting["n"]))

    def kl(self, rung):
        top = f.K(rung.setting["n"])
        if not self.drift or top == 0:
            return self.kl_on_every_policy(rung)
        return self.proven(rung, "kl", "upper_bound", f.betting_within(rung.kls, self.alpha, 0, top, "upper_bound"))

    def draws(self, rung):
        n = rung.setting["n"]
        if rung.setting["method"] == "best-of-n":
            return line(0, "draws", "value", "exact", "the method itself", n)
        return self.proven(rung, "draws", "upper_bound", f.betting_within(rung.draws, self.alpha, 1, n, "upper_bound"))

    def reward(self, rung):
        if self.range is None:
            lower = -inf if -inf in rung.rewards else f.t_lower(rung.rewards, self.alpha)
            return line(
                0,
                "reward",
                "lower_bound",
                "estimate",
                "t, lower end",
                lower,
                confidence=1 - self.alpha,
                samples=rung.samples,
                prompts=len(rung.kls),
            )
        low, high = self.range
        lower = low if -inf in rung.rewards else f.betting_within(rung.rewards, self.alpha, low, high, "lower_bound")
        return self.proven(rung, "reward", "lower_bound", lower)


def estimates(rung, certificate):
    """Means over prompts, each with the interval that suits its range."""
    early = rung.setting["method"] == "early-stop"
    estimator = "pilot, second half" if early else "pilot"

    def of(quantity, role, values, low, high):
        return intervals.mean_line(0, quantity, role, estimator, values, certificate.confidence, rung.samples, low, high)

    n = rung.setting["n"]
    lines = [of("win_rate", "value", rung.win_rates, Fraction(1, 2), Fraction(n, n + 1))]
    if certificate.drift:
        lines.append(of("kl", "upper_bound", rung.kls, 0, f.K(n)))
    if -inf not in rung.rewards:
        lines.append(of("reward", "value", rung.rewards, *(certificate.range or (-inf, inf))))
    if early:
        lines += [of("draws", "value", rung.draws, 1, n), of("pass_rate", "value", rung.pass_rates, 0, 1)]
    return lines


def fixed_sequence(rungs, passes):
    """Tests from the first on and stops at the first failure; how many passed."""
    passed = 0
    while passed < len(rungs) and passes(rungs[passed]):
        passed += 1
    return passed


def value(finding):
    return mpf(finding["value"])


def shares(rungs, targets, methods, alpha):
    """What draws must prove shares the chance of failing; what holds for every policy, or by design, takes none."""
    tests = (targets.get("win_rate", 0) > 0.5) + ("reward" in targets)
    tests += any(f.K(r.setting["n"]) > targets.get("kl", inf) for r in rungs)
    tests += any(r.setting["method"] == "early-stop" and r.setting["n"] > targets.get("draws", inf) for r in rungs)
    return alpha / (max(1, tests) * len(methods))


def option(method, rungs, targets, certificate):
    answer = {"method": method, "unmet": ["too few draws"], "saturated": None, "findings": []}
    if not rungs:
        return answer
    least, largest, size = {}, len(rungs) - 1, len(rungs)
    roof = {name: targets[name] * (1 + mpf("1e-12")) for name in ("kl", "draws") if name in targets}

    def reaches(bound, wanted):
        return lambda r: bound(r)["evidence"] != "estimate" and value(bound(r)) >= wanted

    for name, bound in (("win_rate", certificate.win_rate), ("reward", certificate.reward)):
        if name in targets:  # from the dearest down
            least[name] = size - fixed_sequence(rungs[::-1], reaches(bound, targets[name]))
    if "kl" in targets:  # from the cheapest up
        keeps = lambda r: f.K(r.setting["n"]) <= roof["kl"] or value(certificate.kl(r)) <= roof["kl"]
        largest = min(largest, fixed_sequence(rungs, keeps) - 1)
    if "draws" in targets:
        keeps = lambda r: r.setting["n"] <= roof["draws"] or value(certificate.draws(r)) <= roof["draws"]
        largest = min(largest, fixed_sequence(rungs, keeps) - 1)
    need = max(least.values(), default=0)
    met = need <= largest and need < size and largest >= 0
    at = min(max(need if least else largest, 0), size - 1)
    rung = rungs[at]
    if met:
        lines = []
        if "win_rate" in targets:
            lines.append(certificate.win_rate(rung))
        if "reward" in targets:
            lines.append(certificate.reward(rung))
        certain = "kl" not in targets or f.K(rung.setting["n"]) <= roof["kl"]
        lines.append(certificate.kl_on_every_policy(rung) if certain else certificate.kl(rung))
        if "draws" in targets or method == "best-of-n":
            lines.append(certificate.draws(rung))
        answer["findings"] = lines + [e for e in estimates(rung, certificate) if all(agrees(e, proven) for proven in lines)]
        answer["setting"] = rung.setting
        answer["unmet"] = []
    else:
        top = rungs[-1]
        answer["unmet"] = [
            f"{name}: {what_helps(name, top, values, targets[name], certificate)}"
            for name, values in (("win_rate", top.win_rates), ("reward", top.rewards))
            if least.get(name) == size
        ] + (["ceilings"] if largest < 0 else [])
        answer["unmet"] = answer["unmet"] or [
            f"floors need {rungs[min(need, size - 1)].setting['n']}, ceilings allow {rungs[largest].setting['n']}"
        ]
    answer["cheaper"] = (
        {"setting": rungs[at - 1].setting, "findings": estimates(rungs[at - 1], certificate)} if at > 0 else None
    )
    answer["dearer"] = (
        {"setting": rungs[at + 1].setting, "findings": estimates(rungs[at + 1], certificate)} if at < size - 1 and "ceilings" not in answer["unmet"] else None
    )
    gain = f.real(f.mean(rungs[-1].win_rates) - f.mean(rung.win_rates))
    if at < size - 1 and gain <= NOTHING:
        answer["saturated"] = "not" if gain <= 0 else "hardly"
    return answer


def agrees(estimate, proven):
    """No estimate stands against a theorem beside it."""
    if estimate["quantity"] != proven["quantity"] or proven["role"] == "value":
        return True
    below = value(estimate) <= value(proven)
    return below if proven["role"] == "upper_bound" else value(estimate) >= value(proven)


def what_helps(name, rung, values, wanted, certificate):
    if -inf in values:
        return "scores"
    n = rung.setting["n"]
    if name == "reward" and certificate.range is None:
        return "stated range"
    low, high = (mpf(1) / 2, mpf(n) / (n + 1)) if name == "win_rate" else map(f.real, certificate.range)
    if f.mean(values) < wanted or high == low:
        return "above what was seen"
    if len(values) == 1:
        return "other prompts"
    for times in (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64):
        if f.betting_within(list(values) * times, certificate.alpha, low, high, "lower_bound") >= wanted:
            return f"{(times - 1) * len(values)} more prompts"
    return "many more prompts"


def choice(options, targets):
    """With a floor the one that draws least, else the one that does so among those that miss hardly more wins."""

    def draws(one):  # as estimated, else as bounded
        found = [d for d in one["findings"] if d["quantity"] == "draws"]
        return value(min(found, key=lambda d: d["role"] != "value"))

    def missed(one):
        return 1 - value(next(d for d in one["findings"] if d["quantity"] == "win_rate" and d["role"] == "value"))

    met = [one for one in options if not one["unmet"]]
    if "win_rate" not in targets and "reward" not in targets and met:
        least = min(missed(one) for one in met)
        met = [one for one in met if missed(one) <= CLOSE * least]
    return min(met, key=draws)["method"] if met else None


def pilot_case(pool, targets, methods=("best-of-n", "early-stop"), confidence=0.95, reward_range=None):
    prompts = [one for one in f.by_key(pool.prompts) if any(r is not None for r in one.ranks)]
    if all(r in (0, 1, None) for one in prompts for r in one.ranks):
        raise ValueError("rewards of 0 and 1 have plans of their own: " + pool.name)
    options = []
    for m, rungs_of in (("best-of-n", rungs_of_best_of_n), ("early-stop", rungs_of_early_stop)):
        if m in methods:
            rungs = rungs_of(prompts)
            alpha = shares(rungs, targets, methods, 1 - f.real(confidence))
            options.append(option(m, rungs, targets, Certificate(alpha, pool.logs == "all", reward_range, confidence)))
    lengths = [(f.mean([Fraction(t) for t in one.tokens]), one.size) for one in prompts if None not in one.tokens]
    tokens = intervals.mean_line(
        0, "tokens_per_draw", "value", "pilot", [m for m, _ in lengths], confidence, sum(s for _, s in lengths), 0
    )
    question = {
        "pool": pool.name,
        "targets": targets,
        "methods": list(methods),
        "confidence": confidence,
        "reward_range": reward_range,
    }
    findings = [
        {"part": f"{one['method']}, {part}", **finding}
        for one in options
        for part, found in (
            ("certified", one["findings"]),
            ("cheaper", (one.get("cheaper") or {}).get("findings", [])),
            ("dearer", (one.get("dearer") or {}).get("findings", [])),
        )
        for finding in found
    ]
    settings = {
        f"{one['method']}, {part}": setting
        for one in options
        for part, setting in (
            ("certified", one.get("setting")),
            ("cheaper", (one.get("cheaper") or {}).get("setting")),
            ("dearer", (one.get("dearer") or {}).get("setting")),
        )
        if setting
    }
    question["answer"] = {
        "choice": choice(options, targets),
        "settings": settings,
        "unmet": {one["method"]: one["unmet"] for one in options},
        "saturated": {one["method"]: one["saturated"] for one in options if one["saturated"]},
    }
    return {"question": question, "findings": [{"part": "tokens", **tokens}] + findings}


def pilot_cases():
    return [
        pilot_case(p.pilot, {"win_rate": 0.55}),
        pilot_case(p.pilot, {"win_rate": 0.6}, confidence=0.8),
        pilot_case(p.pilot, {"win_rate": 0.55, "kl": 0.62}, confidence=0.9),
        pilot_case(p.pilot, {"win_rate": 0.55, "kl": 0.62, "draws": 3.5}, confidence=0.7),
        pilot_case(p.pilot, {"kl": 0.622}, ("best-of-n",)),
        pilot_case(p.pilot, {"kl": 0.592}, ("early-stop",), confidence=0.6),
        pilot_case(p.pilot, {"kl": 0.55}),
        pilot_case(p.pilot, {"draws": 3}),
        pilot_case(p.pilot, {"draws": 2.2}, ("early-stop",), confidence=0.6),
        pilot_case(p.pilot, {"kl": 0.7, "draws": 2.1}, confidence=0.7),
        pilot_case(p.pilot, {"reward": 2.25}),
        pilot_case(p.pilot, {"reward": 2.25}, confidence=0.6),
        pilot_case(p.pilot, {"reward": 2}, reward_range=[-1, 6]),
        pilot_case(p.pilot, {"reward": 1.5, "win_rate": 0.52}, confidence=0.9, reward_range=[-1, 6]),
        pilot_case(p.pilot, {"win_rate": 0.97}),
        pilot_case(p.pilot, {"win_rate": 0.7, "kl": 0.2}, ("best-of-n",), confidence=0.8),
        pilot_case(p.pilot, {"kl": 0.01, "draws": 1}),
        pilot_case(p.pilot_levels, {"win_rate": 0.55, "kl": 0.9}),
        pilot_case(p.sizes, {"kl": 0.5}),
        pilot_case(p.single, {"win_rate": 0.5}),
        pilot_case(p.single, {"reward": -100}, ("best-of-n",)),
        pilot_case(p.never, {"reward": -50, "win_rate": 0.95}, ("best-of-n",)),
        pilot_case(p.never, {"reward": -50}, ("best-of-n",)),
        pilot_case(p.pilot, {"reward": 9, "kl": 0.001, "win_rate": 0.99}, ("early-stop",), reward_range=[-1, 10]),
        pilot_case(p.uneven, {"reward": -0.3}, ("best-of-n",), confidence=0.9),
    ]


# ---- from theory alone: beyond 8 and 7


def setting_numbers(setting):
    """Win rate, drift and mean draws for continuous rewards; paper, eq. (4), (32), Lemma 6.2; docs/theory.md, section 7."""
    kind = setting["method"]
    if kind == "best-of-n":
        n = setting["n"]
        return mpf(n) / (n + 1), f.K(n), mpf(n)
    if kind == "early-stop":
        n, z = setting["n"], mpf(setting["pass_rate"])
        return f.early_stop_win_rate(n, z), f.d(n, z), f.early_stop_draws(n, z)
    if kind == "rewind-and-repeat":
        z = mpf(setting["pass_rate"])
        return 1 - z / 2, -log(z), 1 / z
    mu = mpf(setting["mu"])
    return f.poisson_win_rate(mu), f.poisson_kl(mu), 1 + mu


SOURCES = {
    "best-of-n": "Theorems 3.1 and 5.3",
    "early-stop": "clipped reward",
    "rewind-and-repeat": "Lemma 6.2",
    "best-of-poisson": "poisson",
}


def setting_findings(setting):
    win_rate, kl, draws = setting_numbers(setting)
    source = SOURCES[setting["method"]]
    return [
        line(0, "win_rate", "value", "exact", source, win_rate),
        line(0, "kl", "upper_bound", "theorem", source, kl),
        line(0, "draws", "value", "exact", source, draws),
    ]


def n_for_kl(kl):
    """The n > 1 with K_n = kl: log n = s with s + exp(-s) - 1 = kl. beyond 8."""
    return 1 if kl == 0 else f.real(-1 / lambertw(-exp(-1 - mpf(kl)), 0)).real


def rising_root(function, target, low, high):
    low, high = mpf(low), mpf(high)
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) <= target else (low, middle)
    return low


def reaching(method, w, targets, fewest=False):
    """The least setting that wins so often; early stop turns its cap where ceilings or the fewest draws ask (docs/planning.md)."""
    w = mpf(w)
    n = w / (1 - w)
    if method == "best-of-n":
        return {"method": method, "n": int(-(-n * (1 - mpf("1e-12")) // 1))}
    if method == "rewind-and-repeat":
        return {"method": method, "pass_rate": number(2 * (1 - w))}
    if method == "best-of-poisson":
        return {"method": method, "mu": number(exp(rising_root(lambda t: f.poisson_win_rate(exp(t)), w, -8, 8)))}
    least = max(2, int(-(-n * (1 - mpf("1e-12")) // 1)))
    usual = max(2, int(-(-SPARE * n * (1 - mpf("1e-12")) // 1)))

    def at(cap):
        return {"method": method, "n": cap, "pass_rate": number(f.early_stop_pass_rate(cap, min(w, mpf(cap) / (cap + 1))))}

    if fewest:  # draws fall and drift rises along the caps
        cap, above = least, 64 * least + 1
        while above - cap > 1:
            middle = (cap + above) // 2
            drifts = setting_numbers(at(middle))[1] > targets.get("kl", inf) * (1 + mpf("1e-12"))
            cap, above = (cap, middle) if drifts else (middle, above)
        return at(cap if keeps(at(cap), targets) else usual)
    good = (
        [cap for cap in range(least, min(64 * least, 400) + 1) if keeps(at(cap), targets)]
        if "kl" in targets or "draws" in targets
        else []
    )
    return at(min(good, key=lambda cap: abs(cap - usual)) if good else usual)


def keeps(setting, targets):
    _, kl, draws = setting_numbers(setting)
    return kl <= targets.get("kl", inf) * (1 + mpf("1e-12")) and draws <= targets.get("draws", inf) * (1 + mpf("1e-12"))


def within(method, targets):
    """The largest setting that keeps to the ceilings."""
    kl, draws = targets.get("kl"), targets.get("draws")
    if method == "best-of-n":
        by = ([n_for_kl(kl)] if kl is not None else []) + ([draws] if draws is not None else [])
        return {"method": method, "n": int(min(by) * (1 + mpf("1e-12")))}
    if method == "rewind-and-repeat":
        return {
            "method": method,
            "pass_rate": number(max(exp(-mpf(kl)) if kl is not None else 0, 1 / mpf(draws) if draws else 0)),
        }
    if method == "early-stop":
        # The largest win rate that some setting within the ceilings has; under one ceiling alone the cap stays the usual one.
        knobs = targets if kl is not None and draws is not None else {}
        if not keeps(reaching(method, mpf(1) / 2, knobs), targets):
            return {"method": method, "n": 1, "pass_rate": "0.0"}
        low, high = mpf(1) / 2, 1 - mpf("1e-9")
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (middle, high) if keeps(reaching(method, middle, knobs), targets) else (low, middle)
        return reaching(method, low, knobs)
    by_kl = exp(rising_root(lambda t: f.poisson_kl(exp(t)), kl, -8, 8)) if kl is not None else inf
    return {"method": method, "mu": number(min(by_kl, mpf(draws) - 1 if draws is not None else inf))}


def theory_case(targets, methods):
    fewest = True
    if "win_rate" in targets and "rewind-and-repeat" in methods:
        fewest = not keeps(reaching("rewind-and-repeat", targets["win_rate"], targets), targets)
    options = [reaching(m, targets["win_rate"], targets, fewest) if "win_rate" in targets else within(m, targets) for m in methods]
    numbers = [setting_numbers(s) for s in options]
    missed = []
    for w, kl, draws in numbers:
        one = ["win_rate"] if w < targets.get("win_rate", 0) * (1 - mpf("1e-12")) else []
        one += ["kl"] if kl > targets.get("kl", inf) * (1 + mpf("1e-12")) else []
        missed.append(one + (["draws"] if draws > targets.get("draws", inf) * (1 + mpf("1e-12")) else []))
    price = [0 if "win_rate" in targets else 1 - w for w, kl, _ in numbers]
    met = [i for i in range(len(options)) if not missed[i]]
    near = [i for i in met if price[i] <= CLOSE * min(price[j] for j in met)]
    chosen = min(near, key=lambda i: (numbers[i][2], numbers[i][1])) if near else None
    kl = numbers[chosen if chosen is not None else 0][1]
    impossible = "win_rate" in targets and "kl" in targets and f.optimal_kl(mpf(targets["win_rate"])) > targets["kl"]
    frontier = [[number(x) for x in frontier_point(mpf(k) * kl)] for k in (0.5, 0.75, 1, 1.5, 2)] if kl else []
    question = {
        "targets": targets,
        "methods": list(methods),
        "confidence": 0.95,
        "answer": {
            "settings": options,
            "missed": missed,
            "choice": options[chosen]["method"] if chosen is not None else None,
            "impossible": bool(impossible),
            "frontier": frontier,
        },
    }
    return {"question": question, "findings": [{"part": s["method"], **one} for s in options for one in setting_findings(s)]}


def frontier_point(kl):
    """docs/theory.md, Theorem 11, beside what methods reach at that drift; n and the others are real numbers here."""
    n = n_for_kl(kl)
    mu = exp(rising_root(lambda t: f.poisson_kl(exp(t)), kl, -8, 8))
    return kl, f.optimal_win_rate(kl), n / (n + 1), f.poisson_win_rate(mu), 1 - exp(-kl) / 2


def theory_cases():
    every = ("best-of-n", "early-stop", "rewind-and-repeat", "best-of-poisson")
    early = ("early-stop",)
    return [
        theory_case({"win_rate": 0.9}, every),
        theory_case({"win_rate": 0.8}, every),
        theory_case({"win_rate": 10 / 11}, ("best-of-n", "early-stop")),
        theory_case({"win_rate": 0.75, "kl": 0.9}, every),
        theory_case({"win_rate": 0.9, "kl": 1.45, "draws": 5.4}, every),
        theory_case({"win_rate": 0.9, "kl": 1.0}, every),
        theory_case({"win_rate": 0.85, "draws": 4}, every),
        theory_case({"kl": 1.5}, every),
        theory_case({"kl": 0.4}, every),
        theory_case({"draws": 8}, every),
        theory_case({"kl": 1.2, "draws": 3}, ("best-of-n", "rewind-and-repeat", "best-of-poisson")),
        theory_case({"kl": 0.9, "draws": 2.7}, early),
        theory_case({"kl": 0.001}, early),
    ]


# ---- methods side by side: recorded samples as an outcome table, all of one weight


class Table:
    def __init__(self, rewards):
        self.rewards = [Fraction(r) for r in rewards]
        self.size = len(rewards)
        self.levels = sorted(set(self.rewards))
        self.mass = {l: Fraction(self.rewards.count(l), self.size) for l in self.levels}
        self.upto = {l: Fraction(sum(r <= l for r in self.rewards), self.size) for l in self.levels}

    def threshold(self, passing):
        return sorted(self.rewards, reverse=True)[passing - 1]

    def numbers(self, law):
        """Win rate, mean reward and drift of a law over outcomes. paper, eq. (30), (31)."""
        calibrated = [self.upto[r] - self.mass[r] / 2 for r in self.rewards]
        win_rate = sum((q * c if isinstance(q, Fraction) else q * f.real(c)) for q, c in zip(law, calibrated))
        reward = sum((q * r if isinstance(q, Fraction) else q * f.real(r)) for q, r in zip(law, self.rewards))
        kl = sum((f.real(q) * log(f.real(q) * self.size) for q in law if q > 0), mpf(0))
        return win_rate, reward, kl

    def spread(self, of_level):
        """Of equals the first drawn is returned: each outcome of a level as often as the others."""
        return [
            (
                of_level(r) * Fraction(1, self.size) / self.mass[r]
                if isinstance(of_level(r), Fraction)
                else of_level(r) / f.real(self.mass[r] * self.size)
            )
            for r in self.rewards
        ]

    def best_of(self, n):
        """paper, Lemma 2.3, on levels."""
        return self.spread(lambda l: self.upto[l] ** n - (self.upto[l] - self.mass[l]) ** n)

    def early_stop(self, cap, passing):
        """Best-of-n of the clipped reward; draws: the chance that the first k all fail, summed."""
        threshold = self.threshold(passing)
        z = Fraction(sum(r >= threshold for r in self.rewards), self.size)
        q = (1 - z) ** cap
        below = self.spread(lambda l: self.upto[l] ** cap - (self.upto[l] - self.mass[l]) ** cap)
        law = [(1 - q) / z / self.size if r >= threshold else b for r, b in zip(self.rewards, below)]
        return law, sum((1 - z) ** k for k in range(cap))

    def rewind(self, passing):
        threshold = self.threshold(passing)
        z = Fraction(sum(r >= threshold for r in self.rewards), self.size)
        return [1 / z / self.size if r >= threshold else Fraction(0) for r in self.rewards], 1 / z

    def poisson(self, mu):
        def g(u):
            return u * exp(mu * (u - 1))

        return self.spread(lambda l: g(f.real(self.upto[l])) - g(f.real(self.upto[l] - self.mass[l])))

    def soft(self, n, temperature):
        """Every multiset of n draws."""
        weight = [exp(f.real(r - max(self.rewards)) / temperature) for r in self.rewards]
        law = [mpf(0)] * self.size
        for picked in combinations_with_replacement(range(self.size), n):
            ways = factorial(n)
            for i in set(picked):
                ways //= factorial(picked.count(i))
            total = sum(weight[i] for i in picked)
            for i in picked:
                law[i] += ways * weight[i] / total
        return [w / mpf(self.size) ** n for w in law]


def side_by_side_case(pool, n, confidence=0.95):
    tables = [Table(one.ranks) for one in f.by_key(pool.prompts)]
    size = tables[0].size
    best = [t.numbers(t.best_of(n)) for t in tables]
    wanted = f.mean([b[0] for b in best])

    def row(method, numbers, draws, tolerance=None):
        lines = []
        for quantity, i, low, high in (("win_rate", 0, 0, 1), ("reward", 1, -inf, inf), ("kl", 2, 0, inf)):
            values = [one[i] for one in numbers]
            lines.append(
                intervals.mean_line(
                    0, quantity, "value", "outcome table", values, confidence, sum(t.size for t in tables), low, high
                )
            )
        lines.append(
            intervals.mean_line(0, "draws", "value", "outcome table", draws, confidence, sum(t.size for t in tables), 0)
        )
        return [{"part": method, **one, **({"tolerance": tolerance} if tolerance else {})} for one in lines]

    findings = row("best-of-n", best, [mpf(n)] * len(tables))
    cap = max(n + 1, ceil(SPARE * n))
    # The weakest threshold that still wins as often: the more draws pass, the weaker.
    passing = max(c for c in range(1, size + 1) if f.mean([t.numbers(t.early_stop(cap, c)[0])[0] for t in tables]) >= wanted)
    laws = [t.early_stop(cap, passing) for t in tables]
    findings += row("early-stop", [t.numbers(l) for t, (l, _) in zip(tables, laws)], [made for _, made in laws])
    passing = max(c for c in range(1, size + 1) if f.mean([t.numbers(t.rewind(c)[0])[0] for t in tables]) >= wanted)
    laws = [t.rewind(passing) for t in tables]
    findings += row("rewind-and-repeat", [t.numbers(l) for t, (l, _) in zip(tables, laws)], [made for _, made in laws])

    def tuned(function, low, high):  # of logarithms; wins rise from low to high
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if function(middle) < f.real(wanted) else (low, middle)
        return exp(high)

    mu = tuned(lambda t: f.mean([x.numbers(x.poisson(exp(t)))[0] for x in tables]), mpf(-7), log(mpf(100 * n)))
    findings += row("best-of-poisson", [t.numbers(t.poisson(mu)) for t in tables], [1 + mu] * len(tables), 3e-5)
    spread = max(f.real(max(t.rewards) - min(t.rewards)) for t in tables)
    if spread == 0:
        findings += row("soft best-of-n", [t.numbers(t.best_of(1)) for t in tables], [mpf(1)] * len(tables))
    else:
        temperature = tuned(
            lambda t: f.mean([x.numbers(x.soft(2 * n, exp(-t)))[0] for x in tables]), -log(10 * spread), -log(spread / 1000)
        )
        findings += row(
            "soft best-of-n", [t.numbers(t.soft(2 * n, 1 / temperature)) for t in tables], [mpf(2 * n)] * len(tables), 2e-5
        )
    return {"question": {"pool": pool.name, "n": n, "confidence": confidence}, "findings": findings}


def side_by_side_cases():
    return [
        *(side_by_side_case(p.tables, 2, c) for c in (0.95, 0.5, 0.99)),
        side_by_side_case(p.single, 2),
    ]
