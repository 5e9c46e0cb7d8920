package topdraw.theory.pool;

import topdraw.theory.bound.KlBoundsAt;
import topdraw.theory.numeric.Exp;
import topdraw.theory.numeric.LogSpace;

/// The upper bound on the KL divergence that holds for the pool in hand.
///
///     K_n - Σ_l min over F in {B_l, 1 - A_l} of F^n D_n(min(1, S_l / F))
///
/// @param levels the levels of the pool
/// @param masses what was seen at them
record SeenMass(PoolLevels levels, PoolMasses masses) {
  /// Where `n` times a share is below this a level loses less than `n S_l F^(n-1) 1e-12 / 24`, less
  /// than 1e-13 with all others like it; left out, the bound stays one.
  private static final double NEGLIGIBLE = 1e-6;

  /// The lowest level that can matter at `n`.
  int first(double n) {
    int b = levels.blocks() - 1;
    while (b > 0 && matters(n, LogSpace.log1mExp(levels.logSeenAboveLowest(b)))) {
      b--; // all of this block have more room
    }
    LevelBlock block = masses.block(b).masses();
    int l = block.to();
    while (l > block.from() && matters(n, block.logRoom(l - 1))) {
      l--;
    }
    return l;
  }

  private static boolean matters(double n, double logRoom) {
    return n * logRoom > PoolWeights.LOG_CUT;
  }

  /// The bound in nats.
  double klBound(KlBoundsAt bounds) {
    double lost = 0;
    int first = first(bounds.n());
    for (int b = levels.block(first); b < levels.blocks(); b++) {
      PoolMasses.Block block = masses.block(b);
      for (int l = Math.max(first, levels.from(b)); l < levels.to(b); l++) {
        PoolShares least = block.least();
        lost += lost(bounds, block, l, bounds.shortfall(least.logShare(l), least.logMiss(l)));
      }
    }
    return Math.max(0, bounds.analytical() - lost);
  }

  /// What one level loses.
  ///
  /// @param shortfall of `S_l / (1 - A_l)`
  static double lost(KlBoundsAt bounds, PoolMasses.Block block, int l, double shortfall) {
    double n = bounds.n();
    double logSeenUpTo = block.masses().logSeenUpTo(l);
    // Where one of the two losses is negligible, so is the smaller.
    if (-n * block.amongSeen().logMiss(l) > NEGLIGIBLE && n * logSeenUpTo > PoolWeights.LOG_CUT) {
      double ifNoneMissed = block.amongSeen().at(l, bounds::gap) * Exp.of(n * logSeenUpTo);
      double ifAllBelow =
          bounds.hit(block.least().logMiss(l)) * shortfall * Exp.of(n * block.masses().logRoom(l));
      return Math.min(ifNoneMissed, ifAllBelow);
    }
    return 0;
  }

  /// What the best level adds to a bound, once a chance of failing is allowed.
  ///
  /// @param certain the bound
  PromptSeenMass withBest(double certain) {
    int best = levels.count - 1;
    return new PromptSeenMass(
        certain, levels.logSeen(best), masses.block(levels.block(best)).masses().logSeenUpTo(best));
  }
}
