package topdraw.report.figure;

/// The region of a chart between two lines over the same places.
///
/// @param name what it spans, such as `(25), tilted min to max`
/// @param x horizontal places
/// @param edges the lower and the upper edge at each place
public record Region(String name, double[] x, Band edges) {
  /// Copies the places.
  ///
  /// @throws IllegalArgumentException if there are not as many places as edges
  public Region {
    x = Values.drawable(x, "the region '" + name + "'");
    Values.paired(x, edges.lower(), "the region '" + name + "'");
  }

  /// Horizontal places.
  ///
  /// @return a copy
  @Override
  public double[] x() {
    return x.clone();
  }
}
