package topdraw.neural;

import topdraw.reward.Reward;
import topdraw.reward.RewardProvider;

/// Provides `similar:TEXT`: how alike a completion and a text are in meaning, by the sentence model
/// all-MiniLM-L6-v2 (quantised).
public final class SimilarProvider implements RewardProvider {
  /// The service loader's constructor.
  public SimilarProvider() {}

  @Override
  public String name() {
    return "similar";
  }

  @Override
  public Reward open(String argument) {
    if (argument.isBlank()) {
      throw new IllegalArgumentException("similar needs a text to compare with, was blank");
    }
    return new Similar(argument);
  }
}
