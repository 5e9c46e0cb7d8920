package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Coverage;
import topdraw.theory.Near;

/// Statistics of successes, against every subset and every count.
class SuccessStatisticTest {
  static Stream<SuccessStatistic> statistics() {
    return Stream.of(
        new SuccessStatistic.AnyOf(1),
        new SuccessStatistic.AnyOf(3),
        new SuccessStatistic.AllOf(3),
        new SuccessStatistic.ShareOf(4, .5),
        new SuccessStatistic.ShareOf(5, .6),
        new SuccessStatistic.MajorityShareOf(4),
        new SuccessStatistic.MajorityShareOf(5));
  }

  @Test
  void theyHaveTheirValues() {
    Near.assertWithin(1e-12, share(.5).byCount(8)[5], .9285714285714286);
    Near.assertWithin(1e-12, share(.75).byCount(8)[5], .5);
    Near.assertWithin(1e-12, share(1).byCount(8)[5], .07142857142857142);
    Near.assertWithin(1e-12, new SuccessStatistic.AllOf(4).byCount(8)[5], .07142857142857142);
    // Three of four draws succeed.
    assertThat(new SuccessStatistic.AllOf(1).byCount(4)[3]).isEqualTo(.75);
    assertThat(new SuccessStatistic.AllOf(2).byCount(4)[3]).isCloseTo(.5, within(1e-15));
    assertThat(new SuccessStatistic.AllOf(4).byCount(4)[3]).isZero();
    assertThat(new SuccessStatistic.AnyOf(2).byCount(4)[3]).isOne();
  }

  private static SuccessStatistic share(double share) {
    return new SuccessStatistic.ShareOf(4, share);
  }

  /// Over all subsets of nine draws.
  @ParameterizedTest
  @MethodSource("statistics")
  void aValueIsTheMeanOverEverySubset(SuccessStatistic statistic) {
    double[] byCount = statistic.byCount(9);
    for (int c = 0; c <= 9; c++) {
      double sum = 0;
      int subsets = 0;
      for (int subset = 0; subset < 1 << 9; subset++) {
        if (Integer.bitCount(subset) == statistic.k()) {
          sum += statistic.worth(Integer.bitCount(subset & ((1 << c) - 1)));
          subsets++;
        }
      }
      assertThat(byCount[c]).isCloseTo(sum / subsets, within(1e-14));
    }
    assertThat(byCount[0]).isZero();
    assertThat(byCount[9]).isOne();
  }

  /// The mean of `U` over counts is `f`, of `U²` from twice the draws is `f²`; Jensen's bounds
  /// hold.
  @ParameterizedTest
  @MethodSource("statistics")
  void itsMeanIsItsValueAtTheRate(SuccessStatistic statistic) {
    int k = statistic.k();
    double[] byCount = statistic.byCount(9);
    double[] squares = statistic.squares();
    for (double rate : new double[] {0, .01, .3, .5, .9, 1}) {
      double value = statistic.ofRate(rate);
      assertThat(mean(byCount, 9, rate)).isCloseTo(value, within(1e-14));
      assertThat(mean(squares, 2 * k, rate)).isCloseTo(value * value, within(1e-14));
      double mean = (value + statistic.ofRate(rate / 2)) / 2;
      assertThat(statistic.meanAtLeast(.75 * rate)).isLessThanOrEqualTo(mean + 1e-15);
      assertThat(statistic.meanAtMost(.75 * rate)).isGreaterThanOrEqualTo(mean - 1e-15);
    }
  }

  private static double mean(double[] byCount, int draws, double rate) {
    double[] chances = Coverage.binomial(draws, rate);
    double mean = 0;
    for (int c = 0; c <= draws; c++) {
      mean += chances[c] * byCount[c];
    }
    return mean;
  }

  /// Of a bound of 0.6 on the mean rate: where the worths are convex the mean is at least what all
  /// prompts alike would have and at most the rate, where they are concave the other way round, and
  /// where they are neither nothing is known.
  @Test
  void boundsFromTheMeanRateAreThoseOfTheirShape() {
    assertMeans(new SuccessStatistic.AnyOf(3), .6, 1 - .4 * .4 * .4);
    assertMeans(new SuccessStatistic.AllOf(3), .6 * .6 * .6, .6);
    assertMeans(new SuccessStatistic.ShareOf(3, .1), .6, 1 - .4 * .4 * .4);
    assertMeans(new SuccessStatistic.ShareOf(3, 1), .6 * .6 * .6, .6);
    assertMeans(new SuccessStatistic.ShareOf(3, .5), 0, 1);
    assertMeans(new SuccessStatistic.ShareOf(1, .5), .6, .6);
    assertMeans(new SuccessStatistic.MajorityShareOf(1), .6, .6);
    assertMeans(new SuccessStatistic.MajorityShareOf(2), .36, .6);
    // Two of three are worth a third, all three 1.
    assertMeans(new SuccessStatistic.MajorityShareOf(3), 3 * .36 * .4 / 3 + .216, .6);
  }

  private static void assertMeans(SuccessStatistic statistic, double least, double most) {
    Near.assertWithin(1e-14, statistic.meanAtLeast(.6), least);
    Near.assertWithin(1e-14, statistic.meanAtMost(.6), most);
  }

  /// Of 64 draws of which at most 15 fail each 48 have a success, whatever rounding leaves of the
  /// sum of their chances.
  @Test
  void whatIsCertainIsOneToTheLastDigit() {
    double[] any = new SuccessStatistic.AnyOf(48).byCount(64);
    assertThat(Arrays.copyOfRange(any, 17, 65)).containsOnly(1);
    assertThat(any[16]).isLessThan(1);
    double[] all = new SuccessStatistic.AllOf(48).byCount(64);
    assertThat(Arrays.copyOf(all, 48)).containsOnly(0);
    Near.assertWithin(1e-12, all[63], .25);
  }

  /// `0.55 · 100` is a little more than 55 in doubles.
  @Test
  void aShareOfDrawsIsRoundedUpButForRounding() {
    assertThat(new SuccessStatistic.ShareOf(100, .55).needed()).isEqualTo(55);
    assertThat(new SuccessStatistic.ShareOf(100, .551).needed()).isEqualTo(56);
    assertThat(new SuccessStatistic.ShareOf(3, 1e-13).needed()).isOne();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> new SuccessStatistic.AnyOf(4).byCount(3))
        .hasMessage("an attempt of 4 draws needs as many, found 3");
    for (var refused :
        List.<Runnable>of(
            () -> new SuccessStatistic.AnyOf(0),
            () -> new SuccessStatistic.AllOf(0),
            () -> new SuccessStatistic.ShareOf(3, 0),
            () -> new SuccessStatistic.MajorityShareOf(0))) {
      assertThatThrownBy(refused::run).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
