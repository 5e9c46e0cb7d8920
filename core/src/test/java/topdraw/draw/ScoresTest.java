package topdraw.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private static final Score ONE = new Score.Value(1);
  private static final Score NONE = new Score.Missing("why");
  private static final Scores SCORES = new Scores(List.of("a", "b"), List.of(NONE, ONE));

  @Test
  void theFirstSelectsAndAMissingOneStaysMissing() {
    assertThat(SCORES.first()).isEqualTo(NONE);
    assertThat(SCORES.of("b")).isEqualTo(ONE);
    assertThat(SCORES.rank("a")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(SCORES.rank("b")).isEqualTo(1);
  }

  @Test
  void aRewardThatHasNotScoredIsMissingByName() {
    assertThat(SCORES.of("c"))
        .isInstanceOfSatisfying(
            Score.Missing.class, missing -> assertThat(missing.reason()).contains("c"));
    assertThat(SCORES.rank("c")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Scores.none().first()).isInstanceOf(Score.Missing.class);
  }

  @Test
  void ofTwoOfOneNameTheLastCountsAndTheFirstStillSelects() {
    Scores twice = SCORES.and(new Scores(List.of("a"), List.of(ONE)));
    assertThat(twice.of("a")).isEqualTo(ONE);
    assertThat(twice.first()).isEqualTo(NONE);
  }

  @Test
  void everyNameHasAScore() {
    assertThatThrownBy(() -> new Scores(List.of("a"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
