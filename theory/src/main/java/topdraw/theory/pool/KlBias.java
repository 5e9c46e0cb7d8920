package topdraw.theory.pool;

import topdraw.theory.numeric.Checks;

/// How far the mean of [KlFromLevels] and [KlFromProbabilities] may lie from the KL divergence,
/// whatever the reference policy.
public final class KlBias {
  /// What sums over few numbers and tables between nodes may lose.
  private static final double BY_NODES = 2e-7;

  private KlBias() {}

  /// The allowance, a closed form above the bias that the tables themselves allow.
  ///
  ///     {0.6/N² at n = 2; 0.8/N³ at n = 3; 2/N⁴ from n = 4} + 0.006 exp(-9.6 (1 - n/N))
  ///
  /// and `2e-7` more above 128 draws, where [KlFromProbabilities] sums over few numbers.
  /// Checked numerically for `4 <= N <= 128` and at 160, 192, 224, 256, 320, 384, 448 and 512. Source: ours, `docs/theory.md` 11.
  ///
  /// @param n draws per prompt, `1 <= n <= draws`
  /// @param draws how many draws the pool has, `N`
  /// @return the allowance in nats, 0 at `n = 1`
  /// @throws IllegalArgumentException if `n` is out of range
  public static double allowance(int n, int draws) {
    Checks.atLeastOne(draws, "draws");
    PoolWeights.check(n, draws);
    double size = draws;
    double few =
        switch (n) {
          case 1 -> 0;
          case 2 -> 0.6 / (size * size);
          case 3 -> 0.8 / (size * size * size);
          default -> 2 / (size * size * size * size);
        };
    double many = draws > CountNodes.EACH ? BY_NODES : 0;
    return n == 1 ? 0 : few + 0.006 * Math.exp(-9.6 * (1 - n / size)) + many;
  }
}
