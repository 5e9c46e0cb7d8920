package topdraw.theory.pool;

import topdraw.theory.numeric.LogSpace;

/// A probability for each level of a block of a pool, as `log` and `log(1 - ·)`, which estimators
/// of drift are averages over. It does not depend on `n`.
///
/// @param from the lowest level of the block
/// @param logShares the logarithms, at most 0
/// @param logMisses the logarithms of the complements
record PoolShares(int from, double[] logShares, double[] logMisses) {
  private PoolShares(int from, int to) {
    this(from, new double[to - from], new double[to - from]);
  }

  /// `S_l`.
  static PoolShares seen(PoolLevels levels, int block) {
    var shares = new PoolShares(levels.from(block), levels.to(block));
    for (int i = 0; i < shares.logShares.length; i++) {
      shares.logShares[i] = levels.logSeen(shares.from + i);
      shares.logMisses[i] = LogSpace.log1mExp(shares.logShares[i]);
    }
    return shares;
  }

  /// `min(1, S_l / (1 - A_l))`, never more than the level's share among those not above it.
  static PoolShares least(LevelBlock block) {
    var shares = new PoolShares(block.from(), block.to());
    for (int i = 0; i < shares.logShares.length; i++) {
      double logRoom = block.logRoom(shares.from + i);
      double seen = block.logSeen(shares.from + i);
      double share = seen >= logRoom ? 0 : seen - logRoom;
      shares.logShares[i] = share;
      // A share near 1 leaves (1 - A - S) / (1 - A), formed without subtracting from 1.
      shares.logMisses[i] =
          share < -LogSpace.LN_2 || share == 0
              ? LogSpace.log1mExp(share)
              : LogSpace.log1mExp(
                      Math.min(0, LogSpace.logAdd(block.logSeenAbove(shares.from + i), seen)))
                  - logRoom;
      if (shares.logMisses[i] == Double.NEGATIVE_INFINITY) {
        shares.logShares[i] = 0;
      }
    }
    return shares;
  }

  /// `S_l / B_l`, the level's share of what was seen up to it: its share among the levels not above
  /// it when nothing below was missed.
  static PoolShares amongSeen(LevelBlock block) {
    var shares = new PoolShares(block.from(), block.to());
    for (int i = 0; i < shares.logShares.length; i++) {
      double seen = block.logSeen(shares.from + i);
      boolean unknown = seen == Double.NEGATIVE_INFINITY;
      double share = unknown ? seen : seen - block.logSeenUpTo(shares.from + i);
      shares.logShares[i] = Math.min(0, share);
      shares.logMisses[i] = LogSpace.log1mExp(shares.logShares[i]);
    }
    return shares;
  }

  /// `min(1, P̂_l / F̂_l)`, an estimate of the level's share among those not above it.
  static PoolShares estimated(PoolLevels levels, LevelBlock block) {
    var shares = new PoolShares(block.from(), block.to());
    for (int i = 0; i < shares.logShares.length; i++) {
      double logMass = logMassEstimate(levels, block, shares.from + i);
      double logCumulative = logCumulativeEstimate(levels, block, shares.from + i);
      shares.logShares[i] = logMass >= logCumulative ? 0 : logMass - logCumulative;
      shares.logMisses[i] = LogSpace.log1mExp(shares.logShares[i]);
    }
    return shares;
  }

  private static double logMassEstimate(PoolLevels levels, LevelBlock block, int l) {
    int others = levels.draws(l) - 1;
    return levels.distinct(l) == 1
        ? block.logSeen(l)
        : Math.max(block.logSeen(l), Math.log(others / (levels.size() - 1.0)));
  }

  private static double logCumulativeEstimate(PoolLevels levels, LevelBlock block, int l) {
    double frequency = Math.log((double) levels.start(l + 1) / levels.size());
    return Math.max(block.logSeenUpTo(l), Math.min(frequency, block.logRoom(l)));
  }

  double logShare(int l) {
    return logShares[l - from];
  }

  double logMiss(int l) {
    return logMisses[l - from];
  }

  /// A bound from the probability of a level.
  double at(int l, Bound bound) {
    return bound.at(logShare(l), logMiss(l));
  }

  /// A bound at some `n`, from a probability.
  @FunctionalInterface
  interface Bound {
    double at(double logHit, double logMiss);
  }
}
