package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Interval;

/// Of whom intervals speak, and what people read of them.
class ScopeTest {
  @Test
  void tenPromptsSpeakOfOthersAndFewerOfThemselves() {
    assertThat(Scope.of(9)).isEqualTo(Scope.DRAWS);
    assertThat(Scope.of(10)).isEqualTo(Scope.PROMPTS);
    assertThat(Scope.named("sample")).contains(Scope.PROMPTS);
    assertThat(Scope.named("fixed")).contains(Scope.DRAWS);
    assertThat(Scope.named("prompts")).isEmpty();
  }

  @Test
  void whatIsAssumedIsSaid() {
    assertThat(found(Scope.PROMPTS, 12).assumption())
        .isEqualTo("the 12 prompts are a random sample of those that matter");
    assertThat(found(Scope.DRAWS, 3).assumption())
        .isEqualTo("about these 3 prompts; only the drawing is random");
    assertThat(found(Scope.DRAWS, 1).assumption())
        .isEqualTo("about this prompt only; only the drawing is random");
    assertThat(MeanInterval.Reason.ONE_PROMPT.words())
        .isEqualTo("one prompt says nothing of others");
    assertThat(MeanInterval.Reason.NO_SPREAD.words())
        .isEqualTo("all draws are equal: no spread to estimate");
  }

  private static MeanInterval.Found found(Scope scope, int prompts) {
    return new MeanInterval.Found(new Interval(0, 1), IntervalMethod.BETTING, scope, prompts);
  }

  @Test
  void methodsHaveNamesAndWhatTheyAreWorth() {
    assertThat(IntervalMethod.BETTING.title()).isEqualTo("betting");
    assertThat(IntervalMethod.BETTING.evidence()).isEqualTo(Evidence.THEOREM);
    assertThat(IntervalMethod.JACKKNIFE.title()).isEqualTo("jackknife over draws");
    assertThat(IntervalMethod.JACKKNIFE.evidence()).isEqualTo(Evidence.ESTIMATE);
    assertThat(Betting.on(new Estimator("gain", "the gain")))
        .isEqualTo(new Estimator("betting:gain", "betting on the gain"));
  }
}
