package topdraw.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.ReferenceIntervals;
import topdraw.theory.confidence.Scope;
import topdraw.theory.confidence.SuccessStatistic;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// Plans of given prompts whose rewards are 0 and 1, against a search through every n from 1 with
/// the laws of two levels at the ends of each prompt's rate.
class GivenPassesTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();
  private static final Confidence CONFIDENCE = new Confidence(0.9);
  private static final int[] PASSES = {6, 3, 11};
  private static final int[] DRAWS = {20, 10, 16};

  /// The chance of failing is 0.1 in all: of more than five prompts half of it is for blocks, and
  /// where upper ends are asked for too, half of each prompt's is for them.
  private static double alpha(int prompts, boolean bothEnds) {
    return 0.1 / (prompts > 5 ? 2 : 1) / prompts / (bothEnds ? 2 : 1);
  }

  /// What is proven at n of rates between these ends.
  private record Ends(double[] lower, double[] upper) {
    private static Ends of(int[] passes, int[] draws, boolean bothEnds) {
      double alpha = alpha(passes.length, bothEnds);
      return new Ends(
          IntStream.range(0, passes.length)
              .mapToDouble(j -> ReferenceIntervals.clopperPearsonLower(passes[j], draws[j], alpha))
              .toArray(),
          IntStream.range(0, passes.length)
              .mapToDouble(j -> ReferenceIntervals.clopperPearsonUpper(passes[j], draws[j], alpha))
              .toArray());
    }

    private double reward(int n) {
      return Arrays.stream(lower).map(p -> 1 - Math.pow(1 - p, n)).average().orElseThrow();
    }

    private double winRate(int n) {
      DoubleUnaryOperator wins = p -> 1 - (p + Math.pow(1 - p, n)) / 2;
      return IntStream.range(0, lower.length)
          .mapToDouble(j -> Math.min(wins.applyAsDouble(lower[j]), wins.applyAsDouble(upper[j])))
          .average()
          .orElseThrow();
    }

    /// The largest drift of any rate between the ends, in 20,000 steps.
    private double kl(int n) {
      double sum = 0;
      for (int j = 0; j < lower.length; j++) {
        double most = 0;
        for (int i = 0; i <= 20_000; i++) {
          double p = lower[j] + (upper[j] - lower[j]) * i / 20_000;
          double none = Math.pow(1 - p, n);
          most =
              Math.max(
                  most, (1 - none) * Math.log((1 - none) / p) + none * Math.log(none / (1 - p)));
        }
        sum += most;
      }
      return sum / lower.length;
    }

    private double stopDraws(int cap) {
      return Arrays.stream(lower).map(p -> (1 - Math.pow(1 - p, cap)) / p).average().orElseThrow();
    }
  }

  private static int first(IntPredicate holds) {
    return IntStream.iterate(1, n -> n + 1).filter(holds).findFirst().orElseThrow();
  }

  private static double textbook(int n) {
    return Math.log(n) - (n - 1.0) / n;
  }

  private static GivenPasses given(Targets targets, boolean complete) {
    return new GivenPasses(PASSES, DRAWS, complete, targets, CONFIDENCE, null);
  }

  private static Finding find(List<Finding> findings, Quantity quantity, Role role) {
    return findings.stream()
        .filter(f -> f.quantity() == quantity && f.role() == role)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theLeastNThatReachesBothFloorsIsTaken() {
    var targets = new Targets(OptionalDouble.of(0.6), OptionalDouble.of(0.75), NONE, NONE);
    Ends ends = Ends.of(PASSES, DRAWS, true);
    int n = first(k -> ends.winRate(k) >= 0.6 && ends.reward(k) >= 0.75);
    assertThat(n).isBetween(4, 40);
    PilotPlan.Option option = given(targets, true).option(Method.BEST_OF_N);
    PilotPlan.Step step = option.step().orElseThrow();
    assertThat(step.setting()).isEqualTo(new Setting.BestOfN(n));
    assertThat(option.cheaper().orElseThrow().setting()).isEqualTo(new Setting.BestOfN(n - 1));
    assertThat(option.dearer().orElseThrow().setting()).isEqualTo(new Setting.BestOfN(n + 1));
    assertThat(find(step.findings(), Quantity.WIN_RATE, Role.LOWER_BOUND).value())
        .isCloseTo(ends.winRate(n), within(1e-12));
    Finding reward = find(step.findings(), Quantity.REWARD, Role.LOWER_BOUND);
    assertThat(reward.value()).isCloseTo(ends.reward(n), within(1e-12));
    assertThat(reward.samples()).hasValue(46);
    assertThat(reward.prompts()).hasValue(3);
    assertThat(reward.confidence()).hasValue(0.9);
    assertThat(find(step.findings(), Quantity.DRAWS, Role.VALUE).value()).isEqualTo(n);
    assertThat(find(step.findings(), Quantity.KL, Role.UPPER_BOUND).value())
        .isCloseTo(textbook(n), within(1e-12));
    assertThat(step.findings()).filteredOn(f -> f.quantity() == Quantity.DRAWS).hasSize(1);
    assertThat(option.guess()).isEmpty();
    // The textbook's drift is certain; nothing is asked of the draws.
    assertThat(find(step.findings(), Quantity.KL, Role.UPPER_BOUND).confidence()).isEmpty();
  }

  /// Rates as seen: 0.3, 0.3 and 11/16.
  @Test
  void besideItStandsWhatTheRatesAsSeenSay() {
    var targets = new Targets(NONE, OptionalDouble.of(0.75), NONE, NONE);
    Ends ends = Ends.of(PASSES, DRAWS, false);
    int n = first(k -> ends.reward(k) >= 0.75);
    PilotPlan.Option option = given(targets, true).option(Method.EARLY_STOP);
    PilotPlan.Step step = option.step().orElseThrow();
    assertThat(step.setting()).isEqualTo(new Setting.StopAt(n, 1));
    assertEstimates(step.findings(), n);
    assertEstimates(option.cheaper().orElseThrow().findings(), n - 1);
    assertEstimates(option.dearer().orElseThrow().findings(), n + 1);
    assertThat(find(step.findings(), Quantity.DRAWS, Role.UPPER_BOUND).value())
        .isCloseTo(ends.stopDraws(n), within(1e-12));
    // The least n at which they reach the reward, and between which it lies.
    PilotPlan.Guess guess = option.guess().orElseThrow();
    int seems = first(k -> seen(k) >= 0.75);
    assertThat(guess.step().setting()).isEqualTo(new Setting.StopAt(seems, 1));
    assertEstimates(guess.step().findings(), seems);
    assertThat(guess.n())
        .contains(
            new Interval(
                first(k -> interval(k).upper() >= 0.75), first(k -> interval(k).lower() >= 0.75)));
  }

  private static double seen(int n) {
    return (2 * (1 - Math.pow(0.7, n)) + 1 - Math.pow(5 / 16.0, n)) / 3;
  }

  private static Interval interval(int n) {
    return ((MeanInterval.Found)
            new MeanIntervals(Scope.DRAWS, 0.1)
                .ofSuccesses(new SuccessStatistic.AnyOf(n), PASSES, DRAWS))
        .interval();
  }

  private static void assertEstimates(List<Finding> findings, int n) {
    Finding reward = find(findings, Quantity.REWARD, Role.VALUE);
    assertThat(reward.value()).isCloseTo(seen(n), within(1e-12));
    assertEnds(reward, interval(n).lower(), interval(n).upper());
    Finding draws = find(findings, Quantity.DRAWS, Role.VALUE);
    double often = (1 - Math.pow(5 / 16.0, n)) * 16 / 11;
    assertThat(draws.value())
        .isCloseTo((2 * (1 - Math.pow(0.7, n)) / 0.3 + often) / 3, within(1e-12));
    Ends both = Ends.of(PASSES, DRAWS, true);
    assertEnds(draws, new Ends(both.upper(), both.lower()).stopDraws(n), both.stopDraws(n));
    assertThat(draws.samples()).hasValue(46);
    assertThat(draws.prompts()).hasValue(3);
  }

  private static void assertEnds(Finding found, double lower, double upper) {
    assertThat(found.interval().orElseThrow().lower()).isCloseTo(lower, within(1e-12));
    assertThat(found.interval().orElseThrow().upper()).isCloseTo(upper, within(1e-12));
  }

  /// Ceilings alone: the largest n whose drift is certain to keep to them, or is by the rates.
  @ParameterizedTest(name = "{0} nats, every draw scored: {1}")
  @CsvSource({"0.8, true", "0.8, false", "1.2, true"})
  void theLargestNWithinACeilingIsTaken(double ceiling, boolean complete) {
    var targets = new Targets(NONE, NONE, OptionalDouble.of(ceiling), NONE);
    Ends ends = Ends.of(PASSES, DRAWS, true);
    int n =
        first(
                k ->
                    textbook(k) > ceiling
                        && (!complete || Math.min(textbook(k), ends.kl(k)) > ceiling))
            - 1;
    PilotPlan.Option option = given(targets, complete).option(Method.BEST_OF_N);
    assertThat(option.step().orElseThrow().setting()).isEqualTo(new Setting.BestOfN(n));
    Finding kl = find(option.step().orElseThrow().findings(), Quantity.KL, Role.UPPER_BOUND);
    assertThat(kl.value())
        .isCloseTo(complete && textbook(n) > ceiling ? ends.kl(n) : textbook(n), within(1e-6));
    assertThat(option.guess()).isEmpty();
  }

  @Test
  void theDrawsOfEarlyStopKeepToACeilingThatThoseOfBestOfNDoNot() {
    var targets = new Targets(NONE, NONE, NONE, OptionalDouble.of(3.5));
    Ends ends = Ends.of(PASSES, DRAWS, false);
    int cap = first(k -> ends.stopDraws(k) > 3.5) - 1;
    assertThat(cap).isGreaterThan(3);
    assertThat(given(targets, true).option(Method.EARLY_STOP).step().orElseThrow().setting())
        .isEqualTo(new Setting.StopAt(cap, 1));
    assertThat(given(targets, true).option(Method.BEST_OF_N).step().orElseThrow().setting())
        .isEqualTo(new Setting.BestOfN(3));
  }

  /// Each floor that even the largest n within the ceilings misses is told with what it reaches.
  @Test
  void floorsOutOfReachAreToldAtTheLargestN() {
    var targets =
        new Targets(OptionalDouble.of(0.7), OptionalDouble.of(0.95), NONE, OptionalDouble.of(5));
    Ends ends = Ends.of(PASSES, DRAWS, true);
    PilotPlan.Option option = given(targets, true).option(Method.BEST_OF_N);
    assertThat(option.step()).isEmpty();
    assertThat(option.unmet()).hasSize(2);
    var reward = (Unmet.Floor) option.unmet().getFirst();
    assertThat(reward.quantity()).isEqualTo(Quantity.REWARD);
    assertThat(reward.wanted()).isEqualTo(0.95);
    assertThat(reward.reached()).isCloseTo(seen(5), within(1e-12));
    assertThat(reward.bound()).isCloseTo(ends.reward(5), within(1e-12));
    assertThat(reward.dearest()).isEqualTo(new Setting.BestOfN(5));
    var winRate = (Unmet.Floor) option.unmet().getLast();
    assertThat(winRate.quantity()).isEqualTo(Quantity.WIN_RATE);
    assertThat(winRate.wanted()).isEqualTo(0.7);
    double often = 1 - (11 / 16.0 + Math.pow(5 / 16.0, 5)) / 2;
    assertThat(winRate.reached())
        .isCloseTo((2 * (1 - (0.3 + Math.pow(0.7, 5)) / 2) + often) / 3, within(1e-12));
    assertThat(winRate.bound()).isCloseTo(ends.winRate(5), within(1e-12));
    // 0.7319 as seen: more draws would prove it.
    assertThat(winRate.help()).isEqualTo(new Unmet.Help.MoreDraws(0));
    for (double wanted : new double[] {winRate.reached(), Math.nextUp(winRate.reached())}) {
      var more = new Targets(OptionalDouble.of(wanted), NONE, NONE, OptionalDouble.of(5));
      assertThat(
              ((Unmet.Floor) given(more, true).option(Method.BEST_OF_N).unmet().getFirst()).help())
          .isEqualTo(
              wanted == winRate.reached()
                  ? new Unmet.Help.MoreDraws(0)
                  : new Unmet.Help.Above(NONE));
    }
  }

  /// What a floor needs and what a ceiling allows, where they part.
  @Test
  void aFloorAndACeilingMayBeTorn() {
    Ends ends = Ends.of(PASSES, DRAWS, true);
    int most = first(k -> ends.winRate(k) >= 0.6) - 1;
    var targets = new Targets(OptionalDouble.of(0.6), NONE, NONE, OptionalDouble.of(most));
    PilotPlan.Option option = given(targets, true).option(Method.BEST_OF_N);
    assertThat(option.step()).isEmpty();
    assertThat(option.unmet()).hasSize(1);
    var floor = (Unmet.Floor) option.unmet().getFirst();
    assertThat(floor.dearest()).isEqualTo(new Setting.BestOfN(most));
    var met = new Targets(OptionalDouble.of(0.6), NONE, NONE, OptionalDouble.of(most + 1));
    assertThat(given(met, true).option(Method.BEST_OF_N).step()).isPresent();
  }

  /// A win rate of a half is what any rule has, and needs no draw to prove.
  @Test
  void aCoinNeedsNoProof() {
    var targets = new Targets(OptionalDouble.of(0.5), NONE, NONE, NONE);
    PilotPlan.Option option = given(targets, true).option(Method.BEST_OF_N);
    assertThat(option.step().orElseThrow().setting()).isEqualTo(new Setting.BestOfN(1));
    assertThat(option.cheaper()).isEmpty();
    Finding coin =
        find(option.step().orElseThrow().findings(), Quantity.WIN_RATE, Role.LOWER_BOUND);
    assertThat(coin.value()).isEqualTo(0.5);
    assertThat(coin.confidence()).isEmpty();
  }

  /// Of six prompts half of the chance of failing is kept for blocks of draws; of five it is not.
  @ParameterizedTest(name = "{0} prompts")
  @CsvSource({"5", "6", "7"})
  void ofManyPromptsTheRatesHaveHalfTheChance(int prompts) {
    int[] passes = IntStream.range(0, prompts).map(j -> 4 + j).toArray();
    int[] draws = IntStream.range(0, prompts).map(_ -> 20).toArray();
    var targets = new Targets(NONE, OptionalDouble.of(0.8), NONE, NONE);
    Ends ends = Ends.of(passes, draws, false);
    int n = first(k -> ends.reward(k) >= 0.8);
    PilotPlan.Step step =
        new GivenPasses(passes, draws, true, targets, CONFIDENCE, null)
            .option(Method.BEST_OF_N)
            .step()
            .orElseThrow();
    assertThat(step.setting()).isEqualTo(new Setting.BestOfN(n));
    assertThat(find(step.findings(), Quantity.REWARD, Role.LOWER_BOUND).value())
        .isCloseTo(ends.reward(n), within(1e-12));
  }

  /// Of one draw, too, where what rounding leaves would put the ends in the wrong order.
  @Test
  void howManyDrawsEarlyStopTakesIsFromOneToItsCap() {
    for (int draws = 1; draws <= 20; draws++) {
      for (int passes = 0; passes <= draws; passes++) {
        for (int cap = 1; cap <= 3; cap++) {
          var targets = new Targets(NONE, NONE, NONE, OptionalDouble.of(cap));
          for (double confidence : new double[] {0.5, 0.95}) {
            Finding found =
                find(
                    new GivenPasses(
                            new int[] {passes},
                            new int[] {draws},
                            true,
                            targets,
                            new Confidence(confidence),
                            null)
                        .option(Method.EARLY_STOP)
                        .step()
                        .orElseThrow()
                        .findings(),
                    Quantity.DRAWS,
                    Role.VALUE);
            assertThat(found.value()).as("%d of %d", passes, draws).isBetween(1.0, 20.0);
            assertThat(found.interval().orElseThrow().lower())
                .isBetween(1.0, found.interval().orElseThrow().upper());
          }
        }
      }
    }
  }

  /// At little confidence a bound is on the other side of what is seen.
  @Test
  void anEstimateDoesNotContradictTheBoundBesideIt() {
    var targets = new Targets(NONE, NONE, NONE, OptionalDouble.of(10));
    List<Finding> findings =
        new GivenPasses(new int[] {5}, new int[] {16}, true, targets, new Confidence(0.01), null)
            .option(Method.EARLY_STOP)
            .step()
            .orElseThrow()
            .findings();
    double bound = find(findings, Quantity.DRAWS, Role.UPPER_BOUND).value();
    assertThat(bound).isBetween(1.7, 1.8);
    assertThat(find(findings, Quantity.DRAWS, Role.VALUE).value()).isEqualTo(bound);
  }

  /// A prompt that never passes keeps early stop at its cap.
  @Test
  void whereNonePassesEarlyStopDrawsItsCap() {
    var targets = new Targets(NONE, NONE, NONE, OptionalDouble.of(4));
    PilotPlan.Option option =
        new GivenPasses(new int[] {0, 0}, new int[] {9, 9}, true, targets, CONFIDENCE, null)
            .option(Method.EARLY_STOP);
    PilotPlan.Step step = option.step().orElseThrow();
    assertThat(step.setting()).isEqualTo(new Setting.StopAt(4, 1));
    assertThat(find(step.findings(), Quantity.DRAWS, Role.UPPER_BOUND).value()).isEqualTo(4);
    assertThat(find(step.findings(), Quantity.DRAWS, Role.VALUE).value()).isEqualTo(4);
    assertThat(option.guess()).isEqualTo(Optional.empty());
  }

  /// A floor that is exactly what is proven at n needs no draw more, and rests on the rates.
  @Test
  void whatIsJustReachedIsReached() {
    var winRate = new Targets(OptionalDouble.of(0.6), NONE, NONE, NONE);
    var reward = new Targets(NONE, OptionalDouble.of(0.75), NONE, NONE);
    for (Targets targets : List.of(winRate, reward)) {
      boolean wins = targets.winRate().isPresent();
      PilotPlan.Step step = given(targets, true).option(Method.BEST_OF_N).step().orElseThrow();
      Finding bound =
          find(step.findings(), wins ? Quantity.WIN_RATE : Quantity.REWARD, Role.LOWER_BOUND);
      OptionalDouble just = OptionalDouble.of(bound.value());
      PilotPlan.Step again =
          given(new Targets(wins ? just : NONE, wins ? NONE : just, NONE, NONE), true)
              .option(Method.BEST_OF_N)
              .step()
              .orElseThrow();
      assertThat(again.setting()).isEqualTo(step.setting());
      assertThat(
              find(again.findings(), wins ? Quantity.WIN_RATE : Quantity.REWARD, Role.LOWER_BOUND)
                  .source())
          .isEqualTo(bound.source());
    }
    // Of ten draws half pass: of one draw a half does.
    var half = new Targets(NONE, OptionalDouble.of(0.5), NONE, NONE);
    assertThat(
            new GivenPasses(new int[] {5}, new int[] {10}, true, half, CONFIDENCE, null)
                .guess(Method.BEST_OF_N)
                .orElseThrow()
                .step()
                .setting())
        .isEqualTo(new Setting.BestOfN(1));
    // So are the ends of the interval of the reward.
    assertThat(between(interval(3).upper()).lower()).isEqualTo(3);
    assertThat(between(interval(9).lower()).upper()).isEqualTo(9);
  }

  private static Interval between(double wanted) {
    return given(new Targets(NONE, OptionalDouble.of(wanted), NONE, NONE), true)
        .guess(Method.BEST_OF_N)
        .orElseThrow()
        .n()
        .orElseThrow();
  }

  /// A ceiling of the textbook's drift at five draws is kept by five, without a look at any.
  @ParameterizedTest(name = "every draw scored: {0}")
  @CsvSource({"true", "false"})
  void aCeilingThatIsJustKeptIsKept(boolean complete) {
    var targets = new Targets(NONE, NONE, OptionalDouble.of(KlBounds.analytical(5.0)), NONE);
    PilotPlan.Option option =
        new GivenPasses(
                new int[] {500, 500}, new int[] {1000, 1000}, complete, targets, CONFIDENCE, null)
            .option(Method.BEST_OF_N);
    long n = ((Setting.BestOfN) option.step().orElseThrow().setting()).n();
    assertThat(n > 5).isEqualTo(complete);
    assertThat(n).isGreaterThanOrEqualTo(5);
    var both =
        new Targets(NONE, NONE, OptionalDouble.of(KlBounds.analytical(5.0)), OptionalDouble.of(5));
    PilotPlan.Step five =
        new GivenPasses(
                new int[] {500, 500}, new int[] {1000, 1000}, complete, both, CONFIDENCE, null)
            .option(Method.BEST_OF_N)
            .step()
            .orElseThrow();
    assertThat(five.setting()).isEqualTo(new Setting.BestOfN(5));
    assertThat(find(five.findings(), Quantity.KL, Role.UPPER_BOUND).confidence()).isEmpty();
  }

  /// Nobody draws more than a million for one prompt; the neighbour of two draws is one.
  @Test
  void theNeighboursLieBetweenOneDrawAndAMillion() {
    var far = new Targets(NONE, NONE, OptionalDouble.of(50), NONE);
    PilotPlan.Option most = given(far, true).option(Method.BEST_OF_N);
    assertThat(most.step().orElseThrow().setting()).isEqualTo(new Setting.BestOfN(1_000_000));
    assertThat(most.dearer()).isEmpty();
    assertThat(most.cheaper().orElseThrow().setting()).isEqualTo(new Setting.BestOfN(999_999));
    var near = new Targets(NONE, NONE, NONE, OptionalDouble.of(2));
    PilotPlan.Option two = given(near, true).option(Method.BEST_OF_N);
    assertThat(two.cheaper().orElseThrow().setting()).isEqualTo(new Setting.BestOfN(1));
    var almost = new Targets(NONE, NONE, NONE, OptionalDouble.of(999_999));
    assertThat(given(almost, true).option(Method.BEST_OF_N).dearer().orElseThrow().setting())
        .isEqualTo(new Setting.BestOfN(1_000_000));
  }

  /// Estimates are cut at bounds of the same quantity alone: a coin's half is no bound on the
  /// reward, 0.429 as seen.
  @Test
  void aBoundOnAnotherQuantityCutsNoEstimate() {
    var targets = new Targets(OptionalDouble.of(0.5), OptionalDouble.of(0.1), NONE, NONE);
    PilotPlan.Step step = given(targets, true).option(Method.BEST_OF_N).step().orElseThrow();
    assertThat(step.setting()).isEqualTo(new Setting.BestOfN(1));
    assertThat(find(step.findings(), Quantity.REWARD, Role.VALUE).value())
        .isCloseTo(seen(1), within(1e-12));
  }

  /// Of success nothing is guessed where there is none, nor of certainty; and one success in two
  /// million draws may be so rare that no number of draws certainly reaches the floor.
  @Test
  void whatCannotBeGuessedIsNot() {
    var half = new Targets(NONE, OptionalDouble.of(0.5), NONE, NONE);
    assertThat(
            new GivenPasses(new int[] {0, 0}, new int[] {9, 9}, true, half, CONFIDENCE, null)
                .guess(Method.BEST_OF_N))
        .isEmpty();
    var sure = new Targets(NONE, OptionalDouble.of(1), NONE, NONE);
    PilotPlan.Option option =
        new GivenPasses(new int[] {0, 4}, new int[] {9, 9}, true, sure, CONFIDENCE, null)
            .option(Method.BEST_OF_N);
    assertThat(((Unmet.Floor) option.unmet().getFirst()).help())
        .isEqualTo(new Unmet.Help.Above(NONE));
    var some = new Targets(NONE, OptionalDouble.of(0.3), NONE, NONE);
    Interval rare =
        new GivenPasses(new int[] {1}, new int[] {2_000_000}, true, some, CONFIDENCE, null)
            .guess(Method.BEST_OF_N)
            .orElseThrow()
            .n()
            .orElseThrow();
    assertThat(rare.lower()).isBetween(50_000.0, 700_000.0);
    assertThat(rare.upper()).isInfinite();
  }
}
