package topdraw.theory;

import java.util.function.DoubleUnaryOperator;

/// Roots of monotone functions.
final class Roots {
  private Roots() {}

  /// The root of a rising function by halving, until no double lies between: its lower end, where
  /// the function is not yet positive.
  static double rising(DoubleUnaryOperator function, double low, double high) {
    double below = low;
    double above = high;
    for (double x = (below + above) / 2; below < x && x < above; x = (below + above) / 2) {
      if (function.applyAsDouble(x) <= 0) {
        below = x;
      } else {
        above = x;
      }
    }
    return below;
  }

  /// The root of a falling function, its upper end.
  static double falling(DoubleUnaryOperator function, double low, double high) {
    return -rising(x -> function.applyAsDouble(-x), -high, -low);
  }
}
