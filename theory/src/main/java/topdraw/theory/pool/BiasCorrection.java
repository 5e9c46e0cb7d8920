package topdraw.theory.pool;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/// Estimators of a function of a probability from a count, almost without bias: 64 rounds of the
/// parametric bootstrap's bias correction.
///
///     e ← e + (g - B e),   B(c, j) = C(h, j) (c/h)^j (1 - c/h)^(h-j)
///
/// `(B e)(c)` is the mean of `e` when the probability is `c/h`; where the iteration rests, `e` of a
/// count has the mean `g` at all those probabilities. Source: Hall and Martin (1988), *On bootstrap
/// resampling and iteration*.
final class BiasCorrection {
  static final int ROUNDS = 64;

  /// A residual below this, in units of the largest value, changes nothing any more.
  private static final double SETTLED = 1e-16;

  private static final double NEGLIGIBLE = 1e-17;

  private final int trials;
  private final int rows;
  private final int columns;
  private final int reach;

  /// `B(c, c + d)` at `[d + reach][c]`: by diagonals, so that a product is a sum of long vectors.
  private final double[][] diagonals;

  private final int[] width;

  /// The binomial probabilities of counts that are corrected together.
  ///
  /// @param trials how many trials, `h`
  /// @param rows the counts below this are corrected
  /// @param columns the counts below this have values; at least what the rows reach
  BiasCorrection(int trials, int rows, int columns) {
    this.trials = trials;
    this.rows = rows;
    this.columns = columns;
    width = new int[rows];
    for (int c = 0; c < rows; c++) {
      width[c] = width(c, trials);
    }
    reach = Arrays.stream(width).max().orElse(0);
    diagonals = new double[2 * reach + 1][rows];
    for (int c = 0; c < rows; c++) {
      fill(c);
    }
  }

  /// How far from `c` the binomial law with mean `c` is above 1e-17 or so.
  static int width(int c, int trials) {
    double variance = c * (1 - (double) c / trials);
    return (int) (8 * Math.sqrt(variance)) + 8;
  }

  /// The mean of values of a count when its probability is `c/trials`.
  static double mean(int trials, int c, IntToDoubleFunction values) {
    double odds = c / (double) (trials - c);
    int reach = width(c, trials);
    double total = 1;
    double sum = values.applyAsDouble(c);
    double chance = 1;
    for (int j = c + 1; j <= Math.min(trials, c + reach); j++) {
      chance *= (trials - j + 1.0) / j * odds;
      total += chance;
      sum += chance * values.applyAsDouble(j);
    }
    chance = 1;
    for (int j = c - 1; j >= Math.max(0, c - reach); j--) {
      chance *= (j + 1.0) / (trials - j) / odds;
      total += chance;
      sum += chance * values.applyAsDouble(j);
    }
    return sum / total;
  }

  private void fill(int c) {
    double p = (double) c / trials;
    if (c == 0 || c == trials) {
      diagonals[reach][c] = 1;
      return;
    }
    double odds = p / (1 - p);
    double sum = 1;
    // From the mode outwards, in units of its probability.
    diagonals[reach][c] = 1;
    double up = 1;
    for (int j = c + 1; j <= Math.min(c + width[c], Math.min(trials, columns - 1)); j++) {
      up *= (trials - j + 1.0) / j * odds;
      diagonals[reach + j - c][c] = up;
      sum += up;
    }
    double down = 1;
    for (int j = c - 1; j >= Math.max(0, c - width[c]); j--) {
      down *= (j + 1.0) / (trials - j) / odds;
      diagonals[reach + j - c][c] = down;
      sum += down;
    }
    for (double[] diagonal : diagonals) {
      double share = diagonal[c] / sum;
      diagonal[c] = share < NEGLIGIBLE ? 0 : share;
    }
  }

  /// The corrected values.
  ///
  /// @param values the function at `c/h`
  /// @param start where the iteration begins: the same values, but for counts of `rows` and more
  ///   those that they are to keep
  /// @return values at the counts below `rows`
  double[] corrected(double[] values, double[] start) {
    double scale = Arrays.stream(start).map(Math::abs).max().orElse(0);
    double[] corrected = Arrays.copyOf(start, rows);
    double[] residual = minusMean(start, 0, rows, 0, columns);
    for (int c = 0; c < rows; c++) {
      residual[c] += values[c] - start[c];
    }
    for (int round = 0; round < ROUNDS; round++) {
      int from = 0;
      int to = rows;
      while (from < to && Math.abs(residual[from]) <= SETTLED * scale) {
        from++;
      }
      while (to > from && Math.abs(residual[to - 1]) <= SETTLED * scale) {
        to--;
      }
      for (int c = from; c < to; c++) {
        corrected[c] += residual[c];
      }
      if (from == to) {
        break;
      }
      int first = Math.max(0, from - width[from]);
      int last = Math.min(rows, to + width[to - 1]);
      residual = minusMean(residual, first, last, from, to);
    }
    return corrected;
  }

  /// `x - B x` on rows `first` to `last - 1`, where `x` is 0 outside `from` to `to - 1`.
  private double[] minusMean(double[] x, int first, int last, int from, int to) {
    var result = new double[rows];
    for (int c = Math.max(first, from); c < Math.min(last, to); c++) {
      result[c] = x[c];
    }
    for (int d = -reach; d <= reach; d++) {
      double[] diagonal = diagonals[d + reach];
      int low = Math.max(first, from - d);
      int high = Math.min(last, to - d);
      for (int c = low; c < high; c++) {
        result[c] -= diagonal[c] * x[c + d];
      }
    }
    return result;
  }
}
