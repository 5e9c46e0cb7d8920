"""Exact KL divergence and win rate of best-of-n in numpy or SciPy, the peers of `topdraw bench theory`.

    theory_bench.py FILE N LIBRARY    FILE: log-probabilities, little-endian float64, worst outcome first

Answers every line of standard input with one: seconds, KL divergence, win rate. In numpy the formulas and
branches are those of the Java side: every array is float64, whole-array steps run in place, and
rare branches are taken by index. In SciPy they are what its special functions are for: the law of the
best is formed, and its relative entropy summed. Python's start and reading the file are not timed.
"""

import math
import sys
import time

library = sys.argv[3]
try:
    import numpy as np

    if library == "scipy":
        import scipy
        from scipy.special import logsumexp, rel_entr, xlog1py
except ImportError as e:
    print("missing", e.name, flush=True)
    sys.exit(0)

# log(sinh(x/2) / (x/2)) = sum of LOG_SINHC[k-1] x^(2k) = sum of B_2k x^(2k) / (2k (2k)!)
BERNOULLI = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510,
             43867 / 798, -174611 / 330]
LOG_SINHC = [b / (2 * k * math.factorial(2 * k)) for k, b in enumerate(BERNOULLI, 1)]
# k exp(k) - expm1(k) = k^2 * sum of PHI[j] k^j
PHI = [(j - 1) / math.factorial(j) for j in range(2, 23)]


def polynomial(coefficients, x):
    total = np.full_like(x, coefficients[-1])
    for c in reversed(coefficients[:-1]):
        total *= x
        total += c
    return total


def log_hits(x, log_share, n):
    """log((1 - (1-s)^n) / s), from x = -n log(1-s)."""
    y = x * x
    # S(x) - S(x/n) as one polynomial in x^2; four terms are exact below x = 0.05.
    fused = [c * (1 - n ** (-2.0 * k)) for k, c in enumerate(LOG_SINHC, 1)]
    h = polynomial(fused[:4], y)
    wider = np.flatnonzero(x >= 0.05)
    h[wider] = polynomial(fused, y[wider])
    h *= y
    h -= x * ((1 - 1 / n) / 2)
    h += math.log(n)
    large = wider[x[wider] >= 0.5]
    h[large] = np.log1p(-np.exp(-x[large])) - log_share(large)
    h[0] = 0
    return h


def kl_and_win_rate(weights, n):
    heaviest = int(np.argmax(weights))
    top = weights[heaviest]
    p = np.subtract(weights, top)
    np.exp(p, out=p)
    p[heaviest] = 0
    others = float(p.sum())
    p[heaviest] = 1
    p /= 1 + others

    # Sums from above and from below: each keeps the digits that the other loses.
    tail = np.empty_like(p)
    tail[-1] = 0
    np.cumsum(p[:0:-1], out=tail[-2::-1])
    low = len(p) - int(np.searchsorted(tail[::-1], 0.5))
    cumulative = 1 - tail
    np.cumsum(p[:low], out=cumulative[:low])
    log_f = np.empty_like(p)
    np.log(cumulative[:low], out=log_f[:low])
    np.log1p(-tail[low:], out=log_f[low:])

    share = p / cumulative
    rare = np.flatnonzero(share >= 0.5)
    with np.errstate(divide="ignore"):
        log_miss = np.negative(share, out=tail)
        np.log1p(log_miss, out=log_miss)
    rest = rare[rare > 0]
    log_miss[rest] = log_f[rest - 1] - log_f[rest]

    log_p = lambda i: weights[i] - (top + math.log1p(others))
    log_miss *= -n
    k = log_hits(log_miss, lambda i: log_p(i) - log_f[i], n)
    log_f *= n - 1
    k += log_f

    ratio = np.exp(k, out=log_f)
    phi = k - 1
    phi *= ratio
    phi += 1
    small = np.flatnonzero(np.abs(k) < 0.3)
    near = k[small]
    phi[small] = near * near * polynomial(PHI, near)
    kl = p @ phi
    cumulative -= p / 2
    ratio *= p
    return float(kl), float(ratio @ cumulative)


def kl_and_win_rate_of_scipy(weights, n):
    p = weights - logsumexp(weights)
    np.exp(p, out=p)
    # From the end that keeps the digits, as above.
    tail = np.zeros_like(p)
    np.cumsum(p[:0:-1], out=tail[-2::-1])
    low = len(p) - int(np.searchsorted(tail[::-1], 0.5))
    cumulative = 1 - tail
    np.cumsum(p[:low], out=cumulative[:low])
    log_f = np.empty_like(p)
    np.log(cumulative[:low], out=log_f[:low])
    np.log1p(-tail[low:], out=log_f[low:])
    # F^n - (F - p)^n = F^n (1 - (1 - p/F)^n)
    share = np.minimum(p / cumulative, 1)
    best = np.exp(n * log_f) * -np.expm1(xlog1py(n, -share))
    return float(rel_entr(best, p).sum()), float(best @ (cumulative - p / 2))


def main():
    weights = np.fromfile(sys.argv[1], dtype="<f8")
    n = float(sys.argv[2])
    if library == "scipy":
        law, name = kl_and_win_rate_of_scipy, f"scipy {scipy.__version__}"
    else:
        law, name = kl_and_win_rate, f"numpy {np.__version__}"
    print(name, flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        kl, win_rate = law(weights, n)
        seconds = time.perf_counter() - started
        print(seconds, repr(kl), repr(win_rate), flush=True)


main()
