package topdraw.theory.pool;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntToDoubleFunction;
import topdraw.theory.bound.KlBounds;

/// What a level of a pool takes from the analytical formula, from how many of the draws up to it
/// are at it: `e_{n,h}(c)`, whose mean is `D_n(w)`, almost, when `c` of `h` draws have the
/// probability `w`.
///
/// One table for each `h`, computed when first asked for: by correcting for bias at the nodes of
/// [CountNodes], between them from the nearest nodes. Above 512 draws counts of 200 and more are
/// corrected once, which differs by less than 1e-5.
final class CorrectedGaps {
  private static final int WHOLE = CountNodes.WHOLE;
  private static final int MANY = 200;
  private static final int WINDOW = 401;

  /// Counts of 200 and more of more draws than this are not kept.
  private static final int KEPT = 4096;

  /// Two draws of many say nothing of a cube: the values are below 2e-8 there, and taken as 0.
  private static final int FEW = 2;

  private static final int FEW_OF = 64;

  /// Pools of more different sizes have their weights computed anew.
  private static final int SIZES = 8;

  private static final double[] NONE = {};

  private static final Map<Integer, SoftReference<CorrectedGaps>> KNOWN = new ConcurrentHashMap<>();

  private final int n;
  private final double top;

  private final Map<Integer, double[]> weights = new ConcurrentHashMap<>();

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

  /// `W_h = C(h, n) / C(size, n)` for `h` from 0 to `size`.
  ///
  /// @param size how many draws there are
  double[] weights(int size) {
    double[] known = weights.get(size);
    if (known != null) {
      return known;
    }
    double[] computed = PoolWeights.within(n, size);
    if (size <= KEPT && weights.size() < SIZES) {
      weights.put(size, computed);
    }
    return computed;
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
    if (vanishes(h, c)) {
      return 0;
    }
    double[] table = known(h);
    if (c >= table.length) {
      return once(h, c);
    }
    if (Double.isNaN(table[c])) {
      table[c] = once(h, c);
    }
    return table[c];
  }

  /// `Σ weights[k] e_{n,h}(counts[k])` in nats.
  double sum(int h, int[] counts, double... weights) {
    double[] table = n == 1 ? NONE : known(h);
    double sum = 0;
    for (int k = 0; k < counts.length; k++) {
      int c = counts[k];
      boolean there = c > FEW && c < MANY && c < table.length;
      sum += weights[k] * (there ? table[c] : at(h, c));
    }
    return sum;
  }

  /// Whether the value is 0 for so few draws, of this number up to the level or more.
  boolean vanishes(int h, int c) {
    return c <= FEW && h >= FEW_OF && h >= 4 * n;
  }

  private double[] known(int h) {
    double[][] now = tables;
    if (h < now.length && now[h].length > 0) {
      return now[h];
    }
    double[] table = CountNodes.isNode(h) ? corrected(h) : between(h);
    publish(h, table); // computed outside the lock: two threads may do the same work, not wait
    return table;
  }

  private synchronized void publish(int h, double[] table) {
    double[][] longer = Arrays.copyOf(tables, Math.max(tables.length, h + 1));
    Arrays.fill(longer, tables.length, longer.length, NONE);
    longer[h] = table;
    tables = longer;
  }

  /// Of few draws of `h` at equal counts, of nearly all at equal numbers of others: both ways the
  /// values are smooth in `h`.
  private double[] between(int h) {
    CountNodes near = CountNodes.near(h);
    double[] table = empty(h);
    int whole = h <= WHOLE ? h + 1 : MANY;
    for (int i = 0; i < near.nodes().length; i++) {
      int node = near.nodes()[i];
      double[] values = known(node);
      double weight = near.weights()[i];
      for (int c = 0; c < whole; c++) {
        table[c] += weight * values[2 * c <= h ? c : c + node - h];
      }
    }
    return table;
  }

  /// Zeros, and not yet known from 200 on above 512 draws.
  private static double[] empty(int h) {
    var table = new double[h <= KEPT ? h + 1 : MANY];
    if (h > WHOLE) {
      Arrays.fill(table, MANY, table.length, Double.NaN);
    }
    return table;
  }

  /// The table without any other.
  double[] corrected(int h) {
    if (h <= WHOLE) {
      var values = new double[h + 1];
      Arrays.setAll(values, c -> gap(h, c));
      return new BiasCorrection(h, h + 1, h + 1).corrected(values, values);
    }
    // Beyond the window what is corrected once stands still.
    int columns = Math.min(h + 1, WINDOW + BiasCorrection.width(WINDOW, h));
    var values =
        new double[Math.min(h + 1, columns + BiasCorrection.width(Math.min(columns, h / 2), h))];
    Arrays.setAll(values, c -> gap(h, c));
    double[] start = Arrays.copyOf(values, columns);
    for (int c = WINDOW; c < columns; c++) {
      start[c] = once(h, c, j -> values[j]);
    }
    double[] window = new BiasCorrection(h, WINDOW, columns).corrected(values, start);
    double[] table = empty(h);
    System.arraycopy(window, 0, table, 0, MANY);
    return table;
  }

  private double once(int h, int c) {
    return once(h, c, j -> gap(h, j));
  }

  private double once(int h, int c, IntToDoubleFunction values) {
    return c == h ? top : 2 * values.applyAsDouble(c) - BiasCorrection.mean(h, c, values);
  }

  private double gap(int h, int c) {
    return KlBounds.gap(n, (double) c / h);
  }
}
