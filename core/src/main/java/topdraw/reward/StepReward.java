package topdraw.reward;

import java.util.List;
import topdraw.draw.PromptDraws;

/// A reward that can score the steps of a completion one by one, as process reward models do.
/// `steps(min, …)` makes one score of them.
public interface StepReward extends Reward {

  /// Scores the steps of every completion, as [#score] does the whole.
  ///
  /// @param prompt what was asked, and its completions
  /// @return what is known of each completion's steps, in their order
  List<Steps> steps(PromptDraws prompt);
}
