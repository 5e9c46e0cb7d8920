package topdraw.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.reference.Prompt;

class PromptSamplesTest {
  private static final LogProbabilityMeaning EXACT = LogProbabilityMeaning.EXACT;

  @Test
  void equalCompletionsHaveOneNumber() {
    assertThat(
            Draft.prompt("q", Draft.of("a"), Draft.of("b"), Draft.of("a"), Draft.of("c"))
                .outcomes())
        .containsExactly(0, 1, 0, 2);
  }

  @Test
  void aPromptHasASample() {
    assertThatThrownBy(() -> new PromptSamples("q", Prompt.user("q"), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'q' has no sample");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, -9999, -3.4e38, Double.NaN, Double.NEGATIVE_INFINITY})
  void anImpossibleLogProbabilityIsKeptAsRecordedAndNotUsed(double logP) {
    PromptSamples prompt = Draft.prompt("q", Draft.of("a").logP(logP, EXACT));
    assertThat(prompt.samples().getFirst().logProbability()).hasValue(logP);
    assertThat(prompt.samples().getFirst().usableLogProbability()).isEmpty();
    assertThat(prompt.logProbabilities()).containsExactly(Double.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-300, -180, -9998, -10000})
  void aPossibleLogProbabilityIsUsed(double logP) {
    assertThat(Draft.prompt("q", Draft.of("a").logP(logP, EXACT)).logProbabilities())
        .containsExactly(logP);
  }

  @Test
  void aMissingRewardRanksBelowEveryScore() {
    PromptSamples prompt = Draft.prompt("q", Draft.of("a"), Draft.of("b").reward("r", -1e300));
    assertThat(prompt.samples().get(0).rank("r")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(prompt.samples().get(1).rank("r")).isEqualTo(-1e300);
    assertThat(prompt.samples().get(1).rank("other")).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void aPoolThatMayNotUseLogProbabilitiesProvesTheTextbooksBoundAlone() {
    PromptSamples prompt =
        Draft.prompt(
            "q",
            Draft.of("a").reward("r", 0).logP(Math.log(0.5), EXACT),
            Draft.of("b").reward("r", 1).logP(Math.log(0.5), EXACT));
    assertThat(prompt.pool("r", false).seenMassKlBound(2)).isEqualTo(Math.log(2) - 0.5);
    assertThat(prompt.pool("r", true).seenMassKlBound(2)).isLessThan(Math.log(2) - 0.5);
  }

  @Test
  void onlyALogProbabilityThatIsNotTooLargeProves() {
    assertThat(LogProbabilityMeaning.values())
        .filteredOn(LogProbabilityMeaning::proves)
        .containsExactly(EXACT, LogProbabilityMeaning.CONSERVATIVE);
  }
}
