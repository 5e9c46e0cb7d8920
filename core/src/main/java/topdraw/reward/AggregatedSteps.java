package topdraw.reward;

import java.util.List;
import java.util.Map;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;

/// A process reward: the steps of a completion, put together. How is part of its identity.
///
/// @param name the reward's name
/// @param rule how the steps' scores become one
/// @param reward scores the steps
record AggregatedSteps(String name, StepAggregate rule, StepReward reward) implements Reward {

  @Override
  public RewardIdentity identity() {
    return RewardIdentity.of(name, "1", Map.of("rule", rule.word(), "steps", reward.identity()));
  }

  @Override
  public boolean scoresPrefixes() {
    return reward.scoresPrefixes();
  }

  @Override
  public List<Score> score(PromptDraws prompt) {
    return reward.steps(prompt).stream().map(this::score).toList();
  }

  private Score score(Steps steps) {
    return switch (steps) {
      case Steps.Scored(List<Double> values) -> Score.of(rule.of(values));
      case Steps.Missing(String reason) -> new Score.Missing(reason);
    };
  }

  @Override
  public void close() {
    reward.close();
  }
}
