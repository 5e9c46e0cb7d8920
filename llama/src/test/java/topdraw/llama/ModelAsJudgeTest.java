package topdraw.llama;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import topdraw.reference.Sampling;
import topdraw.reward.Reward;
import topdraw.reward.RewardCatalog;
import topdraw.reward.RewardContract;

/// The reward that asks the embedded model keeps the contract of rewards.
class ModelAsJudgeTest extends RewardContract {
  private static LlamaPolicy policy;

  @BeforeAll
  static void load() {
    policy = TestModel.open(Sampling.plain(8), 7, 4);
  }

  @AfterAll
  static void drop() {
    policy.close();
  }

  @Override
  protected Reward open() {
    return RewardCatalog.with(policy).open("self-judge:Does it name Paris?");
  }
}
