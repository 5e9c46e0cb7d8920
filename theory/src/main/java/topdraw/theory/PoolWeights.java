package topdraw.theory;

import java.util.function.IntToDoubleFunction;

/// The chance that best-of-n of a random subset of a pool returns each level, from the lowest level
/// that matters: all levels below it together have less than 1e-15.
///
///     W_l = Σ of w_i over the ranks i of level l,   w_i = C(i-1, n-1) / C(N, n)
///
/// The ranks up to i hold `w_i i/n` together, so the cut is proved, and is met after about `35 N/n`
/// ranks.
///
/// @param n draws per subset
/// @param first the lowest level that matters
/// @param weights the weight of each level, 0 below `first`
record PoolWeights(int n, int first, double[] weights) {
  static final double CUT = 1e-15;

  static PoolWeights of(PoolLevels levels, int n) {
    int size = levels.size();
    check(n, size);
    var weights = new double[levels.count];
    double weight = (double) n / size;
    int l = levels.count - 1;
    for (int i = size; i >= n && weight * i > CUT * n; i--) {
      while (i <= levels.start[l]) {
        l--;
      }
      weights[l] += weight;
      weight *= (i - n) / (i - 1.0);
    }
    return new PoolWeights(n, l, weights);
  }

  static void check(int n, int most) {
    if (!(n >= 1 && n <= most)) {
      throw new IllegalArgumentException(
          "n must be from 1 to " + most + " for this pool, was " + n + "; record more draws");
    }
  }

  double average(IntToDoubleFunction value) {
    double sum = 0;
    for (int l = first; l < weights.length; l++) {
      sum += weights[l] == 0 ? 0 : weights[l] * value.applyAsDouble(l);
    }
    return sum;
  }
}
