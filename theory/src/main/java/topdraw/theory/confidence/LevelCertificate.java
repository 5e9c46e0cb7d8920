package topdraw.theory.confidence;

import topdraw.theory.bound.KlBounds;
import topdraw.theory.numeric.Checks;

/// A bound on drift that needs no log-probabilities: how often other draws of the prompt met the
/// winner's level.
///
///     X = d*_n(max(S, clopperPearsonLower(c, M, a))) + a K_n         E[X] >= KL(π_n ‖ p)
///
/// Given the winner, the lower limit exceeds the level's mass with probability at most `a`, and then
/// costs at most `K_n`. Source: ours.
public final class LevelCertificate {
  private LevelCertificate() {}

  /// One term; its mean over independent batches is at least the KL divergence (*theorem*). A mean
  /// of terms may be cut at `K_n`, a single term may not.
  ///
  /// @param n completions drawn per batch, at least 1
  /// @param logSeen log-probability of the distinct completions seen at the winner's level; `-∞`
  ///   where unknown
  /// @param count how many of the other draws are at the winner's level
  /// @param others how many other draws of the prompt there are, none of them in the winner's batch
  /// @param a the chance that the lower limit may fail, in `(0, 1)`, such as 0.001
  /// @return the term in nats, in `[0, (1 + a) K_n]`
  /// @throws IllegalArgumentException if an argument is out of range
  public static double term(double n, double logSeen, long count, long others, double a) {
    Checks.atLeastOne(n, "n");
    Checks.logProbability(logSeen, "logSeen");
    double logLower = Math.log(ReferenceIntervals.clopperPearsonLower(count, others, a));
    return KlBounds.sharpBoundFromLog(n, Math.max(logSeen, logLower)) + a * KlBounds.analytical(n);
  }
}
