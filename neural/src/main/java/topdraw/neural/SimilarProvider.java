package topdraw.neural;

import java.util.List;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.provider.Asked;
import topdraw.provider.Offer;
import topdraw.reward.Reward;
import topdraw.reward.RewardContext;
import topdraw.reward.RewardProvider;

/// Provides `similar:TEXT`: how alike a completion and a text are in meaning, by the sentence model
/// all-MiniLM-L6-v2 (quantised).
public final class SimilarProvider implements RewardProvider {
  /// The service loader's constructor.
  public SimilarProvider() {}

  @Override
  public List<Offer<Reward, RewardContext>> offers() {
    return List.of(new Offer<>("similar", "similar:TEXT", (asked, _) -> open(asked)));
  }

  private static Reward open(Asked asked) {
    String text = asked.required("similar:TEXT");
    if (text.isBlank()) {
      throw new InputException(Problem.MISSING, "similar needs a text to compare with, was blank");
    }
    return InputException.given(() -> new Similar(text));
  }
}
