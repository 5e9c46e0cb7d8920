package topdraw.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptDrawsTest {
  @Test
  void equalCompletionsHaveOneNumber() {
    assertThat(
            Draft.prompt("q", Draft.of("a"), Draft.of("b"), Draft.of("a"), Draft.of("c"))
                .outcomes())
        .containsExactly(0, 1, 0, 2);
  }

  @Test
  void aPromptHasASample() {
    assertThatThrownBy(() -> new PromptDraws("q", Optional.of(Prompt.user("q")), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'q' has no draw");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, -9999, -3.4e38, Double.NaN, Double.NEGATIVE_INFINITY})
  void anImpossibleLogProbabilityIsKeptAsRecordedAndNotUsed(double logP) {
    PromptDraws prompt = Draft.prompt("q", Draft.of("a").logP(logP, Draft.EXACT));
    LogProbability kept = prompt.draws().getFirst().logProbability();
    assertThat(kept).isEqualTo(new LogProbability.Unproven(logP, LogProbability.Doubt.IMPOSSIBLE));
    assertThat(kept.recorded()).hasValue(logP);
    assertThat(kept.usable()).isEmpty();
    assertThat(prompt.logProbabilities()).containsExactly(Double.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-300, -180, -9998, -10000})
  void aPossibleLogProbabilityIsUsed(double logP) {
    assertThat(Draft.prompt("q", Draft.of("a").logP(logP, Draft.EXACT)).logProbabilities())
        .containsExactly(logP);
  }

  @Test
  void aMissingRewardRanksBelowEveryScore() {
    PromptDraws prompt = Draft.prompt("q", Draft.of("a"), Draft.of("b").reward("r", -1e150));
    assertThat(prompt.ranks("r")).containsExactly(Double.NEGATIVE_INFINITY, -1e150);
    assertThat(prompt.ranks("other"))
        .containsExactly(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  @Test
  void aPoolThatMayNotUseLogProbabilitiesProvesTheTextbooksBoundAlone() {
    PromptDraws prompt =
        Draft.prompt(
            "q",
            Draft.of("a").reward("r", 0).logP(Math.log(0.5), Draft.EXACT),
            Draft.of("b").reward("r", 1).logP(Math.log(0.5), Draft.EXACT));
    assertThat(prompt.pool("r", false).seenMassKlBound(2)).isEqualTo(Math.log(2) - 0.5);
    assertThat(prompt.pool("r", true).seenMassKlBound(2)).isLessThan(Math.log(2) - 0.5);
  }

  @Test
  void aPromptOfWhichOnlyTheKeyIsKnownIsCalledByIt() {
    var prompt = new PromptDraws("17", Optional.empty(), List.of(Draft.of("a").at(0, "file:1")));
    assertThat(prompt.display()).isEqualTo("prompt 17");
    assertThat(PromptDraws.of(Prompt.user("Hi"), prompt.draws()).display()).isEqualTo("Hi");
  }
}
