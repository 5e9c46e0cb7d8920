package topdraw.theory.bound;

import topdraw.theory.law.Rewind;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.Roots;

/// Best-of-n with early stop, from the probability `z` that one draw reaches the threshold: draw
/// until a reward reaches it, at most `n` times, and return the draw that did, else the best of the
/// `n`.
///
/// It is best-of-n of the reward clipped at the threshold, so every bound on best-of-n holds for
/// it; its law on a table is [Law]. As `n → ∞` it is rewind-and-repeat ([Rewind]), as `z → 0`
/// best-of-n. Source: ours; proofs in `docs/formulas.md`.
public final class EarlyStopping {
  private EarlyStopping() {}

  /// The KL divergence when rewards below the threshold are continuous, `d_n(z)`: *exact* there,
  /// and an upper bound (*theorem*) for every reference policy.
  ///
  /// @param n the most completions drawn, above 0
  /// @param z probability that one draw reaches the threshold
  /// @return `KL(π ‖ p)` in nats
  /// @throws IllegalArgumentException if `n <= 0` or `z` is not in `[0, 1]`
  public static double klContinuous(double n, double z) {
    return KlBounds.bound(n, z);
  }

  /// The win rate when rewards below the threshold are continuous: *exact* there, and an upper bound
  /// (*theorem*) for every reference policy.
  ///
  ///     W = (1-z)^(n+1) n/(n+1) + (1 - (1-z)^n) (1 - z/2) = n/(n+1) - w_n(z)
  ///
  /// @param n the most completions drawn, at least 1
  /// @param z probability that one draw reaches the threshold
  /// @return `W(π ‖ p)`
  /// @throws IllegalArgumentException if `n < 1` or `z` is not in `[0, 1]`
  public static double winRateContinuous(double n, double z) {
    return WinRateBounds.analytical(n) - WinRateBounds.gapLower(n, z);
  }

  /// The mean number of draws, `(1 - (1-z)^n) / z`: *exact*.
  ///
  /// @param n the most completions drawn, above 0
  /// @param z probability that one draw reaches the threshold
  /// @return the mean number of draws, `n` at `z = 0`
  /// @throws IllegalArgumentException if `n <= 0` or `z` is not in `[0, 1]`
  public static double expectedDraws(double n, double z) {
    Checks.positive(n, "n");
    Checks.probability(z, "z");
    return Rewind.expectedDraws(n, Math.log(z), Math.log1p(-z));
  }

  /// An estimator from one run whose mean is at least the KL divergence, whatever the reference
  /// policy and the threshold: `H_{M-1}` if draw `M` reached the threshold, else `d*_n` of the
  /// returned completion. One value is an *estimate* of an upper bound; a mean of values may be cut
  /// at `K_n`.
  ///
  /// @param n the most completions drawn, at least 1
  /// @param draws how many were drawn, `M`
  /// @param stopped whether the last of them reached the threshold
  /// @param logProbability log-probability of the returned completion, in nats
  /// @return the estimate in nats, in `[0, H_{n-1}]` for `n >= 2`
  /// @throws IllegalArgumentException if `draws` is not in `1..n`, or is below `n` without a stop
  public static double klEstimate(long n, long draws, boolean stopped, double logProbability) {
    Checks.logProbability(logProbability, "logProbability");
    if (!(draws >= 1 && draws <= n && (stopped || draws == n))) {
      throw new IllegalArgumentException(
          "early stop draws 1 to n completions, and all n unless one reaches the threshold; found n "
              + n
              + ", draws "
              + draws
              + (stopped ? ", stopped" : ", not stopped"));
    }
    return stopped
        ? Rewind.klEstimate(draws)
        : KlBounds.sharpBoundFromLog((double) n, logProbability);
  }

  /// The pass rate at which early stop has a given win rate when rewards are continuous.
  ///
  /// @param n the most completions drawn, above 1
  /// @param winRate the win rate wanted, from 1/2 to `n/(n+1)`
  /// @return `z` with [#winRateContinuous] equal to the win rate, within 1e-15 relative
  /// @throws IllegalArgumentException if the win rate is out of reach
  public static double passRate(double n, double winRate) {
    double gap = WinRateBounds.analytical(n) - winRate;
    if (!(n > 1 && winRate >= 0.5 && gap >= 0)) {
      throw new IllegalArgumentException(
          "early stop with n = "
              + n
              + " reaches win rates from 0.5 to n/(n+1) = "
              + WinRateBounds.analytical(n)
              + ", asked for "
              + winRate
              + "; a larger n reaches more");
    }
    return Roots.rising(z -> WinRateBounds.gapLower(n, z) - gap, 0, 1);
  }

  /// The smallest pass rate at which early stop keeps to a drift, on every reference policy.
  ///
  /// @param n the most completions drawn, at least 1
  /// @param kl the drift in nats, at least 0
  /// @return the least `z` with [#klContinuous] at most the drift; 0 if best-of-n keeps to it
  /// @throws IllegalArgumentException if `n < 1` or the drift is negative or NaN
  public static double passRateForKl(double n, double kl) {
    Checks.logProbability(-kl, "-kl");
    return KlBounds.analytical(Checks.atLeastOne(n, "n")) <= kl
        ? 0
        : Roots.falling(z -> KlBounds.bound(n, z) - kl, 0, 1);
  }

  /// The smallest pass rate at which early stop keeps to a mean number of draws.
  ///
  /// @param n the most completions drawn, at least 1
  /// @param draws the mean number of draws, at least 1
  /// @return the least `z` with [#expectedDraws] at most `draws`; 0 if `n` draws are
  /// @throws IllegalArgumentException if an argument is below 1
  public static double passRateForDraws(double n, double draws) {
    Checks.atLeastOne(draws, "draws");
    return Checks.atLeastOne(n, "n") <= draws
        ? 0
        : Roots.falling(z -> expectedDraws(n, z) - draws, 0, 1);
  }
}
