package topdraw.theory.pool;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import topdraw.theory.bound.KlBounds;

/// What a level of a pool takes from the analytical formula, from how many of the draws up to it
/// are at it: `e_{n,h}(c)`, whose mean is `D_n(w)`, almost, when `c` of `h` draws have the
/// probability `w`. A row has the values at several `n`, so that what is done with one is done with
/// all; each is as if it were alone.
///
/// One table for each `h`, computed when first asked for: by correcting for bias at the nodes of
/// [CountNodes], between them from the nearest nodes. Above 512 draws counts of 200 and more are
/// corrected once, which differs by less than 1e-5.
final class CorrectedGaps {
  private static final int WHOLE = CountNodes.WHOLE;
  private static final int MANY = 200;
  private static final int WINDOW = 401;

  /// Two draws of many say nothing of a cube: the values are below 2e-8 there, and taken as 0.
  static final int FEW = 2;

  private static final int FEW_OF = 64;

  /// Rows beside those of the nodes are kept up to so many draws, and so many numbers in all.
  private static final int KEPT_UP_TO = 1 << 15;

  private static final int KEPT_NUMBERS = 1 << 23;

  /// What an array takes beside its numbers, in numbers.
  private static final int HEAD = 2;

  private static final int SMALL = 4096;

  /// Up to this many draws every row is likely to be asked for again.
  private static final int OFTEN = 2048;

  /// Pools of more different sizes have their weights computed anew.
  private static final int SIZES = 8;

  /// Less of a binomial law is left out.
  private static final double LEAST_CHANCE = 1e-17;

  private static final int KEPT_WEIGHTS = 4096;

  private static final Map<List<Integer>, SoftReference<CorrectedGaps>> KNOWN =
      new ConcurrentHashMap<>();

  private final int[] each;
  private final double[] tops;
  private final double[] none;

  /// [#upTo] of small numbers.
  private final short[] upTo;

  private final Map<Integer, double[][]> weights = new ConcurrentHashMap<>();
  private final AtomicInteger kept = new AtomicInteger();

  /// Rows of counts that a table has no place for, by `h` and count.
  private final Map<Long, double[]> large = new ConcurrentHashMap<>();

  /// By `h`; grows by being replaced.
  private volatile AtomicReferenceArray<@Nullable Table> tables = new AtomicReferenceArray<>(256);

  private final Object[] locks = Stream.generate(Object::new).limit(64).toArray();

  private final Map<Integer, Table> far = new ConcurrentHashMap<>();

  /// The rows of one `h`.
  ///
  /// @param nodes those of a node, by count; none of another number
  /// @param others what has been asked for beside them, by count
  private record Table(double[][] nodes, AtomicReferenceArray<double @Nullable []> others) {}

  /// Values of its own; [#of] has those that all share.
  CorrectedGaps(int... each) {
    this.each = each;
    tops = IntStream.of(each).mapToDouble(KlBounds::analytical).toArray();
    none = new double[each.length];
    upTo = new short[Math.min(SMALL, each[each.length - 1])];
    short found = 0;
    for (int most = 0; most < upTo.length; most++) {
      while (each[found] <= most) {
        found++;
      }
      upTo[most] = found;
    }
  }

  /// The values at some `n`, shared by all who ask while there is memory.
  ///
  /// @param each the values of `n`, in rising order
  static CorrectedGaps of(int... each) {
    List<Integer> key = IntStream.of(each).boxed().toList();
    SoftReference<CorrectedGaps> known = KNOWN.get(key);
    CorrectedGaps gaps = known == null ? null : known.get();
    if (gaps == null) {
      gaps = new CorrectedGaps(each.clone());
      KNOWN.put(key, new SoftReference<>(gaps));
    }
    return gaps;
  }

  /// The values at some of these `n` alone.
  CorrectedGaps part(int from, int to) {
    return of(Arrays.copyOfRange(each, from, to));
  }

  /// One of the values of `n`.
  int n(int i) {
    return each[i];
  }

