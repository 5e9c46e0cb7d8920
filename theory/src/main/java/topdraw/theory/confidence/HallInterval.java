package topdraw.theory.confidence;

import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Quantiles;

/// An interval for the mean of values that no range is known of, skewed ones too: Student's and
/// that of Hall's transformation of t, together.
///
///     a = g/3,   inv(z) = (∛(1 + 3a (z/√P - g/(6P))) - 1)/a,   [m - s inv(t), m - s inv(-t)]
///
/// `g` is the skewness of the values. Where it is above 1 the chance of failing is cut to 0.7 of
/// what it may be. Source: Hall (1992), *On the removal of skewness by transformation*.
final class HallInterval {
  private static final double SKEWED = 1;
  private static final double CAUTION = 0.7;
  private static final double STRAIGHT = 1e-8;

  private HallInterval() {}

  /// The interval of at least two values that are not all equal.
  static Interval of(double[] values, double alpha) {
    double[] moments = PassesOverPrompts.moments(values);
    double mean = moments[0];
    double deviation = Math.sqrt(moments[1]);
    int count = values.length;
    double skewness = skewness(values);
    double chance = Math.abs(skewness) > SKEWED ? CAUTION * alpha : alpha;
    double t = Quantiles.student(chance, count - 1.0);
    double half = t * deviation / Math.sqrt(count);
    return new Interval(
        mean - Math.max(half, deviation * inverse(t, skewness, count)),
        mean + Math.max(half, -deviation * inverse(-t, skewness, count)));
  }

  /// `(Σ (x-m)³/P) / σ³`, `σ² = Σ (x-m)²/P`; 0 where nothing varies.
  static double skewness(double[] values) {
    double[] moments = PassesOverPrompts.moments(values);
    double cubes = 0;
    for (double value : values) {
      cubes += Math.pow(value - moments[0], 3) / values.length;
    }
    double variance = moments[1] * (values.length - 1) / values.length;
    return variance > 0 ? cubes / Math.pow(variance, 1.5) : 0;
  }

  private static double inverse(double t, double skewness, int count) {
    double a = Math.abs(skewness / 3) < STRAIGHT ? STRAIGHT : skewness / 3;
    double z = t / Math.sqrt(count) - skewness / (6 * count);
    return (Math.cbrt(1 + 3 * a * z) - 1) / a;
  }
}
