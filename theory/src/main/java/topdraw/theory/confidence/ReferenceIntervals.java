package topdraw.theory.confidence;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.BetaDistribution;
import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Checks;

/// Classical confidence bounds, *theorems* with confidence: for numbers in `[0, 1]` they are the
/// reference that [Betting] is compared with, for counts the exact one.
public final class ReferenceIntervals {
  private ReferenceIntervals() {}

  /// Hoeffding's interval for the mean, `mean ± sqrt(log(2/α) / (2 T))`, cut at 0 and 1.
  ///
  /// @param values at least one, independent, in `[0, 1]`
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the interval
  /// @throws IllegalArgumentException if there is no value, or an argument is out of range
  public static Interval hoeffding(double[] values, double alpha) {
    Checks.openUnit(alpha, "alpha");
    return around(mean(values), Math.sqrt(Math.log(2 / alpha) / (2.0 * values.length)));
  }

  /// The empirical Bernstein interval for the mean, cut at 0 and 1.
  ///
  ///     mean ± (sqrt(2 s² L / T) + 7 L / (3 (T-1))),   L = log(4/α), s² the unbiased variance
  ///
  /// Source: Maurer and Pontil (2009), arXiv 0907.3740.
  ///
  /// @param values at least two, independent, in `[0, 1]`
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the interval
  /// @throws IllegalArgumentException if there are fewer than two values, or an argument is out of
  ///   range
  public static Interval empiricalBernstein(double[] values, double alpha) {
    Checks.openUnit(alpha, "alpha");
    double mean = mean(values);
    int count = values.length;
    if (count < 2) {
      throw new IllegalArgumentException("a variance needs at least two values, found one");
    }
    double variance = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / (count - 1.0);
    double log = Math.log(4 / alpha);
    return around(mean, Math.sqrt(2 * variance * log / count) + 7 * log / (3 * (count - 1.0)));
  }

  /// The exact lower bound on a probability from a count: the `alpha` quantile of Beta(count, total
  /// - count + 1). Source: Clopper and Pearson (1934).
  ///
  /// @param count how often it happened
  /// @param total out of how many independent trials, at least 1
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the bound, 0 for a count of 0
  /// @throws IllegalArgumentException if not `0 <= count <= total`, or `alpha` is out of range
  public static double clopperPearsonLower(long count, long total, double alpha) {
    Checks.openUnit(alpha, "alpha");
    if (!(total >= 1 && count >= 0 && count <= total)) {
      throw new IllegalArgumentException(
          "expected 0 <= count <= total and total >= 1, found count "
              + count
              + " and total "
              + total);
    }
    if (count == 0) {
      return 0;
    }
    return BetaDistribution.of((double) count, total - count + 1.0)
        .inverseCumulativeProbability(alpha);
  }

  /// The exact upper bound on a probability from a count.
  ///
  /// @param count how often it happened
  /// @param total out of how many independent trials, at least 1
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the bound, 1 for a count of `total`
  /// @throws IllegalArgumentException if not `0 <= count <= total`, or `alpha` is out of range
  public static double clopperPearsonUpper(long count, long total, double alpha) {
    return 1 - clopperPearsonLower(total - count, total, alpha);
  }

  private static double mean(double[] values) {
    for (int t = 0; t < values.length; t++) {
      if (!(values[t] >= 0 && values[t] <= 1)) {
        throw new IllegalArgumentException(
            "values[" + t + "] must be in [0, 1], was " + values[t] + "; divide by its range");
      }
    }
    return Arrays.stream(values)
        .average()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "an interval for a mean needs at least one value, found none"));
  }

  private static Interval around(double mean, double half) {
    return new Interval(Math.max(0, mean - half), Math.min(1, mean + half));
  }
}
