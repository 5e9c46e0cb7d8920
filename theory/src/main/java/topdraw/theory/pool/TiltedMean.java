package topdraw.theory.pool;

import java.util.Arrays;
import topdraw.theory.numeric.Checks;

/// Tilted means, between the least and the largest of some values. Source: the paper, eq. (133).
public final class TiltedMean {
  private TiltedMean() {}

  /// The tilted mean of equally weighted values.
  ///
  /// @param values at least one, finite
  /// @param t the tilt, in units of one over a value
  /// @return `(1/t) log mean(exp(t x))`: the mean at 0, the largest value at `∞`, the least at `-∞`
  /// @throws IllegalArgumentException if there is no value, one is not finite, or `t` is NaN
  public static double of(double[] values, double t) {
    var weights = new double[values.length];
    Arrays.fill(weights, 1.0 / values.length);
    return of(values, weights, t);
  }

  /// The tilted mean of weighted values.
  ///
  /// @param values at least one, finite
  /// @param weights one per value, at least 0, with sum 1; values of weight 0 do not count
  /// @param t the tilt, in units of one over a value
  /// @return `(1/t) log Σ w exp(t x)`, nondecreasing in `t`
  /// @throws IllegalArgumentException if there is no value, the lengths differ, a value is not
  ///   finite, no weight is above 0, or `t` is NaN
  public static double of(double[] values, double[] weights, double t) {
    Checks.notNaN(t, "t");
    check(values, weights);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      if (weights[i] > 0) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
        mean += weights[i] * values[i];
      }
    }
    if (t == 0 || low == high) {
      return low == high ? low : mean;
    }
    if (Double.isInfinite(t)) {
      return t > 0 ? high : low;
    }
    // Around the mean while the spread is small, else around the end that dominates.
    return Math.abs(t) * (high - low) < 1
        ? aroundMean(mean, values, weights, t)
        : aroundEnd(t > 0 ? high : low, values, weights, t);
  }

  private static double aroundMean(double mean, double[] values, double[] weights, double t) {
    double excess = 0;
    for (int i = 0; i < values.length; i++) {
      excess += weights[i] == 0 ? 0 : weights[i] * Math.expm1(t * (values[i] - mean));
    }
    return mean + Math.log1p(excess) / t;
  }

  private static double aroundEnd(double end, double[] values, double[] weights, double t) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weights[i] == 0 ? 0 : weights[i] * Math.exp(t * (values[i] - end));
    }
    return end + Math.log(sum) / t;
  }

  private static void check(double[] values, double[] weights) {
    if (values.length == 0 || values.length != weights.length) {
      throw new IllegalArgumentException(
          "a tilted mean needs values with one weight each, found "
              + values.length
              + " values and "
              + weights.length
              + " weights");
    }
    if (!Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("values must be finite, found " + Arrays.toString(values));
    }
    if (!Arrays.stream(weights).allMatch(w -> w >= 0) || !(Arrays.stream(weights).sum() > 0)) {
      throw new IllegalArgumentException(
          "weights must be at least 0 and not all 0, found " + Arrays.toString(weights));
    }
  }
}
