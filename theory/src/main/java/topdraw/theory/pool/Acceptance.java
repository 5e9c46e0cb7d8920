package topdraw.theory.pool;

import topdraw.theory.confidence.ReferenceIntervals;

/// How many of a prompt's draws reach a threshold, and what that says of early stop and
/// rewind-and-repeat with it. The threshold is fixed before these draws.
///
/// @param draws how many draws there are, `N`
/// @param accepted how many of them reach the threshold, `c`
public record Acceptance(int draws, int accepted) {
  /// Checks the counts.
  public Acceptance {
    if (!(draws >= 1 && accepted >= 0 && accepted <= draws)) {
      throw new IllegalArgumentException(
          "expected 0 <= accepted <= draws and draws >= 1, found accepted "
              + accepted
              + " and draws "
              + draws);
    }
  }

  /// The chance that one draw reaches the threshold: an unbiased *estimate*.
  ///
  /// @return `c/N`
  public double passRate() {
    return (double) accepted / draws;
  }

  /// The mean number of draws of early stop, an unbiased *estimate*: the chance that the first `k`
  /// draws all fall short, summed over `k < n`.
  ///
  ///     Σ_{k<n} C(N-c, k) / C(N, k)
  ///
  /// @param n the most completions drawn, `1 <= n <= N`
  /// @return the estimate, in `[1, n]`
  /// @throws IllegalArgumentException if `n` is out of range
  public double earlyStopDraws(int n) {
    PoolWeights.check(n, draws);
    double sum = 0;
    double allShort = 1;
    for (int k = 0; k < n; k++) {
      sum += allShort;
      allShort *= Math.max(0.0, draws - accepted - k) / (draws - k);
    }
    return sum;
  }

  /// An upper bound on the KL divergence of rewind-and-repeat, from the exact lower bound on the
  /// pass rate (*theorem*, with confidence `1 - alpha`).
  ///
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the bound in nats; `∞` when no draw was accepted
  /// @throws IllegalArgumentException if `alpha` is out of range
  public double rewindKlUpper(double alpha) {
    return 0 - Math.log(ReferenceIntervals.clopperPearsonLower(accepted, draws, alpha));
  }
}
