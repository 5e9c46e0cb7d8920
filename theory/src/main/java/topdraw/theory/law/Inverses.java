package topdraw.theory.law;

import topdraw.theory.numeric.Checks;

/// From a target to `n`, with no data: what reaches it when rewards are continuous, and, for drift,
/// what keeps to it on every reference policy. Inverses of early stop are in [EarlyStopping], those
/// of rewind-and-repeat in [Rewind].
public final class Inverses {
  private Inverses() {}

  /// The `n` whose analytical formula is a given drift: best-of-n with its whole part keeps to the
  /// drift on every reference policy (*theorem*).
  ///
  /// @param kl the drift in nats, at least 0
  /// @return `n >= 1` with `K_n = kl`
  /// @throws IllegalArgumentException if the drift is negative or not finite
  public static double nForKl(double kl) {
    if (!(kl >= 0 && kl < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("kl must be a finite number of at least 0, was " + kl);
    }
    if (kl == 0) {
      return 1;
    }
    double s = kl + 1;
    // Convex and above the root: Newton falls to it and stops when rounding lifts it.
    for (double next = newton(s, kl); next < s; next = newton(s, kl)) {
      s = next;
    }
    return Math.exp(s);
  }

  private static double newton(double s, double kl) {
    // What cancels near 0 is below the last digit of exp(s).
    return s - (s + Math.expm1(-s) - kl) / -Math.expm1(-s);
  }

  /// The `n` that reaches a win rate when rewards are continuous, `w/(1-w)`; the next whole number
  /// is the fewest draws that can.
  ///
  /// @param winRate the win rate, from 1/2 up to but not 1
  /// @return `n >= 1` with `n/(n+1)` equal to it
  /// @throws IllegalArgumentException if the win rate is not in `[1/2, 1)`
  public static double nForWinRate(double winRate) {
    Checks.attainableWinRate(winRate);
    return winRate / (1 - winRate);
  }
}
