package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.DriftCertificate;
import topdraw.theory.pool.KlAnswer;
import topdraw.theory.pool.KlBias;
import topdraw.theory.pool.PromptKl;

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

  /// Estimates that are the same in every prompt, each of variance 0.04 over its draws: where equal
  /// rewards alone speak, the mean of 40 varies by that at least; where log-probabilities do, it is
  /// the prompts that vary, by nothing. 2.0226909 is the 97.5 % point of t at 39 degrees; 0.001 K_4
  /// and the bias are inside the interval.
  @Test
  void levelsAloneLeaveTheVarianceOverDraws() {
    double[] variances = new double[40];
    Arrays.fill(variances, 0.04);
    PromptNumbers alike = prompts();
    var numbers =
        new PromptNumbers(
            List.of(alike.values(), variances, alike.parts().get(2), alike.parts().get(3)),
            alike.draws());
    double bias =
        Arrays.stream(alike.draws()).mapToDouble(n -> KlBias.allowance(4, n)).average().orElse(0);
    double inside = bias + 1e-3 * (Math.log(4) - 0.75);
    assertHalf(DRIFT, numbers, 2.0226909 * Math.sqrt(0.04 / 40) + inside);
    assertHalf(Measures.poolKl(), numbers, inside);
  }

  private static void assertHalf(Measure measure, PromptNumbers numbers, double half) {
    KlAnswer answer =
        new MeanFindings(Confidence.DEFAULT, Optional.of(Scope.PROMPTS))
            .drift(measure, 4, numbers, new Interval(0, 2));
    assertThat(answer).isInstanceOf(KlAnswer.Estimated.class);
    Interval ends = ((KlAnswer.Estimated) answer).interval();
    assertThat(ends.upper()).isCloseTo(0.1 + half, within(1e-8));
    assertThat(ends.lower()).isCloseTo(0.1 - half, within(1e-8));
  }

  /// One draw does not drift, whatever is assumed; where every completion was drawn, that is said.
  @Test
  void anExactDriftSaysWhatItRestsOn() {
    assertThat(exact(1).assumptions()).isEmpty();
    assertThat(exact(4).assumptions()).hasSize(2).contains("every possible completion was drawn");
    assertThat(exact(4).value()).isEqualTo(0.3);
    assertThat(exact(4).evidence()).isEqualTo(Evidence.EXACT);
  }

  private static Finding exact(int n) {
    return new MeanFindings(Confidence.DEFAULT, Optional.empty())
        .ofDrift(DRIFT, n, new KlAnswer.Exact(0.3), prompts(), new Interval(0, 2))
        .orElseThrow();
  }

  private static List<Finding> bounds(Measure measure, int n, PromptNumbers numbers) {
    return DriftBounds.of(measure, n, numbers, Confidence.DEFAULT);
  }

  private static PromptNumbers of(int prompts, int draws, double estimate, double exact) {
    double[] estimates = new double[prompts];
    Arrays.fill(estimates, estimate);
    double[] exacts = new double[prompts];
    Arrays.fill(exacts, exact);
    double[] none = new double[prompts];
    int[] each = new int[prompts];
    Arrays.fill(each, draws);
    return new PromptNumbers(List.of(estimates, none, none, exacts), each);
  }

  /// Forty prompts bound the mean from both sides by bets on their estimates; only
  /// log-probabilities have to be true for it where they are used.
  @Test
  void bothSidesAreBetOnWhereTheBiasIsKnown() {
    PromptNumbers half = of(40, 64, 0.3, Double.NaN);
    List<PromptKl> prompts = Reading.Drift.read(half.parts(), half.draws());
    for (Measure measure : List.of(DRIFT, Measures.poolKl())) {
      List<Finding> told = bounds(measure, 4, half);
      assertThat(told)
          .extracting(Finding::role)
          .containsExactly(Role.UPPER_BOUND, Role.LOWER_BOUND);
      assertThat(told.getFirst().value())
          .isCloseTo(DriftCertificate.upper(prompts, 4, 0.05), within(1e-12));
      assertThat(told.getLast().value())
          .isCloseTo(DriftCertificate.lower(prompts, 4, 0.05), within(1e-12));
      assertThat(told)
          .allSatisfy(
              bound ->
                  assertThat(bound.assumptions().containsAll(PromptPool.TRUE_LOG_PROBABILITIES))
                      .isEqualTo(measure != DRIFT));
      assertThat(told).allSatisfy(bound -> assertThat(bound.samples()).hasValue(40 * 64));
    }
  }

  /// One draw does not drift; pools of three draws, or of more than 512, were not looked at; where
  /// every completion was drawn the drift is known; and a bound that says nothing is not told.
  @Test
  void whatSaysNothingIsNoBound() {
    assertThat(bounds(DRIFT, 1, of(40, 64, 0, Double.NaN))).isEmpty();
    assertThat(bounds(DRIFT, 2, of(40, 3, 0.1, Double.NaN))).isEmpty();
    assertThat(bounds(DRIFT, 2, of(40, 4, 0.1, Double.NaN))).isNotEmpty();
    assertThat(bounds(DRIFT, 4, of(40, 513, 0.3, Double.NaN))).isEmpty();
    assertThat(bounds(DRIFT, 4, of(40, 512, 0.3, Double.NaN))).isNotEmpty();
    assertThat(bounds(DRIFT, 4, of(40, 64, 0.3, 0.3))).isEmpty();
    // Two prompts bound nothing from above; estimates of 0 nothing from below.
    assertThat(bounds(DRIFT, 4, of(2, 64, 0.6, Double.NaN)))
        .noneMatch(bound -> bound.role() == Role.UPPER_BOUND);
    assertThat(bounds(DRIFT, 4, of(40, 64, 0, Double.NaN)))
        .extracting(Finding::role)
        .containsExactly(Role.UPPER_BOUND);
  }
}
