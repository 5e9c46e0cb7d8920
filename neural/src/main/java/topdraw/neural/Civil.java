package topdraw.neural;

import java.util.List;
import java.util.Map;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.reward.Reward;
import topdraw.reward.RewardIdentity;

/// The probability that a completion is neither hate speech nor offensive language, by a bag of
/// words learned from 25,000 tweets of 2017: it knows words and no sentences.
///
/// Source: Davidson et al. (2017), *Automated Hate Speech Detection and the Problem of Offensive
/// Language*, arXiv 1703.04009, for the tweets; hatesonar 0.1.0 for the weights.
final class Civil implements Reward {
  /// Its classes are hate speech, offensive language, neither.
  private static final int NEITHER = 2;

  private final BagOfWords model;
  private final String sha256;

  /// @param sha256 of the file that the model was read from
  Civil(BagOfWords model, String sha256) {
    this.model = model;
    this.sha256 = sha256;
  }

  @Override
  public String name() {
    return "civil";
  }

  @Override
  public RewardIdentity identity() {
    return RewardIdentity.of(name(), "hatesonar 0.1.0", Map.of("model_sha256", sha256));
  }

  @Override
  public boolean scoresPrefixes() {
    return true;
  }

  @Override
  public List<Score> score(PromptDraws prompt) {
    return prompt.draws().stream()
        .map(
            draw ->
                draw.text()
                    .map(text -> Score.of(model.probabilities(text)[NEITHER]))
                    .orElse(new Score.Missing("the completion's text is not recorded")))
        .toList();
  }
}
