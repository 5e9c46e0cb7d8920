package topdraw.theory.pool;

import java.util.BitSet;
import java.util.stream.IntStream;
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

  PoolStop(PoolLevels levels, double threshold, int[] outcomes, double[] logP) {
    level = levels.from(threshold);
    int[] reached =
        IntStream.range(levels.start[level], levels.size()).map(i -> levels.order[i]).toArray();
    var met = new BitSet();
    double[] terms =
        IntStream.of(reached)
            .filter(
                draw -> {
                  boolean isNew = !met.get(outcomes[draw]);
                  met.set(outcomes[draw]);
                  return isNew;
                })
            .mapToDouble(draw -> logP[draw])
            .toArray();
    logLeast = Math.min(0, LogSpace.logSumExp(terms));
    logLeastMiss = LogSpace.log1mExp(logLeast);
    logEstimated =
        terms.length < 2
            ? logLeast
            : Math.max(logLeast, Math.log((reached.length - 1) / (levels.size() - 1.0)));
    logEstimatedMiss = LogSpace.log1mExp(logEstimated);
  }
}