  /// `K_n` at one of them, in nats.
  double analytical(int i) {
    return tops[i];
  }

  /// How many of them are at most a number.
  int upTo(int most) {
    if (most < upTo.length) {
      return upTo[most];
    }
    if (most >= each[each.length - 1]) {
      return each.length;
    }
    int found = Arrays.binarySearch(each, most);
    return found < 0 ? -found - 1 : found + 1;
  }

  /// How many values a row has. Polynomials in `h` take values at some `h` below `n`.
  private int width(int h) {
    return upTo(h < KEPT_UP_TO ? 2 * h + 128 : Integer.MAX_VALUE);
  }

  /// `W_h = C(h, n) / C(size, n)` for `h` from 0 to `size`, a row an `h`, of all `n` up to `size`.
  ///
  /// @param size how many draws there are
  double[][] weights(int size) {
    double[][] known = weights.get(size);
    if (known != null) {
      return known;
    }
    var computed = new double[size + 1][];
    Falling falling = falling(size);
    for (int h = size; h >= 0; h--) {
      falling.to(h);
      computed[h] = falling.chances().clone();
    }
    if (size <= KEPT_WEIGHTS && weights.size() < SIZES) {
      weights.put(size, computed);
    }
    return computed;
  }

  /// The rows of [#weights], one at a time.
  Falling falling(int size) {
    return new Falling(size, Arrays.copyOf(each, upTo(size)));
  }

  /// `W_h` of one size, from `h = size` downwards.
  static final class Falling {
    private final int[] each;
    private final double[] chances;
    private int h;
    private int some;

    private Falling(int size, int[] each) {
      this.each = each;
      h = size;
      some = each.length;
      chances = new double[some];
      Arrays.fill(chances, 1);
    }

    /// `W_h` at each `n` up to the size.
    double[] chances() {
      return chances;
    }

    /// Goes down to an `h`.
    ///
    /// @return for how many `n`, the first ones, `W_h` is at least 1e-15; it is 0 for the others
    int to(int lower) {
      for (; h > lower && some > 0; h--) {
        double share = 1.0 / h;
        for (int i = 0; i < some; i++) {
          chances[i] *= (h - each[i]) * share;
        }
        while (some > 0 && !(chances[some - 1] > PoolWeights.NEGLIGIBLE)) {
          chances[--some] = 0;
        }
      }
      return some;
    }
  }

  /// `e_{n,h}(c)` in nats, at least for each `n` up to `h`.
  ///
  /// @param h draws up to the level
  /// @param c draws at the level, from 0 to `h`
  double[] at(int h, int c) {
    if (c == 0) {
      return none;
    }
    if (c == h) {
      return tops;
    }
    int silent = silent(h, c);
    if (silent == each.length) {
      return none;
    }
    if (h > WHOLE && c >= MANY) {
      return once(h, c);
    }
    Table table = table(h);
    if (silent == 0 && c < table.nodes.length) {
      return table.nodes[c];
    }
    double[] known = table.others.getAcquire(c);
    if (known == null) {
      known = row(h, c).clone();
      Arrays.fill(known, 0, Math.min(silent, known.length), 0);
      if ((c <= FEW || often(h)) && keeps(known)) {
        table.others.setRelease(c, known);
      }
    }
    return known;
  }

  /// Whether an `h` is one of those that few stand for many.
  private static boolean often(int h) {
    return h <= OFTEN || h % Math.max(1, CountNodes.grain(h) / 4) == 0;
  }

  private boolean keeps(double[] row) {
    int size = row.length + HEAD;
    return kept.get() < KEPT_NUMBERS && kept.addAndGet(size) < KEPT_NUMBERS;
  }

  /// For how many `n`, the first ones, the values are 0 for so few draws.
  int silent(int h, int c) {
    return c <= FEW && h >= FEW_OF ? upTo(h / 4) : 0;
  }

  private Table table(int h) {
    Table known = known(h);
    if (known != null) {
      return known;
    }
    synchronized (locks[h % locks.length]) { // of two threads one does the work
      known = known(h);
      return known == null ? made(h) : known;
    }
  }

