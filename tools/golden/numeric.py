"""Functions of logarithms, series near 0, harmonic numbers: each from its definition."""

from golden import exact, header, mpf, row
from mpmath import bernoulli, coth, digamma, exp, expm1, factorial, inf, log, log1p, mp, sinh

mp.dps = 400  # log(1 - exp(-1000)) is wanted to its last digit

header(
    "From the definitions: log(1 - exp(x)), log sum exp(x), k exp(k) - expm1(k), p phi(k), entropy,",
    "log(sinh(x/2) / (x/2)) and its slope, exp(-x) (1 + x/2) - 1 + x/2, B_2k / (2k)!, H_a - H_b.",
)

ULP = 2.3e-16

for x in [-1e-300, -1e-20, -1e-5, -0.1, -0.6931, -0.6932, -1.0, -5.0, -40.0, -700.0]:
    row("log1mExp", [x], log(-expm1(exact(x))), 3 * ULP)
for t in [0.0, 1e-300, 1e-17, 1e-10, 1e-3, 0.1, 0.3, 0.5, 0.9, 0.999999, 1 - 2.0**-53]:
    row("log1m", [t], log1p(-exact(t)), 3 * ULP)
for t in [0.0, 1e-300, 1e-8, 1e-4, 5e-4, 9.7e-4, 5e-3, 0.02, 0.03124]:
    row("log1mSmall", [t], log1p(-exact(t)), 2 * ULP)
for a, b in [(0.0, 0.0), (-1.0, -2.5), (-2.5, -1.0), (-1000.0, -1001.0), (-700.0, -1e-3), (-0.7, -0.8), (-1e-9, -21.0)]:
    row("logAdd", [a, b], log(exp(exact(a)) + exp(exact(b))), 0, 2.5e-16 * max(1, -max(a, b)))
row("logAdd", [float("-inf"), -3.0], mpf(-3), 0)
for xs in [[-3.0], [-1.0, -2.0, -3.0], [-2.0, -1.0, -3.0], [-1000.0, -1000.5, -2000.0], [5.0, 5.0], [-40.0, 0.0, -41.0], [0.0, -800.0], [-1000.0, -100.0, -0.5]]:
    row("logSumExp", xs, log(sum(exp(exact(x)) for x in xs)), 3 * ULP, 1e-30)
row("logSumExp", [float("-inf"), float("-inf")], -inf, 0)
row("logSumExp", [float("-inf"), -2.0], mpf(-2), 0)


def phi(k):
    return k * exp(k) - expm1(k)


for k in [1e-8, 1e-3, 0.1, 0.2, 0.2999, 0.3001, 1.0, 5.0, 100.0, 700.0]:
    for sign in (1, -1):
        row("phi", [sign * k], phi(exact(sign * k)), 4 * ULP if k < 0.3 else 12 * ULP)
row("phi", [0.0], mpf(0), 0)
row("phi", [float("-inf")], mpf(1), 0)
row("phi", [-745.5], mpf(1), ULP)
for log_p, k in [(-3.0, 1.5), (-3.0, -2.0), (-3.0, 0.0), (-720.0, 700.0), (-750.0, 745.0), (-1000.0, 1000.0), (-800.0, 0.0),
                 (-601.0, 600.5), (-599.0, 599.0), (-740.0, -3.0), (-640.0, 601.0),
                 (-709.0, -3.0), (-735.0, 590.0), (-707.0, 710.0), (-3.0, 1e-6)]:
    p = exp(exact(log_p))
    row("klTerm", [log_p, float(p), k], p * phi(exact(k)), 1e-12 if k > 500 else 4 * ULP, 1e-323 if log_p < -708 else 0.0)
for q in [0.0, 1.0, 0.5, 1e-20, 0.1, 0.9, 1 - 1e-9]:
    x = exact(q)
    row("binaryEntropy", [q], mpf(0) if q in (0.0, 1.0) else -x * log(x) - (1 - x) * log(1 - x), 4 * ULP)

for x in [1e-12, 1e-5, 0.01, 0.03, 0.0499, 0.05, 0.0501, 0.1, 0.3, 0.6, 0.9, 0.99999, 1.0, 1.00001, 1.5, 3.0, 10.0, 40.0, 800.0]:
    y = exact(x)
    row("logSinhc", [x], log(sinh(y / 2) / (y / 2)), 5 * ULP if x <= 1 else 20 * ULP)
row("logSinhc", [0.0], mpf(0), 0)
for x in [1e-12, 1e-5, 0.01, 0.1, 0.3, 0.6, 0.9, 0.99999]:
    y = exact(x)
    row("logSinhcSlope", [x], coth(y / 2) / 2 - 1 / y, 4 * ULP)
for x in [1e-12, 1e-5, 0.01, 0.1, 0.3, 0.6, 0.9, 0.99999, 1.0, 1.00001, 3.0, 30.0, 800.0]:
    y = exact(x)
    row("missExcess", [x], exp(-y) * (1 + y / 2) - 1 + y / 2, 4 * ULP if x < 1 else 30 * ULP)
for k in range(1, 11):
    row("evenTerm", [k], bernoulli(2 * k) / factorial(2 * k), 2 * ULP)

for x in [-707.9, -708.1, -745.0, -100.25, -1.0, -1e-9, 0.0, 0.001353, 0.5, 1.0, 88.7, 708.9, 709.1, 709.7]:
    row("exp", [x], exp(exact(x)), 2.2 * ULP, 5e-324)

for a, b in [(0, 0), (1, 0), (7, 3), (255, 0), (256, 0), (257, 0), (300, 43), (300, 44), (512, 256), (513, 256), (513, 255),
             (1000000, 3), (1000000, 255), (1000000, 256), (10**12, 10**11), (10**15, 10**15 - 300), (10**15, 10**15 - 200)]:
    # For a far from a small b two sums of about log a cancel.
    row("harmonic", [a, b], digamma(mpf(a) + 1) - digamma(mpf(b) + 1), 4 * ULP, 2e-15 if b < 256 < a - b else 0.0)
