package topdraw.theory.pool;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/// Estimators of functions of a probability from a count, almost without bias: 64 rounds of the
/// parametric bootstrap's bias correction.
///
///     e ← e + (g - B e),   B(c, j) = C(h, j) (c/h)^j (1 - c/h)^(h-j)
///
/// `(B e)(c)` is the mean of `e` when the probability is `c/h`; where the iteration rests, `e` of a
/// count has the mean `g` at all those probabilities. Several functions are corrected together, each
/// as if alone. Source: Hall and Martin (1988), *On bootstrap resampling and iteration*.
final class BiasCorrection {
  static final int ROUNDS = 64;

  /// A residual below this, in units of the largest value, changes nothing any more.
  private static final double SETTLED = 1e-16;

  private static final double NEGLIGIBLE = 1e-17;

  /// So many rows are summed in one loop.
  private static final int STEP = 4;

  private final int trials;
  private final int rows;
  private final int columns;

  /// The least count that each row gives a chance to.
  private final int[] first;

  /// `-B(c, j)` at `[c][j - first[c]]`.
  private final double[][] chances;

  /// The binomial probabilities of counts that are corrected together.
  ///
  /// @param trials how many trials, `h`
  /// @param rows the counts below this are corrected
  /// @param columns the counts below this have values; at least what the rows reach
  BiasCorrection(int trials, int rows, int columns) {
    this.trials = trials;
    this.rows = rows;
    this.columns = columns;
    first = new int[rows];
    chances = new double[rows][];
    for (int c = 0; c < rows; c++) {
      fill(c);
    }
  }

  private void fill(int c) {
    if (c == 0 || c == trials) {
      first[c] = c;
      chances[c] = new double[] {-1};
      return;
    }
    CountLaw law = CountLaw.binomial(trials, c, Math.min(trials, columns - 1), NEGLIGIBLE);
    first[c] = law.first();
    chances[c] = Arrays.stream(law.chances()).map(chance -> -chance).toArray();
  }

  /// One function, corrected.
  ///
  /// @param value the function at `c/h`
  /// @return its values at the counts below `rows`
  double[] corrected(IntToDoubleFunction value) {
    var values = new double[columns][];
    Arrays.setAll(values, c -> new double[] {value.applyAsDouble(c)});
    return Arrays.stream(corrected(values, values)).mapToDouble(row -> row[0]).toArray();
  }

  /// The corrected values.
  ///
  /// @param values the functions at `c/h`, a row a count
  /// @param start where the iteration begins: the same values, but for counts of `rows` and more
  ///   those that they are to keep
  /// @return values at the counts below `rows`
  double[][] corrected(double[][] values, double[][] start) {
    int width = values[0].length;
    double[] settled = settled(start, width);
    var corrected = new double[rows][];
    var residual = new double[rows + STEP][width];
    var next = new double[rows + STEP][width];
    for (int c = 0; c < rows; c++) {
      corrected[c] = start[c].clone();
      minusMean(start, c, 0, columns, residual[c]);
      add(residual[c], values[c]);
      subtract(residual[c], start[c]);
    }
    int from = 0;
    int to = rows;
    for (int round = 0; round < ROUNDS; round++) {
      while (from < to && !settle(residual[from], settled)) {
        from++;
      }
      while (to > from && !settle(residual[to - 1], settled)) {
        to--;
      }
      for (int c = from; c < to; c++) {
        settle(residual[c], settled);
        add(corrected[c], residual[c]);
      }
      if (from == to) {
        break;
      }
      int low = Math.max(0, from - CountLaw.width(from, trials));
      int high = Math.min(rows, to + CountLaw.width(to - 1, trials));
      for (int c = low; c < high; c++) {
        minusMean(residual, c, from, to, next[c]);
      }
      clear(next, low - STEP, low);
      clear(next, high, high + STEP);
      double[][] spent = residual;
      residual = next;
      next = spent;
      from = low;
      to = high;
    }
    return corrected;
  }

  /// What is too small to matter, of each function.
  private double[] settled(double[][] start, int width) {
    var largest = new double[width];
    for (int c = 0; c < columns; c++) {
      for (int i = 0; i < width; i++) {
        largest[i] = Math.max(largest[i], Math.abs(start[c][i]));
      }
    }
    return Arrays.stream(largest).map(most -> SETTLED * most).toArray();
  }

  /// Takes what is too small for 0, and says whether anything is left.
  private static boolean settle(double[] residual, double[] settled) {
    boolean left = false;
    for (int i = 0; i < residual.length; i++) {
      if (Math.abs(residual[i]) <= settled[i]) {
        residual[i] = 0;
      } else {
        left = true;
      }
    }
    return left;
  }

  private static void clear(double[][] rows, int from, int to) {
    for (int c = Math.max(0, from); c < to; c++) {
      Arrays.fill(rows[c], 0);
    }
  }

  /// `x - B x` at one count, where `x` is 0 outside `from` to `to - 1`, and written as 0 for some
  /// rows before and behind: what is summed with what does not depend on where that is.
  private void minusMean(double[][] x, int c, int from, int to, double[] result) {
    if (c >= from && c < to) {
      System.arraycopy(x[c], 0, result, 0, result.length);
    } else {
      Arrays.fill(result, 0);
    }
    double[] row = chances[c];
    int start = first[c];
    int low = Math.max(0, from - start) / STEP * STEP;
    int high = Math.min(row.length, Math.ceilDiv(Math.max(0, to - start), STEP) * STEP);
    if (low < high) {
      RowSums.add(result, result.length, row, low, high, x, start);
    }
  }

  private static void add(double[] sum, double[] x) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += x[i];
    }
  }

  private static void subtract(double[] sum, double[] x) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] -= x[i];
    }
  }
}
