package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Interval;
import topdraw.theory.pool.DrawnMeans;

/// Intervals for means, against a second computation, and how often they hold the truth.
class MeanIntervalsTest {
  private static final MeanIntervals OVER_PROMPTS = new MeanIntervals(Scope.PROMPTS, .05);
  private static final MeanIntervals OVER_DRAWS = new MeanIntervals(Scope.DRAWS, .05);

  private static int[] counts(String words) {
    return Arrays.stream(words.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private static double[] values(String words) {
    return Arrays.stream(words.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static int[] all(int draws, int prompts) {
    return IntStream.generate(() -> draws).limit(prompts).toArray();
  }

  private static MeanInterval.Found passes(
      MeanIntervals intervals, String correct, int draws, int k) {
    int[] counts = counts(correct);
    return (MeanInterval.Found)
        intervals.ofSuccesses(new SuccessStatistic.AnyOf(k), counts, all(draws, counts.length));
  }

  private static void assertEnds(MeanInterval found, double lower, double upper) {
    Interval interval = ((MeanInterval.Found) found).interval();
    assertThat(interval.lower()).isCloseTo(lower, within(1e-11 + 1e-10 * Math.abs(lower)));
    assertThat(interval.upper()).isCloseTo(upper, within(1e-11 + 1e-10 * Math.abs(upper)));
  }

  @ParameterizedTest
  @CsvSource({
    "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0, 4, 1, 0, .168433470983085",
    "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0, 4, 4, 0, .168433470983085",
    "4 3 4 2 0 1 4 4 3 2 1 0, 4, 2, .432478408122818, .91550806594781",
    "1 0 0 0 0 0 0 0 0 0 0 2, 16, 8, .0114046203364169, .369903122893705",
    "16 15 16 16 14 16 16 16 16 16, 16, 4, .691502892181239, 1"
  })
  void passesOverPrompts(String correct, int draws, int k, double lower, double upper) {
    MeanInterval.Found found = passes(OVER_PROMPTS, correct, draws, k);
    assertEnds(found, lower, upper);
    assertThat(found.method()).isEqualTo(IntervalMethod.EFFECTIVE_SAMPLE);
    assertThat(found.method().evidence()).isEqualTo(Evidence.ESTIMATE);
    assertThat(found.assumption()).contains("random sample");
  }

  @ParameterizedTest
  @CsvSource({
    "4 3 4 2 0 1 4 4 3 2 1 0, 4, 2, .132541123470367",
    "1 0 0 0 0 0 0 0 0 0 0 2, 16, 8, .0682374397224068",
    "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0, 4, 1, .00621383969646831"
  })
  void thePosteriorExpectsASpread(String correct, int draws, int k, double variance) {
    int[] counts = counts(correct);
    var posterior = BetaBinomialPosterior.of(counts, all(draws, counts.length));
    double found = posterior.variance(new SuccessStatistic.AnyOf(k).byCount(draws));
    Near.assertWithin(1e-9, found, variance);
  }

  @ParameterizedTest
  @CsvSource({
    "3 1 0 4 2, 4, 2, .399164729952263, .872930634027266",
    "0 0 0 0 0, 4, 4, 0, .521823750104981",
    "0 0 0 0 0, 4, 2, 0, .308497107818761",
    "3 0 1, 16, 8, .13420856007325, .823495059256216",
    "16 15 9, 16, 4, .889787639104516, .999775662999088",
    "1 0 0, 16, 4, .00210759323186029, .374538374451611"
  })
  void passesOverDraws(String correct, int draws, int k, double lower, double upper) {
    MeanInterval.Found found = passes(OVER_DRAWS, correct, draws, k);
    assertEnds(found, lower, upper);
    assertThat(found.method()).isEqualTo(IntervalMethod.BINOMIAL_OVER_DRAWS);
    assertThat(found.scope()).isEqualTo(Scope.DRAWS);
  }

  @Test
  void whatIsATheoremOverDrawsSaysSo() {
    // No success in twenty draws of five prompts.
    var rate = passes(OVER_DRAWS, "0 0 0 0 0", 4, 1);
    assertEnds(rate, 0, .168433470983085);
    assertThat(rate.method().evidence()).isEqualTo(Evidence.THEOREM);
    // Three successes in 600 draws of one prompt, beyond the draws too.
    assertEnds(passes(OVER_DRAWS, "3", 600, 101), .09906044866270713, .7722553459388075);
    var beyondAll = passes(OVER_DRAWS, "3", 600, 1000).interval();
    assertThat(beyondAll.lower()).isCloseTo(1 - Math.pow(1 - .00103231, 1000), within(1e-6));
    assertThat(beyondAll.upper()).isCloseTo(1 - Math.pow(1 - .01454204, 1000), within(1e-6));
    // Beyond the draws of several prompts.
    var beyond = passes(OVER_DRAWS, "1 0 0", 4, 8);
    assertThat(beyond.method()).isEqualTo(IntervalMethod.POOLED_DRAWS);
    assertThat(beyond.interval().lower()).isCloseTo(.025 / 12, within(1e-15));
    // Prompts of different numbers of draws have no common rate.
    var uneven =
        (MeanInterval.Found)
            OVER_DRAWS.ofSuccesses(
                new SuccessStatistic.AnyOf(1), new int[] {3, 1}, new int[] {8, 4});
    assertThat(uneven.method()).isEqualTo(IntervalMethod.BINOMIAL_OVER_DRAWS);
    assertEnds(uneven, .0873330660683443, .632006698520128);
    // Three draws of an attempt: the upper end is that of each prompt's own limits.
    assertEnds(
        OVER_DRAWS.ofSuccesses(new SuccessStatistic.AnyOf(3), new int[] {3, 1}, new int[] {8, 4}),
        .150212798995972,
        .993702762732099);
    var unevenBeyond =
        (MeanInterval.Found)
            OVER_DRAWS.ofSuccesses(
                new SuccessStatistic.AnyOf(6), new int[] {3, 1}, new int[] {8, 4});
    assertThat(unevenBeyond.method()).isEqualTo(IntervalMethod.EACH_PROMPT);
    assertThat(unevenBeyond.method().evidence()).isEqualTo(Evidence.THEOREM);
    assertEnds(unevenBeyond, .177357179672459, .999952674881102);
    // No mean rate bounds how often half the draws succeed.
    var half =
        (MeanInterval.Found)
            OVER_DRAWS.ofSuccesses(
                new SuccessStatistic.ShareOf(8, .5), new int[] {3, 1}, new int[] {4, 4});
    assertThat(half.method()).isEqualTo(IntervalMethod.EACH_PROMPT);
  }

  /// What all draws are worth is what none of the failures is.
  @Test
  void passHatIsTheComplement() {
    int[] correct = {3, 0, 1, 9};
    int[] failures = Arrays.stream(correct).map(c -> 16 - c).toArray();
    for (MeanIntervals intervals : List.of(OVER_PROMPTS, OVER_DRAWS)) {
      for (int k : new int[] {1, 3, 8}) {
        var any = intervals.ofSuccesses(new SuccessStatistic.AnyOf(k), correct, all(16, 4));
        Interval interval = ((MeanInterval.Found) any).interval();
        var none = intervals.ofSuccesses(new SuccessStatistic.AllOf(k), failures, all(16, 4));
        assertEnds(none, 1 - interval.upper(), 1 - interval.lower());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1 2 3 4 5.5 2 3 1 4 2, 1.72091876241833, 3.95094185920762",
    ".1 .2 .1 .3 .2 5 .1 .4 .2 1.1 .3, -.334734498388931, 4.01553949970566",
    "1 2 3 4 5 6 7 8 9 10, 3.33414940708233, 7.66585059291767"
  })
  void otherValuesOverPrompts(String words, double lower, double upper) {
    var found = OVER_PROMPTS.ofValues(values(words), Optional.empty());
    assertEnds(found, lower, upper);
    double[] mirrored = Arrays.stream(values(words)).map(x -> -x).toArray();
    assertEnds(OVER_PROMPTS.ofValues(mirrored, Optional.empty()), -upper, -lower);
  }

  /// Of a value that comes with chance p and another: `(1-2p)/√(p(1-p))`.
  @Test
  void theSkewnessIsThatOfItsMoments() {
    Near.assertWithin(1e-13, HallInterval.skewness(values("0 0 1")), Math.sqrt(.5));
    Near.assertWithin(1e-13, HallInterval.skewness(values("7 7 7 5")), -2 / Math.sqrt(3));
    assertThat(HallInterval.skewness(values("2 2"))).isZero();
  }

  @Test
  void valuesInARange() {
    double[] even = values(".5 .7 .9 .2 .1 .8 .75 .6 .55 .4 .95 1");
    assertEnds(
        OVER_PROMPTS.ofValues(even, Optional.of(Range.UNIT)), .425299812740161, .79066694876297);
    double[] stars = Arrays.stream(even).map(x -> 1 + 4 * x).toArray();
    assertEnds(
        OVER_PROMPTS.ofValues(stars, Optional.of(new Range(1, 5))),
        1 + 4 * .425299812740161,
        1 + 4 * .79066694876297);
    double[] skewed = values(".9 .95 .99 .98 .97 .96 .94 .93 .92 .91 .05 .995 .985 .975");
    assertEnds(OVER_PROMPTS.ofValues(skewed, Optional.of(Range.UNIT)), .426690687810673, 1);
    // Nine of 25 differ: betting; ten: not.
    double[] rare =
        DoubleStream.concat(
                DoubleStream.generate(() -> .5).limit(16),
                Arrays.stream(even).limit(9).map(x -> x / 3))
            .toArray();
    var found = (MeanInterval.Found) OVER_PROMPTS.ofValues(rare, Optional.of(Range.UNIT));
    assertThat(found.method()).isEqualTo(IntervalMethod.BETTING);
    assertThat(found.interval()).isEqualTo(Betting.interval(rare, .05));
    rare[0] = .4;
    assertThat(method(rare)).isEqualTo(IntervalMethod.EFFECTIVE_SAMPLE);
    // Values that are no further apart than 1e-9 are one.
    double[] close =
        DoubleStream.concat(DoubleStream.of(0, 0, 0, 1e-9, 1e-9), Arrays.stream(even).limit(9))
            .toArray();
    assertThat(method(close)).isEqualTo(IntervalMethod.BETTING);
    close[3] = 1.01e-9;
    assertThat(method(close)).isEqualTo(IntervalMethod.EFFECTIVE_SAMPLE);
  }

  private static IntervalMethod method(double[] values) {
    return ((MeanInterval.Found) OVER_PROMPTS.ofValues(values, Optional.of(Range.UNIT))).method();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3.625, .783482142857142, 4.88888888888889, 3.64865220371968",
    "2, 5, 1.98015873015873, 7.22222222222223, 8.37075962698871",
    "4, 6.71428571428572, 5.34285714285715, 10.3968253968254, 55.2449002592083"
  })
  void theJackknifeOfRewards(int n, double mean, double variance, double more, double half) {
    double[] rewards = values("1 3 2 2 5 4 3 9");
    DrawnValue drawn = DrawnMeans.ofBest(rewards, n, Optional.empty());
    Near.assertWithin(1e-12, drawn.value(), mean);
    Near.assertWithin(1e-12, drawn.variance(), variance);
    Near.assertWithin(1e-12, drawn.withOneMore(), more);
    assertEnds(OVER_DRAWS.overDraws(List.of(drawn), Optional.empty()), mean - half, mean + half);
    var cut = OVER_DRAWS.overDraws(List.of(drawn), Optional.of(new Range(1, 10)));
    assertThat(((MeanInterval.Found) cut).interval().lower()).isEqualTo(Math.max(1, mean - half));
  }

  /// Two prompts: 3 ± t(8) √(0.8/4 + (1/2)²), and one with hardly a draw to spare: t(1).
  @Test
  void theJackknifeOfSeveralPromptsSharesTheirSpread() {
    var first = new DrawnValue(2, .5, 3, 4);
    var second = new DrawnValue(4, .3, 4.5, 6);
    assertEnds(
        OVER_DRAWS.overDraws(List.of(first, second), Optional.empty()),
        3 - 1.54691460081364,
        3 + 1.54691460081364);
    var scarce = new DrawnValue(2, .5, 3, 1.2);
    assertEnds(
        OVER_DRAWS.overDraws(List.of(scarce), Optional.empty()),
        2 - 15.5618590854815,
        2 + 15.5618590854815);
    // What rounding leaves of large numbers is no spread.
    var large = new DrawnValue(1e6, 1e-16, 1e6, 4);
    assertThat(OVER_DRAWS.overDraws(List.of(large), Optional.empty()))
        .isEqualTo(new MeanInterval.None(MeanInterval.Reason.NO_SPREAD, Scope.DRAWS));
  }

  @Test
  void noIntervalHasWidthZero() {
    var same = new DrawnValue(3, 0, 3, 4);
    assertThat(OVER_DRAWS.overDraws(List.of(same), Optional.empty()))
        .isEqualTo(new MeanInterval.None(MeanInterval.Reason.NO_SPREAD, Scope.DRAWS));
    var known = OVER_DRAWS.overDraws(List.of(same), Optional.of(new Range(1, 5)));
    // Half way between Clopper and Pearson's and Jeffreys' limits of four draws, and of eight.
    assertEnds(known, 1.38067973851612, 4.61932026148388);
    var more = new DrawnValue(3, 0, 3, 4.75);
    assertEnds(
        OVER_DRAWS.overDraws(List.of(more, more), Optional.of(new Range(1, 5))),
        1.71195676353711,
        4.28804323646289);
    var least = new DrawnValue(1, 0, 1, 4);
    assertEnds(
        OVER_DRAWS.overDraws(List.of(least), Optional.of(new Range(1, 5))), 1, 3.4094585424659);
    assertThat(OVER_PROMPTS.ofValues(new double[] {2, 2, 2}, Optional.empty()))
        .isEqualTo(new MeanInterval.None(MeanInterval.Reason.NO_SPREAD, Scope.PROMPTS));
    assertThat(OVER_PROMPTS.ofValues(new double[] {2}, Optional.empty()))
        .isEqualTo(new MeanInterval.None(MeanInterval.Reason.ONE_PROMPT, Scope.PROMPTS));
    for (MeanIntervals intervals : List.of(OVER_PROMPTS, OVER_DRAWS)) {
      for (String correct : List.of("0 0 0", "4 4 4", "0 4 0", "4 0", "1 1")) {
        for (int k = 1; k <= 4; k++) {
          Interval found = passes(intervals, correct, 4, k).interval();
          assertThat(found.upper() - found.lower()).isGreaterThan(.01);
          assertThat(found.lower()).isBetween(0.0, 1.0);
          assertThat(found.upper()).isBetween(0.0, 1.0);
        }
      }
    }
  }

  /// Prompts with rates of a beta law: as wide as they must be, and at another chance not, but
  /// where successes are so rare that every honest interval holds the truth.
  @ParameterizedTest
  @CsvSource({
    "20, 16, .5, 2, 8, .93",
    "20, 4, .05, 20, 1, .93",
    "200, 16, .05, 2, 8, .93",
    "10, 64, .2, .5, 32, .93",
    "20, 16, .002, 2, 1, 1"
  })
  void overPromptsTheyHoldTheTruth(
      int prompts, int draws, double mean, double kappa, int k, double most) {
    double truth = 1 - Math.exp(logMiss(mean * kappa, (1 - mean) * kappa, k));
    assertThat(covered(.05, prompts, draws, mean, kappa, k, truth)).isBetween(.93, 1.0);
    assertThat(covered(.6, prompts, draws, mean, kappa, k, truth)).isBetween(.2, most);
  }

  /// `log E (1-p)^k`.
  private static double logMiss(double a, double b, int k) {
    double sum = 0;
    for (int i = 0; i < k; i++) {
      sum += Math.log((b + i) / (a + b + i));
    }
    return sum;
  }

  private static double covered(
      double alpha, int prompts, int draws, double mean, double kappa, int k, double truth) {
    RandomGenerator random = Tables.random(41);
    var intervals = new MeanIntervals(Scope.PROMPTS, Math.min(.5, alpha));
    int held = 0;
    for (int i = 0; i < 300; i++) {
      int[] correct =
          IntStream.range(0, prompts)
              .map(_ -> betaBinomial(draws, mean * kappa, (1 - mean) * kappa, random))
              .toArray();
      Interval found =
          ((MeanInterval.Found)
                  intervals.ofSuccesses(
                      new SuccessStatistic.AnyOf(k), correct, all(draws, prompts)))
              .interval();
      held += found.lower() <= truth && truth <= found.upper() ? 1 : 0;
    }
    return held / 300.0;
  }

  /// By Pólya's urn.
  private static int betaBinomial(int draws, double a, double b, RandomGenerator random) {
    int successes = 0;
    for (int i = 0; i < draws; i++) {
      successes += random.nextDouble() * (a + b + i) < a + successes ? 1 : 0;
    }
    return successes;
  }

  /// Skewed values over twenty prompts, where Student's interval holds 0.87 of the time.
  @Test
  void skewedValuesAreCovered() {
    RandomGenerator random = Tables.random(5);
    int held = 0;
    int student = 0;
    for (int i = 0; i < 2000; i++) {
      double[] values =
          DoubleStream.generate(() -> Math.exp(random.nextGaussian())).limit(20).toArray();
      Interval found =
          ((MeanInterval.Found) OVER_PROMPTS.ofValues(values, Optional.empty())).interval();
      double truth = Math.exp(.5);
      held += found.lower() <= truth && truth <= found.upper() ? 1 : 0;
      double[] moments = PassesOverPrompts.moments(values);
      student += Math.abs(moments[0] - truth) <= 2.093 * Math.sqrt(moments[1] / 20) ? 1 : 0;
    }
    assertThat(held / 2000.0).isBetween(.925, .955);
    assertThat(student / 2000.0).isBetween(.85, .89);
  }

  /// Far from 0, where the mean is rounded at 1e-8, a square of a deviation is no difference of
  /// squares.
  @Test
  void aVarianceIsThatAroundItsMean() {
    for (double far : new double[] {0, 1e9 / 3, -1e9 / 11}) {
      double[] values = {far + .1, far + .25, far + .7};
      Near.assertWithin(1e-6, PassesOverPrompts.moments(values)[0], far + .35);
      Near.assertWithin(1e-6, PassesOverPrompts.moments(values)[1], .0975);
    }
  }

  @Test
  void onePromptSaysNothingOfOthers() {
    assertThat(OVER_PROMPTS.ofSuccesses(new SuccessStatistic.AnyOf(1), new int[] {1}, all(4, 1)))
        .isEqualTo(new MeanInterval.None(MeanInterval.Reason.ONE_PROMPT, Scope.PROMPTS));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    var any = new SuccessStatistic.AnyOf(1);
    var posterior = BetaBinomialPosterior.of(new int[] {1, 2}, all(4, 2));
    assertThatThrownBy(() -> OVER_PROMPTS.ofSuccesses(any, new int[] {1, 2}, all(4, 3), posterior))
        .hasMessageContaining("found 2 and 3");
    for (double alpha : new double[] {.6, 0, -.1, Double.NaN}) {
      assertThatThrownBy(() -> new MeanIntervals(Scope.DRAWS, alpha)).hasMessageContaining("alpha");
    }
    assertThat(new MeanIntervals(Scope.DRAWS, .5).alpha()).isEqualTo(.5);
    assertThatThrownBy(() -> OVER_DRAWS.ofValues(new double[] {1}, Optional.empty()))
        .hasMessageContaining("drawing");
    assertThatThrownBy(() -> OVER_PROMPTS.overDraws(List.of(), Optional.empty()))
        .hasMessageContaining("prompts vary");
    assertThatThrownBy(() -> OVER_PROMPTS.ofValues(new double[] {.2, 1.5}, Optional.of(Range.UNIT)))
        .hasMessage("expected a value in [0.0, 1.0], was 1.5");
    assertThatThrownBy(
            () ->
                OVER_DRAWS.ofSuccesses(
                    new SuccessStatistic.AnyOf(1), new int[] {1, 5}, new int[] {4, 4}))
        .hasMessageContaining("prompt 2");
    assertThatThrownBy(() -> new Range(1, 1)).hasMessageContaining("low < high");
  }

  @Test
  void promptsOfUnevenNumbersOfDrawsCountByTheirOwn() {
    int[] correct = {4, 1, 0, 3, 2, 0, 4, 1, 2, 8};
    int[] draws = {4, 2, 2, 4, 4, 2, 4, 2, 4, 8};
    var found =
        (MeanInterval.Found)
            new MeanIntervals(Scope.PROMPTS, 0.05)
                .ofSuccesses(new SuccessStatistic.AnyOf(2), correct, draws);

    // Worth ten draws, as many as there are prompts: by numpy and scipy over the same grid.
    assertEnds(found, .435819079091967, .951945424935338);
    double[] parameters = BetaBinomialPosterior.of(correct, draws).parameters();
    Near.assertWithin(1e-9, parameters[0], 104.117280977093);
    Near.assertWithin(1e-9, parameters[1], 47.231445635017);
  }
}
