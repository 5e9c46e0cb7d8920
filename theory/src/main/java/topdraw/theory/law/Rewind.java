package topdraw.theory.law;

import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.Harmonic;

/// Rewind-and-repeat, from the probability `z` that one draw reaches the threshold; its law on a
/// table is [Law].
///
/// Source: the paper, section 6.
public final class Rewind {
  private Rewind() {}

  /// The KL divergence, `log(1/z)`: *exact*. Source: the paper, Lemma 6.2, eq. (41).
  ///
  /// @param z probability that one draw reaches the threshold, in `(0, 1]`
  /// @return `KL(π ‖ p)` in nats
  /// @throws IllegalArgumentException if `z` is not in `(0, 1]`
  public static double kl(double z) {
    return 0 - Math.log(Checks.positiveProbability(z, "z"));
  }

  /// [#kl] from `log z`.
  ///
  /// @param logZ log-probability that one draw reaches the threshold, in nats
  /// @return `KL(π ‖ p)` in nats
  /// @throws IllegalArgumentException if `logZ` is not finite and at most 0
  public static double klFromLog(double logZ) {
    return 0 - Checks.finiteLogProbability(logZ, "logZ");
  }

  /// The win rate, `1 - z/2`: *exact*. Source: the paper, Lemma 6.2, eq. (42).
  ///
  /// @param z probability that one draw reaches the threshold, in `(0, 1]`
  /// @return `W(π ‖ p)`
  /// @throws IllegalArgumentException if `z` is not in `(0, 1]`
  public static double winRate(double z) {
    return 1 - Checks.positiveProbability(z, "z") / 2;
  }

  /// [#winRate] from `log z`.
  ///
  /// @param logZ log-probability that one draw reaches the threshold, in nats
  /// @return `W(π ‖ p)`
  /// @throws IllegalArgumentException if `logZ` is not finite and at most 0
  public static double winRateFromLog(double logZ) {
    return 1 - Math.exp(Checks.finiteLogProbability(logZ, "logZ")) / 2;
  }

  /// The mean number of draws, `1/z`: *exact*.
  ///
  /// @param z probability that one draw reaches the threshold, in `(0, 1]`
  /// @return the mean number of draws
  /// @throws IllegalArgumentException if `z` is not in `(0, 1]`
  public static double expectedDraws(double z) {
    return 1 / Checks.positiveProbability(z, "z");
  }

  /// [#expectedDraws] from `log z`.
  ///
  /// @param logZ log-probability that one draw reaches the threshold, in nats
  /// @return the mean number of draws; `∞` beyond 1e308
  /// @throws IllegalArgumentException if `logZ` is not finite and at most 0
  public static double expectedDrawsFromLog(double logZ) {
    return Math.exp(-Checks.finiteLogProbability(logZ, "logZ"));
  }

  /// The mean number of draws where at most `most` are made, which is early stop: `(1 - (1-z)^n) /
  /// z`, *exact*.
  ///
  /// @param most the most completions drawn, `n`, above 0
  /// @param logPass `log z`, the log-probability that one draw reaches the threshold
  /// @param logFail `log(1-z)`
  /// @return the mean number of draws, `n` at `z = 0`
  public static double expectedDraws(double most, double logPass, double logFail) {
    return logFail == 0 ? most : -Math.expm1(most * logFail) * Math.exp(-logPass);
  }

  /// The smallest pass rate that keeps to a drift, `exp(-kl)`.
  ///
  /// @param kl the drift in nats, at least 0
  /// @return the pass rate, in `(0, 1]`
  /// @throws IllegalArgumentException if the drift is negative or NaN
  public static double passRateForKl(double kl) {
    return Math.exp(Checks.logProbability(-kl, "-kl"));
  }

  /// The largest pass rate that reaches a win rate, `2 (1-w)`.
  ///
  /// @param winRate the win rate, in `[1/2, 1)`
  /// @return the pass rate, in `(0, 1]`
  /// @throws IllegalArgumentException if the win rate is out of range
  public static double passRateForWinRate(double winRate) {
    return 2 * (1 - Checks.attainableWinRate(winRate));
  }

