package topdraw.theory.pool;

import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/// What the log-probabilities of a pool say of its levels, each made when it is first asked for: a
/// pool that is asked for its rewards alone needs none of it. Where memory is short it is made
/// again.
final class PoolMasses {
  private final PoolLevels levels;
  private @Nullable SoftReference<SeenMass> seenMass;
  private @Nullable SoftReference<PoolShares> seen;
  private @Nullable SoftReference<PoolShares> estimated;

  PoolMasses(PoolLevels levels) {
    this.levels = levels;
  }

  SeenMass seenMass() {
    SeenMass known = seenMass == null ? null : seenMass.get();
    if (known == null) {
      known = new SeenMass(levels, PoolShares.amongSeen(levels), PoolShares.least(levels));
      seenMass = new SoftReference<>(known);
    }
    return known;
  }

  /// `S_l`.
  PoolShares seen() {
    PoolShares known = seen == null ? null : seen.get();
    if (known == null) {
      known = PoolShares.seen(levels);
      seen = new SoftReference<>(known);
    }
    return known;
  }

  /// `min(1, P̂_l / F̂_l)`.
  PoolShares estimated() {
    PoolShares known = estimated == null ? null : estimated.get();
    if (known == null) {
      known = PoolShares.estimated(levels);
      estimated = new SoftReference<>(known);
    }
    return known;
  }
}
