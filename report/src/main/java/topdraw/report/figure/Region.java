package topdraw.report.figure;

/// The region of a chart between two lines over the same places.
///
/// @param name what it spans, such as `(25), tilted min to max`
/// @param x horizontal places
/// @param edges the lower and the upper edge at each place
/// @param gaps places that have no edges: the region is broken there
public record Region(String name, double[] x, Band edges, double[] gaps) {
  /// Copies the places.
  ///
  /// @throws IllegalArgumentException if there are not as many places as edges
  public Region {
    x = Values.drawable(x, "the region '" + name + "'");
    Values.paired(x, edges.lower(), "the region '" + name + "'");
    gaps = gaps.clone();
  }

  /// A region without gaps.
  ///
  /// @param name what it spans
  /// @param x horizontal places
  /// @param edges the lower and the upper edge at each place
  public Region(String name, double[] x, Band edges) {
    this(name, x, edges, new double[0]);
  }

  /// Horizontal places.
  ///
  /// @return a copy
  @Override
  public double[] x() {
    return x.clone();
  }

  /// Places without edges.
  ///
  /// @return a copy
  @Override
  public double[] gaps() {
    return gaps.clone();
  }
}