  /// An unbiased *estimate* of the KL divergence from one run, `H_{M-1} = 1 + 1/2 + … + 1/(M-1)`.
  /// Source: the paper, Theorem 6.3, eq. (43).
  ///
  /// @param draws how many completions the run drew, `M`, the accepted one included
  /// @return the estimate in nats; 0 for one draw
  /// @throws IllegalArgumentException if `draws < 1`
  public static double klEstimate(long draws) {
    return klEstimatePooled(draws, 1);
  }

  /// The unbiased *estimate* of least variance from several runs, `H_{T-1} - H_{k-1}`. Source: T6.
  ///
  /// @param draws how many completions the runs drew together, `T`
  /// @param accepted how many runs, `k`, each ended by one accepted completion
  /// @return the estimate in nats
  /// @throws IllegalArgumentException if not `1 <= accepted <= draws`
  public static double klEstimatePooled(long draws, long accepted) {
    if (!(accepted >= 1 && accepted <= draws)) {
      throw new IllegalArgumentException(
          "each run draws at least once: expected 1 <= accepted <= draws, found accepted "
              + accepted
              + " and draws "
              + draws);
    }
    return Harmonic.difference(draws - 1, accepted - 1);
  }

  /// The upper end of a one-sided confidence bound on the KL divergence from one run (*theorem*,
  /// with confidence `1 - alpha`). `P_z(M <= m) = 1-(1-z)^m`, so pass rates below
  /// `1-(1-alpha)^(1/m)` make as few draws as were seen too unlikely.
  ///
  /// @param draws how many completions the run drew, `M`, the accepted one included
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the bound in nats
  /// @throws IllegalArgumentException if `draws < 1` or `alpha` is out of range
  public static double klUpper(long draws, double alpha) {
    Checks.atLeastOne((double) draws, "draws");
    Checks.openUnit(alpha, "alpha");
    return -Math.log(-Math.expm1(Math.log1p(-alpha) / draws));
  }

  /// A two-sided confidence interval for the KL divergence from one run, exact for the geometric
  /// law of `M`: each end fails with chance `alpha/2` at most.
  ///
  /// @param draws how many completions the run drew, `M`, the accepted one included
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the interval in nats
  /// @throws IllegalArgumentException if `draws < 1` or `alpha` is out of range
  public static Interval klInterval(long draws, double alpha) {
    double upper = klUpper(draws, alpha / 2);
    // P_z(M >= m) = (1-z)^(m-1): pass rates that make this many draws too unlikely are excluded.
    double logTail = Math.log(Checks.openUnit(alpha, "alpha") / 2) / (draws - 1);
    return new Interval(0 - Math.log(-Math.expm1(logTail)), upper);
  }

  /// The variance of [#klEstimate], `Li_2(1-z)`, at most `π^2/6`: *exact*. Of `k` runs pooled it is
  /// at most a `k`-th of this. Source: T6.
  ///
  /// @param z probability that one draw reaches the threshold, in `(0, 1]`
  /// @return the variance in nats squared
  /// @throws IllegalArgumentException if `z` is not in `(0, 1]`
  public static double klEstimateVariance(double z) {
    return dilogarithmOfComplement(Checks.positiveProbability(z, "z"));
  }

  /// `Li_2(1-z)`; the reflection keeps the series fast for small `z`.
  private static double dilogarithmOfComplement(double z) {
    return z > 0.5
        ? dilogarithm(1 - z)
        : Math.PI * Math.PI / 6 - Math.log(z) * Math.log1p(-z) - dilogarithm(z);
  }

  /// `Li_2(w) = Σ w^k / k^2`, `0 <= w <= 1/2`.
  private static double dilogarithm(double w) {
    double sum = 0;
    double power = w;
    for (int k = 1; power > 1e-18 * sum; k++) {
      sum += power / ((double) k * k);
      power *= w;
    }
    return sum;
  }
}
