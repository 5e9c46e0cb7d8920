package topdraw.neural;

import topdraw.reward.Reward;
import topdraw.reward.RewardContract;
import topdraw.reward.Rewards;

/// The sentence model keeps the contract of rewards.
class SimilarContractTest extends RewardContract {
  @Override
  protected Reward open() {
    return Rewards.named("similar:The capital of France is Paris.");
  }
}
