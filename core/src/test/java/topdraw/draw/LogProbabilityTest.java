package topdraw.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Exact;
import topdraw.draw.LogProbability.Unproven;

class LogProbabilityTest {
  private static final AtMost.Reason TRUNCATION = new AtMost.Reason.Truncation();

  @Test
  void onlyANumberThatIsNotTooLargeProves() {
    assertThat(new Exact(-3).proves()).isTrue();
    assertThat(new AtMost(-3, TRUNCATION).proves()).isTrue();
    assertThat(LogProbability.missing().proves()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Doubt.class)
  void aDoubtedNumberIsKeptAndProvesNothing(Doubt doubt) {
    var doubted = new Unproven(-3, doubt);
    assertThat(doubted.proves()).isFalse();
    assertThat(doubted.recorded()).hasValue(-3);
    assertThat(doubted.floor()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(doubted.sentence()).isEqualTo(doubt.sentence()).isNotBlank();
  }

  @Test
  void theFloorIsTheNumberWhereItProvesAndNothingElsewhere() {
    assertThat(new Exact(-3).floor()).isEqualTo(-3);
    assertThat(new AtMost(-4, TRUNCATION).floor()).isEqualTo(-4);
    assertThat(LogProbability.missing().floor()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, -9999, -3.4e38, Double.NaN, Double.NEGATIVE_INFINITY})
  void whatNoCompletionCanHaveIsNeverExact(double nats) {
    assertThat(LogProbability.exact(nats)).isEqualTo(new Unproven(nats, Doubt.IMPOSSIBLE));
    assertThat(LogProbability.atMost(nats, TRUNCATION))
        .isEqualTo(new Unproven(nats, Doubt.IMPOSSIBLE));
    assertThatThrownBy(() -> new Exact(nats)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AtMost(nats, TRUNCATION))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-300, -180, -9998, -10000})
  void whatACompletionCanHaveIsExact(double nats) {
    assertThat(LogProbability.exact(nats)).isEqualTo(new Exact(nats));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-4, Double.NaN, Double.POSITIVE_INFINITY})
  void aMarginIsAboveZero(double perToken) {
    assertThatThrownBy(() -> new AtMost.Reason.Margin(perToken))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyDoubtSaysSomethingElse() {
    List<String> sentences = Arrays.stream(Doubt.values()).map(Doubt::sentence).toList();
    assertThat(sentences).doesNotHaveDuplicates();
    assertThat(new Exact(-1).sentence()).isNotIn(sentences);
    assertThat(new AtMost(-1, TRUNCATION).sentence()).isNotIn(sentences);
  }
}
