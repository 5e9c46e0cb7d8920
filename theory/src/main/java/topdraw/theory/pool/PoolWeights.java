package topdraw.theory.pool;

/// The chance that best-of-n of a random subset of a pool returns each level, from the lowest level
/// that matters: all levels below it together have less than 1e-15.
///
///     W_l = Σ of w_i over the ranks i of level l,   w_i = C(i-1, n-1) / C(N, n)
///
/// The ranks up to i hold `C(i, n) / C(N, n) <= (i/N)^n` together, so the cut is proved, and leaves
/// about `35 N/n` ranks.
///
/// @param n draws per subset
/// @param first the lowest level that matters
/// @param weights the weight of each level from `first` on
record PoolWeights(int n, int first, double[] weights) {
  static final double NEGLIGIBLE = 1e-15;

  /// The logarithm of what the levels left out may have together.
  static final double LOG_CUT = Math.log(NEGLIGIBLE);

  static PoolWeights of(PoolLevels levels, int n) {
    return of(levels, n, LOG_CUT);
  }

  /// Weights that end where the rest is below another chance than 1e-15.
  static PoolWeights of(PoolLevels levels, int n, double logCut) {
    int size = levels.size();
    check(n, size);
    int lowest = Math.max(n, (int) (size * Math.exp(logCut / n)));
    int first = levels.ofRank(lowest);
    var weights = new double[levels.count - first];
    double weight = (double) n / size;
    for (int l = levels.count - 1; l >= first; l--) {
      double sum = 0;
      for (int i = levels.start[l + 1]; i > levels.start[l] && i >= lowest; i--) {
        sum += weight;
        weight *= (i - n) / (i - 1.0);
      }
      weights[l - first] = sum;
    }
    return new PoolWeights(n, first, weights);
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

  /// `W_l`.
  double at(int l) {
    return weights[l - first];
  }

  /// `Σ W_l value_l`.
  double average(double[] values) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * values[first + i];
    }
    return sum;
  }

  /// `Σ W_l bound(share_l)`.
  double average(PoolShares shares, PoolShares.Bound bound) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * shares.at(first + i, bound);
    }
    return sum;
  }

  /// `Σ W_l h_l` over the levels below `end`.
  double sum(Shortfalls shortfalls, int end) {
    double sum = 0;
    for (int l = first; l < end; l++) {
      sum += weights[l - first] * shortfalls.at(l);
    }
    return sum;
  }

  /// `Σ W_l` over the levels from `start` on.
  double from(int start) {
    double sum = 0;
    for (int i = Math.max(0, start - first); i < weights.length; i++) {
      sum += weights[i];
    }
    return sum;
  }
}
