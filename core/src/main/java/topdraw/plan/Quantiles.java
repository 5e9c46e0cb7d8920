package topdraw.plan;

import java.util.Arrays;

/// Thresholds from rewards.
final class Quantiles {
  private Quantiles() {}

  /// The `1 - z` quantile, an observed reward (type 1): at least a share `z` of the rewards reach
  /// it. A missing score reaches no threshold, so where the quantile is one it is the least score
  /// instead; `∞` where there is no score at all.
  ///
  /// @param sorted rewards in rising order, at least one; `-∞` for a missing score
  static double threshold(double[] sorted, double z) {
    int rank = (int) Math.ceil((1 - z) * sorted.length);
    double quantile = sorted[Math.clamp(rank, 1, sorted.length) - 1];
    return Double.isFinite(quantile)
        ? quantile
        : Arrays.stream(sorted)
            .filter(Double::isFinite)
            .findFirst()
            .orElse(Double.POSITIVE_INFINITY);
  }
}
