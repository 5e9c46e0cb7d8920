package topdraw.theory.pool;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The law of how many draws are at one level and up to it, given which completions were seen.
///
/// A level's mean gap, given how many draws are up to it, is smooth in that number: where many
/// numbers are possible it is summed at a few and the polynomial through them stands for the
/// others.
///
/// @param first the least number of draws up to the level that has a chance, `h`
/// @param nodes the numbers of draws up to the level at which gaps are summed
/// @param shares what the mean at each node counts for, when each number of draws from `first` on
///   counts for one; times its chance
/// @param at the law of the draws at the level, given each of these numbers
/// @param below the law of the draws below the level if counts were independent
/// @param most the most draws there can be at the level
record LevelLaw(
    int first, int[] nodes, double[][] shares, CountRule[] at, CountLaw below, int most) {
  private static final int NODES = 11;

  /// The nodes have at least so many numbers to choose from.
  private static final int ROOM = 20;

  /// So many numbers of draws are all nodes.
  private static final int FEW = 72;

  /// How far the nodes reach down from the mean, in standard deviations; up they reach to the end,
  /// where the weights of large `n` are.
  private static final double DOWN = 5;

  /// Where fewer draws up to a level weigh less than this they are left out.
  private static final double NEGLIGIBLE = 1e-12;

  /// Less of a law of the draws up to a level is left out.
  private static final double LEAST_CHANCE = 1e-13;

  /// The law of one level.
  ///
  /// @param upTo the law of the draws up to it
  /// @param at the law of the draws at it, and
  /// @param below of those below it, if counts were independent
  static LevelLaw of(CountLaw upTo, CountLaw at, CountLaw below) {
    CountLaw law = whole(upTo) ? upTo : upTo.without(LEAST_CHANCE);
    int[] nodes = nodes(law);
    var given = new CountRule[nodes.length];
    if (at.chances().length == 1) {
      Arrays.fill(given, CountRule.of(at, upTo.last()));
    } else {
      Arrays.setAll(given, k -> CountRule.of(at.given(nodes[k], below), nodes[k]));
    }
    return new LevelLaw(law.first(), nodes, shares(law, nodes), given, below, at.last());
  }

  /// Whether each number of draws is a node.
  private static boolean whole(CountLaw law) {
    return law.chances().length <= FEW || law.last() <= CountNodes.EACH;
  }

  private static int[] nodes(CountLaw law) {
    if (whole(law)) {
      return IntStream.rangeClosed(law.first(), law.last()).toArray();
    }
    double mean = law.mean();
    double from = Math.max(law.first(), mean - DOWN * law.deviation());
    int grain = CountNodes.grain((int) mean);
    while (grain > 1 && law.last() - from < ROOM * grain) { // the nodes are not to be the same
      grain /= 2;
    }
    return CountRule.nodes(law, from, law.last(), NODES, grain);
  }

  /// Lagrange's polynomials, times the chances; one row where each number is a node.
  private static double[][] shares(CountLaw law, int... nodes) {
    return nodes.length == law.chances().length
        ? new double[][] {law.chances()}
        : CountRule.shares(law, nodes);
  }

  /// Adds the mean of `W_h e_{n,h}(c)` in nats.
  ///
  /// @param gaps the values
  /// @param weights `W_h`, by `h`
  /// @param sums one for each `n` up to the number of draws
  void addMeans(CorrectedGaps gaps, double[][] weights, double[] sums) {
    int last = first + shares[0].length - 1;
    int some = 0;
    while (some < sums.length && weights[last][some] >= NEGLIGIBLE) {
      some++;
    }
    if (gaps.silent(first, most) >= some) {
      return;
    }
    if (nodes.length == shares[0].length) {
      for (int k = 0; k < nodes.length; k++) {
        double[] weight = weights[nodes[k]];
        int now = Math.min(some, gaps.upTo(nodes[k]));
        var mean = new double[now];
        addMean(at[k], gaps, nodes[k], now, mean);
        RowSums.addProducts(sums, 0, now, shares[0][k], weight, mean);
      }
      return;
    }
    for (int k = 0; k < nodes.length; k++) {
      var mean = new double[some];
      addMean(at[k], gaps, nodes[k], some, mean);
      var weight = new double[some];
      RowSums.add(weight, some, shares[k], 0, shares[k].length, weights, first);
      RowSums.addProducts(sums, 0, some, weight, mean);
    }
  }

  /// Adds the mean of `e_{n,h}(c)` in nats, for the first `n`.
  private static void addMean(CountRule rule, CorrectedGaps gaps, int h, int some, double[] sum) {
    int[] counts = rule.counts();
    var rows = new double[counts.length][];
    int now = some;
    for (int k = 0; k < rows.length; k++) {
      rows[k] = gaps.at(h, counts[k]);
      now = Math.min(now, rows[k].length);
    }
    RowSums.add(sum, now, rule.weights(), 0, rows.length, rows, 0);
  }
}
