package topdraw.report.figure;

import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Role;

/// Points of a chart, joined in their order.
///
/// @param name what a reader calls it, such as `textbook K_n`; how well it is known is added
/// @param evidence how well its points are known
/// @param role whether it is the quantity itself or bounds it from one side
/// @param x horizontal places; finite, at least one
/// @param y vertical places; finite, as many
/// @param solidTo the largest `x` at which an estimate is drawn solid; beyond it is dashed
/// @param gaps places that have no number: the line is broken there; finite, any number
public record Line(
    String name,
    Evidence evidence,
    Role role,
    double[] x,
    double[] y,
    double solidTo,
    double[] gaps) {
  /// Copies the points.
  ///
  /// @throws IllegalArgumentException if there is no point, one is not finite, or the lengths
  ///   differ
  public Line {
    x = Values.drawable(x, "the line '" + name + "'");
    y = Values.drawable(y, "the line '" + name + "'");
    Values.paired(x, y, "the line '" + name + "'");
    gaps = gaps.clone();
  }

  /// A line without gaps.
  ///
  /// @param name what a reader calls it
  /// @param evidence how well its points are known
  /// @param role whether it is the quantity itself or bounds it
  /// @param x horizontal places
  /// @param y vertical places
  /// @param solidTo the largest `x` at which an estimate is drawn solid
  public Line(String name, Evidence evidence, Role role, double[] x, double[] y, double solidTo) {
    this(name, evidence, role, x, y, solidTo, new double[0]);
  }

  /// A line that is solid all along.
  ///
  /// @param name what a reader calls it
  /// @param evidence how well its points are known
  /// @param role whether it is the quantity itself or bounds it
  /// @param x horizontal places
  /// @param y vertical places
  public Line(String name, Evidence evidence, Role role, double[] x, double[] y) {
    this(name, evidence, role, x, y, Double.POSITIVE_INFINITY);
  }

  /// Horizontal places.
  ///
  /// @return a copy
  @Override
  public double[] x() {
    return x.clone();
  }

  /// Vertical places.
  ///
  /// @return a copy
  @Override
  public double[] y() {
    return y.clone();
  }

  /// Places without a number.
  ///
  /// @return a copy
  @Override
  public double[] gaps() {
    return gaps.clone();
  }
}
