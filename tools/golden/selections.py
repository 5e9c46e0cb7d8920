"""Closed formulas of selections and of the ceiling over them, from their definitions."""

from golden import exact, header, mpf, row
from mpmath import coth, exp, expm1, findroot, harmonic, log, log1p, mp, polylog, quad
from tables import all_tables

mp.dps = 60

header(
    "Best-of-Poisson: integrals of its density (1 + mu u) exp(mu (u-1)), Khalaf et al. (2025);",
    "rewind-and-repeat: the paper, Lemma 6.2, Theorem 6.3, and its geometric law; the ceiling: T5;",
    "the optimum p exp(r/beta) / Z: eq. (2). Inverses by their equation.",
)


def poisson_kl(mu):
    # With G(u) = u exp(mu (u-1)) the density is g = G' and KL = int g log g.
    return quad(lambda u: (1 + mu * u) * exp(mu * (u - 1)) * (log(1 + mu * u) + mu * (u - 1)), [0, mpf(1) / 2, 1 - 1 / (mu + 2), 1])


def poisson_win_rate(mu):
    return quad(lambda u: u * (1 + mu * u) * exp(mu * (u - 1)), [0, mpf(1) / 2, 1 - 1 / (mu + 2), 1])


for mu in [1e-6, 0.01, 0.29, 0.31, 0.99, 1.01, 3.0, 49.0, 51.0, 400.0, 1e5]:
    with mp.workdps(60):
        row("poissonKl", [mu], poisson_kl(exact(mu)), 5e-15)
        row("poissonWinRate", [mu], poisson_win_rate(exact(mu)), 6e-16)
for mu in [1e-3, 0.5, 2.0, 80.0]:
    kl, wins = float(poisson_kl(exact(mu))), float(poisson_win_rate(exact(mu)))
    row("muForKl", [kl], findroot(lambda m: poisson_kl(m) - exact(kl), exact(mu)), 2e-14)
    row("muForWinRate", [wins], findroot(lambda m: poisson_win_rate(m) - exact(wins), exact(mu)), 1e-12 if mu > 0.1 else 1e-11)

for n, spread, t in [(1.0, 3.0, 1.0), (4.0, 0.0, 1.0), (4.0, 3.0, 1.0), (4.0, 3.0, 0.01), (100.0, 2.5, 10.0)]:
    row("softKlUpper", [n, spread, t], log(exact(n) / (1 + (exact(n) - 1) * exp(-exact(spread) / exact(t)))), 4e-16, 6e-16)


def tilt_win_rate(b):
    return 1 / (1 - exp(-b)) - 1 / b


def tilt_kl(b):
    return b * tilt_win_rate(b) - log(expm1(b) / b)


for slope in [1e-9, 1e-3, 0.3, 0.999, 1.0, 1.001, 5.0, 40.0, 699.0, 701.0, 1e6]:
    with mp.workdps(1000):
        b = exact(slope)
        row("tiltWinRate", [slope], tilt_win_rate(b), 6e-16)
        row("tiltKl", [slope], tilt_kl(b), 1e-14 if slope < 2 else 2e-15)
        kl, wins = float(tilt_kl(b)), float(tilt_win_rate(b))
        root = b if slope > 1e5 else findroot(lambda x: tilt_kl(x) - exact(kl), b)
        row("frontierWinRate", [kl], tilt_win_rate(root), 1e-14)
        if 0.5001 < wins < 0.99:
            root = findroot(lambda x: tilt_win_rate(x) - exact(wins), b)
            row("frontierKl", [wins], tilt_kl(root), 3e-13 if slope > 0.1 else 1e-11)

for n in [1.0 + 1e-6, 1.05, 1.2, 2.0, 3.5, 64.0, 1e6, 1e12]:
    kl = float(log(exact(n)) - (exact(n) - 1) / exact(n))
    # From the right: K_n has its least value, 0, at n = 1.
    root = findroot(lambda m: log(m) - (m - 1) / m - exact(kl), (exact(n) * (1 + mpf(10) ** -9) + mpf(10) ** -9, exact(n) * 1.01)) if kl > 1e-9 else None
    if root is not None:
        row("nForKl", [kl], root, 3e-15)
for w in [0.5, 0.6, 0.9, 0.999]:
    row("nForWinRate", [w], exact(w) / (1 - exact(w)), 4e-16)

for z in [1.0, 0.9, 0.51, 0.5, 0.49, 0.1, 1e-5, 1e-300]:
    x = exact(z)
    row("rewindKl", [z], -log(x), 3e-16)
    row("rewindWinRate", [z], 1 - x / 2, 2e-16)
    row("rewindDraws", [z], 1 / x, 3e-16)
    row("rewindVariance", [z], polylog(2, 1 - x).real, 1e-15)
for log_z in [0.0, -0.1, -3.0, -200.0]:
    row("rewindKlFromLog", [log_z], -exact(log_z), 0)
    row("rewindWinRateFromLog", [log_z], 1 - exp(exact(log_z)) / 2, 2e-16)
    row("rewindDrawsFromLog", [log_z], exp(-exact(log_z)), 5e-16)
for kl in [0.0, 0.3, 3.0, 500.0]:
    row("passRateForKl", [kl], exp(-exact(kl)), 3e-16)
for w in [0.5, 0.6, 0.999]:
    row("passRateForWinRate", [w], 2 * (1 - exact(w)), 3e-16)
for draws, accepted in [(1, 1), (2, 1), (3, 2), (10, 1), (10, 4), (10, 10), (1000, 3), (10**6, 400)]:
    row("rewindKlPooled", [draws, accepted], harmonic(draws - 1) - harmonic(accepted - 1), 1e-15, 2e-15 if draws > 500 else 0.0)
for draws in [1, 2, 5, 40, 10**6]:
    for alpha in [0.001, 0.05, 0.2, 0.9]:
        # z with P_z(M <= m) = alpha, and with P_z(M >= m) = alpha/2.
        a = exact(alpha)
        row("rewindKlUpper", [draws, alpha], -log(1 - (1 - a) ** (mpf(1) / draws)), 2e-15)
        row("rewindIntervalUpper", [draws, alpha], -log(1 - (1 - a / 2) ** (mpf(1) / draws)), 2e-15)
        lower = mpf(0) if draws == 1 else -log(1 - (a / 2) ** (mpf(1) / (draws - 1)))
        row("rewindIntervalLower", [draws, alpha], lower, 4e-15, 1.2e-16)

for name, table in all_tables().items():
    if name in ("deep", "deep bottom", "unscored"):
        continue
    for beta in [0.05, 1.0, 30.0, 1e8]:
        for function, values in [
            ("optimum", [exact(r) for r in table.rewards]),
            ("calibrated", [table.calibrated(r) for r in table.rewards]),
        ]:
            with mp.workdps(200):
                tilt = [p * exp(v / exact(beta)) for p, v in zip(table.p, values)]
                pmf = [t / sum(tilt) for t in tilt]
                a = [beta] + table.arguments()
                row(function + ".kl", a, table.kl(pmf), 3e-13, 1e-30)
                row(function + ".winRate", a, table.win_rate(pmf), 5e-15)
                row(function + ".reward", a, table.reward(pmf), 5e-15, 1e-15)
                for i in range(len(pmf)):
                    row(function + ".probability", [i] + a, pmf[i], 3e-14)
