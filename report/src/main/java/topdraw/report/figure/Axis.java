package topdraw.report.figure;

import java.util.DoubleSummaryStatistics;
import java.util.stream.DoubleStream;

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

  /// A linear axis whose ends are round and hold all of some values.
  ///
  /// @param name what it measures, with its unit
  /// @param values finite numbers, at least one
  /// @return the axis
  /// @throws IllegalArgumentException if there is no value
  public static Axis around(String name, DoubleStream values) {
    DoubleSummaryStatistics all = values.summaryStatistics();
    if (all.getCount() == 0) {
      throw new IllegalArgumentException("the axis '" + name + "' needs a value to show");
    }
    double low = all.getMin();
    double high = all.getMax();
    // What never varies still needs a scale to stand on.
    double pad = high - low > 1e-9 * Math.abs(high) ? 0 : high == 0 ? 0.5 : 0.1 * Math.abs(high);
    double step = step(high - low + 2 * pad);
    return new Axis(
        name,
        false,
        step * Math.floor((low - pad) / step + 1e-9),
        step * Math.ceil((high + pad) / step - 1e-9));
  }

  /// A round step that divides a span into eight parts or fewer.
  private static double step(double span) {
    double power = Math.pow(10, Math.floor(Math.log10(span / 8)));
    return DoubleStream.of(1, 2, 5, 10)
        .map(digit -> digit * power)
        .filter(size -> span / size <= 8 + 1e-9)
        .findFirst()
        .orElse(10 * power);
  }
}
