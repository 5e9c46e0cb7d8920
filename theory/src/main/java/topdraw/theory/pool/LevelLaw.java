package topdraw.theory.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The law of how many draws are at one level and up to it, given which completions were seen.
///
/// A level's mean gap, given how many draws are up to it, is smooth in that number: where many
/// numbers are possible it is summed at a few and the polynomial through them stands for the
/// others.
///
/// @param first the least number of draws up to the level, `h`
/// @param chances the chance of each number from `first` on; they sum to 1
/// @param nodes the numbers of draws up to the level at which gaps are summed
/// @param at the law of the draws at the level, given each of these numbers
/// @param below the law of the draws below the level if counts were independent
/// @param most the most draws there can be at the level
record LevelLaw(
    int first, double[] chances, int[] nodes, CountRule[] at, CountLaw below, int most) {
  private static final int NODES = 11;

  /// So many numbers of draws are all nodes.
  private static final int FEW = 72;

  /// How far the nodes reach down from the mean, in standard deviations; up they reach to the end,
  /// where the weights of large `n` are.
  private static final double DOWN = 5;

  /// Where fewer draws up to a level weigh less than this they are left out.
  private static final double NEGLIGIBLE = 1e-12;

  /// The laws of all levels that can be met.
  ///
  /// @param at the law of each level's count if these were independent
  /// @param draws their sum
  static List<LevelLaw> of(CountLaw[] at, int draws) {
    var above = new CountLaw[at.length];
    for (int l = at.length - 1; l >= 0; l--) {
      above[l] = l == at.length - 1 ? CountLaw.point(0) : above[l + 1].plus(at[l + 1], draws);
    }
    List<LevelLaw> laws = new ArrayList<>();
    CountLaw below = CountLaw.point(0);
    for (int l = 0; l < at.length; l++) {
      CountLaw with = below.plus(at[l], draws);
      CountLaw upTo = with.given(draws, above[l]);
      laws.add(of(upTo, at[l], below));
      below = with;
    }
    return laws;
  }

  /// The best level, when this and all better ones are one.
  LevelLaw with(CountLaw all, int draws) {
    return of(CountLaw.point(draws), all, below);
  }

  private static LevelLaw of(CountLaw upTo, CountLaw at, CountLaw below) {
    int[] nodes = nodes(upTo);
    var given = new CountRule[nodes.length];
    if (at.chances().length == 1) {
      Arrays.fill(given, CountRule.of(at, upTo.last()));
    } else {
      Arrays.setAll(given, k -> CountRule.of(at.given(nodes[k], below), nodes[k]));
    }
    return new LevelLaw(upTo.first(), upTo.chances(), nodes, given, below, at.last());
  }

  private static int[] nodes(CountLaw law) {
    if (law.chances().length <= FEW || law.last() <= CountNodes.EACH) {
      return IntStream.rangeClosed(law.first(), law.last()).toArray();
    }
    double mean = law.mean();
    int grain = CountNodes.grain((int) mean);
    return CountRule.nodes(law, mean - DOWN * law.deviation(), law.last(), NODES, grain);
  }

  /// The mean of `W_h e_{n,h}(c)` in nats.
  ///
  /// @param gaps the values at `n`
  /// @param weights `W_h`, by `h`
  double mean(CorrectedGaps gaps, double[] weights) {
    if (weights[first + chances.length - 1] < NEGLIGIBLE || gaps.vanishes(first, most)) {
      return 0;
    }
    int from = from(weights);
    var means = new double[nodes.length];
    for (int k = 0; k < nodes.length; k++) {
      means[k] = at[k].mean(gaps, nodes[k]);
    }
    double[] all = nodes.length == chances.length ? means : between(means, from);
    double sum = 0;
    for (int i = from; i < chances.length; i++) {
      sum += chances[i] * weights[first + i] * all[i];
    }
    return sum;
  }

  /// Where the weights are no longer negligible: they rise.
  private int from(double[] weights) {
    int low = 0;
    int high = chances.length - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (weights[first + middle] < NEGLIGIBLE) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// The polynomial through values at the nodes, in Newton's form.
  private double[] between(double[] values, int from) {
    double[] differences = values.clone();
    for (int order = 1; order < nodes.length; order++) {
      for (int k = nodes.length - 1; k >= order; k--) {
        differences[k] = (differences[k] - differences[k - 1]) / (nodes[k] - nodes[k - order]);
      }
    }
    var between = new double[chances.length];
    for (int k = nodes.length - 1; k >= 0; k--) {
      double to = first - nodes[k];
      double difference = differences[k];
      for (int i = from; i < between.length; i++) {
        between[i] = between[i] * (i + to) + difference;
      }
    }
    return between;
  }
}
