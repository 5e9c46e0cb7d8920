package topdraw.theory.pool;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import topdraw.theory.bound.KlBoundsAt;

/// What bounds on the KL divergence lose over the levels of a pool, at several `n` at once: the
/// levels are gone through once for all of them, block by block, the lowest first.
final class PoolSums {
  private final PoolLevels levels;
  private final PoolMasses masses;
  private final PoolWeights[] weights;
  private final KlBoundsAt[] bounds;

  // Each made when first asked for.
  private volatile @Nullable OfSeen ofSeen;
  private volatile @Nullable OfLeast ofLeast;

  /// Sums over what `S_l` falls short of `K_n` by.
  ///
  /// @param paper by `d_n`, at each `n`
  /// @param sharp by `d*_n`
  private record OfSeen(double[] paper, double[] sharp) {}

  /// Sums over what `S_l / (1 - A_l)` falls short of `K_n` by.
  ///
  /// @param below by `d*_n`, at each `n`, of the levels below each block, and of all
  /// @param certain of [SeenMass]
  private record OfLeast(double[][] below, double[] certain) {}

  PoolSums(PoolLevels levels, PoolMasses masses, PoolWeights[] weights, KlBoundsAt[] bounds) {
    this.levels = levels;
    this.masses = masses;
    this.weights = weights;
    this.bounds = bounds;
  }

  PoolWeights weights(int index) {
    return weights[index];
  }

  KlBoundsAt bounds(int index) {
    return bounds[index];
  }

  /// `Σ W_l D_n(S_l)`.
  double lost(int index) {
    return ofSeen().paper()[index];
  }

  /// `Σ W_l h_l` of `S_l`.
  double lostSharply(int index) {
    return ofSeen().sharp()[index];
  }

  private OfSeen ofSeen() {
    OfSeen known = ofSeen;
    if (known == null) {
      known = seen();
      ofSeen = known;
    }
    return known;
  }

  private OfSeen seen() {
    var paper = new double[weights.length];
    var sharp = new double[weights.length];
    for (int b = lowestBlock(); b < levels.blocks(); b++) {
      PoolMasses.Block block = masses.block(b);
      for (int k = 0; k < weights.length; k++) {
        double[] ofBlock = weights[k].block(b);
        int from = weights[k].from(b);
        for (int i = 0; i < ofBlock.length; i++) {
          double logMiss = block.seen().logMiss(from + i);
          double shortfall = bounds[k].shortfall(block.seen().logShare(from + i), logMiss);
          if (shortfall > 0) {
            paper[k] += ofBlock[i] * bounds[k].hit(logMiss) * shortfall;
          }
          sharp[k] += ofBlock[i] * shortfall;
        }
      }
    }
    return new OfSeen(paper, sharp);
  }

  private int lowestBlock() {
    return levels.block(Arrays.stream(weights).mapToInt(PoolWeights::first).min().orElseThrow());
  }

  /// `Σ W_l h_l` of `S_l / (1 - A_l)` over the levels below `end`.
  double lostAtLeast(int index, int end) {
    int b = end == levels.count ? levels.blocks() : levels.block(end);
    double sum = ofLeast().below()[index][b];
    return b == levels.blocks() ? sum : ofLeast(index, b, end, sum);
  }

  private double ofLeast(int index, int b, int end, double before) {
    double sum = before;
    double[] ofBlock = weights[index].block(b);
    PoolShares least = masses.block(b).least();
    for (int l = weights[index].from(b); l < end; l++) {
      double shortfall = bounds[index].shortfall(least.logShare(l), least.logMiss(l));
      sum += ofBlock[l - weights[index].from(b)] * shortfall;
    }
    return sum;
  }

  /// What the bound that is certain of the pool in hand loses.
  double lostForCertain(int index) {
    return ofLeast().certain()[index];
  }

  private OfLeast ofLeast() {
    OfLeast known = ofLeast;
    if (known == null) {
      known = least();
      ofLeast = known;
    }
    return known;
  }

  private OfLeast least() {
    var below = new double[weights.length][levels.blocks() + 1];
    var certain = new double[weights.length];
    var mass = new SeenMass(levels, masses);
    int[] firsts = Arrays.stream(bounds).mapToInt(at -> mass.first(at.n())).toArray();
    int lowest = Math.min(lowestBlock(), levels.block(IntStream.of(firsts).min().orElseThrow()));
    for (int b = lowest; b < levels.blocks(); b++) {
      PoolMasses.Block block = masses.block(b);
      for (int k = 0; k < weights.length; k++) {
        double[] ofBlock = weights[k].block(b);
        int from = weights[k].from(b);
        double sum = below[k][b];
        for (int l = Math.max(levels.from(b), Math.min(from, firsts[k])); l < levels.to(b); l++) {
          double shortfall =
              bounds[k].shortfall(block.least().logShare(l), block.least().logMiss(l));
          if (l >= from) {
            sum += ofBlock[l - from] * shortfall;
          }
          if (l >= firsts[k]) {
            certain[k] += SeenMass.lost(bounds[k], block, l, shortfall);
          }
        }
        below[k][b + 1] = sum;
      }
    }
    return new OfLeast(below, certain);
  }

  /// `Σ W_l h_l` of `min(1, P̂_l / F̂_l)` over the levels below `end`.
  double lostByEstimate(int index, int end) {
    double sum = 0;
    for (int b = levels.block(weights[index].first()); b < levels.blocks(); b++) {
      double[] ofBlock = weights[index].block(b);
      int from = weights[index].from(b);
      PoolMasses.Block block = masses.block(b);
      for (int l = from; l < Math.min(end, levels.to(b)); l++) {
        PoolShares estimated = block.estimated();
        double shortfall = bounds[index].shortfall(estimated.logShare(l), estimated.logMiss(l));
        sum += ofBlock[l - from] * shortfall;
      }
    }
    return sum;
  }
}
