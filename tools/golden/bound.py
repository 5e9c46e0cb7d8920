"""Bounds from n and one probability: each from its formula, which cancels, with hundreds of digits."""

from golden import exact, header, mpf, row
from mpmath import exp, expm1, harmonic, log, log1p, mp

mp.dps = 400

def top(n):
    return log(n) - (n - 1) / n


def bound(n, e):
    q = (1 - e) ** n
    return q * (log(n) + (n - 1) * log1p(-e) - (n - 1) / n) + (1 - q) * log((1 - q) / e)


def sharp(n, e):
    q = (1 - e) ** n
    return log((1 - q) / e) + (n - 1) * q / (1 - q) * log1p(-e)


def wins(n, e):
    return e / 2 - 1 / (n + 1) + (1 - e) ** n * (e / 2 + (1 - e) / (n + 1))


def main():
    header(
        "K_n = log n - (n-1)/n; d_n(e) = Q (log n + (n-1) log(1-e) - (n-1)/n) + (1-Q) log((1-Q)/e), Q = (1-e)^n;",
        "d*_n(e) = log((1-Q)/e) + (n-1) Q/(1-Q) log(1-e); D_n = K_n - d_n; h_n = K_n - d*_n;",
        "w_n(e) = e/2 - 1/(n+1) + (1-e)^n (e/2 + (1-e)/(n+1)). Source: the paper, eq. (4), (25), (80), (117); T1.",
    )

    for n in [0.01, 0.3, 0.93, 0.9399, 0.9401, 0.97, 0.999, 1.0, 1.001, 1.03, 1.0599, 1.0601, 1.5, 2.0, 16.0, 1e9]:
        row("analytical", [n], top(exact(n)), 4e-16, 2e-17)

    for n in [0.3, 0.999, 1.0001, 1.5, 2.0, 3.0, 16.0, 1000.0, 1e6, 1e9]:
        # From where n e is tiny to where Q is; beside the places where one form takes over from another.
        for x in [1e-9, 9e-5, 1.1e-4, 0.03, 0.0499, 0.0501, 0.3, 0.4999, 0.5001, 0.99, 1.01, 1.99, 2.01, 29.9, 30.1, 60.0, 800.0]:
            epsilon = float(-expm1(-exact(x) / exact(n)))
            if not 0 < epsilon < 1:
                continue
            m, e = exact(n), exact(epsilon)
            K = top(m)
            row("bound", [n, epsilon], bound(m, e), 2e-14, 4e-16)
            row("sharpBound", [n, epsilon], sharp(m, e), 2e-14, 4e-16)
            row("alternateBound", [n, epsilon], min(K, -log(e)), 4e-16, 2e-17)
            # Near n = 1 differences of order n - 1 leave what is of order (n - 1)^2.
            near = 5e-15 / (n - 1) ** 2
            row("gap", [n, epsilon], K - bound(m, e), max(2e-14, near), 1e-300)
            row("gapShape", [n, epsilon], K - sharp(m, e), max(2e-14, near), 1e-300)
            if n >= 1:
                row("gapShapeUpper", [n, epsilon], min(K, ((m - 1) * log1p(-e)) ** 2 / 24), 4e-15)
                row("winRateGap", [n, epsilon], wins(m, e), max(3e-13, 1e-15 / (n - 1)))
                row("winRateUpperTerm", [n, epsilon], m / (m + 1) - wins(m, e) / (1 - (1 - e) ** m), 4e-15)
                row("winRateLowerTerm", [n, epsilon], m / (m + 1) - e / 2, 4e-16, 1.2e-16)
                row("anyRuleKl", [n, float(log(e))], log(-expm1(m * log1p(-exp(exact(float(log(e)))))) / exp(exact(float(log(e))))), 3e-15, 4e-16)
            if n >= 2 and n == int(n):
                # Within what is left of K_n.
                loss = float(K) * 4e-15
                row("atOneN.bound", [n, epsilon], bound(m, e), 0, loss)
                row("atOneN.sharpBound", [n, epsilon], sharp(m, e), 0, loss)
                row("atOneN.gap", [n, epsilon], K - bound(m, e), 4e-15, loss if x > 0.99 else float(K - sharp(m, e)) * 3e-16)
                row("atOneN.shortfall", [n, epsilon], K - sharp(m, e), 3e-15, loss if x > 0.99 else 0.0)
                row("atOneN.hit", [n, epsilon], 1 - (1 - e) ** m, 0, 2.3e-16)
                row("atOneN.alternateBound", [n, epsilon], min(K, -log(e)), 5e-16)

    for n, epsilon in [(4.0, 0.89), (4.0, 0.91), (1.5, 0.89), (1.5, 0.91), (1.0, 0.3), (3.0, 0.5)]:
        row("winRateGap", [n, epsilon], wins(exact(n), exact(epsilon)), 2e-14, 1e-17)
        row("winRateBelow", [n, epsilon], exact(n) / (exact(n) + 1) - wins(exact(n), exact(epsilon)), 4e-16)
        row("draws", [n, epsilon], (1 - (1 - exact(epsilon)) ** exact(n)) / exact(epsilon), 5e-16)
    mp.dps = 1000
    for n, log_e in [(4.0, -800.0), (1e9, -25.0), (1e9, -2000.0), (3.0, -1e-12), (3.0, -0.6931), (3.0, -0.6932)]:
        m, e = exact(n), exp(exact(log_e))
        row("boundFromLog", [n, log_e], bound(m, e), 4e-14)
        row("sharpBoundFromLog", [n, log_e], sharp(m, e), 4e-14)
        row("alternateBoundFromLog", [n, log_e], min(top(m), -exact(log_e)), 4e-16)
        row("anyRuleKl", [n, log_e], log(-expm1(m * log1p(-e)) / e), 3e-15)
        row("gapFromLog", [n, log_e], top(m) - bound(m, e), 4e-14, 1e-300)
        row("winRateGapFromLog", [n, log_e], wins(m, e), 3e-13, 1e-300)
    for n, log_e, c in [(4.0, -3.0, 0.5), (4.0, -0.5, 0.9), (4.0, -0.5, 0.5), (64.0, -80.0, 1e-6), (2.5, -2.0, 0.01)]:
        m, e, share = exact(n), exp(exact(log_e)), exact(c)
        lower = sharp(m, min(e / share, mpf(1))) if e < share else mpf(0)
        row("sharpKlLower", [n, log_e, c], lower - share**m * top(m), 2e-14)
    for n, draws, log_e in [(4, 1, -1.0), (4, 3, -1.0), (64, 63, -50.0), (64, 64, -2.0)]:
        row("stopped", [n, draws, log_e], harmonic(draws - 1), 4e-16)
    for n, log_e in [(1, -1.0), (4, -2.0), (64, -90.0)]:
        row("notStopped", [n, n, log_e], sharp(mpf(n), exp(exact(log_e))) if n > 1 else mpf(0), 1e-14)


if __name__ == "__main__":
    main()
