package topdraw.theory.law;

import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.Roots;
import topdraw.theory.numeric.Series;

/// The ceiling over every method: the largest win rate that any policy can have at a drift, on any
/// reference policy, ties or not (*theorem*). It is reached by the tilt `∝ exp(β u)` of continuous
/// rewards.
///
///     W(β) = 1/(1 - exp(-β)) - 1/β,   KL(β) = β W(β) - log((exp(β) - 1)/β)
///
/// Source: T5.
public final class OptimalFrontier {
  /// Below this the win rate is taken from what exceeds 1/2, above from what misses 1.
  private static final double STEEP = 1;

  private static final double LOG_SLOPES = 745;

  /// The logarithm of a slope that a double holds and whose tilt wins always.
  private static final double STEEPEST = 700;

  private OptimalFrontier() {}

  /// The least drift that any policy needs for a win rate.
  ///
  /// @param winRate the win rate, in `[1/2, 1)`
  /// @return the drift in nats
  /// @throws IllegalArgumentException if the win rate is out of range
  public static double kl(double winRate) {
    double excess = Checks.attainableWinRate(winRate) - 0.5;
    double missing = 1 - winRate;
    boolean steep = missing < missing(STEEP);
    double logSlope =
        steep
            ? Roots.rising(t -> missing - missing(Math.exp(t)), Math.log(STEEP), LOG_SLOPES)
            : Roots.rising(t -> excess(Math.exp(t)) - excess, -LOG_SLOPES, Math.log(STEEP));
    return tiltKl(Math.exp(logSlope));
  }

  /// The largest win rate that any policy has at a drift.
  ///
  /// @param kl the drift in nats, at least 0
  /// @return the win rate, in `[1/2, 1]`
  /// @throws IllegalArgumentException if the drift is negative or NaN
  public static double winRate(double kl) {
    Checks.divergence(kl, "kl");
    return tiltWinRate(
        Math.exp(Roots.rising(t -> tiltKl(Math.exp(t)) - kl, -LOG_SLOPES, STEEPEST)));
  }

  /// The win rate of the tilt itself.
  ///
  /// @param slope `β`, above 0
  /// @return `W(β)`
  /// @throws IllegalArgumentException if the slope is not above 0
  public static double tiltWinRate(double slope) {
    Checks.positive(slope, "slope");
    return slope < STEEP ? 0.5 + excess(slope) : 1 - missing(slope);
  }

  /// The drift of the tilt itself.
  ///
  /// @param slope `β`, above 0
  /// @return `KL(β)` in nats
  /// @throws IllegalArgumentException if the slope is not above 0
  public static double tiltKl(double slope) {
    Checks.positive(slope, "slope");
    if (slope < STEEP) {
      return slope * Series.logSinhcSlope(slope) - Series.logSinhc(slope);
    }
    return slope / Math.expm1(slope) + Math.log(slope) - 1 - Math.log1p(-Math.exp(-slope));
  }

  /// `1 - W`, for slopes of at least 1.
  private static double missing(double slope) {
    return 1 / slope - 1 / Math.expm1(slope);
  }

  /// `W - 1/2 = (1/2) coth(β/2) - 1/β` for slopes of at most 1, from the derivative of
  /// `log(sinh(β/2) / (β/2))`.
  private static double excess(double slope) {
    return Series.logSinhcSlope(slope);
  }
}
