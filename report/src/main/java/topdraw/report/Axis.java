package topdraw.report;

/// An axis of a chart.
///
/// @param name what it measures, with its unit: `KL divergence, nats`
/// @param logarithmic whether equal steps are equal factors
/// @param low where it begins; above 0 when logarithmic
/// @param high where it ends
public record Axis(String name, boolean logarithmic, double low, double high) {
  /// Checks the ends.
  ///
  /// @throws IllegalArgumentException if the ends are not finite and in order, or a logarithmic
  ///   axis begins at or below 0
  public Axis {
    if (!(low < high && Double.isFinite(high - low)) || (logarithmic && low <= 0)) {
      throw new IllegalArgumentException(
          "the axis '%s' needs low < high, and low > 0 when logarithmic, was %s to %s"
              .formatted(name, low, high));
    }
  }

  /// The usual axis of the paper: n on a logarithmic scale from 1.
  ///
  /// @param high the largest n, above 1
  /// @return the axis
  public static Axis draws(double high) {
    return new Axis("n, completions drawn", true, 1, high);
  }

  /// A linear axis from `low` to `high`.
  ///
  /// @param name what it measures, with its unit
  /// @param low where it begins
  /// @param high where it ends
  /// @return the axis
  public static Axis linear(String name, double low, double high) {
    return new Axis(name, false, low, high);
  }
}
