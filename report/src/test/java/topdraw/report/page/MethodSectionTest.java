package topdraw.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.Protocol;

/// The page tells how its own numbers were made, and nothing that was not done.
class MethodSectionTest {
  @Test
  void aNoteStandsForWhatWasDone() {
    assertThat(notes(SampleAnalysis.of(4, 16)))
        .contains("every subset of n of its draws")
        .contains("Shaded intervals are at 95 %")
        .contains(
            "A bound at 95 % bets", "seen-mass bound holds with certainty", "corrected for bias")
        .contains("Beyond n = 4, a quarter of the draws")
        .contains("1 row could not be read", "Nothing was drawn at random")
        .doesNotContain("replacement", "Early stop", "gold", "bootstrap", "without any score");
  }

  @Test
  void withoutLogProbabilitiesNothingIsSaidOfWhatNeedsThem() {
    assertThat(notes(SampleAnalysis.of(4, 16).withoutLogProbabilities()))
        .contains("estimated from how many rewards are equal")
        .doesNotContain("seen-mass", "completions that came often");
  }

  @Test
  void aBiasedProtocolIsSaidToBeOne() {
    var asked = SampleAnalysis.of(4, 16).asked(SampleAnalysis.question(Protocol.BOOTSTRAP));

    assertThat(notes(asked)).contains("biased low").doesNotContain("every subset", "pool_kl");
  }

  @Test
  void whomAnIntervalSpeaksOfStandsWithEachFinding() {
    assertThat(notes(SampleAnalysis.of(1, 16)))
        .contains("whether it speaks of prompts like these or of these prompts alone")
        .doesNotContain("Student");
  }

  @Test
  void aThresholdAndAGoldRewardAreExplainedWhereAsked() {
    var asked =
        new AnalysisQuestion(
            "score", Optional.of("gold"), OptionalDouble.of(1), List.of(), Protocol.SUBSETS);

    assertThat(notes(SampleAnalysis.of(4, 16).asked(asked)))
        .contains("Early stop at 1 is best-of-n of the reward cut", "The gold reward is averaged")
        .contains("with seed 20261124: its band and its fits' intervals are a bootstrap's");
  }

  private static String notes(SampleAnalysis analysis) {
    return String.join("\n", MethodSection.notes(analysis.report()));
  }
}
