package topdraw.theory.pool;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import topdraw.theory.numeric.LogSpace;

/// The draws of a pool by level, draws of equal reward, from the worst; and the probability of the
/// distinct completions seen at each.
///
/// What is summed up or down the levels is kept at the ends of blocks of them ([LevelBlock]), and
/// of levels of one draw each nothing but their order: of millions of draws a number a level for
/// each of a dozen sums would be ten times as large as the draws.
final class PoolLevels {
  /// Levels of a block, but for the last.
  private static final int BLOCK = 1 << 10;

  final int count;

  private final RewardOrder order;

  private final PoolDraws draws;

  /// Level l holds the ranks `start[l] <= i < start[l + 1]`, counted from 0; null where each level
  /// has one draw.
  private final int @Nullable [] start;

  // Null where each level has one draw, or nothing is known of any completion.

  private final int @Nullable [] distinct;
  private final double @Nullable [] logSeen;

  /// Whether something is known of some completion.
  private final boolean known;

  // What was seen below each block, above it, and above its lowest level.

  private final double[] belowBlock;
  private final double[] aboveBlock;
  private final double[] aboveLowest;

  /// @param draws the draws
  PoolLevels(PoolDraws draws) {
    this(draws, RewardOrder.of(draws));
  }

  private PoolLevels(PoolDraws draws, RewardOrder order) {
    this.draws = draws;
    this.order = order;
    count = count(draws, order);
    start = count == order.size() ? null : starts(draws, order, count);
    distinct = start == null ? null : new int[count];
    logSeen = start == null ? null : new double[count];
    if (start != null && distinct != null && logSeen != null) {
      see(start, distinct, logSeen);
    }
    known = anyKnown();
    belowBlock = unseen();
    aboveBlock = belowBlock.clone();
    aboveLowest = belowBlock.clone();
    if (known && blocks() > 1) { // of one block its ends are the pool's
      accumulate();
    }
  }

  /// The levels without the draws `from` to `to - 1`, which need not be ordered again.
  PoolLevels without(int from, int to) {
    return new PoolLevels(draws.without(from, to), order.without(from, to));
  }

  /// The levels with one draw more, of an outcome of its own.
  PoolLevels with(double reward, double logProbability) {
    PoolDraws more = draws.with(reward, logProbability);
    return new PoolLevels(more, order.with(more));
  }

  /// The same levels when nothing is known of any completion but its reward, and none was drawn
  /// twice.
  PoolLevels ofRewards() {
    return new PoolLevels(this);
  }

  private PoolLevels(PoolLevels levels) {
    draws = levels.draws.ofRewards();
    count = levels.count;
    order = levels.order;
    start = levels.start;
    distinct = null;
    logSeen = null;
    known = false;
    belowBlock = unseen();
    aboveBlock = belowBlock;
    aboveLowest = belowBlock;
  }

  private double[] unseen() {
    var unseen = new double[blocks()];
    Arrays.fill(unseen, Double.NEGATIVE_INFINITY);
    return unseen;
  }

  private static int count(PoolDraws draws, RewardOrder order) {
    int count = 0;
    double before = Double.NaN;
    for (int i = 0; i < order.size(); i++) {
      double reward = draws.reward(order.draw(i));
      count += reward == before ? 0 : 1;
      before = reward;
    }
    return count;
  }

  private static int[] starts(PoolDraws draws, RewardOrder order, int count) {
    var start = new int[count + 1];
    int level = 0;
    double before = Double.NaN;
    for (int i = 0; i < order.size(); i++) {
      double reward = draws.reward(order.draw(i));
      if (reward != before) {
        start[level++] = i;
      }
      before = reward;
    }
    start[count] = order.size();
    return start;
  }

  private void see(int[] start, int[] distinct, double[] logSeen) {
    var met = new BitSet(draws.outcomes()); // at one level
    var terms = new double[IntStream.range(0, count).map(this::draws).max().orElseThrow()];
    for (int l = 0; l < count; l++) {
      int found = 0;
      for (int i = start[l]; i < start[l + 1]; i++) {
        int draw = order.draw(i);
        int outcome = draws.outcome(draw);
        if (!met.get(outcome)) {
          met.set(outcome);
          terms[found++] = draws.logP(draw);
        }
      }
      for (int i = start[l]; i < start[l + 1]; i++) {
        met.clear(draws.outcome(order.draw(i)));
      }
      distinct[l] = found;
      logSeen[l] = found == 1 ? terms[0] : Math.min(0, LogSpace.logSumExpOfFirst(found, terms));
    }
  }

