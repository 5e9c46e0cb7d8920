package topdraw.servers.reward;

import java.util.List;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.reward.Reward;
import topdraw.reward.RewardIdentity;

/// A reward that owns the judge it asks.
///
/// @param reward the reward
/// @param judge closed with it
record ClosingReward(Reward reward, ChatJudge judge) implements Reward {
  @Override
  public String name() {
    return reward.name();
  }

  @Override
  public RewardIdentity identity() {
    return reward.identity();
  }

  @Override
  public boolean scoresPrefixes() {
    return reward.scoresPrefixes();
  }

  @Override
  public boolean comparesDraws() {
    return reward.comparesDraws();
  }

  @Override
  public List<Score> score(PromptDraws prompt) {
    return reward.score(prompt);
  }

  @Override
  public void close() {
    judge.close();
  }
}
