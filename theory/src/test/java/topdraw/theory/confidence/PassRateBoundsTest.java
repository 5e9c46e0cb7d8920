package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Coverage;
import topdraw.theory.Near;
import topdraw.theory.Tables;

/// Bounds on rates of given prompts: how often they fail, summed over every outcome.
class PassRateBoundsTest {
  private static final double ALPHA = .05;

  static LongStream seeds() {
    return Tables.seeds(200);
  }

  /// The law of how many of trials with different chances succeed.
  private static double[] successes(double[] chances) {
    double[] law = {1};
    for (double p : chances) {
      var longer = new double[law.length + 1];
      for (int c = 0; c < law.length; c++) {
        longer[c] += law[c] * (1 - p);
        longer[c + 1] += law[c] * p;
      }
      law = longer;
    }
    return law;
  }

  private static double[] chances(long seed) {
    RandomGenerator random = Tables.random(seed);
    int trials = random.nextInt(2, 25);
    int likely = random.nextInt(1, trials + 1);
    double high = Math.pow(random.nextDouble(), 1 + seed % 4);
    double low = seed % 3 == 0 ? 0 : high * random.nextDouble();
    var chances = new double[trials];
    Arrays.setAll(chances, i -> i < likely ? high : low);
    return chances;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theBoundsOnAMeanRateFailNoMoreOftenThanTheySay(long seed) {
    double[] chances = chances(seed);
    double[] law = successes(chances);
    double mean = DoubleStream.of(chances).average().orElseThrow();
    double tooHigh = 0;
    double tooLow = 0;
    for (int c = 0; c < law.length; c++) {
      int trials = chances.length;
      tooHigh += PassRateBounds.meanLower(c, trials, ALPHA) > mean + 1e-12 ? law[c] : 0;
      tooLow += PassRateBounds.meanUpper(c, trials, ALPHA) < mean - 1e-12 ? law[c] : 0;
    }
    assertThat(tooHigh).isLessThanOrEqualTo(ALPHA + 1e-12);
    assertThat(tooLow).isLessThanOrEqualTo(ALPHA + 1e-12);
  }

  /// One success of two prompts, one of which never succeeds: where Clopper and Pearson's bound
  /// fails too often, and Markov's as often as it may.
  @Test
  void oneSuccessNeedsMarkov() {
    double p = 2 * ReferenceIntervals.clopperPearsonLower(1, 2, ALPHA) * (1 - 1e-9);
    assertThat(successes(new double[] {p, 0})[1]).isGreaterThan(ALPHA);
    assertThat(PassRateBounds.meanLower(1, 2, ALPHA)).isEqualTo(ALPHA / 2);
    assertThat(PassRateBounds.meanUpper(9, 10, ALPHA)).isEqualTo(1 - ALPHA / 10);
    assertThat(PassRateBounds.meanLower(2, 10, ALPHA))
        .isEqualTo(ReferenceIntervals.clopperPearsonLower(2, 10, ALPHA));
    assertThat(PassRateBounds.meanLower(0, 10, ALPHA)).isZero();
  }

  /// Where trials are alike it is nearly exact.
  @Test
  void manyLikeTrialsFailAboutAsOftenAsTheySay() {
    double[] law = Coverage.binomial(400, .3);
    Coverage.assertBetween(
        .035,
        .05,
        .05,
        alpha -> {
          double failed = 0;
          for (int c = 0; c <= 400; c++) {
            failed += PassRateBounds.meanLower(c, 400, alpha) > .3 ? law[c] : 0;
          }
          return failed;
        });
  }

  /// Three prompts of six draws: all counts, all numbers of draws at once.
  @ParameterizedTest
  @CsvSource({".1, .1, .1", ".05, .5, .9", "0, .3, .3", ".02, .02, .6"})
  void theBoundsOfEachPromptHoldAtEveryKAtOnce(double first, double second, double third) {
    double[][] laws = {
      Coverage.binomial(6, first), Coverage.binomial(6, second), Coverage.binomial(6, third)
    };
    double failed = 0;
    for (int a = 0; a <= 6; a++) {
      for (int b = 0; b <= 6; b++) {
        for (int c = 0; c <= 6; c++) {
          if (anyFails(new int[] {a, b, c}, first, second, third)) {
            failed += laws[0][a] * laws[1][b] * laws[2][c];
          }
        }
      }
    }
    assertThat(failed).isBetween(1e-5, ALPHA);
  }

  /// From below, and from above: how often some `k` is missed, over every outcome. What each prompt
  /// has of the chance of failing is not spent where others would have to fail with it.
  @Test
  void theBoundsOfEachPromptFailWithinTheirLimitsOnBothSides() {
    Coverage.assertBetween(.015, .018, .2, alpha -> anyMissed(true, alpha, .02, .02, .6));
    Coverage.assertBetween(.024, .028, .2, alpha -> anyMissed(true, alpha, .2, .4));
    Coverage.assertBetween(6e-4, 7e-4, .2, alpha -> anyMissed(false, alpha, .3, .6, .8));
  }

  private static double anyMissed(boolean below, double alpha, double... rates) {
    double[][] laws =
        DoubleStream.of(rates).mapToObj(p -> Coverage.binomial(6, p)).toArray(double[][]::new);
    var missed = new double[1];
    Tables.forEachTuple(
        7,
        rates.length,
        correct -> {
          double chance = 1;
          for (int j = 0; j < rates.length; j++) {
            chance *= laws[j][correct[j]];
          }
          missed[0] += anyMissed(below, alpha, correct, rates) ? chance : 0;
        });
    return missed[0];
  }

  private static boolean anyMissed(boolean below, double alpha, int[] correct, double... rates) {
    var draws = new int[correct.length];
    Arrays.fill(draws, 6);
    return IntStream.of(1, 2, 3, 4, 5, 6, 7, 8, 40, 200, 1000)
        .mapToObj(SuccessStatistic.AnyOf::new)
        .anyMatch(
            any -> {
              double truth = DoubleStream.of(rates).map(any::ofRate).average().orElseThrow();
              return below
                  ? PassRateBounds.eachLower(any, correct, draws, alpha) > truth + 1e-12
                  : PassRateBounds.eachUpper(any, correct, draws, alpha) < truth - 1e-12;
            });
  }

  private static boolean anyFails(int[] correct, double... rates) {
    for (int k = 1; k <= 1000; k = k < 8 ? k + 1 : k * 5) {
      var statistic = new SuccessStatistic.AnyOf(k);
      double truth = DoubleStream.of(rates).map(statistic::ofRate).average().orElseThrow();
      int[] draws = {6, 6, 6};
      if (PassRateBounds.eachLower(statistic, correct, draws, ALPHA) > truth + 1e-12) {
        return true;
      }
    }
    return false;
  }

  @Test
  void threeSuccessesInSixHundredProveFiveHundredAndEightDraws() {
    double rate = ReferenceIntervals.clopperPearsonLower(3, 600, .05);
    Near.assertWithin(1e-12, rate, .0013641644437252092);
    assertThat(PassRateBounds.drawsToReach(3, 600, .5, .05)).isEqualTo(508);
    var any = new SuccessStatistic.AnyOf(508);
    assertThat(PassRateBounds.eachLower(any, new int[] {3}, new int[] {600}, .05))
        .isGreaterThan(.5);
    assertThat(
            PassRateBounds.eachLower(
                new SuccessStatistic.AnyOf(507), new int[] {3}, new int[] {600}, .05))
        .isLessThan(.5);
    assertThat(PassRateBounds.drawsToReach(0, 600, .5, .05)).isInfinite();
    assertThat(PassRateBounds.drawsToReach(600, 600, .5, .05)).isOne();
    assertThat(PassRateBounds.eachUpper(any, new int[] {0}, new int[] {600}, .05))
        .isCloseTo(1 - Math.pow(.05, 508.0 / 600), within(1e-12));
  }

  @Test
  void blocksAreDisjointAndInTheOrderDrawn() {
    boolean[] passed = {false, true, false, false, false, false, true, true, true};
    assertThat(PassRateBounds.blocksWithSuccess(passed, 2)).isEqualTo(2);
    assertThat(PassRateBounds.blocksWithSuccess(passed, 3)).isEqualTo(2);
    assertThat(PassRateBounds.blocksWithSuccess(passed, 4)).isEqualTo(2);
    assertThat(PassRateBounds.blocksWithSuccess(passed, 1)).isEqualTo(4);
    assertThat(PassRateBounds.blocksWithSuccess(passed, 10)).isZero();
    // 0.05^(1/(5b)) >= 0.5 first at b = 1; at b = 2 for three prompts.
    assertThat(PassRateBounds.largestBlock(64, 5, .5, .05)).isEqualTo(64);
    assertThat(PassRateBounds.largestBlock(64, 3, .5, .05)).isEqualTo(32);
    assertThat(PassRateBounds.largestBlock(4, 1, .5, .05)).isZero();
    // All blocks of that size with a success prove it, of one more they do not.
    assertThat(PassRateBounds.meanLower(6, 6, .05)).isGreaterThan(.5);
    assertThat(PassRateBounds.meanLower(3, 3, .05)).isLessThan(.5);
  }

  /// `log 0.25/log 0.5` is two, spread over prompts.
  @Test
  void blocksThatProveItExactlyAreEnough() {
    assertThat(PassRateBounds.largestBlock(12, 1, .5, .25)).isEqualTo(6);
    assertThat(PassRateBounds.largestBlock(12, 2, .5, .25)).isEqualTo(12);
    assertThat(PassRateBounds.largestBlock(12, 1, .5, .2499)).isEqualTo(4);
  }

  @Test
  void alphaMayBeAQuarterAndNoMore() {
    Near.assertWithin(1e-12, PassRateBounds.meanLower(2, 2, .25), .5);
    Near.assertWithin(1e-12, PassRateBounds.meanUpper(0, 2, .25), .5);
    for (double alpha : new double[] {0, -.1, .2501, Double.NaN}) {
      assertThatThrownBy(() -> PassRateBounds.meanLower(2, 2, alpha))
          .hasMessage("alpha must be in (0, 0.25], was " + alpha);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> PassRateBounds.meanLower(1, 2, .3)).hasMessageContaining("alpha");
    var any = new SuccessStatistic.AnyOf(2);
    assertThatThrownBy(() -> PassRateBounds.eachLower(any, new int[0], new int[0], ALPHA))
        .hasMessageContaining("found 0 and 0");
    assertThatThrownBy(() -> PassRateBounds.eachUpper(any, new int[] {1}, new int[] {4, 4}, ALPHA))
        .hasMessageContaining("found 1 and 2");
    assertThatThrownBy(() -> PassRateBounds.blocksWithSuccess(new boolean[] {true}, 0))
        .hasMessageContaining("k must be");
  }
}
