package topdraw.theory.pool;

import org.jspecify.annotations.Nullable;

/// What the log-probabilities of a pool say of its levels, each made when it is first asked for: a
/// pool that is asked for its rewards alone needs none of it.
final class PoolMasses {
  private final PoolLevels levels;
  private @Nullable SeenMass seenMass;
  private @Nullable PoolShares seen;
  private @Nullable PoolShares estimated;

  PoolMasses(PoolLevels levels) {
    this.levels = levels;
  }

  SeenMass seenMass() {
    SeenMass known = seenMass;
    if (known == null) {
      known = new SeenMass(levels, PoolShares.amongSeen(levels), PoolShares.least(levels));
      seenMass = known;
    }
    return known;
  }

  /// `S_l`.
  PoolShares seen() {
    PoolShares known = seen;
    if (known == null) {
      known = PoolShares.seen(levels);
      seen = known;
    }
    return known;
  }

  /// `min(1, P̂_l / F̂_l)`.
  PoolShares estimated() {
    PoolShares known = estimated;
    if (known == null) {
      known = PoolShares.estimated(levels);
      estimated = known;
    }
    return known;
  }
}
