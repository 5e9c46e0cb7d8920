package topdraw.theory;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// Loops over index ranges cut at fixed places, so that a result is the same whatever the number of
/// cores: threads share the chunks, and sums of chunks are added in order.
final class Chunks {
  static final int SIZE = 1 << 13;

  private Chunks() {}

  /// Work on the indices `from <= i < to`.
  @FunctionalInterface
  interface Range {
    void visit(int from, int to);
  }

  /// A sum over the indices `from <= i < to`.
  @FunctionalInterface
  interface RangeSum {
    double over(int from, int to);
  }

  static int count(int length) {
    return (length + SIZE - 1) / SIZE;
  }

  static void forEach(int length, Range range) {
    IntConsumer chunk = c -> range.visit(c * SIZE, Math.min(length, (c + 1) * SIZE));
    IntStream chunks = IntStream.range(0, count(length));
    (length > SIZE ? chunks.parallel() : chunks).forEach(chunk);
  }

  static double[] sums(int length, RangeSum sum) {
    var sums = new double[count(length)];
    forEach(length, (from, to) -> sums[from / SIZE] = sum.over(from, to));
    return sums;
  }

  static double sum(int length, RangeSum sum) {
    double total = 0;
    for (double part : sums(length, sum)) {
      total += part;
    }
    return total;
  }

  /// The place of the largest of some numbers, the lowest place among equals.
  static int argmax(double[] values) {
    var places = new int[count(values.length)];
    forEach(
        values.length,
        (from, to) -> {
          int place = from;
          for (int i = from + 1; i < to; i++) {
            place = values[i] > values[place] ? i : place;
          }
          places[from / SIZE] = place;
        });
    int best = 0;
    for (int place : places) {
      best = values[place] > values[best] ? place : best;
    }
    return best;
  }
}
