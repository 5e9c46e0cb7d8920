package topdraw.reward;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;

/// A reward that looks at one completion at a time.
record EachReward(String name, boolean scoresPrefixes, Function<Draw, Score> scoreOne)
    implements Reward {
  /// Why a reward of texts has no score.
  static final Score NO_TEXT = new Score.Missing("the completion's text is not recorded");

  /// A reward of the text alone.
  static EachReward ofText(
      String name, boolean scoresPrefixes, ToDoubleFunction<String> scoreText) {
    return new EachReward(
        name,
        scoresPrefixes,
        draw -> draw.text().map(text -> score(scoreText, text)).orElse(NO_TEXT));
  }

  private static Score score(ToDoubleFunction<String> scoreText, String text) {
    try {
      double score = scoreText.applyAsDouble(text);
      return score == Double.NEGATIVE_INFINITY ? new Score.Value(score) : Score.of(score);
    } catch (StackOverflowError e) {
      return new Score.Missing("looking at the completion took more memory than a thread has");
    }
  }

  @Override
  public List<Score> score(PromptDraws prompt) {
    return prompt.draws().stream().map(scoreOne).toList();
  }
}
