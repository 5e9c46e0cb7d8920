package topdraw.theory.numeric;

import java.util.function.DoubleUnaryOperator;

/// Integrals of functions that are smooth inside the interval, by the double exponential rule.
/// Source: Takahasi and Mori (1974).
public final class Quadrature {
  private static final double STEP = 1.0 / 32;
  private static final int REACH = 112;

  private Quadrature() {}

  /// Returns `∫_0^width f`, within about 1e-15 of the integral of `|f|`.
  ///
  /// @param width the length of the interval
  /// @param f what to integrate, smooth inside
  /// @return the integral
  public static double from0(double width, DoubleUnaryOperator f) {
    double sum = 0;
    for (int i = -REACH; i <= REACH; i++) {
      double t = i * STEP;
      double e = Math.PI * Math.sinh(t);
      double x = 1 / (1 + Math.exp(-e));
      double rest = 1 / (1 + Math.exp(e));
      sum += f.applyAsDouble(width * x) * x * rest * Math.cosh(t);
    }
    return width * STEP * Math.PI * sum;
  }
}
