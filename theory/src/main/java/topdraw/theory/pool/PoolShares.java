package topdraw.theory.pool;

import topdraw.theory.numeric.LogSpace;

/// A probability for each level of a pool, as `log` and `log(1 - ·)`, which estimators of drift are
/// averages over. It does not depend on `n`.
///
/// @param logShare the logarithms, at most 0
/// @param logMiss the logarithms of the complements
record PoolShares(double[] logShare, double[] logMiss) {
  /// `S_l`.
  static PoolShares seen(PoolLevels levels) {
    var shares = new PoolShares(new double[levels.count], new double[levels.count]);
    for (int l = 0; l < levels.count; l++) {
      shares.logShare[l] = levels.logSeen(l);
      shares.logMiss[l] = LogSpace.log1mExp(levels.logSeen(l));
    }
    return shares;
  }

  /// `min(1, S_l / (1 - A_l))`, never more than the level's share among those not above it.
  static PoolShares least(PoolLevels levels) {
    var shares = new PoolShares(new double[levels.count], new double[levels.count]);
    for (int l = 0; l < levels.count; l++) {
      double logRoom = levels.logRoom(l);
      double seen = levels.logSeen(l);
      double share = seen >= logRoom ? 0 : seen - logRoom;
      shares.logShare[l] = share;
      // A share near 1 leaves (1 - A - S) / (1 - A), formed without subtracting from 1.
      shares.logMiss[l] =
          share < -LogSpace.LN_2 || share == 0
              ? LogSpace.log1mExp(share)
              : LogSpace.log1mExp(Math.min(0, LogSpace.logAdd(levels.logSeenAbove(l), seen)))
                  - logRoom;
      if (shares.logMiss[l] == Double.NEGATIVE_INFINITY) {
        shares.logShare[l] = 0;
      }
    }
    return shares;
  }

  /// `S_l / B_l`, the level's share of what was seen up to it: its share among the levels not above
  /// it when nothing below was missed.
  static PoolShares amongSeen(PoolLevels levels) {
    var shares = new PoolShares(new double[levels.count], new double[levels.count]);
    for (int l = 0; l < levels.count; l++) {
      boolean unknown = levels.logSeen(l) == Double.NEGATIVE_INFINITY;
      double share = unknown ? levels.logSeen(l) : levels.logSeen(l) - levels.logSeenUpTo(l);
      shares.logShare[l] = Math.min(0, share);
      shares.logMiss[l] = LogSpace.log1mExp(shares.logShare[l]);
    }
    return shares;
  }

  /// `min(1, P̂_l / F̂_l)`, an estimate of the level's share among those not above it.
  static PoolShares estimated(PoolLevels levels) {
    var shares = new PoolShares(new double[levels.count], new double[levels.count]);
    for (int l = 0; l < levels.count; l++) {
      double logMass = logMassEstimate(levels, l);
      double logCumulative = logCumulativeEstimate(levels, l);
      shares.logShare[l] = logMass >= logCumulative ? 0 : logMass - logCumulative;
      shares.logMiss[l] = LogSpace.log1mExp(shares.logShare[l]);
    }
    return shares;
  }

  private static double logMassEstimate(PoolLevels levels, int l) {
    int others = levels.draws(l) - 1;
    return levels.distinct(l) == 1
        ? levels.logSeen(l)
        : Math.max(levels.logSeen(l), Math.log(others / (levels.size() - 1.0)));
  }

  private static double logCumulativeEstimate(PoolLevels levels, int l) {
    double frequency = Math.log((double) levels.start[l + 1] / levels.size());
    return Math.max(levels.logSeenUpTo(l), Math.min(frequency, levels.logRoom(l)));
  }

  /// A bound from the probability of a level.
  double at(int l, Bound bound) {
    return bound.at(logShare[l], logMiss[l]);
  }

  /// A bound at some `n`, from a probability.
  @FunctionalInterface
  interface Bound {
    double at(double logHit, double logMiss);
  }
}
