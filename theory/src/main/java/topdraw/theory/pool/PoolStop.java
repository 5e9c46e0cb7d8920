package topdraw.theory.pool;

import java.util.Arrays;
import java.util.BitSet;
import topdraw.theory.numeric.LogSpace;

/// The draws of a pool that reach a threshold, which early stop takes for one level; made by
/// [Pool#stopAt]. The levels below it are as they were, so what is known of best-of-n serves early
/// stop too.
///
/// Every completion must always have the same reward, as all bounds from probabilities ask.
public final class PoolStop {
  /// The lowest level that reaches the threshold; the number of levels if none does.
  final int level;

  /// `min(1, S / (1 - A))`, where `A`, the probability above the level, is 0.
  final double logLeast;

  final double logLeastMiss;

  /// `min(1, P̂ / F̂)`, where `F̂`, the share of draws up to the level, is 1.
  final double logEstimated;

  final double logEstimatedMiss;

  PoolStop(PoolLevels levels, double threshold) {
    level = levels.from(threshold);
    int lowest = levels.start(level);
    var met = new BitSet();
    var terms = new double[levels.size() - lowest];
    int found = 0;
    for (int i = lowest; i < levels.size(); i++) {
      int draw = levels.draw(i);
      int outcome = levels.draws().outcome(draw);
      if (!met.get(outcome)) {
        met.set(outcome);
        terms[found++] = levels.draws().logP(draw);
      }
    }
    terms = found == terms.length ? terms : Arrays.copyOf(terms, found);
    logLeast = Math.min(0, LogSpace.logSumExp(terms));
    logLeastMiss = LogSpace.log1mExp(logLeast);
    logEstimated =
        found < 2
            ? logLeast
            : Math.max(logLeast, Math.log((levels.size() - lowest - 1) / (levels.size() - 1.0)));
    logEstimatedMiss = LogSpace.log1mExp(logEstimated);
  }
}
