package topdraw.theory.bound;

import topdraw.theory.finding.Estimator;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.LogSpace;

/// Bounds on the win rate of best-of-n, `W(π_n ‖ p)`, and on what it falls short of `n/(n+1)`.
///
/// All are *theorems*. The upper bounds on the gap want the masses of levels, which is what they
/// take from an [OutcomeTable]; a bound above `(n-1)/(2(n+1))` says nothing.
public final class WinRateBounds {
  /// The win rate of continuous rewards, which no other exceeds.
  public static final Estimator TEXTBOOK =
      new Estimator("textbook_win_rate", "textbook: n/(n+1), Theorem 5.3");

  private WinRateBounds() {}

  /// The largest win rate of best-of-n on any reference policy, `n/(n+1)`, and its limit when all
  /// probabilities vanish. Source: the paper, Theorem 5.3, eq. (32).
  ///
  /// @param n completions drawn per prompt, at least 1
  /// @return an upper bound on `W(π_n ‖ p)`
  /// @throws IllegalArgumentException if `n < 1`
  public static double analytical(double n) {
    Checks.atLeastOne(n, "n");
    return n / (n + 1);
  }

  /// What a best level of probability `epsilon` takes from `n/(n+1)`: a lower bound on the gap.
  ///
  ///     w_n(ε) = ε/2 - 1/(n+1) + (1-ε)^n (ε/2 + (1-ε)/(n+1)) ~ n(n-1) ε^3 / 12   as n ε → 0
  ///
  /// Source: the paper, Theorem 5.6, eq. (117).
  ///
  /// @param n completions drawn per prompt, at least 1
  /// @param epsilon reference probability of the best level
  /// @return a lower bound on `n/(n+1) - W(π_n ‖ p)`
  /// @throws IllegalArgumentException if `n < 1` or `epsilon` is not in `[0, 1]`
  public static double gapLower(double n, double epsilon) {
    Checks.atLeastOne(n, "n");
    Checks.probability(epsilon, "epsilon");
    return gap(n, Math.log(epsilon), Math.log1p(-epsilon));
  }

  /// [#gapLower] from the logarithm of the probability.
  ///
  /// @param n completions drawn per prompt, at least 1
  /// @param logEpsilon log-probability of the best level, in nats
  /// @return a lower bound on `n/(n+1) - W(π_n ‖ p)`
  /// @throws IllegalArgumentException if `n < 1` or `logEpsilon > 0`
  public static double gapLowerFromLog(double n, double logEpsilon) {
    Checks.atLeastOne(n, "n");
    Checks.logProbability(logEpsilon, "logEpsilon");
    return gap(n, logEpsilon, LogSpace.log1mExp(logEpsilon));
  }

  /// An upper bound on the gap from the Rényi entropy, `(n-1)/2 exp(-H_2)`. The constant is as
  /// reconstructed: true, and 3 to 7 times too large. Source: the paper, Theorem 5.4, eq. (34).
  ///
  /// @param n completions drawn per prompt, 1 or at least 2
  /// @param table the reference policy
  /// @return an upper bound on `n/(n+1) - W(π_n ‖ p)`
  /// @throws IllegalArgumentException if `n < 2` and is not 1
  public static double gapUpper(double n, OutcomeTable table) {
    return (Checks.oneOrAtLeastTwo(n, "n") - 1) / 2 * Math.exp(-table.renyiEntropy());
  }

  /// An upper bound on the gap from the largest probability, `(n-1) δ/2`. Source: the paper,
  /// Corollary 5.5, eq. (35).
  ///
  /// @param n completions drawn per prompt, 1 or at least 2
  /// @param delta the largest probability of a level, over all prompts
  /// @return an upper bound on `n/(n+1) - W(π_n ‖ p)`
  /// @throws IllegalArgumentException if `n < 2` and is not 1, or `delta` is not in `[0, 1]`
  public static double gapUpperFromDelta(double n, double delta) {
    Checks.probability(delta, "delta");
    return (Checks.oneOrAtLeastTwo(n, "n") - 1) * delta / 2;
  }

  /// The sharpest upper bound on the gap that is a closed form; equal to it at `n = 2` and `n = 3`.
  ///
  ///     (n/12) Σ_l P_l^2 (F_l^(n-1) - F_{l-1}^(n-1))       with 1/8 in place of 1/12 for 2 < n < 3
  ///
  /// Source: T4.
  ///
  /// @param n completions drawn per prompt, at least 1
  /// @param table the reference policy
  /// @return an upper bound on `n/(n+1) - W(π_n ‖ p)`
  /// @throws IllegalArgumentException if `n < 1`
  public static double gapUpperLocal(double n, OutcomeTable table) {
    Checks.atLeastOne(n, "n");
    double constant = n > 2 && n < 3 ? n / 8 : n / 12;
    return n == 1 ? 0 : constant * table.levels().squaresTimesPowers(n - 1);
  }

  /// `w_n` from `log ε` and `log(1-ε)`.
  static double gap(double n, double logHit, double logMiss) {
    if (n == 1) {
      return 0;
    }
    double epsilon = Math.exp(logHit);
    double x = -n * logMiss;
    if (x >= 2 || epsilon > 0.9) {
      return epsilon / 2 - 1 / (n + 1) + Math.exp(-x) * (epsilon / 2 + Math.exp(logMiss) / (n + 1));
    }
    double cubed = epsilon * epsilon * epsilon;
    return cubed * n * (n - 1) / 12 * Math.exp(-x) * hypergeometric(n, epsilon);
  }

  /// `2F1(n+2, 2; 4; ε)`, all terms positive.
  private static double hypergeometric(double n, double epsilon) {
    double sum = 0;
    double term = 1;
    for (int k = 0; term > 1e-18 * sum; k++) {
      sum += term;
      term *= (n + 2 + k) * (2 + k) / ((4.0 + k) * (k + 1)) * epsilon;
    }
    return sum;
  }
}
