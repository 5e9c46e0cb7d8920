package topdraw.selection;

import java.util.List;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.reward.Reward;

/// The rewards of a method that looks at completions before they are whole.
final class RewardsOfBeginnings {
  private RewardsOfBeginnings() {}

  /// Checks them.
  ///
  /// @param rewards the first has to score beginnings
  /// @param what what it does by their scores, for the error
  /// @return a copy
  /// @throws InputException if the first cannot
  static List<Reward> of(List<Reward> rewards, String what) {
    if (rewards.isEmpty()) {
      throw new IllegalArgumentException("a selection needs at least one reward");
    }
    if (!rewards.getFirst().scoresPrefixes()) {
      throw new InputException(
          Problem.UNSUPPORTED,
          "reward "
              + rewards.getFirst().name()
              + " cannot score an unfinished completion, so it cannot "
              + what
              + "; put one first that can, such as log-likelihood or regex:PATTERN");
    }
    return List.copyOf(rewards);
  }
}
