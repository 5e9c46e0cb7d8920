package topdraw.report.figure;

/// The region between two curves over n = 1, 2, … `lower.length`.
///
/// @param name what it spans, such as `(25), tilted min to max`
/// @param lower the lower edge at each n, the first at n = 1; all finite, at least one
/// @param upper the upper edge at each n; as many as `lower`, none below it
public record Band(String name, double[] lower, double[] upper) {
  /// Copies the edges.
  ///
  /// @throws IllegalArgumentException if an edge has no value or one that is not finite, or if the
  ///   upper edge is not as long as the lower, or runs below it
  public Band {
    lower = Values.drawable(lower, "the lower edge of the band '" + name + "'");
    upper = Values.drawable(upper, "the upper edge of the band '" + name + "'");
    if (lower.length != upper.length) {
      throw new IllegalArgumentException(
          "the band '%s' has %d lower values and %d upper ones; both edges cover the same n"
              .formatted(name, lower.length, upper.length));
    }
    for (int i = 0; i < lower.length; i++) {
      if (lower[i] > upper[i]) {
        throw new IllegalArgumentException(
            "the band '%s' needs lower <= upper, was [%s, %s] at n = %d"
                .formatted(name, lower[i], upper[i], i + 1));
      }
    }
  }

  /// The lower edge at each n.
  ///
  /// @return a copy; the first is at n = 1
  @Override
  public double[] lower() {
    return lower.clone();
  }

  /// The upper edge at each n.
  ///
  /// @return a copy; the first is at n = 1
  @Override
  public double[] upper() {
    return upper.clone();
  }
}
