package topdraw.theory.pool;

/// Sums of rows of numbers, in loops that the compiler turns into vector instructions: every array
/// is read at the same index.
final class RowSums {
  private RowSums() {}

  /// Adds `a x` to the first numbers.
  static void add(double[] sum, int count, double a, double[] x) {
    for (int i = 0; i < count; i++) {
      sum[i] += a * x[i];
    }
  }

  /// Adds `a w + b x + c y + d z` to the first numbers.
  static void add(
      double[] sum,
      int count,
      double a,
      double[] w,
      double b,
      double[] x,
      double c,
      double[] y,
      double d,
      double[] z) {
    for (int i = 0; i < count; i++) {
      sum[i] += a * w[i] + b * x[i] + (c * y[i] + d * z[i]);
    }
  }

  /// Adds the rows, each times its share, to the first numbers.
  ///
  /// @param from the first share
  /// @param to the one behind the last
  /// @param shift the row of a share is that much further on
  static void add(
      double[] sum, int count, double[] shares, int from, int to, double[][] rows, int shift) {
    int k = from;
    for (; k + 3 < to; k += 4) {
      add(
          sum,
          count,
          shares[k],
          rows[k + shift],
          shares[k + 1],
          rows[k + 1 + shift],
          shares[k + 2],
          rows[k + 2 + shift],
          shares[k + 3],
          rows[k + 3 + shift]);
    }
    for (; k < to; k++) {
      add(sum, count, shares[k], rows[k + shift]);
    }
  }

  /// Adds `x y` to the numbers from `from` to `to - 1`.
  static void addProducts(double[] sum, int from, int to, double[] x, double[] y) {
    for (int i = from; i < to; i++) {
      sum[i] += x[i] * y[i];
    }
  }

  /// Adds `a x y` to the numbers from `from` to `to - 1`.
  static void addProducts(double[] sum, int from, int to, double a, double[] x, double[] y) {
    for (int i = from; i < to; i++) {
      sum[i] += a * (x[i] * y[i]);
    }
  }
}