  private boolean anyKnown() {
    for (int l = 0; l < count; l++) {
      if (seenAt(l) != Double.NEGATIVE_INFINITY) {
        return true;
      }
    }
    return false;
  }

  private void accumulate() {
    double sum = Double.NEGATIVE_INFINITY;
    for (int l = 0; l < count; l++) {
      if (l % BLOCK == 0) {
        belowBlock[l / BLOCK] = sum;
      }
      sum = plus(sum, seenAt(l));
    }
    sum = Double.NEGATIVE_INFINITY;
    for (int l = count - 1; l >= 0; l--) {
      if ((l + 1) % BLOCK == 0) { // above the last block there is nothing
        aboveBlock[l / BLOCK] = sum;
      }
      aboveLowest[l / BLOCK] = sum;
      sum = plus(sum, seenAt(l));
    }
  }

  /// The logarithm of a sum with one term more.
  static double plus(double logSum, double log) {
    return log == Double.NEGATIVE_INFINITY ? logSum : Math.min(0, LogSpace.logAdd(logSum, log));
  }

  PoolDraws draws() {
    return draws;
  }

  int size() {
    return order.size();
  }

  /// The draw of a rank, from 0 for the lowest reward, of equals the first drawn first.
  int draw(int rank) {
    return order.draw(rank);
  }

  /// Whether no two draws have the same reward.
  boolean single() {
    return start == null;
  }

  /// The rank of the first draw of a level, from 0; of [#count] their number.
  int start(int l) {
    return start == null ? l : start[l];
  }

  /// How many draws are at a level.
  int draws(int l) {
    return start == null ? 1 : start[l + 1] - start[l];
  }

  /// The reward of a level.
  double reward(int l) {
    return draws.reward(order.draw(start(l)));
  }

  /// How many different completions were seen at a level.
  int distinct(int l) {
    return distinct == null ? draws(l) : distinct[l];
  }

  /// `log S_l`, the probability seen at a level.
  double logSeen(int l) {
    return known ? seenAt(l) : Double.NEGATIVE_INFINITY;
  }

  private double seenAt(int l) {
    return logSeen == null ? draws.logP(order.draw(l)) : logSeen[l];
  }

  int blocks() {
    return (count - 1) / BLOCK + 1;
  }

  /// The block of a level.
  int block(int l) {
    return l / BLOCK;
  }

  /// The lowest level of a block.
  int from(int block) {
    return block * BLOCK;
  }

  /// The level above a block.
  int to(int block) {
    return Math.min(count, (block + 1) * BLOCK);
  }

  /// The logarithm of the probability seen below a block.
  double logSeenBelow(int block) {
    return belowBlock[block];
  }

  /// The same above it.
  double logSeenAbove(int block) {
    return aboveBlock[block];
  }

  /// The same above its lowest level; where there is but one block, that is not known.
  double logSeenAboveLowest(int block) {
    return aboveLowest[block];
  }

  /// The means over each level of values in the order drawn.
  LevelMeans means(double[] values) {
    if (values.length != size()) {
      throw new IllegalArgumentException(
          "each of the " + size() + " draws needs one value, found " + values.length);
    }
    if (start == null) {
      for (double value : values) {
        finite(value, values);
      }
      return new LevelMeans(order, values);
    }
    var means = new double[count];
    for (int l = 0; l < count; l++) {
      double sum = 0;
      for (int i = start[l]; i < start[l + 1]; i++) {
        sum += values[order.draw(i)];
      }
      means[l] = sum / draws(l);
      finite(sum, values);
    }
    return new LevelMeans(null, means);
  }

  private static void finite(double number, double[] values) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("values must be finite, found " + Arrays.toString(values));
    }
  }

  /// The level of a rank, counted from 1.
  int ofRank(int rank) {
    if (start == null) {
      return rank - 1;
    }
    int found = Arrays.binarySearch(start, rank - 1);
    return found >= 0 ? found : -found - 2;
  }

  /// The lowest level whose reward reaches a threshold; `count` if none does.
  int from(double threshold) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (reward(middle) < threshold) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
