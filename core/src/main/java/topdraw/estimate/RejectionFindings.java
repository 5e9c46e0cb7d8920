package topdraw.estimate;

import java.util.ArrayList;
import java.util.List;
import topdraw.draw.LogProbability;
import topdraw.selection.RejectionRound;
import topdraw.theory.bound.WinnerBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;

/// What a round with prefix-scored rejection says of its policy: what holds for any rule that
/// returns one of `n` independent draws, and no more (Theorem 7).
public final class RejectionFindings {
  private static final Estimator ANY_RULE =
      new Estimator("any_rule_kl", "log((1-(1-p)^n)/p) of the answer, any rule, Theorem 7");

  private RejectionFindings() {}

  /// The findings of one round: two theorems that need no data, and where the log-probability of
  /// the answer proves something, an estimate of a third bound, from one answer. It is told also
  /// where it is above the first: were only low ones told, they would be too low on average.
  ///
  /// @param round the round
  /// @param confidence of the interval
  /// @return drift and win rate, at most
  public static List<Finding> of(RejectionRound round, Confidence confidence) {
    int n = round.n();
    List<Finding> findings = new ArrayList<>(RoundFindings.anyRule(n));
    LogProbability logProbability = round.winner().logProbability();
    if (logProbability.proves()) {
      findings.add(
          BlockwiseFindings.fromOne(
              WinnerBounds.anyRuleKl(n, logProbability.floor()),
              Math.log(n),
              ANY_RULE,
              PromptPool.TRUE_LOG_PROBABILITIES,
              confidence));
    }
    return findings;
  }
}
