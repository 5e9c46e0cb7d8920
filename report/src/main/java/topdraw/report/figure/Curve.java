package topdraw.report.figure;

import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Role;

/// One curve over n = 1, 2, … `values.length`.
///
/// @param name what a reader calls it, such as `textbook K_n`; its evidence is added by the page
/// @param evidence how well its points are known
/// @param role whether the curve is the quantity itself or bounds it from one side
/// @param values the value at each n, the first at n = 1; in nats, or a probability; all finite, at
///   least one
public record Curve(String name, Evidence evidence, Role role, double[] values) {
  /// Copies the values.
  ///
  /// @throws IllegalArgumentException if there is no value, or one is not finite
  public Curve {
    values = Values.drawable(values, "the curve '" + name + "'");
  }

  /// The value at each n.
  ///
  /// @return a copy; the first is at n = 1
  @Override
  public double[] values() {
    return values.clone();
  }
}
