package topdraw.plan;

/// Thresholds from rewards.
final class Quantiles {
  private Quantiles() {}

  /// The `1 - z` quantile, an observed reward (type 1): at least a share `z` of the rewards reach
  /// it.
  ///
  /// @param sorted rewards in rising order, at least one
  static double threshold(double[] sorted, double z) {
    int rank = (int) Math.ceil((1 - z) * sorted.length);
    return sorted[Math.clamp(rank, 1, sorted.length) - 1];
  }
}
