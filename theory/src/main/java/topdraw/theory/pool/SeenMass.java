package topdraw.theory.pool;

import topdraw.theory.bound.KlBoundsAt;
import topdraw.theory.numeric.Exp;

/// The upper bound on the KL divergence that holds for the pool in hand.
///
///     K_n - Σ_l min over F in {B_l, 1 - A_l} of F^n D_n(min(1, S_l / F))
///
/// @param levels the levels of the pool
/// @param amongSeen `S_l / B_l`
/// @param least `S_l / (1 - A_l)`
record SeenMass(PoolLevels levels, PoolShares amongSeen, PoolShares least) {
  /// Where `n` times a share is below this a level loses less than `n S_l F^(n-1) 1e-12 / 24`, less
  /// than 1e-13 with all others like it; left out, the bound stays one.
  private static final double NEGLIGIBLE = 1e-6;

  /// The lowest level that can matter at `n`.
  int first(double n) {
    int l = levels.count;
    while (l > 0 && n * levels.logRoom(l - 1) > PoolWeights.LOG_CUT) {
      l--;
    }
    return l;
  }

  /// The bound in nats.
  double klBound(KlBoundsAt bounds) {
    return klBound(bounds, Shortfalls.of(least, bounds, first(bounds.n())));
  }

  /// The bound in nats.
  ///
  /// @param ofLeast what the shares `least` fall short by, from [#first] on or from below it
  double klBound(KlBoundsAt bounds, Shortfalls ofLeast) {
    double n = bounds.n();
    double lost = 0;
    for (int l = first(n); l < levels.count; l++) {
      // Where one of the two losses is negligible, so is the smaller.
      if (-n * amongSeen.logMiss()[l] > NEGLIGIBLE
          && n * levels.logSeenUpTo(l) > PoolWeights.LOG_CUT) {
        double ifNoneMissed = amongSeen.at(l, bounds::gap) * Exp.of(n * levels.logSeenUpTo(l));
        double ifAllBelow =
            bounds.hit(least.logMiss()[l]) * ofLeast.at(l) * Exp.of(n * levels.logRoom(l));
        lost += Math.min(ifNoneMissed, ifAllBelow);
      }
    }
    return Math.max(0, bounds.analytical() - lost);
  }

  /// What the best level adds to a bound, once a chance of failing is allowed.
  ///
  /// @param certain the bound
  PromptSeenMass withBest(double certain) {
    int best = levels.count - 1;
    return new PromptSeenMass(certain, levels.logSeen(best), levels.logSeenUpTo(best));
  }
}
