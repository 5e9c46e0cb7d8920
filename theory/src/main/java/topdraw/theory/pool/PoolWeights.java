package topdraw.theory.pool;

import org.jspecify.annotations.Nullable;

/// The chance that best-of-n of a random subset of a pool returns each level, from the lowest level
/// that matters: all levels below it together have less than 1e-15.
///
///     W_l = Σ of w_i over the ranks i of level l,   w_i = C(i-1, n-1) / C(N, n)
///
/// The ranks up to i hold `C(i, n) / C(N, n) <= (i/N)^n` together, so the cut is proved, and leaves
/// about `35 N/n` ranks.
///
/// The weights of one block are kept; of several each is made again from the `w_i` at its top.
final class PoolWeights {
  static final double NEGLIGIBLE = 1e-15;

  /// The logarithm of what the levels left out may have together.
  static final double LOG_CUT = Math.log(NEGLIGIBLE);

  private final PoolLevels levels;
  private final int n;
  private final int lowest;
  private final int first;

  /// `w_i` of the best rank of each block.
  private final double[] tops;

  private final double @Nullable [] only;

  private PoolWeights(PoolLevels levels, int n, double logCut) {
    this.levels = levels;
    this.n = n;
    int size = levels.size();
    check(n, size);
    lowest = Math.max(n, (int) (size * Math.exp(logCut / n)));
    first = levels.ofRank(lowest);
    tops = new double[levels.blocks()];
    double weight = (double) n / size;
    for (int b = tops.length - 1; b > levels.block(first); b--) {
      tops[b] = weight;
      for (int i = levels.start(levels.to(b)); i > levels.start(levels.from(b)); i--) {
        weight *= (i - n) / (i - 1.0);
      }
    }
    tops[levels.block(first)] = weight;
    only = tops.length == 1 ? made(0) : null;
  }

  static PoolWeights of(PoolLevels levels, int n) {
    return of(levels, n, LOG_CUT);
  }

  /// Weights that end where the rest is below another chance than 1e-15.
  static PoolWeights of(PoolLevels levels, int n, double logCut) {
    return new PoolWeights(levels, n, logCut);
  }

  static void check(int n, int most) {
    if (!(n >= 1 && n <= most)) {
      throw new IllegalArgumentException(
          "n must be from 1 to " + most + " for this pool, was " + n + "; record more draws");
    }
  }

  /// The chance that all of a random subset are among the `h` lowest draws, for `h` from 0 to
  /// `size`; 0 below 1e-15.
  static double[] within(int n, int size) {
    var within = new double[size + 1];
    double chance = 1;
    for (int h = size; h >= n && chance > NEGLIGIBLE; h--) {
      within[h] = chance;
      chance *= (h - n) / (double) h;
    }
    return within;
  }

  /// Draws per subset.
  int n() {
    return n;
  }

  /// The lowest level that matters.
  int first() {
    return first;
  }

  /// The lowest level of a block that matters.
  int from(int block) {
    return Math.max(first, levels.from(block));
  }

  /// `W_l` of the levels of a block, from the lowest that matters.
  double[] block(int block) {
    return only == null ? made(block) : only;
  }

  private double[] made(int block) {
    int from = from(block);
    var weights = new double[Math.max(0, levels.to(block) - from)];
    double weight = tops[block];
    for (int l = levels.to(block) - 1; l >= from; l--) {
      double sum = 0;
      for (int i = levels.start(l + 1); i > levels.start(l) && i >= lowest; i--) {
        sum += weight;
        weight *= (i - n) / (i - 1.0);
      }
      weights[l - from] = sum;
    }
    return weights;
  }

  /// A number of a level.
  @FunctionalInterface
  interface Value {
    double at(int l);
  }

  /// `Σ W_l value_l`.
  double average(Value value) {
    double sum = 0;
    for (int b = levels.block(first); b < levels.blocks(); b++) {
      double[] weights = block(b);
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * value.at(from(b) + i);
      }
    }
    return sum;
  }

  /// `Σ W_l` over the levels from one on.
  double reaching(int level) {
    double sum = 0;
    int lowest = Math.max(first, level);
    for (int b = levels.block(lowest); b < levels.blocks(); b++) {
      double[] weights = block(b);
      for (int l = Math.max(lowest, levels.from(b)); l < levels.to(b); l++) {
        sum += weights[l - from(b)];
      }
    }
    return sum;
  }
}
