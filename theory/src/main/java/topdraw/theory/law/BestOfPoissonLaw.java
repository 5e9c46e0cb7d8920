package topdraw.theory.law;

import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.LogSpace;
import topdraw.theory.numeric.Quadrature;
import topdraw.theory.numeric.Roots;

/// Best of `1 + Poisson(μ)` draws. It loses at most 1.7e-4 of win rate against the optimum at equal
/// drift ([OptimalFrontier]), for about one draw more than best-of-n at equal win rate. Its law on
/// a table is [Law].
///
/// Source: Khalaf et al. (2025), arXiv 2506.19248; the closed form of the KL divergence is ours.
public final class BestOfPoissonLaw {
  /// Beyond this an exponential is below the last digit.
  private static final double FAR = 50;

  /// Inverses look for `log μ` up to this size.
  private static final double LOG_MU = 300;

  private BestOfPoissonLaw() {}

  /// The KL divergence when rewards are continuous: *exact* there, an upper bound (*theorem*) for
  /// every reference policy.
  ///
  ///     log(1+μ) - 1 + exp(-(1+μ)) (Ei(1+μ) - Ei(1)) / μ
  ///
  /// @param mu mean of the Poisson law, above 0
  /// @return `KL(π ‖ p)` in nats
  /// @throws IllegalArgumentException if `mu` is not a finite number above 0
  public static double klContinuous(double mu) {
    Checks.positive(mu, "mu");
    if (mu < 1) {
      return Quadrature.from0(1, v -> LogSpace.phi(Math.log1p(mu * (1 - v)) - mu * v));
    }
    double ei = Quadrature.from0(Math.min(mu, FAR), s -> Math.exp(-s) / (1 + mu - s));
    return Math.log1p(mu) - 1 + ei / mu;
  }

  /// The win rate when rewards are continuous: *exact* there, an upper bound (*theorem*) for every
  /// reference policy.
  ///
  ///     1 - (1/μ + expm1(-μ)/μ²)
  ///
  /// @param mu mean of the Poisson law, above 0
  /// @return `W(π ‖ p)`
  /// @throws IllegalArgumentException if `mu` is not a finite number above 0
  public static double winRateContinuous(double mu) {
    Checks.positive(mu, "mu");
    return mu < 0.3
        ? 1 - LogSpace.phi(mu) * Math.exp(-mu) / (mu * mu)
        : 1 - (1 + Math.expm1(-mu) / mu) / mu;
  }

  /// The `μ` that reaches a win rate when rewards are continuous.
  ///
  /// @param winRate the win rate, in `[1/2, 1)`
  /// @return `μ > 0` with [#winRateContinuous] equal to it; next to nothing for 1/2
  /// @throws IllegalArgumentException if the win rate is out of range
  public static double muForWinRate(double winRate) {
    Checks.attainableWinRate(winRate);
    return Math.exp(Roots.rising(t -> winRateContinuous(Math.exp(t)) - winRate, -LOG_MU, LOG_MU));
  }

  /// The largest `μ` that keeps to a drift on every reference policy (*theorem*).
  ///
  /// @param kl the drift in nats, at least 0 and finite
  /// @return `μ > 0` with [#klContinuous] at most it; next to nothing for 0
  /// @throws IllegalArgumentException if the drift is negative or not finite
  public static double muForKl(double kl) {
    if (!(kl >= 0 && kl < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("kl must be a finite number of at least 0, was " + kl);
    }
    return Math.exp(Roots.rising(t -> klContinuous(Math.exp(t)) - kl, -LOG_MU, LOG_MU));
  }

  /// `log((G(F) - G(F - P)) / P)` with `G(u) = u exp(μ (u-1))`, in terms that are all positive.
  static double logRatio(Levels levels, double mu, int l) {
    double logF = levels.logCumulative(l);
    double x = mu * levels.mass(l);
    double shrink = Math.expm1(-x);
    double slope = x == 0 ? mu : -shrink / levels.mass(l);
    return mu * Math.expm1(logF) + Math.log1p(shrink + Math.exp(logF) * slope);
  }
}
