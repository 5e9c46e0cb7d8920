package topdraw.theory.confidence;

import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.Quantiles;

/// A ratio of two means over prompts, such as the gain that a judge recovers of the oracle's.
public sealed interface RatioInterval {

  /// The ratio, with Fieller's interval: all `ρ` for which the mean of `a - ρ b` may be 0.
  ///
  /// @param ratio the ratio of the means
  /// @param interval where it lies, an *estimate*
  record Found(double ratio, Interval interval) implements RatioInterval {}

  /// The ratio, which never varied: without an interval.
  ///
  /// @param ratio the ratio of the means
  record Constant(double ratio) implements RatioInterval {}

  /// The mean below is within its noise of 0: no ratio is worth printing.
  record WithinNoise() implements RatioInterval {}

  /// Over prompts.
  ///
  /// @param above one value per prompt
  /// @param below one value per prompt
  /// @param alpha the chance of missing, in `(0, 1)`
  /// @return the ratio of the means
  /// @throws IllegalArgumentException if there are fewer than two prompts, or the lengths differ
  static RatioInterval overPrompts(double[] above, double[] below, double alpha) {
    if (above.length != below.length) {
      throw new IllegalArgumentException(
          "expected as many values above as below, found " + above.length + " and " + below.length);
    }
    double[] top = PassesOverPrompts.moments(above);
    double[] bottom = PassesOverPrompts.moments(below);
    int count = above.length;
    double covariance = 0;
    for (int j = 0; j < count; j++) {
      covariance += (above[j] - top[0]) * (below[j] - bottom[0]) / (count - 1.0);
    }
    double t = Quantiles.student(alpha, count - 1.0);
    return of(top[0], bottom[0], top[1] / count, bottom[1] / count, covariance / count, t * t);
  }

  /// From means and the variances and covariance *of the means*, over draws by their jackknives.
  ///
  /// @param above the mean above
  /// @param below the mean below
  /// @param varianceAbove its variance
  /// @param varianceBelow its variance
  /// @param covariance theirs
  /// @param square the square of the factor of a standard error, `t²`
  /// @return the ratio of the means
  static RatioInterval of(
      double above,
      double below,
      double varianceAbove,
      double varianceBelow,
      double covariance,
      double square) {
    Checks.notNaN(above, "above");
    Checks.notNaN(below, "below");
    double second = below * below - square * varianceBelow;
    double first = above * below - square * covariance;
    double constant = above * above - square * varianceAbove;
    if (!(second > 0)) {
      return new WithinNoise();
    }
    double root = Math.sqrt(Math.max(0, first * first - second * constant));
    double ratio = above / below;
    double low = Math.min(ratio, (first - root) / second);
    double high = Math.max(ratio, (first + root) / second);
    // A square root of rounding is no width.
    return high - low > 1e-7 * Math.max(1, Math.abs(ratio))
        ? new Found(ratio, new Interval(low, high))
        : new Constant(ratio);
  }
}
