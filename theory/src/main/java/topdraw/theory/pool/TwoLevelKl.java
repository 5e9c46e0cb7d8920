package topdraw.theory.pool;

import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Checks;

/// The KL divergence of best-of-n with rewards of 0 and 1, a function of the rate of success.
///
///     KL_n(p) = K_n (1 - (1-p)^n) - D_n(p)
///
/// It rises from 0 at `p = 0` and falls to 0 at `p = 1`.
public final class TwoLevelKl {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int STEPS = 100;

  private TwoLevelKl() {}

  /// The KL divergence at a rate, *exact*.
  ///
  /// @param n draws per prompt, at least 1
  /// @param rate the chance that a draw succeeds
  /// @return the divergence in nats
  /// @throws IllegalArgumentException if an argument is out of range
  public static double of(int n, double rate) {
    Checks.atLeastOne(n, "n");
    Checks.probability(rate, "rate");
    double hit = rate == 1 ? 1 : -Math.expm1(n * Math.log1p(-rate));
    return Math.max(0, KlBounds.analytical(n) * hit - KlBounds.gap(n, rate));
  }

  /// All that the KL divergence can be when the rate lies in an interval: with the exact interval
  /// of the rate of one prompt a *theorem* with its confidence.
  ///
  /// @param n draws per prompt, at least 1
  /// @param rate where the rate lies, within `[0, 1]`
  /// @return the interval in nats
  /// @throws IllegalArgumentException if an argument is out of range
  public static Interval over(int n, Interval rate) {
    double low = of(n, rate.lower());
    double high = of(n, rate.upper());
    return new Interval(Math.min(low, high), Math.max(Math.max(low, high), peak(n, rate)));
  }

  /// The largest value, by golden section.
  private static double peak(int n, Interval rate) {
    double from = rate.lower();
    double to = rate.upper();
    for (int i = 0; i < STEPS; i++) {
      double left = to - GOLDEN * (to - from);
      double right = from + GOLDEN * (to - from);
      if (of(n, left) < of(n, right)) {
        from = left;
      } else {
        to = right;
      }
    }
    return of(n, (from + to) / 2);
  }
}
