package topdraw.theory.numeric;

/// Polynomials, of which series near 0 are made.
public final class Polynomial {
  private Polynomial() {}

  /// Returns `Σ coefficients[j] x^j`.
  ///
  /// @param coefficients the constant first
  /// @param x a number
  /// @return the sum
  public static double at(double[] coefficients, double x) {
    double sum = 0;
    for (int j = coefficients.length - 1; j >= 0; j--) {
      sum = Math.fma(sum, x, coefficients[j]);
    }
    return sum;
  }

  static double factorial(int k) {
    double product = 1;
    for (int j = 2; j <= k; j++) {
      product *= j;
    }
    return product;
  }
}
