package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.Coverage;
import topdraw.theory.Near;
import topdraw.theory.finding.Interval;

class ConstantBetsTest {
  @Test
  void theBoundsHaveTheirValues() {
    assertEnds(.05, .17174705288609, .864768118636453, .2, .5, .9, .4, .7);
    assertEnds(.05, .518537645889328, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertEnds(.05, .167845576701377, .932312996309825, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1);
    assertThat(ConstantBets.lower(new double[] {0, 0, 0}, .05)).isZero();
  }

  private static void assertEnds(double alpha, double low, double high, double... values) {
    Near.assertWithin(2e-11, ConstantBets.lower(values, alpha), low);
    Near.assertWithin(2e-11, ConstantBets.upper(values, alpha), high);
    assertThat(ConstantBets.interval(values, 2 * alpha))
        .isEqualTo(
            new Interval(ConstantBets.lower(values, alpha), ConstantBets.upper(values, alpha)));
  }

  /// Small bounds are as near, each to its size: by halving 120 times with mpmath, 30 digits.
  @Test
  void smallBoundsHaveTheirValues() {
    var one = new double[40];
    one[0] = 1 / 1024.0;
    assertThat(ConstantBets.lower(one, .05))
        .isCloseTo(1.8287595538467806e-7, withinPercentage(1e-11));
    var few = new double[12];
    Arrays.fill(few, 0, 3, 1 / 1024.0);
    assertThat(ConstantBets.lower(few, .05))
        .isCloseTo(2.6606543557880704e-5, withinPercentage(1e-11));
  }

  @Test
  void theOrderDoesNotMatter() {
    double[] rising = IntStream.range(0, 50).mapToDouble(i -> i / 50.0).toArray();
    double[] falling = IntStream.range(0, 50).mapToDouble(i -> (49 - i) / 50.0).toArray();
    Near.assertWithin(1e-9, ConstantBets.lower(rising, .05), ConstantBets.lower(falling, .05));
  }

  /// Trials of 0 and 1, half of them with another chance: over every outcome.
  @ParameterizedTest
  @CsvSource({".3, .3", "0, .6", ".1, .9", ".5, 1"})
  void itFailsNoMoreOftenThanItSays(double first, double second) {
    assertThat(failed(first, second, .05)).isLessThanOrEqualTo(.05);
    assertThat(failed(first, second, .9)).isGreaterThan(2 * failed(first, second, .05) + .03);
  }

  /// Of trials that are alike and of such as are not: 0.031, 0.012, 0.012 and 0.010 of what may be
  /// 0.4.
  @Test
  void itFailsWithinItsLimitsOnBothSides() {
    Coverage.assertBetween(.03, .033, .4, alpha -> failed(.3, .3, alpha));
    Coverage.assertBetween(.011, .013, .4, alpha -> failedAbove(.3, .3, alpha));
    Coverage.assertBetween(.011, .013, .4, alpha -> failed(.2, .5, alpha));
    Coverage.assertBetween(.009, .011, .4, alpha -> failedAbove(.2, .5, alpha));
  }

  private static double failed(double first, double second, double alpha) {
    return failed(
        first, second, (values, mean) -> ConstantBets.lower(values, alpha) > mean + 1e-12);
  }

  private static double failedAbove(double first, double second, double alpha) {
    return failed(
        first, second, (values, mean) -> ConstantBets.upper(values, alpha) < mean - 1e-12);
  }

  @FunctionalInterface
  private interface Fails {
    boolean at(double[] values, double mean);
  }

  private static double failed(double first, double second, Fails fails) {
    double[] a = Coverage.binomial(12, first);
    double[] b = Coverage.binomial(12, second);
    double failed = 0;
    for (int i = 0; i <= 12; i++) {
      for (int j = 0; j <= 12; j++) {
        var values = new double[24];
        Arrays.fill(values, 0, i + j, 1);
        failed += fails.at(values, (first + second) / 2) ? a[i] * b[j] : 0;
      }
    }
    return failed;
  }

  @Test
  void itIsLittleWiderThanBettingOnMany() {
    double[] values = DoubleStream.iterate(.3, x -> (x + .37) % 1).limit(60).toArray();
    double mean = DoubleStream.of(values).average().orElseThrow();
    double width = mean - ConstantBets.lower(values, .025);
    assertThat(width / (mean - Betting.lower(values, .025))).isBetween(1.0, 1.35);
    assertThatThrownBy(() -> ConstantBets.lower(new double[] {.5, 1.5}, .05))
        .hasMessageContaining("values[1]");
    assertThatThrownBy(() -> ConstantBets.lower(new double[0], .05))
        .hasMessageContaining("number of values");
  }
}
