package topdraw.estimate;

import java.util.Arrays;

/// Puts things in order.
final class Order {
  private Order() {}

  /// Which of some numbers comes first, second and so on in rising order; equal ones as they stand.
  static int[] of(long[] numbers) {
    long[] sorted = numbers.clone();
    Arrays.sort(sorted);
    // Of equal numbers the search finds any, so each counts from the first of its kind.
    var next = new int[sorted.length];
    for (int i = 1; i < sorted.length; i++) {
      next[i] = i;
    }
    var order = new int[sorted.length];
    for (int i = 0; i < numbers.length; i++) {
      int first = first(sorted, numbers[i]);
      order[next[first]++] = i;
    }
    return order;
  }

  /// Which number stands where, of some that are put in an order.
  ///
  /// @param order each number from 0 on once
  /// @return at each number its place
  static int[] inverse(int[] order) {
    var places = new int[order.length];
    for (int place = 0; place < order.length; place++) {
      places[order[place]] = place;
    }
    return places;
  }

  private static int first(long[] sorted, long number) {
    int low = 0;
    int high = sorted.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
