package topdraw.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The middle of what was measured; of an even number the mean of the middle two.
final class Median {
  private Median() {}

  static <T> double of(List<T> values, ToDoubleFunction<T> of) {
    return of(values.stream().mapToDouble(of).toArray());
  }

  /// @param values at least one, in any order
  static double of(double... values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
