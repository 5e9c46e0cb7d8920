package topdraw.theory.numeric;

import org.apache.commons.numbers.gamma.InverseErfc;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/// Quantiles of the laws that intervals are made of, by halving until no double lies between.
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
    return Roots.rising(x -> RegularizedBeta.value(x, a, b) - q, 0, 1);
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
  ///     t = sqrt(ν y / (1 - y)),   y = I⁻¹_{1-α}(1/2, ν/2)
  ///
  /// @param alpha the chance of lying further, both sides together, in `(0, 1)`
  /// @param degrees degrees of freedom `ν`, above 0
  /// @return the factor, such as 12.706 at 0.05 and one degree
  /// @throws IllegalArgumentException if an argument is out of range
  public static double student(double alpha, double degrees) {
    Checks.openUnit(alpha, "alpha");
    Checks.positive(degrees, "degrees");
    // Where most lies beyond, y is near 1, and 1 - y is found without subtracting.
    double far = beta(alpha, degrees / 2, 0.5);
    return far < 0.5
        ? Math.sqrt(degrees * (1 - far) / far)
        : Math.sqrt(degrees / (1 / beta(1 - alpha, 0.5, degrees / 2) - 1));
  }
}
