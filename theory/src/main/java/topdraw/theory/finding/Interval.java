package topdraw.theory.finding;

import java.io.Serializable;

/// A closed interval of numbers.
///
/// @param lower the lower end
/// @param upper the upper end, at least `lower`
public record Interval(double lower, double upper) implements Serializable {
  /// Checks the order of the ends.
  public Interval {
    if (!(lower <= upper)) {
      throw new IllegalArgumentException(
          "an interval needs lower <= upper, was [" + lower + ", " + upper + "]");
    }
  }
}
