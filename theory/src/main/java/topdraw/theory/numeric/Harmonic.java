package topdraw.theory.numeric;

/// Harmonic numbers `H_m = 1 + 1/2 + … + 1/m`, `H_0 = 0`.
public final class Harmonic {
  private static final long SUMMED = 256;
  private static final double EULER_GAMMA = 0.5772156649015329;

  private Harmonic() {}

  /// Returns `H_a - H_b`.
  ///
  /// @param a how many terms the first has, at least `b`
  /// @param b how many terms the second has, at least 0
  /// @return the difference
  public static double difference(long a, long b) {
    if (a - b <= SUMMED) {
      double sum = 0;
      for (long j = a; j > b; j--) {
        sum += 1.0 / j;
      }
      return sum;
    }
    if (b < SUMMED) {
      return EULER_GAMMA + Math.log((double) a) + tail((double) a) - difference(b, 0);
    }
    // The logarithms of two large numbers would cancel.
    return Math.log1p((double) (a - b) / b) + tail((double) a) - tail((double) b);
  }

  /// `H_m - log m - γ`, within 1e-16 for `m >= 256`.
  private static double tail(double m) {
    double square = m * m;
    return 1 / (2 * m) - 1 / (12 * square) + 1 / (120 * square * square);
  }
}
