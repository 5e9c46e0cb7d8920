package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.theory.confidence.Betting;
import topdraw.theory.confidence.DrawnValue;
import topdraw.theory.confidence.Range;
import topdraw.theory.confidence.ReferenceIntervals;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.PromptSeenMass;

/// Shares of draws that reach a threshold, what follows from them, and bounds on means in a range
/// of their own.
class RatesTest {
  /// As many draws of the rewards 0 and 5, of which some reach the threshold 5.
  private static PromptDraws prompt(String key, int draws, int passing) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < draws; i++) {
      drafts.add(Draft.of("o" + i).reward("r", i < passing ? 5 : i % 3));
    }
    return Draft.prompt(key, drafts);
  }

  private static Analysis analysis(Scope scope, PromptDraws... prompts) {
    var question =
        new AnalysisQuestion(
            "r",
            Optional.empty(),
            OptionalDouble.of(5),
            List.of(3),
            Protocol.SUBSETS,
            Optional.of(scope));
    return Analysis.of(
        Questions.of(question).measure(List.of(prompts)::forEach, Runnable::run, 0),
        question,
        Confidence.DEFAULT);
  }

  private static Finding rewind(Analysis analysis, Quantity quantity, Role role) {
    return analysis.rewind().stream()
        .filter(f -> f.quantity() == quantity && f.role() == role)
        .findFirst()
        .orElseThrow();
  }

  /// 6 of 20 draws reach the threshold: Clopper and Pearson's interval of the share, of which the
  /// win rate `1 - z/2` has the ends in the other order; -log z, 1/z.
  @Test
  void rewindAndRepeatFollowsTheShareThatReachesTheThreshold() {
    Analysis analysis = analysis(Scope.DRAWS, prompt("q", 20, 6));
    double low = ReferenceIntervals.clopperPearsonLower(6, 20, 0.025);
    double high = ReferenceIntervals.clopperPearsonUpper(6, 20, 0.025);
    Finding rate = rewind(analysis, Quantity.PASS_RATE, Role.VALUE);
    assertThat(rate.value()).isCloseTo(0.3, within(1e-15));
    assertThat(rate.interval().orElseThrow().lower()).isCloseTo(low, within(1e-12));
    assertThat(rate.interval().orElseThrow().upper()).isCloseTo(high, within(1e-12));
    Finding winRate = rewind(analysis, Quantity.REWIND_WIN_RATE, Role.VALUE);
    assertThat(winRate.value()).isCloseTo(0.85, within(1e-15));
    assertThat(winRate.interval().orElseThrow().lower()).isCloseTo(1 - high / 2, within(1e-12));
    assertThat(winRate.interval().orElseThrow().upper()).isCloseTo(1 - low / 2, within(1e-12));
    assertThat(rewind(analysis, Quantity.REWIND_KL, Role.VALUE).value())
        .isCloseTo(-Math.log(0.3), within(1e-15));
    assertThat(rewind(analysis, Quantity.REWIND_DRAWS, Role.VALUE).value())
        .isCloseTo(1 / 0.3, within(1e-14));
  }

  /// Of several prompts the means; a bet on each bounds them from below: of the win rate between
  /// 1/2 and 1.
  @Test
  void ofSeveralPromptsTheMeansAreBounded() {
    PromptDraws[] prompts = new PromptDraws[40];
    for (int j = 0; j < prompts.length; j++) {
      prompts[j] = prompt("q" + j, 4, 4);
    }
    Analysis analysis = analysis(Scope.PROMPTS, prompts);
    double[] ones = new double[40];
    Arrays.fill(ones, 1);
    double share = Betting.lower(ones, 0.05);
    Finding rate = rewind(analysis, Quantity.PASS_RATE, Role.LOWER_BOUND);
    assertThat(rate.value()).isCloseTo(share, within(1e-12));
    assertThat(rewind(analysis, Quantity.REWIND_KL, Role.VALUE).value()).isZero();
    assertThat(rewind(analysis, Quantity.REWIND_DRAWS, Role.VALUE).value()).isEqualTo(1);
  }

  /// Of numbers in `[-1, 3]`: the bet is on their share of the range.
  @Test
  void aBoundIsCarriedToTheRange() {
    double[] values = {0, 2, 3, 1, 3, 2, 2.5, -1, 3, 3, 2, 1};
    double[] scaled = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = (values[i] + 1) / 4;
    }
    var column = new Column(values, 24);
    var range = new Interval(-1, 3);
    assertThat(column.bound(Role.LOWER_BOUND, range, 0.3))
        .isCloseTo(4 * Betting.lower(scaled, 0.3) - 1, within(1e-12));
    assertThat(column.bound(Role.UPPER_BOUND, range, 0.3))
        .isCloseTo(4 * Betting.upper(scaled, 0.3) - 1, within(1e-12));
    assertThat(Betting.lower(scaled, 0.3)).isPositive();
    Finding bound =
        column.certified(
            Quantity.REWARD, Role.LOWER_BOUND, 0.5, new Estimator("a", "a"), Confidence.DEFAULT);
    assertThat(bound.samples()).hasValue(24);
    assertThat(bound.prompts()).hasValue(12);
    assertThat(bound.evidence()).isEqualTo(Evidence.THEOREM);
  }

  @Test
  void aColumnIsCompleteWhereEveryPromptSaysItsNumber() {
    assertThat(new Column(new double[0], 0).complete()).isFalse();
    assertThat(new Column(new double[] {1, Double.NaN, 2}, 6).complete()).isFalse();
    assertThat(new Column(new double[] {1, Double.NaN, 2}, 6).without()).isEqualTo(1);
    assertThat(new Column(new double[] {1, 2}, 6).complete()).isTrue();
  }

  /// That a share is at least 0 says nothing.
  @Test
  void aBoundThatSaysNothingIsNotTold() {
    Analysis none = analysis(Scope.PROMPTS, prompt("a", 6, 0), prompt("b", 6, 0));
    assertThat(none.rewind())
        .filteredOn(f -> f.quantity() == Quantity.PASS_RATE)
        .extracting(Finding::role)
        .containsExactly(Role.VALUE);
  }

  @Test
  void theseNumbersMayBeMadeFromOtherDraws() {
    var column = new Column(new double[] {1, 2}, 6).from(4);
    assertThat(column.draws()).isEqualTo(4);
    assertThat(column.values()).containsExactly(1, 2);
  }

  /// Where values lie by their making counts where it lies between two numbers that differ.
  @Test
  void aRangeIsProvenBetweenTwoNumbersThatDiffer() {
    Measure wins = measure(Quantity.WIN_RATE);
    assertThat(wins.proven(1)).isEmpty();
    assertThat(wins.proven(2)).contains(new Range(0.5, 2 / 3.0));
    assertThat(measure(Quantity.REWARD).proven(2)).isEmpty();
    assertThat(measure(Quantity.TOKENS).proven(2)).isEmpty();
    Interval[] half = {
      new Interval(Double.NEGATIVE_INFINITY, 0), new Interval(0, Double.POSITIVE_INFINITY)
    };
    for (Interval range : half) {
      Measure reward = measure(Quantity.REWARD);
      assertThat(
              new Measure(
                      reward.quantity(),
                      reward.role(),
                      reward.source(),
                      reward.rests(),
                      reward.proof(),
                      _ -> range,
                      reward.reading())
                  .proven(2))
          .isEmpty();
    }
  }

  private static Measure measure(Quantity quantity) {
    return Measures.of(AnalysisQuestion.of("r")).stream()
        .filter(one -> one.quantity() == quantity)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void howAValueVariesIsKnownWhereAllOfItIs() {
    double[] two = {1, 2};
    double[] gap = {1, Double.NaN};
    int[] draws = {4, 6};
    assertThat(new PromptNumbers(List.of(two), draws).spread()).isFalse();
    assertThat(new PromptNumbers(List.of(two, two, two), draws).spread()).isTrue();
    assertThat(new PromptNumbers(List.of(two, gap, two), draws).spread()).isFalse();
    assertThat(new PromptNumbers(List.of(two, two, two, two), draws).spread()).isFalse();
    DrawnValue second = new PromptNumbers(List.of(two, two, two), draws).drawn(8).get(1);
    assertThat(second).isEqualTo(new DrawnValue(2, 2, 2, 1));
    assertThat(new PromptNumbers(List.of(two, two, two), draws).drawn(4).get(1).perDraw())
        .isEqualTo(1.5);
  }

  private static Optional<Finding> confident(PromptSeenMass mass, int n, int draws) {
    Measure seen =
        Measures.of(AnalysisQuestion.of("r")).stream()
            .filter(one -> one.source().equals(Measures.SEEN_MASS))
            .findFirst()
            .orElseThrow();
    var numbers =
        new PromptNumbers(
            List.of(
                new double[] {mass.certain()},
                new double[] {mass.logSeen()},
                new double[] {mass.logUpTo()}),
            new int[] {draws});
    return MeasureBounds.of(
            seen, n, numbers, new MeanFindings(Confidence.DEFAULT, Optional.of(Scope.DRAWS)))
        .stream()
        .filter(f -> f.source().equals(Measures.SEEN_MASS_AT_CONFIDENCE))
        .findFirst();
  }

  /// What a chance of failing adds is told where it is more than a thousandth of `K_16`: the mass
  /// seen is halved until it is a tenth more, or less.
  @Test
  void aBoundAtConfidenceIsToldWhereItIsNews() {
    double top = Math.log(16) - 15 / 16.0;
    for (double share : new double[] {0.9e-3, 1.1e-3}) {
      double low = -40;
      double high = Math.log(0.2);
      for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        double gained = 1.5 - new PromptSeenMass(1.5, middle, middle).klBound(16, 64, 0.05);
        low = gained < share * top ? middle : low;
        high = gained < share * top ? high : middle;
      }
      Optional<Finding> told = confident(new PromptSeenMass(1.5, low, low), 16, 64);
      assertThat(told.isPresent()).isEqualTo(share > 1e-3);
      told.ifPresent(f -> assertThat(f.value()).isCloseTo(1.5 - 1.1e-3 * top, within(1e-9)));
    }
  }

  /// Ten prompts speak of others, though their draws were looked at one by one; and of nine of
  /// which some come late in the recording not all were.
  @Test
  void aBoundAtConfidenceIsOfPromptsWhoseDrawsWereLookedAt() {
    List<PromptDraws> ten = new ArrayList<>();
    for (int j = 0; j < 10; j++) {
      ten.add(known("q" + j));
    }
    assertThat(atConfidence(ten.subList(0, 9))).isTrue();
    assertThat(atConfidence(ten)).isFalse();
    List<PromptDraws> late = new ArrayList<>();
    for (int j = 0; j < 4; j++) {
      late.add(Draft.prompt("unscored" + j, Draft.of("a"), Draft.of("b")));
    }
    late.addAll(ten.subList(0, 8));
    assertThat(atConfidence(late)).isFalse();
  }

  private static PromptDraws known(String key) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < 63; i++) {
      drafts.add(Draft.of("a" + i).reward("r", i).logP(-60, Draft.EXACT));
    }
    drafts.add(Draft.of("best").reward("r", 64).logP(Math.log(0.2), Draft.EXACT));
    return Draft.prompt(key, drafts);
  }

  private static boolean atConfidence(List<PromptDraws> prompts) {
    var question =
        new AnalysisQuestion(
            "r", Optional.empty(), OptionalDouble.empty(), List.of(16), Protocol.SUBSETS);
    return Analysis.of(
            Questions.of(question).measure(prompts::forEach, Runnable::run, 0),
            question,
            Confidence.DEFAULT)
        .curve()
        .getFirst()
        .findings()
        .stream()
        .anyMatch(f -> f.source().equals(Measures.SEEN_MASS_AT_CONFIDENCE));
  }
}
