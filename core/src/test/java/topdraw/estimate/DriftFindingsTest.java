package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.pool.KlAnswer;

/// What is said of a mean drift beside its number.
class DriftFindingsTest {
  private static final Measure DRIFT =
      Measures.of(AnalysisQuestion.of("reward")).stream()
          .filter(measure -> measure.source().equals(Measures.POOL_KL_FROM_LEVELS))
          .findFirst()
          .orElseThrow();

  /// 40 prompts, every other one of 8 draws and of 500: an estimate of 0.1 each, that moves by
  /// nothing.
  private static PromptNumbers prompts() {
    int[] draws = new int[40];
    Arrays.setAll(draws, j -> j % 2 == 0 ? 8 : 500);
    double[] estimates = new double[draws.length];
    Arrays.fill(estimates, 0.1);
    double[] none = new double[draws.length];
    double[] notExact = new double[draws.length];
    Arrays.fill(notExact, Double.NaN);
    return new PromptNumbers(List.of(estimates, none, none, notExact), draws);
  }

  /// Of the prompt with the fewest draws: `2/8^4 + 0.006 exp(-9.6 (1 - 4/8))` is 5.4e-4 (no more
  /// than 0.0005 would be wrong), where that of 500 draws is 6e-7.
  @Test
  void theBiasNamedIsTheLargestOfAnyPrompt() {
    List<Finding> bounds = DriftBounds.of(DRIFT, 4, prompts(), Confidence.DEFAULT);
    assertThat(bounds).isNotEmpty();
    assertThat(bounds)
        .allSatisfy(
            bound ->
                assertThat(bound.assumptions())
                    .contains(
                        "no policy gives the estimates a bias of more than 0.0006 nats (found"
                            + " numerically)"));
  }

  /// Estimates of drift may fall below 0, or below a bound on the same page; what is told does not.
  @Test
  void anEstimateIsCutToWhatIsProven() {
    var below = new KlAnswer.Estimated(-0.01, new Interval(-0.1, 0.2), 1e-3, Scope.PROMPTS, 40);
    assertTold(below, new Interval(0, 2), 0, new Interval(0, 0.2));
    assertTold(below, new Interval(0.05, 0.15), 0.05, new Interval(0.05, 0.15));
    var inside = new KlAnswer.Estimated(0.1, new Interval(0.08, 0.12), 1e-3, Scope.PROMPTS, 40);
    assertTold(inside, new Interval(0, 2), 0.1, new Interval(0.08, 0.12));
  }

  private static void assertTold(
      KlAnswer answer, Interval proven, double value, Interval interval) {
    Finding told =
        new MeanFindings(Confidence.DEFAULT, Optional.empty())
            .ofDrift(DRIFT, 4, answer, prompts(), proven)
            .orElseThrow();
    assertThat(told.value()).isEqualTo(value);
    assertThat(told.interval()).hasValue(interval);
  }
}
