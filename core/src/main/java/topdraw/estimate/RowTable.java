package topdraw.estimate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;

/// Rows of one length. They wait row by row until there are enough of them to be packed column by
/// column.
final class RowTable implements Serializable {
  private static final long serialVersionUID = 1;

  /// Numbers that wait at most.
  private static final int WAITING = 1 << 17;

  private static final int FEWEST_ROWS = 64;
  private static final int FIRST_ROWS = 8;

  private final int length;
  private final int bits;
  private final ArrayList<PackedNumbers[]> blocks = new ArrayList<>();
  private double[] waiting;
  private int count;

  RowTable(int length) {
    this.length = length;
    int rows = Math.max(FEWEST_ROWS, WAITING / Math.max(1, length));
    bits = Integer.numberOfTrailingZeros(Integer.highestOneBit(rows));
    waiting = new double[FIRST_ROWS * length];
  }

  int length() {
    return length;
  }

  /// Adds a row.
  ///
  /// @return its place
  int add(double[] row) {
    int at = count & ((1 << bits) - 1);
    if (at * length == waiting.length) {
      waiting = Arrays.copyOf(waiting, 2 * waiting.length);
    }
    System.arraycopy(row, 0, waiting, at * length, length);
    if (at + 1 == 1 << bits) {
      pack();
    }
    return count++;
  }

  private void pack() {
    var columns = new PackedNumbers[length];
    var numbers = new double[1 << bits];
    for (int c = 0; c < length; c++) {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = waiting[i * length + c];
      }
      columns[c] = PackedNumbers.of(numbers);
    }
    blocks.add(columns);
  }

  double at(int place, int column) {
    int block = place >>> bits;
    int row = place & ((1 << bits) - 1);
    return block < blocks.size()
        ? blocks.get(block)[column].at(row)
        : waiting[row * length + column];
  }
}
