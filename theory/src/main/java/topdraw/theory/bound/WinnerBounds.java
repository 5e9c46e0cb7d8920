package topdraw.theory.bound;

import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.LogSpace;
import topdraw.theory.numeric.Series;

/// What the probability of the returned completion says, beyond the upper bounds of [KlBounds]: the
/// other side of drift, both sides of the win rate, and the drift of *any* rule that picks one of
/// `n` draws.
///
/// Each value is one term: the bound is the term's mean over returned completions (*theorem*), and
/// a mean of recorded values is an *estimate* of the bound. Source: ours.
public final class WinnerBounds {
  private WinnerBounds() {}

  /// A term whose mean is at most `KL(π_n ‖ p)` when no two rewards are equal.
  ///
  ///     d*_n(min(1, ε/c)) - c^n K_n
  ///
  /// The winner lies above the share `c` of the reference but for `c^n` of the time. For long
  /// completions `c = 1e-6` loses nothing; otherwise about `n^(-2/n)`, fixed before looking.
  ///
  /// @param n completions drawn per prompt, at least 1
  /// @param logEpsilon log-probability of the returned completion, in nats
  /// @param c a share of the reference, in `(0, 1)`
  /// @return the term in nats, in `[-c^n K_n, K_n]`
  /// @throws IllegalArgumentException if an argument is out of range
  public static double sharpKlLower(double n, double logEpsilon, double c) {
    Checks.atLeastOne(n, "n");
    Checks.openUnit(c, "c");
    Checks.logProbability(logEpsilon, "logEpsilon");
    double share = Math.min(0, logEpsilon - Math.log(c));
    return KlBounds.sharpBoundFromLog(n, share) - Math.pow(c, n) * KlBounds.analytical(n);
  }

  /// A term whose mean is at least the KL divergence of *any* rule that returns one of `n`
  /// independent draws, looking at whatever it likes: a judge, the other draws, coins.
  ///
  ///     log((1 - (1-ε)^n) / ε)
  ///
  /// Such a rule also keeps to `K_n` and to the win rate `n/(n+1)`.
  ///
  /// @param n completions drawn per prompt, at least 1
  /// @param logEpsilon log-probability of the returned completion, in nats
  /// @return the term in nats, in `[0, min(log n, log 1/ε)]`
  /// @throws IllegalArgumentException if an argument is out of range
  public static double anyRuleKl(double n, double logEpsilon) {
    Checks.atLeastOne(n, "n");
    Checks.logProbability(logEpsilon, "logEpsilon");
    double logMiss = LogSpace.log1mExp(logEpsilon);
    double x = -n * logMiss;
    if (n == 1) {
      return 0;
    }
    if (x < 0.5) {
      return Math.log(n) - x / 2 * (1 - 1 / n) + Series.logSinhc(x) - Series.logSinhc(x / n);
    }
    return Math.max(0, LogSpace.log1mExp(-x) - logEpsilon);
  }

  /// A term whose mean is at most the win rate when no two rewards are equal, `n/(n+1) - ε/2`.
  ///
  /// @param n completions drawn per prompt, at least 1
  /// @param epsilon probability of the returned completion
  /// @return the term
  /// @throws IllegalArgumentException if an argument is out of range
  public static double winRateLower(double n, double epsilon) {
    return WinRateBounds.analytical(n) - Checks.probability(epsilon, "epsilon") / 2;
  }

  /// A term whose mean is at least the win rate when no two rewards are equal.
  ///
  ///     n/(n+1) - w_n(ε) / (1 - (1-ε)^n)
  ///
  /// @param n completions drawn per prompt, at least 1
  /// @param epsilon probability of the returned completion
  /// @return the term, at most `n/(n+1)`
  /// @throws IllegalArgumentException if an argument is out of range
  public static double winRateUpper(double n, double epsilon) {
    double gap = WinRateBounds.gapLower(n, epsilon);
    double caught = -Math.expm1(n * Math.log1p(-epsilon));
    return WinRateBounds.analytical(n) - (gap == 0 ? 0 : gap / caught);
  }
}
