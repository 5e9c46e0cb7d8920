package topdraw.theory.numeric;

import org.apache.commons.numbers.gamma.InverseErfc;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/// Quantiles of the laws that intervals are made of, within a few ulp.
public final class Quantiles {
  private Quantiles() {}

  /// A quantile of the beta law, `I⁻¹_q(a, b)`.
  ///
  /// @param q the chance of lying below it, in `(0, 1)`
  /// @param a the first parameter, above 0
  /// @param b the second parameter, above 0
  /// @return the quantile, in `[0, 1]`
  /// @throws IllegalArgumentException if an argument is out of range
  public static double beta(double q, double a, double b) {
    Checks.openUnit(q, "q");
    Checks.positive(a, "a");
    Checks.positive(b, "b");
    return BetaDistribution.of(a, b).inverseCumulativeProbability(q);
  }

  /// How far from 0 a standard normal variable lies with a given chance, on either side.
  ///
  /// @param alpha the chance of lying further, both sides together, in `(0, 1)`
  /// @return the factor, 1.959964 at 0.05
  /// @throws IllegalArgumentException if `alpha` is out of range
  public static double normal(double alpha) {
    return Math.sqrt(2) * InverseErfc.value(Checks.openUnit(alpha, "alpha"));
  }

  /// How far from 0 Student's t lies with a given chance, on either side: the factor of a two-sided
  /// interval.
  ///
  /// @param alpha the chance of lying further, both sides together, in `(0, 1)`
  /// @param degrees degrees of freedom `ν`, above 0
  /// @return the factor, such as 12.706 at 0.05 and one degree
  /// @throws IllegalArgumentException if an argument is out of range
  public static double student(double alpha, double degrees) {
    Checks.openUnit(alpha, "alpha");
    Checks.positive(degrees, "degrees");
    return TDistribution.of(degrees).inverseSurvivalProbability(alpha / 2);
  }
}
