package topdraw.theory.pool;

import java.util.Arrays;
import topdraw.theory.numeric.LogSpace;

/// The draws of a pool by level, draws of equal reward, from the worst; and the probability of the
/// distinct completions seen at each.
final class PoolLevels {
  final int count;

  /// Draws from the lowest reward to the highest, of equals the first drawn first.
  final int[] order;

  /// Level l holds the ranks `start[l] <= i < start[l + 1]`, counted from 0.
  final int[] start;

  /// The reward of each level.
  final double[] reward;

  // What follows is empty where nothing is known of any completion.

  private final int[] distinct;
  private final double[] logSeen;
  private final double[] logSeenUpTo;
  private final double[] logSeenAbove;
  private final double[] logRoom;

  /// @param outcomes which completion each draw is, in small numbers from 0
  PoolLevels(int[] outcomes, double[] rewards, double[] logP) {
    this(Ordered.of(rewards), outcomes, logP);
  }

  private PoolLevels(Ordered ordered, int[] outcomes, double[] logP) {
    reward = ordered.reward;
    count = reward.length;
    start = ordered.start;
    order = ordered.order;
    distinct = new int[count];
    logSeen = new double[count];
    see(outcomes, logP);
    boolean known = Arrays.stream(logSeen).anyMatch(log -> log != Double.NEGATIVE_INFINITY);
    if (!known) { // the same numbers all over, kept once
      logSeenUpTo = logSeen;
      logSeenAbove = logSeen;
      logRoom = new double[0];
      return;
    }
    logRoom = new double[count];
    logSeenUpTo = new double[count];
    logSeenAbove = new double[count];
    accumulate();
    for (int l = 0; l < count; l++) {
      logRoom[l] = LogSpace.log1mExp(logSeenAbove[l]);
    }
  }

  /// The levels without the draws `from` to `to - 1`, which need not be ordered again.
  ///
  /// @param outcomes which completion each of the others is, in small numbers from 0
  static PoolLevels without(PoolLevels all, int from, int to, int[] outcomes, double[] logP) {
    var order = new int[all.size() - (to - from)];
    var start = new int[all.count + 1];
    var reward = new double[all.count];
    int count = 0;
    int next = 0;
    for (int l = 0; l < all.count; l++) {
      for (int i = all.start[l]; i < all.start[l + 1]; i++) {
        int draw = all.order[i];
        if (draw < from || draw >= to) {
          order[next++] = draw < from ? draw : draw - (to - from);
        }
      }
      if (next > start[count]) {
        reward[count] = all.reward[l];
        start[++count] = next;
      }
    }
    return new PoolLevels(
        new Ordered(Arrays.copyOf(reward, count), Arrays.copyOf(start, count + 1), order),
        outcomes,
        logP);
  }

  /// The same levels when nothing is known of any completion but its reward, and none was drawn
  /// twice.
  PoolLevels(PoolLevels levels) {
    count = levels.count;
    order = levels.order;
    start = levels.start;
    reward = levels.reward;
    distinct = new int[0];
    logSeen = new double[0];
    logSeenUpTo = logSeen;
    logSeenAbove = logSeen;
    logRoom = logSeen;
  }

  /// How many different completions were seen at a level.
  int distinct(int l) {
    return distinct.length == 0 ? draws(l) : distinct[l];
  }

  /// `log S_l`, the probability seen at a level.
  double logSeen(int l) {
    return log(logSeen, l);
  }

  /// `log B_l`, the probability seen up to it.
  double logSeenUpTo(int l) {
    return log(logSeenUpTo, l);
  }

  /// `log A_l`, the probability seen above it.
  double logSeenAbove(int l) {
    return log(logSeenAbove, l);
  }

  private static double log(double[] logs, int l) {
    return logs.length == 0 ? Double.NEGATIVE_INFINITY : logs[l];
  }

