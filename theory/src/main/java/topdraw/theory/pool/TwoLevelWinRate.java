package topdraw.theory.pool;

import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Checks;

/// The win rate of best-of-n with rewards of 0 and 1, ties half, a function of the rate of success.
///
///     W_n(p) = (2 - p - (1-p)^n) / 2
///
/// It rises from 1/2 at `p = 0` to its peak at `p = 1 - n^(-1/(n-1))`, and falls to 1/2 at `p = 1`:
/// a win against 0 needs a success that the other has not.
public final class TwoLevelWinRate {
  private TwoLevelWinRate() {}

  /// The win rate at a rate, *exact*.
  ///
  /// @param n draws per prompt, at least 1
  /// @param rate the chance that a draw succeeds
  /// @return the win rate, in `[1/2, 1)`
  /// @throws IllegalArgumentException if an argument is out of range
  public static double of(int n, double rate) {
    Checks.atLeastOne(n, "n");
    Checks.probability(rate, "rate");
    double none = rate == 1 ? 0 : Math.exp(n * Math.log1p(-rate));
    return n == 1 ? 0.5 : (2 - rate - none) / 2;
  }

  /// All that the win rate can be when the rate lies in an interval.
  ///
  /// @param n draws per prompt, at least 1
  /// @param rate where the rate lies, within `[0, 1]`
  /// @return the interval
  /// @throws IllegalArgumentException if an argument is out of range
  public static Interval over(int n, Interval rate) {
    double low = of(n, rate.lower());
    double high = of(n, rate.upper());
    double peak = n == 1 ? rate.lower() : -Math.expm1(-Math.log(n) / (n - 1));
    return new Interval(Math.min(low, high), of(n, Math.clamp(peak, rate.lower(), rate.upper())));
  }
}