  private @Nullable Table known(int h) {
    AtomicReferenceArray<@Nullable Table> now = tables;
    return h > KEPT_UP_TO ? far.get(h) : h < now.length() ? now.getAcquire(h) : null;
  }

  private Table made(int h) {
    boolean node = CountNodes.isNode(h);
    var table =
        new Table(
            node ? corrected(h) : new double[0][],
            new AtomicReferenceArray<>(h <= WHOLE ? h + 1 : MANY));
    if (h <= KEPT_UP_TO) {
      publish(h, table);
    } else if (node) {
      far.put(h, table);
    }
    return table;
  }

  private synchronized void publish(int h, Table table) {
    AtomicReferenceArray<@Nullable Table> now = tables;
    if (h >= now.length()) {
      var longer = new AtomicReferenceArray<@Nullable Table>(Math.max(h + 1, 2 * now.length()));
      for (int k = 0; k < now.length(); k++) {
        longer.setPlain(k, now.get(k));
      }
      tables = longer;
      now = longer;
    }
    now.setRelease(h, table);
  }

  /// Of few draws of `h` at equal counts, of nearly all at equal numbers of others: both ways the
  /// values are smooth in `h`.
  private double[] row(int h, int c) {
    if (CountNodes.isNode(h)) {
      return table(h).nodes[c];
    }
    CountNodes near = CountNodes.near(h);
    var rows = new double[near.nodes().length][];
    int width = width(h);
    for (int i = 0; i < rows.length; i++) {
      int node = near.nodes()[i];
      rows[i] = table(node).nodes[2 * c <= h ? c : c + node - h];
      width = Math.min(width, rows[i].length);
    }
    var row = new double[width];
    RowSums.add(row, width, near.weights(), 0, rows.length, rows, 0);
    return row;
  }

  /// The table without any other.
  double[][] corrected(int h) {
    if (h <= WHOLE) {
      double[][] values = allGaps(h, h + 1);
      return new BiasCorrection(h, h + 1).corrected(values, values);
    }
    // Beyond the window what is corrected once stands still.
    int columns = WINDOW + CountLaw.width(WINDOW, h); // below h, as h is above WHOLE
    int most = Math.min(h + 1, columns + CountLaw.width(columns, h));
    double[][] values = allGaps(h, most);
    double[][] start = Arrays.copyOf(values, columns);
    for (int c = WINDOW; c < columns; c++) {
      CountLaw law = CountLaw.binomial(h, c, h, LEAST_CHANCE);
      var mean = new double[values[c].length];
      RowSums.add(mean, mean.length, law.chances(), 0, law.chances().length, values, law.first());
      start[c] = twice(values[c]);
      RowSums.add(start[c], mean.length, -1, mean);
    }
    double[][] window = new BiasCorrection(h, WINDOW).corrected(values, start);
    return Arrays.copyOf(window, MANY);
  }

  /// A count that is corrected once.
  private double[] once(int h, int c) {
    long key = ((long) h << Integer.SIZE) + c;
    double[] known = large.get(key);
    if (known == null) {
      CountRule near = CountRule.of(CountLaw.binomial(h, c, h, LEAST_CHANCE), h);
      known = twice(gaps(h, c));
      for (int k = 0; k < near.counts().length; k++) {
        RowSums.add(known, known.length, -near.weights()[k], gaps(h, near.counts()[k]));
      }
      if (often(h) && keeps(known)) {
        large.put(key, known);
      }
    }
    return known;
  }

  private static double[] twice(double[] row) {
    return Arrays.stream(row).map(x -> 2 * x).toArray();
  }

  private double[][] allGaps(int h, int counts) {
    var gaps = new double[counts][];
    Arrays.setAll(gaps, c -> gaps(h, c));
    return gaps;
  }

  /// `D_n(c/h)`.
  private double[] gaps(int h, int c) {
    var gaps = new double[width(h)];
    Arrays.setAll(gaps, i -> KlBounds.gap(each[i], (double) c / h));
    return gaps;
  }
}
