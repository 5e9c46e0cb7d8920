package topdraw.theory.pool;

import topdraw.theory.bound.KlBoundsAt;
import topdraw.theory.confidence.LevelLimits;
import topdraw.theory.numeric.LogSpace;

/// At least the mean of [LevelCertificate#term] over every batch of `n` of a pool's draws, and so,
/// like each term, at least the KL divergence on average.
///
///     Σ_l W_l d*_n(max(S_l, L(c_l - j_l, N - n))) + (a + 2t) K_n
///
/// A batch whose winner is at level l leaves `c_l - j` draws of the level to the others. All but
/// the share `t = 1e-6` of those batches leave `c_l - j_l` or more; the others are charged `K_n`.
final class PooledLevelCertificate {
  /// Charged twice, which covers what rounding and the end of the recurrence leave out.
  private static final double TAIL = 1e-6;

  private final PoolLevels levels;
  private final PoolWeights weights;
  private final KlBoundsAt bounds;
  private final LevelLimits limits;

  PooledLevelCertificate(
      PoolLevels levels, PoolWeights weights, KlBoundsAt bounds, LevelLimits limits) {
    this.levels = levels;
    this.weights = weights;
    this.bounds = bounds;
    this.limits = limits;
  }

  double value() {
    double sum = 0;
    for (int l = weights.first(); l < levels.count; l++) {
      sum += weights.at(l) * ofLevel(l);
    }
    return sum + (limits.a() + 2 * TAIL) * bounds.analytical();
  }

  private double ofLevel(int l) {
    if (levels.draws(l) == 1 && levels.logSeen[l] == Double.NEGATIVE_INFINITY) {
      return bounds.analytical(); // nothing is left of it
    }
    int n = weights.n();
    int left = levels.draws(l) - most(levels.draws(l), levels.start[l], n);
    double logMass = Math.max(levels.logSeen[l], limits.log(left, levels.size() - n));
    return bounds.sharpBound(logMass, LogSpace.log1mExp(logMass));
  }

  /// How many draws of a level a batch has at most, the share `TAIL` of the batches apart, among
  /// batches of the level and what is below it that have at least one of the level.
  ///
  /// The chances of j are in the ratios of `C(c, j) C(below, n - j)`, taken from the likeliest j.
  static int most(int draws, int below, int n) {
    int fewest = Math.max(0, n - below);
    int high = Math.min(draws, n);
    int mode =
        Math.clamp((n + 1L) * (draws + 1L) / (draws + below + 2L), Math.max(1, fewest), high);
    double total = 1;
    double share = 1;
    for (int j = mode; j > Math.max(1, fewest) && share > TAIL * 1e-6; j--) {
      share *= (double) j / (draws - j + 1) * (below - n + j) / (n - j + 1);
      total += share;
    }
    var up = new double[high - mode + 1];
    up[0] = 1;
    int end = 0;
    while (mode + end < high && up[end] > TAIL * 1e-6) {
      int j = mode + end;
      up[end + 1] = up[end] * (draws - j) / (j + 1) * (n - j) / (below - n + j + 1);
      total += up[++end];
    }
    double tail = 0;
    while (end > 0 && tail + up[end] <= TAIL * total) {
      tail += up[end--];
    }
    return mode + end;
  }
}
