package topdraw.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How long a peer takes for what ours takes one, over pairs of runs next to each other.
///
/// @param median of its time over ours
/// @param least of the pairs
/// @param most of the pairs
record PairedRatio(double median, double least, double most) {
  /// @param theirs seconds, a pair each
  /// @param ours of the same pairs, at least one
  static PairedRatio of(List<Double> theirs, List<Double> ours) {
    double[] each = new double[ours.size()];
    Arrays.setAll(each, i -> theirs.get(i) / ours.get(i));
    return new PairedRatio(
        Median.of(each),
        Arrays.stream(each).min().orElseThrow(),
        Arrays.stream(each).max().orElseThrow());
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, least, most);
  }
}
