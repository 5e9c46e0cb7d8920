"""One finding as a line of a resource."""

from mpmath import inf, mpf, nstr

from core import formulas as f


def number(x):
    x = f.real(x) if not isinstance(x, float) else mpf(x)
    return "inf" if x == inf else "-inf" if x == -inf else nstr(x, 18, min_fixed=-6, max_fixed=18)


def line(n, quantity, role, evidence, estimator, value, interval=None, confidence=None, samples=None, prompts=None):
    """n is 0 where it plays no part."""
    fields = {"n": n, "quantity": quantity, "role": role, "evidence": evidence, "estimator": estimator, "value": number(value)}
    if interval is not None:
        fields["lower"], fields["upper"] = number(interval[0]), number(interval[1])
    if confidence is not None:
        fields["confidence"] = round(float(confidence), 12)
    if samples is not None:
        fields["samples"] = samples
    if prompts is not None:
        fields["prompts"] = prompts
    return fields


def textbook(n):
    """paper, Theorems 3.1 and 5.3."""
    return [
        line(n, "kl", "upper_bound", "theorem", "textbook", f.K(n)),
        line(n, "win_rate", "upper_bound", "theorem", "textbook", mpf(n) / (n + 1)),
    ]
