package topdraw.estimate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;

/// Rows of numbers, each of a length of its own, one behind the other in few arrays.
final class Rows implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int BITS = 16;
  private static final int BLOCK = 1 << BITS;

  private final ArrayList<double[]> blocks = new ArrayList<>();
  private long[] ends = new long[8];
  private int count;

  void add(double[] row) {
    long end = end();
    for (int from = 0; from < row.length; ) {
      int at = (int) (end & BLOCK - 1);
      if (at == 0) {
        blocks.add(new double[BLOCK]);
      }
      int copied = Math.min(row.length - from, BLOCK - at);
      System.arraycopy(row, from, blocks.getLast(), at, copied);
      from += copied;
      end += copied;
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count++] = end;
  }

  void addAll(Rows others) {
    for (int row = 0; row < others.count; row++) {
      add(others.row(row));
    }
  }

  private double[] row(int row) {
    var numbers = new double[length(row)];
    Arrays.setAll(numbers, column -> at(row, column));
    return numbers;
  }

  int length(int row) {
    return (int) (ends[row] - start(row));
  }

  double at(int row, int column) {
    long at = start(row) + column;
    return blocks.get((int) (at >>> BITS))[(int) (at & BLOCK - 1)];
  }

  private long start(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  private long end() {
    return start(count);
  }
}
