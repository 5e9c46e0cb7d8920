package topdraw.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scores are numbers that can be ranked and averaged.
class ScoreTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, -1e150, 1e150, 5e-324})
  void whatCanBeAveragedIsAScore(double value) {
    assertThat(Score.of(value)).isEqualTo(new Score.Value(value));
    assertThat(Double.isFinite(value * value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.1e150, -1.1e150, 1e308, Double.NaN, Double.POSITIVE_INFINITY})
  void whatCannotIsNone(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Score.Value(value))
        .withMessageContaining("1.0E150");
    assertThat(Score.of(value)).isEqualTo(new Score.Missing("the reward was " + value));
  }
}
