package topdraw.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;

/// The real sentence model.
class SimilarTest {
  private static final Reward REWARD = Rewards.named("similar:The capital of France is Paris.");

  private static List<Score> score(String... texts) {
    return REWARD.score(
        PromptDraws.of(
            Prompt.user("?"),
            IntStream.range(0, texts.length)
                .mapToObj(i -> Draft.drawn(i, texts[i], new int[] {i}, -1))
                .toList()));
  }

  @Test
  void aTextIsMostLikeItselfThenItsParaphraseThenAnotherTopic() {
    List<Double> ranks =
        score(
                "The capital of France is Paris.",
                "Paris is France's capital city.",
                "Bananas are rich in potassium.")
            .stream()
            .map(Score::rank)
            .toList();
    assertThat(ranks.getFirst()).isGreaterThan(0.999);
    assertThat(ranks.get(1)).isLessThan(ranks.get(0)).isGreaterThan(ranks.get(2) + 0.3);
    assertThat(ranks.getLast()).isBetween(-1.0, 0.4);
  }

  @Test
  void theSameTextAlwaysGetsTheSameScoreHoweverItIsBatched() {
    List<Score> together = score("a river", "a stream", "a stone");
    List<Score> apart =
        Stream.of("a river", "a stream", "a stone").map(t -> score(t).getFirst()).toList();
    assertThat(together).isEqualTo(apart);
  }

  @Test
  void anEmptyCompletionHasNoScore() {
    assertThat(score(" ")).containsExactly(new Score.Missing("the completion is empty"));
    assertThatThrownBy(() -> Rewards.named("similar: ")).hasMessageContaining("similar");
  }

  @Test
  void aTextOfNoWordPieceHasNoScoreAndIsNoTextToCompareWith() {
    assertThat(score("\u0001", "a river"))
        .first()
        .isEqualTo(new Score.Missing("the completion has nothing that the model reads"));
    assertThatThrownBy(() -> Rewards.named("similar:\u0001")).isInstanceOf(InputException.class);
  }

  @Test
  void theIdentityNamesModelAndText() {
    assertThat(REWARD.identity().version()).contains("MiniLM");
    assertThat(Rewards.named("similar:x").identity().settingsSha256())
        .isNotEqualTo(REWARD.identity().settingsSha256());
  }
}
