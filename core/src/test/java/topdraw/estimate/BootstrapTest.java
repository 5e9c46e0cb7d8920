package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import topdraw.theory.finding.Interval;

class BootstrapTest {
  @Test
  void bcaLeansTowardsTheLongTail() {
    double[] values = new Random(5).doubles(60).map(u -> -Math.log(u)).toArray();
    Bootstrap bootstrap = Bootstrap.of(values, 4000, new Random(6));
    Interval percentile = bootstrap.percentile(0.05);
    Interval bca = bootstrap.bca(0.05).orElseThrow();

    assertThat(bca.lower()).isGreaterThan(percentile.lower());
    assertThat(bca.upper()).isGreaterThan(percentile.upper());
  }

  /// For symmetric values there is nothing to correct: both are the normal interval.
  @Test
  void withoutSkewBothAreTheNormalInterval() {
    double[] values = new double[400];
    Arrays.setAll(values, i -> (i + 0.5) / 400);
    double half = 1.96 * Math.sqrt(1 / 12.0 / 400);
    Bootstrap bootstrap = Bootstrap.of(values, 20_000, new Random(1));

    for (Interval interval :
        new Interval[] {bootstrap.percentile(0.05), bootstrap.bca(0.05).orElseThrow()}) {
      assertThat(interval.lower()).isBetween(0.5 - half - 0.002, 0.5 - half + 0.002);
      assertThat(interval.upper()).isBetween(0.5 + half - 0.002, 0.5 + half + 0.002);
    }
  }

  /// Each of the 5^5 resamples once, which leaves nothing to chance. The ends were worked out with
  /// scipy: z0 from the share of means below the mean, ties half; a = sum d^3 / (6 (sum d^2)^1.5);
  /// the mean at floor(level * 3125) of the sorted ones. At these levels a wrong factor, exponent
  /// or rounding moves an end.
  @Test
  void theEndsOfEveryResampleOnce() {
    double[] values = {0, 1, 7, 30, 112};
    var each =
        new RandomGenerator() {
          private int taken;

          @Override
          public int nextInt(int bound) {
            int resample = taken / 5;
            int digit = taken++ % 5;
            return resample / (int) Math.pow(5, digit) % 5;
          }

          @Override
          public long nextLong() {
            throw new UnsupportedOperationException();
          }
        };
    Bootstrap bootstrap = Bootstrap.of(values, 3125, each);

    assertThat(bootstrap.percentile(0.02)).isEqualTo(new Interval(1.0, 74.6));
    assertThat(bootstrap.percentile(0.078)).isEqualTo(new Interval(2.8, 68.6));
    assertThat(bootstrap.bcaAnyway(0.052)).isEqualTo(new Interval(5.6, 89.8));
    assertThat(bootstrap.bcaAnyway(0.063)).isEqualTo(new Interval(6.2, 89.6));
  }

  @Test
  void bcaIsWithheldWhenFewerThanTenValuesDiffer() {
    double[] values = new double[200];
    Arrays.fill(values, 1);
    for (int i = 0; i < 9; i++) {
      values[i] = i / 10.0;
    }
    assertThat(Bootstrap.of(values, 100, new Random(0)).bca(0.05)).isEmpty();
    values[9] = 0.95;
    assertThat(Bootstrap.of(values, 100, new Random(0)).bca(0.05)).isPresent();
    assertThatThrownBy(() -> Bootstrap.of(new double[0], 10, new Random(0)))
        .hasMessageContaining("0 values");
  }

  @Test
  void whatCannotBeResampledIsRefused() {
    for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Bootstrap.of(new double[] {1, none}, 10, new Random(0)))
          .hasMessageContaining("2 values and 10 resamples");
    }
    assertThatThrownBy(() -> Bootstrap.of(new double[] {1, 2}, 0, new Random(0)))
        .hasMessageContaining("2 values and 0 resamples");
    Interval one = Bootstrap.of(new double[] {1, 1}, 1, new Random(0)).percentile(0.05);
    assertThat(one).isEqualTo(new Interval(1, 1));
  }

  /// Four resamples without the largest value: all of their means, 0.5 to 1.75, lie below the mean,
  /// which is held as 7/8 of them. At an end of all there is no mean beyond the last.
  @Test
  void wereAllMeansBelowTheMeanTheLastIsStillThere() {
    int[] picks = {0, 0, 1, 1, 0, 1, 1, 2, 1, 1, 1, 2, 2, 2, 2, 1};
    var some =
        new RandomGenerator() {
          private int taken;

          @Override
          public int nextInt(int bound) {
            return picks[taken++];
          }

          @Override
          public long nextLong() {
            throw new UnsupportedOperationException();
          }
        };
    Bootstrap bootstrap = Bootstrap.of(new double[] {0, 1, 2, 100}, 4, some);
    assertThat(bootstrap.percentile(1e-20)).isEqualTo(new Interval(0.5, 1.75));
    assertThat(bootstrap.bcaAnyway(0.5).upper()).isEqualTo(1.75);
    assertThat(bootstrap.bcaAnyway(0.5).lower()).isEqualTo(1.75);
  }
}
