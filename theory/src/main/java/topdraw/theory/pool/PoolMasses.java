package topdraw.theory.pool;

import org.jspecify.annotations.Nullable;

/// What the log-probabilities of a pool say of its levels, block by block. Of a pool of one block
/// it is kept; of a larger one each block is made again whenever it is asked for.
final class PoolMasses {
  private final PoolLevels levels;
  private volatile @Nullable Block only;

  PoolMasses(PoolLevels levels) {
    this.levels = levels;
  }

  Block block(int b) {
    Block known = only;
    if (known == null) {
      known = new Block(levels, b);
      if (levels.blocks() == 1) {
        only = known;
      }
    }
    return known;
  }

  /// One block; each part is made when it is first asked for: a pool that is asked for its rewards
  /// alone needs none of it.
  static final class Block {
    private final PoolLevels levels;
    private final int index;
    private volatile @Nullable LevelBlock masses;
    private volatile @Nullable PoolShares seen;
    private volatile @Nullable PoolShares least;
    private volatile @Nullable PoolShares amongSeen;
    private volatile @Nullable PoolShares estimated;

    private Block(PoolLevels levels, int index) {
      this.levels = levels;
      this.index = index;
    }

    LevelBlock masses() {
      LevelBlock known = masses;
      if (known == null) {
        known = new LevelBlock(levels, index);
        masses = known;
      }
      return known;
    }

    /// `S_l`.
    PoolShares seen() {
      PoolShares known = seen;
      if (known == null) {
        known = PoolShares.seen(levels, index);
        seen = known;
      }
      return known;
    }

    /// `S_l / (1 - A_l)`.
    PoolShares least() {
      PoolShares known = least;
      if (known == null) {
        known = PoolShares.least(masses());
        least = known;
      }
      return known;
    }

    /// `S_l / B_l`.
    PoolShares amongSeen() {
      PoolShares known = amongSeen;
      if (known == null) {
        known = PoolShares.amongSeen(masses());
        amongSeen = known;
      }
      return known;
    }

    /// `min(1, P̂_l / F̂_l)`.
    PoolShares estimated() {
      PoolShares known = estimated;
      if (known == null) {
        known = PoolShares.estimated(levels, masses());
        estimated = known;
      }
      return known;
    }
  }
}
