package topdraw.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.input.InputException;

class AnswerKeyTest {
  private static final Prompt FRANCE = Prompt.user("What is the capital of France?");
  private static final AnswerKey KEY = AnswerKey.of(Map.of(FRANCE.key(), "Paris"));

  @Nested
  class Correct extends RewardContract {
    @Override
    protected Reward open() {
      return KEY.correct();
    }
  }

  @Nested
  class Grade extends RewardContract {
    @Override
    protected Reward open() {
      return KEY.grade();
    }
  }

  private static Draw draw(String text, FinishReason finish) {
    Draw ended = Draft.drawn(0, text, new int[1], new double[] {-0.5});
    return new Draw(
        0,
        ended.outcome(),
        Optional.of(text),
        ended.tokens(),
        ended.logProbability(),
        finish,
        ended.scores(),
        ended.seconds(),
        ended.origin());
  }

  private static double score(Reward reward, String text, FinishReason finish) {
    Score score = reward.score(PromptDraws.of(FRANCE, List.of(draw(text, finish)))).getFirst();
    return ((Score.Value) score).value();
  }

  @Test
  void aRightAnswerIsGradedByHowItIsPut() {
    String twelve = "It is Paris and it has been so for a long time";
    assertThat(twelve.split(" ")).hasSize(12);

    assertThat(score(KEY.grade(), "London.", FinishReason.STOP)).isZero();
    assertThat(score(KEY.grade(), "London", FinishReason.LENGTH)).isZero();
    assertThat(score(KEY.grade(), "Paris", FinishReason.LENGTH)).isEqualTo(1);
    assertThat(score(KEY.grade(), twelve + " now", FinishReason.STOP)).isEqualTo(2);
    assertThat(score(KEY.grade(), " " + twelve + "\n", FinishReason.STOP)).isEqualTo(3);
    assertThat(score(KEY.correct(), twelve, FinishReason.LENGTH)).isEqualTo(1);
    assertThat(score(KEY.correct(), "London", FinishReason.STOP)).isZero();
  }

  @Test
  void aPromptThatStandsTwiceInAFileHasOneAnswer() {
    Draw paris = draw("Paris", FinishReason.STOP);
    PromptDraws second =
        new PromptDraws(FRANCE.key() + "#2", Optional.of(FRANCE), List.of(paris, paris));
    assertThat(KEY.correct().score(second)).containsExactly(new Score.Value(1), new Score.Value(1));
  }

  @Test
  void aPromptWithoutAnAnswerHasNoScore() {
    PromptDraws other =
        PromptDraws.of(Prompt.user("And of Italy?"), List.of(draw("Rome", FinishReason.STOP)));
    assertThat(KEY.correct().score(other))
        .singleElement()
        .isInstanceOfSatisfying(
            Score.Missing.class, missing -> assertThat(missing.reason()).contains("not known"));
  }

  @Test
  void otherAnswersAreAnotherReward() {
    AnswerKey other = AnswerKey.of(Map.of(FRANCE.key(), "London"));
    assertThat(other.correct().identity()).isNotEqualTo(KEY.correct().identity());
    assertThat(KEY.correct().identity()).isNotEqualTo(KEY.grade().identity());
    assertThatThrownBy(() -> AnswerKey.of(Map.of(FRANCE.key(), "(")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("regex");
  }
}
