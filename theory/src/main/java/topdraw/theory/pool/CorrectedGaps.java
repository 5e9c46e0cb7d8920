package topdraw.theory.pool;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import topdraw.theory.bound.KlBounds;

/// What a level of a pool takes from the analytical formula, from how many of the draws up to it
/// are at it: `e_{n,h}(c)`, whose mean is `D_n(w)`, almost, when `c` of `h` draws have the
/// probability `w`.
///
/// One table for each `h`, computed when first asked for. Above 512 draws counts of 200 and more
/// are corrected once, which differs by less than 1e-5.
final class CorrectedGaps {
  private static final int WHOLE = 512;
  private static final int MANY = 200;
  private static final int WINDOW = 401;

  /// Two draws of many say nothing of a cube: the values are below 2e-8 there, and taken as 0.
  private static final int FEW = 2;

  private static final int FEW_OF = 64;

  private static final double[] NONE = {};

  private static final Map<Integer, SoftReference<CorrectedGaps>> KNOWN = new ConcurrentHashMap<>();

  private final int n;
  private final double top;

  /// By `h`; grows by being replaced.
  private volatile double[][] tables = {};

  private CorrectedGaps(int n) {
    this.n = n;
    top = KlBounds.analytical(n);
  }

  /// The values at one `n`, shared by all who ask while there is memory.
  static CorrectedGaps of(int n) {
    SoftReference<CorrectedGaps> known = KNOWN.get(n);
    CorrectedGaps gaps = known == null ? null : known.get();
    if (gaps == null) {
      gaps = new CorrectedGaps(n);
      KNOWN.put(n, new SoftReference<>(gaps));
    }
    return gaps;
  }

  /// `K_n` in nats.
  double analytical() {
    return top;
  }

  /// `e_{n,h}(c)` in nats.
  ///
  /// @param h draws up to the level, at least `n`
  /// @param c draws at the level, from 0 to `h`
  double at(int h, int c) {
    if (c == 0 || n == 1) {
      return 0;
    }
    if (c == h) {
      return top;
    }
    if (c <= FEW && h >= FEW_OF && h >= 4 * n) {
      return 0;
    }
    double[] table = known(h);
    if (Double.isNaN(table[c])) {
      table[c] = once(h, c);
    }
    return table[c];
  }

  private double[] known(int h) {
    double[][] now = tables;
    if (h < now.length && now[h].length > 0) {
      return now[h];
    }
    double[] table = table(h); // outside the lock: two threads may do the same work, not wait
    publish(h, table);
    return table;
  }

  private synchronized void publish(int h, double[] table) {
    double[][] longer = Arrays.copyOf(tables, Math.max(tables.length, h + 1));
    Arrays.fill(longer, tables.length, longer.length, NONE);
    longer[h] = table;
    tables = longer;
  }

  private double[] table(int h) {
    if (h <= WHOLE) {
      var values = new double[h + 1];
      Arrays.setAll(values, c -> gap(h, c));
      return new BiasCorrection(h, h + 1, h + 1).corrected(values, values);
    }
    // Beyond the window what is corrected once stands still.
    int columns = Math.min(h + 1, WINDOW + BiasCorrection.width(WINDOW, h));
    var values = new double[columns];
    Arrays.setAll(values, c -> gap(h, c));
    double[] start = values.clone();
    for (int c = WINDOW; c < columns; c++) {
      start[c] = once(h, c);
    }
    double[] window = new BiasCorrection(h, WINDOW, columns).corrected(values, start);
    double[] table = Arrays.copyOf(window, h + 1);
    Arrays.fill(table, MANY, h + 1, Double.NaN);
    return table;
  }

  private double once(int h, int c) {
    return c == h ? top : 2 * gap(h, c) - BiasCorrection.mean(h, c, j -> gap(h, j));
  }

  private double gap(int h, int c) {
    return KlBounds.gap(n, (double) c / h);
  }
}
