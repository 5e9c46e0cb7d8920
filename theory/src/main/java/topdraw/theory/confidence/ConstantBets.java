package topdraw.theory.confidence;

import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.LogSpace;

/// Bounds for the mean of independent numbers in `[0, 1]` whose means may differ, *theorems* with
/// confidence that do not depend on any order: for given prompts, where only the drawing is random.
///
/// Ten bettors each bet the same share `θ` of their capital on every number; the bound is the largest
/// `m` at which their mean capital reaches `1/α`.
///
///     (1/10) Σ_θ Π_i (1 - θ + θ x_i/m) >= 1/α
///
/// At the true mean a bettor's capital has mean at most 1, as the product of numbers is largest when
/// they are equal. Source: ours, `docs/theory.md` 12. [Betting] is up to a quarter narrower
/// where means are equal.
public final class ConstantBets {
  private static final double[] SHARES = new double[10];

  static {
    for (int i = 0; i < SHARES.length; i++) {
      SHARES[i] = 0.005 * Math.pow(190, i / (SHARES.length - 1.0));
    }
  }

  private ConstantBets() {}

  /// A lower bound with confidence `1 - alpha`.
  ///
  /// @param values at least one, independent, in `[0, 1]`
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the bound, from 0 to the mean of the values
  /// @throws IllegalArgumentException if there is no value, or an argument is out of range
  public static double lower(double[] values, double alpha) {
    Checks.openUnit(alpha, "alpha");
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      mean += Checks.probability(values[i], "values[" + i + "]") / values.length;
    }
    Checks.atLeastOne(values.length, "the number of values");
    return Betting.last(m -> logCapital(values, m), -Math.log(alpha), mean);
  }

  /// An upper bound with confidence `1 - alpha`.
  ///
  /// @param values at least one, independent, in `[0, 1]`
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the bound, from the mean of the values to 1
  /// @throws IllegalArgumentException if there is no value, or an argument is out of range
  public static double upper(double[] values, double alpha) {
    var complements = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      complements[i] = 1 - Checks.probability(values[i], "values[" + i + "]");
    }
    return 1 - lower(complements, alpha);
  }

  /// A two-sided interval with confidence `1 - alpha`, half of `alpha` to each end.
  ///
  /// @param values at least one, independent, in `[0, 1]`
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the interval
  /// @throws IllegalArgumentException if there is no value, or an argument is out of range
  public static Interval interval(double[] values, double alpha) {
    return new Interval(lower(values, alpha / 2), upper(values, alpha / 2));
  }

  /// The logarithm of the mean capital when the mean is `m`.
  static double logCapital(double[] values, double m) {
    var logs = new double[SHARES.length];
    for (int i = 0; i < SHARES.length; i++) {
      for (double value : values) {
        logs[i] += Math.log1p(SHARES[i] * (value / m - 1));
      }
    }
    return LogSpace.logSumExp(logs) - Math.log(SHARES.length);
  }
}
