package topdraw.theory.confidence;

import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Quantiles;

/// Limits for a mean in `[0, 1]` that is worth as much as `n*` independent draws of 0 and 1.
final class EffectiveSample {
  private EffectiveSample() {}

  /// Clopper-Pearson's limits for real numbers.
  static Interval exact(double mean, double size, double alpha) {
    return new Interval(
        lower(mean * size, size, alpha / 2), 1 - lower(size - mean * size, size, alpha / 2));
  }

  /// Half way between Clopper-Pearson's and Jeffreys' limits; Clopper-Pearson's where they rest on
  /// less than one success or failure.
  static Interval between(double mean, double size, double alpha) {
    double x = mean * size;
    double rest = size - x;
    Interval exact = exact(mean, size, alpha);
    if (x < 1 || rest < 1) {
      return exact;
    }
    return new Interval(
        (exact.lower() + Quantiles.beta(alpha / 2, x + 0.5, rest + 0.5)) / 2,
        (exact.upper() + 1 - Quantiles.beta(alpha / 2, rest + 0.5, x + 0.5)) / 2);
  }

  /// The lower limit of confidence `1 - alpha`, 0 at 0.
  static double lower(double x, double size, double alpha) {
    return x <= 0 ? 0 : Quantiles.beta(alpha, x, size - x + 1);
  }

  /// What the sample is worth, from the variance of its mean.
  ///
  /// @param mean in `[0, 1]`
  /// @param variance of the mean
  /// @param correction what a variance that is itself estimated costs
  /// @param least the fewest that it is worth
  static double size(double mean, double variance, double correction, double least) {
    return variance > 0 ? Math.max(least, mean * (1 - mean) / variance * correction) : least;
  }
}
