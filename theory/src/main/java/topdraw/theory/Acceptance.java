package topdraw.theory;

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

  /// The exact interval for that chance (*theorem*, with confidence `1 - alpha`). Source: Clopper
  /// and Pearson (1934).
  ///
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the interval
  /// @throws IllegalArgumentException if `alpha` is out of range
  public Interval passRateInterval(double alpha) {
    return new Interval(
        ReferenceIntervals.clopperPearsonLower(accepted, draws, alpha / 2),
        ReferenceIntervals.clopperPearsonUpper(accepted, draws, alpha / 2));
  }

  /// The mean number of draws of early stop, an unbiased *estimate*: the chance that the first `k`
  /// draws all fall short, summed over `k < n`.
  ///
  ///     Σ_{k<n} C(N-c, k) / C(N, k) = (N+1 - (N-n+1) C(N-c, n) / C(N, n)) / (c+1)
  ///
  /// @param n the most completions drawn, `1 <= n <= N`
  /// @return the estimate, in `[1, n]`
  /// @throws IllegalArgumentException if `n` is out of range
  public double earlyStopDraws(int n) {
    PoolWeights.check(n, draws);
    double miss = PassAtK.miss(draws, accepted, n);
    return (draws + 1.0 - (draws - n + 1.0) * miss) / (accepted + 1.0);
  }

  /// The win rate of rewind-and-repeat, `1 - z/2`: an unbiased *estimate*. Source: the paper, Lemma
  /// 6.2.
  ///
  /// @return the estimate
  public double rewindWinRate() {
    return 1 - passRate() / 2;
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

  /// An upper bound on the KL divergence of early stop, on every reference policy (*theorem*, with
  /// confidence `1 - alpha`): `d_n` at the exact lower bound on the pass rate.
  ///
  /// @param n the most completions drawn, at least 1; may exceed the number of draws here
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the bound in nats, at most `K_n`
  /// @throws IllegalArgumentException if an argument is out of range
  public double earlyStopKlUpper(double n, double alpha) {
    Checks.atLeastOne(n, "n");
    return KlBounds.bound(n, ReferenceIntervals.clopperPearsonLower(accepted, draws, alpha));
  }
}
