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

  private static final double NEGLIGIBLE = 1e-17;

  private final int rows;

  /// The least count that each row gives a chance to.
  private final int[] first;

  /// `-B(c, j)` at `[c][j - first[c]]`.
  private final double[][] chances;

  /// The binomial probabilities of counts that are corrected together.
  ///
  /// @param trials how many trials, `h`
  /// @param rows the counts below this are corrected
  BiasCorrection(int trials, int rows) {
    this.rows = rows;
    first = new int[rows];
    chances = new double[rows][];
    for (int c = 0; c < rows; c++) {
      CountLaw law = CountLaw.binomial(trials, c, trials, NEGLIGIBLE);
      first[c] = law.first();
      chances[c] = Arrays.stream(law.chances()).map(chance -> -chance).toArray();
    }
  }

  /// One function, corrected at every count.
  ///
  /// @param value the function at `c/h`
  /// @return its values at the counts below `rows`
  double[] corrected(IntToDoubleFunction value) {
    var values = new double[rows][];
    Arrays.setAll(values, c -> new double[] {value.applyAsDouble(c)});
    return Arrays.stream(corrected(values, values)).mapToDouble(row -> row[0]).toArray();
  }

  /// The corrected values.
  ///
  /// @param values the functions at `c/h`, a row a count, as far as the corrected ones reach
  /// @param start where the iteration begins: the same values, but for counts of `rows` and more
  ///   those that they are to keep
  /// @return values at the counts below `rows`
  double[][] corrected(double[][] values, double[][] start) {
    int width = values[0].length;
    double[][] e = start.clone(); // beyond the rows it stands still
    double[][] next = start.clone();
    for (int c = 0; c < rows; c++) {
      e[c] = start[c].clone();
      next[c] = new double[width];
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int c = 0; c < rows; c++) {
        double[] row = next[c];
        System.arraycopy(values[c], 0, row, 0, width);
        RowSums.add(row, width, chances[c], 0, chances[c].length, e, first[c]);
        RowSums.add(row, width, 1, e[c]);
      }
      double[][] spent = e;
      e = next;
      next = spent;
    }
    return Arrays.copyOf(e, rows);
  }
}
