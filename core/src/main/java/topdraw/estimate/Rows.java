package topdraw.estimate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;

/// Rows of numbers, each of a length of its own. Rows of one length are kept together, column by
/// column ([RowTable]): of a million prompts most columns hold few different numbers.
final class Rows implements Serializable {
  private static final long serialVersionUID = 2;

  private final ArrayList<RowTable> tables = new ArrayList<>();

  /// Of each row which table holds it, and where.
  private int[] table = new int[8];

  private int[] place = new int[8];
  private int count;

  void add(double[] row) {
    if (count == table.length) {
      table = Arrays.copyOf(table, 2 * count);
      place = Arrays.copyOf(place, 2 * count);
    }
    int of = ofLength(row.length);
    table[count] = of;
    place[count++] = tables.get(of).add(row);
  }

  /// Rows that follow each other mostly have one length.
  private int ofLength(int length) {
    if (count > 0 && length(count - 1) == length) {
      return table[count - 1];
    }
    for (int t = 0; t < tables.size(); t++) {
      if (tables.get(t).length() == length) {
        return t;
      }
    }
    tables.add(new RowTable(length));
    return tables.size() - 1;
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
    return tables.get(table[row]).length();
  }

  double at(int row, int column) {
    return tables.get(table[row]).at(place[row], column);
  }
}
