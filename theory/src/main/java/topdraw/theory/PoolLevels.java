package topdraw.theory;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

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

  /// How many different completions were seen at each level.
  final int[] distinct;

  /// `log S_l`, the probability seen at level l; up to it, `log B_l`; above it, `log A_l`.
  final double[] logSeen;

  final double[] logSeenUpTo;
  final double[] logSeenAbove;

  /// `log(1 - A_l)`, the most that the levels up to l can hold.
  final double[] logRoom;

  PoolLevels(int[] outcomes, double[] rewards, double[] logP) {
    reward = distinct(rewards);
    count = reward.length;
    start = new int[count + 1];
    order = new int[rewards.length];
    sort(rewards);
    distinct = new int[count];
    logSeen = new double[count];
    for (int l = 0; l < count; l++) {
      see(l, outcomes, logP);
    }
    logSeenUpTo = new double[count];
    logSeenAbove = new double[count];
    accumulate();
    logRoom = Arrays.stream(logSeenAbove).map(LogSpace::log1mExp).toArray();
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

  private void sort(double[] rewards) {
    int[] level = Arrays.stream(rewards).mapToInt(r -> Arrays.binarySearch(reward, r)).toArray();
    for (int l : level) {
      start[l + 1]++;
    }
    for (int l = 0; l < count; l++) {
      start[l + 1] += start[l];
    }
    int[] next = start.clone();
    for (int i = 0; i < level.length; i++) {
      order[next[level[i]]++] = i;
    }
  }

  private void see(int l, int[] outcomes, double[] logP) {
    if (draws(l) == 1) {
      distinct[l] = 1;
      logSeen[l] = logP[order[start[l]]];
      return;
    }
    Set<Integer> seen = new HashSet<>();
    double[] terms =
        IntStream.range(start[l], start[l + 1])
            .map(i -> order[i])
            .filter(draw -> seen.add(outcomes[draw]))
            .mapToDouble(draw -> logP[draw])
            .toArray();
    distinct[l] = terms.length;
    logSeen[l] = Math.min(0, LogSpace.logSumExp(terms));
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

  /// How many draws are at a level.
  int draws(int l) {
    return start[l + 1] - start[l];
  }
}