  /// `log(1 - A_l)`, the most that the levels up to one can hold.
  double logRoom(int l) {
    return logRoom.length == 0 ? 0 : logRoom[l];
  }

  /// Draws in the order of their rewards.
  private static final class Ordered {
    private final double[] reward;
    private final int[] start;
    private final int[] order;

    Ordered(double[] reward, int[] start, int[] order) {
      this.reward = reward;
      this.start = start;
      this.order = order;
    }

    static Ordered of(double[] rewards) {
      double[] reward = distinct(rewards);
      var start = new int[reward.length + 1];
      var level = new int[rewards.length];
      for (int i = 0; i < level.length; i++) {
        level[i] = Arrays.binarySearch(reward, rewards[i]);
        start[level[i] + 1]++;
      }
      for (int l = 0; l < reward.length; l++) {
        start[l + 1] += start[l];
      }
      int[] next = start.clone();
      var order = new int[rewards.length];
      for (int i = 0; i < level.length; i++) {
        order[next[level[i]]++] = i;
      }
      return new Ordered(reward, start, order);
    }

    private static double[] distinct(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int kept = 0;
      for (int i = 0; i < sorted.length; i++) {
        if (i == 0 || sorted[i] != sorted[i - 1]) {
          sorted[kept++] = sorted[i];
        }
      }
      return Arrays.copyOf(sorted, kept);
    }
  }

  private void see(int[] outcomes, double[] logP) {
    // The level at which each outcome was last met, from 1.
    var met = new int[Arrays.stream(outcomes).max().orElseThrow() + 1];
    var terms = new double[order.length];
    for (int l = 0; l < count; l++) {
      int found = 0;
      for (int i = start[l]; i < start[l + 1]; i++) {
        int draw = order[i];
        if (met[outcomes[draw]] <= l) {
          met[outcomes[draw]] = l + 1;
          terms[found++] = logP[draw];
        }
      }
      distinct[l] = found;
      logSeen[l] =
          found == 1 ? terms[0] : Math.min(0, LogSpace.logSumExp(Arrays.copyOf(terms, found)));
    }
  }

  private void accumulate() {
    double sum = Double.NEGATIVE_INFINITY;
    for (int l = 0; l < count; l++) {
      sum = plus(sum, logSeen[l]);
      logSeenUpTo[l] = sum;
    }
    sum = Double.NEGATIVE_INFINITY;
    for (int l = count - 1; l >= 0; l--) {
      logSeenAbove[l] = sum;
      sum = plus(sum, logSeen[l]);
    }
  }

  private static double plus(double logSum, double log) {
    return log == Double.NEGATIVE_INFINITY ? logSum : Math.min(0, LogSpace.logAdd(logSum, log));
  }

  int size() {
    return order.length;
  }

  /// The means over each level of values in the order drawn.
  LevelMeans means(double[] values) {
    if (values.length != size()) {
      throw new IllegalArgumentException(
          "each of the " + size() + " draws needs one value, found " + values.length);
    }
    var means = new double[count];
    for (int l = 0; l < count; l++) {
      double sum = 0;
      for (int i = start[l]; i < start[l + 1]; i++) {
        sum += values[order[i]];
      }
      means[l] = sum / draws(l);
      if (!Double.isFinite(sum)) {
        throw new IllegalArgumentException(
            "values must be finite, found " + Arrays.toString(values));
      }
    }
    return new LevelMeans(means);
  }

  /// The level of a rank, counted from 1.
  int ofRank(int rank) {
    int found = Arrays.binarySearch(start, rank - 1);
    return found >= 0 ? found : -found - 2;
  }

  /// The lowest level whose reward reaches a threshold; `count` if none does.
  int from(double threshold) {
    int l = 0;
    while (l < count && reward[l] < threshold) {
      l++;
    }
    return l;
  }

  /// How many draws are at a level.
  int draws(int l) {
    return start[l + 1] - start[l];
  }
}
