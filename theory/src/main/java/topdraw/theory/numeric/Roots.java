package topdraw.theory.numeric;

import java.util.function.DoubleUnaryOperator;

/// Roots of monotone functions.
public final class Roots {
  private Roots() {}

  /// The root of a rising function by halving, until no double lies between: its lower end, where
  /// the function is not yet positive.
  ///
  /// @param function a function that rises
  /// @param low where to begin
  /// @param high where to end
  /// @return the largest double found at which the function is at most 0; `low` if there is none
  public static double rising(DoubleUnaryOperator function, double low, double high) {
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
  ///
  /// @param function a function that falls
  /// @param low where to begin
  /// @param high where to end
  /// @return the least double found at which the function is at most 0; `high` if there is none
  public static double falling(DoubleUnaryOperator function, double low, double high) {
    return -rising(x -> function.applyAsDouble(-x), -high, -low);
  }
}
