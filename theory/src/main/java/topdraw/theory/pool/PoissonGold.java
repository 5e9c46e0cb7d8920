package topdraw.theory.pool;

import topdraw.theory.numeric.Checks;

/// The gold reward of best-of-Poisson, which draws `1 + Poisson(μ)` completions, from that of
/// best-of-n for every `n` of a pool.
public final class PoissonGold {
  /// More chance than this beyond the pool is refused.
  private static final double MOST_BEYOND = 1e-3;

  private PoissonGold() {}

  /// The mean gold reward.
  ///
  ///     Σ_{k<N} e^{-μ} μ^k/k! G_{k+1} + (what is left) G_N
  ///
  /// @param mu the mean number of draws beyond the first, at least 0
  /// @param gold the gold reward of best-of-n for `n` from 1 to `N`
  /// @return the mean, an *estimate*; what lies beyond the pool counts as its end
  /// @throws IllegalArgumentException if the chance of more draws than the pool has is 0.001 or more
  public static double of(double mu, double[] gold) {
    Checks.divergence(mu, "mu");
    Checks.atLeastOne(gold.length, "the number of draws");
    double chance = Math.exp(-mu);
    double left = 1;
    double sum = 0;
    for (int k = 0; k < gold.length; k++) {
      sum += chance * gold[k];
      left -= chance;
      chance *= mu / (k + 1);
    }
    if (left >= MOST_BEYOND) {
      throw new IllegalArgumentException(
          "a mean of " + mu + " draws needs a larger pool than " + gold.length + " draws");
    }
    return sum + Math.max(0, left) * gold[gold.length - 1];
  }
}
