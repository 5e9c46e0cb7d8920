package topdraw.theory.numeric;

/// Functions near 0, where drift and win rate are small differences of large numbers: power series
/// there, closed forms beyond.
public final class Series {
  /// How many of the [#evenTerm]s matter below 1.
  public static final int EVEN_TERMS = 10;

  /// `B_2k`, the Bernoulli numbers of even index, k = 1..10.
  private static final double[] BERNOULLI = {
    1.0 / 6,
    -1.0 / 30,
    1.0 / 42,
    -1.0 / 30,
    5.0 / 66,
    -691.0 / 2730,
    7.0 / 6,
    -3617.0 / 510,
    43867.0 / 798,
    -174611.0 / 330
  };

  private static final double[] LOG_SINHC = new double[EVEN_TERMS];
  private static final double[] LOG_SINHC_SLOPE = new double[EVEN_TERMS];
  private static final double[] MISS_EXCESS = new double[20];

  static {
    for (int k = 1; k <= EVEN_TERMS; k++) {
      LOG_SINHC_SLOPE[k - 1] = BERNOULLI[k - 1] / Polynomial.factorial(2 * k);
      LOG_SINHC[k - 1] = LOG_SINHC_SLOPE[k - 1] / (2 * k);
    }
    for (int k = 3; k <= 22; k++) {
      MISS_EXCESS[k - 3] = (k % 2 == 1 ? 1 : -1) * (k - 2) / (2 * Polynomial.factorial(k));
    }
  }

  private Series() {}

  /// Returns `log(sinh(x/2) / (x/2))`.
  ///
  /// @param x a number of at least 0
  /// @return the logarithm, about `x²/24` near 0 and `x/2 - log x` far from it
  public static double logSinhc(double x) {
    if (x < 0.05) {
      // The terms left out are below 1e-17 of the first.
      double y = x * x;
      return y * (LOG_SINHC[0] + y * (LOG_SINHC[1] + y * (LOG_SINHC[2] + y * LOG_SINHC[3])));
    }
    return x < 1
        ? x * x * Polynomial.at(LOG_SINHC, x * x)
        : x / 2 + LogSpace.log1m(Math.exp(-x)) - Math.log(x);
  }

  /// Returns `B_2k / (2k)!`, the coefficient of `x^(2k)` in `x/2 coth(x/2)`.
  ///
  /// @param k a number from 1 to [#EVEN_TERMS]
  /// @return the coefficient
  public static double evenTerm(int k) {
    return LOG_SINHC_SLOPE[k - 1];
  }

  /// Returns the derivative of [#logSinhc], `(1/2) coth(x/2) - 1/x`.
  ///
  /// @param x a number of at least 0 and below 1
  /// @return the slope, about `x/12`
  public static double logSinhcSlope(double x) {
    return x * Polynomial.at(LOG_SINHC_SLOPE, x * x);
  }

  /// Returns `exp(-x) (1 + x/2) - 1 + x/2`.
  ///
  /// @param x a number of at least 0
  /// @return the excess, about `x³/12` near 0
  public static double missExcess(double x) {
    return x < 1
        ? x * x * x * Polynomial.at(MISS_EXCESS, x)
        : Math.exp(-x) * (1 + x / 2) - 1 + x / 2;
  }
}
