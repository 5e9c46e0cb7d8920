package topdraw.draw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whole numbers in a row. Nothing is kept of numbers that go on by equal steps, as a constant and
/// the numbers of rows do; four bytes a number where all fit in them.
final class NumberColumn {
  private static final int CHUNK = 1 << 16;

  private long first;
  private long step;
  private int size;
  private boolean even = true;
  private boolean small = true;
  private List<int[]> ints = List.of();
  private List<long[]> longs = List.of();

  /// The same numbers as those whose bits they are, once they are asked for.
  private double @Nullable [] doubles;

  void add(long value) {
    if (even && !goesOn(value)) {
      even = false;
      ints = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        keep(i, first + step * i);
      }
    }
    if (!even) {
      keep(size, value);
    }
    size++;
  }

  private boolean goesOn(long value) {
    if (size == 0) {
      first = value;
    } else if (size == 1) {
      step = value - first;
    }
    return value == first + step * size;
  }

  private void keep(int i, long value) {
    if (small && value != (int) value) {
      small = false;
      longs = new ArrayList<>();
      for (int[] chunk : ints) {
        longs.add(Arrays.stream(chunk).asLongStream().toArray());
      }
      ints = List.of();
    }
    int chunk = i / CHUNK;
    if (small) {
      if (chunk == ints.size()) {
        ints.add(new int[CHUNK]);
      }
      ints.get(chunk)[i % CHUNK] = (int) value;
    } else {
      if (chunk == longs.size()) {
        longs.add(new long[CHUNK]);
      }
      longs.get(chunk)[i % CHUNK] = value;
    }
  }

  /// The numbers whose bits these are: kept in place of what they are made from. Nothing is added
  /// from here on.
  ///
  /// @return all of them, the same array each time, which nobody changes
  double[] doubles() {
    double[] known = doubles;
    if (known == null) {
      known = new double[size];
      for (int i = 0; i < size; i++) {
        known[i] = Double.longBitsToDouble(get(i));
      }
      doubles = known;
      ints = List.of();
      longs = List.of();
    }
    return known;
  }

  long get(int i) {
    if (doubles != null) {
      return Double.doubleToRawLongBits(doubles[i]);
    }
    if (even) {
      return first + step * i;
    }
    return small ? ints.get(i / CHUNK)[i % CHUNK] : longs.get(i / CHUNK)[i % CHUNK];
  }
}
