package topdraw.reward;

import java.util.List;
import java.util.function.Function;
import topdraw.reference.Completion;
import topdraw.reference.Prompt;

/// A reward that looks at one completion at a time.
record EachReward(String name, boolean scoresPrefixes, Function<Completion, Score> scoreOne)
    implements Reward {
  @Override
  public List<Score> score(Prompt prompt, List<Completion> completions) {
    return completions.stream().map(scoreOne).toList();
  }
}
