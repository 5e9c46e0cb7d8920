package topdraw.theory.pool;

import java.util.Arrays;
import java.util.Optional;
import topdraw.theory.confidence.DrawnValue;
import topdraw.theory.confidence.Range;

/// How the mean reward of best-of-n varies with the drawing of one prompt's pool, from its order
/// statistics in `O(N log N)`.
public final class DrawnMeans {
  private DrawnMeans() {}

  /// The mean reward with its jackknife, and with the draw that did not come.
  ///
  /// @param rewards one per draw, finite
  /// @param n draws per prompt, `1 <= n <= N-1`
  /// @param range where rewards provably lie, if known
  /// @return what [topdraw.theory.confidence.MeanIntervals#overDraws] needs
  /// @throws IllegalArgumentException if `n` is out of range
  public static DrawnValue ofBest(double[] rewards, int n, Optional<Range> range) {
    int size = rewards.length;
    PoolWeights.check(n, size - 1);
    double[] sorted = rewards.clone();
    Arrays.sort(sorted);
    double median = (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
    double more = 2 * sorted[size - 1] - median;
    double[] longer = Arrays.copyOf(sorted, size + 1);
    longer[size] = range.map(known -> Math.min(more, known.high())).orElse(more);
    return new DrawnValue(mean(sorted, n), variance(sorted, n), mean(longer, n), (double) size / n);
  }

  private static double mean(double[] sorted, int n) {
    double[] weights = weights(n, sorted.length);
    double sum = 0;
    for (int i = 0; i < sorted.length; i++) {
      sum += weights[i] * sorted[i];
    }
    return sum;
  }

  /// `C(i, n-1)/C(size, n)` for ranks from 0; what follows the lowest is not used.
  private static double[] weights(int n, int size) {
    var weights = new double[size];
    double weight = (double) n / size;
    for (int i = size - 1; i >= n - 1; i--) {
      weights[i] = weight;
      weight *= (i - n + 1.0) / i;
    }
    return weights;
  }

  /// Without rank i the ranks above it move down by one.
  private static double variance(double[] sorted, int n) {
    int size = sorted.length;
    double[] weights = weights(n, size - 1);
    var without = new double[size];
    double below = 0;
    for (int i = 0; i < size; i++) {
      without[i] = below;
      below += i < size - 1 ? weights[i] * sorted[i] : 0;
    }
    double above = 0;
    for (int i = size - 1; i >= 0; i--) {
      without[i] += above;
      above += i > 0 ? weights[i - 1] * sorted[i] : 0;
    }
    double mean = Arrays.stream(without).average().orElseThrow();
    double squares = Arrays.stream(without).map(x -> (x - mean) * (x - mean)).sum();
    return squares * (size - 1) / size;
  }
}
