package topdraw.theory.numeric;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// Loops over index ranges cut at fixed places, so that a result is the same whatever the number of
/// cores: threads share the chunks, and sums of chunks are added in order.
public final class Chunks {
  /// Indices to a chunk; the last may have fewer.
  public static final int SIZE = 1 << 13;

  private Chunks() {}

  /// Work on the indices `from <= i < to`.
  @FunctionalInterface
  public interface Range {
    /// Does the work.
    ///
    /// @param from the first index
    /// @param to the index after the last
    void visit(int from, int to);
  }

  /// A sum over the indices `from <= i < to`.
  @FunctionalInterface
  public interface RangeSum {
    /// Adds up.
    ///
    /// @param from the first index
    /// @param to the index after the last
    /// @return the sum
    double over(int from, int to);
  }

  /// How many chunks an index range has.
  ///
  /// @param length indices run from 0 to less than this
  /// @return the number of chunks
  public static int count(int length) {
    return (length + SIZE - 1) / SIZE;
  }

  /// Works on all chunks, side by side where there are several.
  ///
  /// @param length indices run from 0 to less than this
  /// @param range the work
  public static void forEach(int length, Range range) {
    IntConsumer chunk = c -> range.visit(c * SIZE, Math.min(length, (c + 1) * SIZE));
    IntStream chunks = IntStream.range(0, count(length));
    (length > SIZE ? chunks.parallel() : chunks).forEach(chunk);
  }

  /// The sum over each chunk.
  ///
  /// @param length indices run from 0 to less than this
  /// @param sum the sum over some of them
  /// @return the sums, in order
  public static double[] sums(int length, RangeSum sum) {
    var sums = new double[count(length)];
    forEach(length, (from, to) -> sums[from / SIZE] = sum.over(from, to));
    return sums;
  }

  /// The sum over all chunks, added in order.
  ///
  /// @param length indices run from 0 to less than this
  /// @param sum the sum over some of them
  /// @return the sum
  public static double sum(int length, RangeSum sum) {
    double total = 0;
    for (double part : sums(length, sum)) {
      total += part;
    }
    return total;
  }

  /// The place of the largest of some numbers, the lowest place among equals.
  ///
  /// @param values at least one, none of them NaN
  /// @return its index
  public static int argmax(double[] values) {
    var tops = new double[count(values.length)];
    forEach(
        values.length,
        (from, to) -> {
          double top = values[from];
          for (int i = from; i < to; i++) {
            top = Math.max(top, values[i]);
          }
          tops[from / SIZE] = top;
        });
    int chunk = 0;
    for (int c = 1; c < tops.length; c++) {
      chunk = tops[c] > tops[chunk] ? c : chunk;
    }
    int best = chunk * SIZE;
    while (values[best] != tops[chunk]) {
      best++;
    }
    return best;
  }
}
