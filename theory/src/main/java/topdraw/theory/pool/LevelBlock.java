package topdraw.theory.pool;

import topdraw.theory.numeric.LogSpace;

/// What was seen at the levels of one block of a pool, up to each and above each.
final class LevelBlock {
  private final int from;
  private final double[] logSeen;
  private final double[] logSeenUpTo;
  private final double[] logSeenAbove;
  private final double[] logRoom;

  LevelBlock(PoolLevels levels, int block) {
    from = levels.from(block);
    int size = levels.to(block) - from;
    logSeen = new double[size];
    logSeenUpTo = new double[size];
    logSeenAbove = new double[size];
    logRoom = new double[size];
    double sum = levels.logSeenBelow(block);
    for (int i = 0; i < size; i++) {
      logSeen[i] = levels.logSeen(from + i);
      sum = PoolLevels.plus(sum, logSeen[i]);
      logSeenUpTo[i] = sum;
    }
    sum = levels.logSeenAbove(block);
    for (int i = size - 1; i >= 0; i--) {
      logSeenAbove[i] = sum;
      logRoom[i] = LogSpace.log1mExp(sum);
      sum = PoolLevels.plus(sum, logSeen[i]);
    }
  }

  int from() {
    return from;
  }

  int to() {
    return from + logSeen.length;
  }

  /// `log S_l`, the probability seen at a level.
  double logSeen(int l) {
    return logSeen[l - from];
  }

  /// `log B_l`, the probability seen up to it.
  double logSeenUpTo(int l) {
    return logSeenUpTo[l - from];
  }

  /// `log A_l`, the probability seen above it.
  double logSeenAbove(int l) {
    return logSeenAbove[l - from];
  }

  /// `log(1 - A_l)`, the most that the levels up to one can hold.
  double logRoom(int l) {
    return logRoom[l - from];
  }
}
