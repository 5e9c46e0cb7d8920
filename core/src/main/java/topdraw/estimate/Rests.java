package topdraw.estimate;

import java.util.List;
import java.util.Optional;
import topdraw.audit.Audit;
import topdraw.audit.Verdict;
import topdraw.audit.Withholds;

/// What a measure rests on: what the audit must not have refused for it.
enum Rests {
  /// Nothing that an audit sees.
  NOTHING,
  /// Several independent draws of one policy.
  INDEPENDENCE,
  /// Those, and their log-probabilities.
  LOG_PROBABILITIES,
  /// Independent draws and how often their rewards are equal: told only where the
  /// log-probabilities, which say more, may not be used.
  EQUAL_REWARDS;

  /// Why a measure may not be told, if it may not.
  Optional<String> refusal(List<Verdict> verdicts) {
    Optional<String> dependent = Audit.refusal(verdicts, Withholds.INDEPENDENCE);
    return switch (this) {
      case NOTHING -> Optional.empty();
      case INDEPENDENCE, EQUAL_REWARDS -> dependent;
      case LOG_PROBABILITIES ->
          dependent.or(() -> Audit.refusal(verdicts, Withholds.LOG_PROBABILITIES));
    };
  }

  /// Whether nobody needs it, because what says more may be told.
  boolean idle(List<Verdict> verdicts) {
    return this == EQUAL_REWARDS && Audit.refusal(verdicts, Withholds.LOG_PROBABILITIES).isEmpty();
  }
}
