package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;

class OveroptimizationFitTest {
  static LongStream seeds() {
    return Tables.seeds();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theFitRecoversItsOwnCurve(long seed) {
    RandomGenerator random = Tables.random(seed);
    double alpha = random.nextDouble(-2, 2);
    double beta = random.nextDouble(0.01, 1);
    double[] kls = random.doubles(random.nextInt(2, 20), 0.01, 6).toArray();
    double[] gains =
        Arrays.stream(kls).map(k -> Math.sqrt(k) * (alpha - beta * Math.sqrt(k))).toArray();
    OveroptimizationFit fit = OveroptimizationFit.of(kls, gains);

    assertThat(fit.alpha()).isBetween(alpha - 1e-6, alpha + 1e-6);
    assertThat(fit.beta()).isBetween(beta - 1e-6, beta + 1e-6);
    assertThat(fit.gain(fit.peakKl())).isGreaterThanOrEqualTo(fit.gain(fit.peakKl() * 1.1 + 0.01));
    assertThat(fit.peakIsMeasured())
        .isEqualTo(fit.peakKl() <= Arrays.stream(kls).max().orElseThrow());
  }

  /// Also of gains that are far from 0 beside what they vary by.
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e9})
  void theShareExplainedIsThatOfTheVariance(double far) {
    double[] kls = {.1, .4, .9, 1.7, 2.6, 3.1, 4.2};
    double[] gains = {.2, .7, 1.1, .8, 1.3, .9, .4};
    double[] shifted = Arrays.stream(gains).map(g -> far + g).toArray();
    OveroptimizationFit fit = OveroptimizationFit.of(kls, shifted);
    double left = 0;
    double pairs = 0;
    for (int i = 0; i < 7; i++) {
      left += Math.pow(shifted[i] - fit.gain(kls[i]), 2);
      for (int j = 0; j < 7; j++) {
        pairs += Math.pow(gains[i] - gains[j], 2);
      }
    }
    Near.assertWithin(far == 0 ? 1e-12 : 1e-5, 1 - fit.rSquared(), left / (pairs / 14));
  }

  @Test
  void whatDeterminesNothingIsRefused() {
    assertThatThrownBy(() -> OveroptimizationFit.of(new double[] {1, 1}, new double[] {1, 2}))
        .hasMessageContaining("two different drifts");
    assertThatThrownBy(() -> OveroptimizationFit.of(new double[] {0, 1}, new double[] {1, 2}))
        .hasMessageContaining("two different drifts");
    assertThatThrownBy(() -> OveroptimizationFit.of(new double[] {1, 2}, new double[] {1}))
        .hasMessage("each drift needs one gain: there are 2 drifts and 1 gains");
    for (double kl : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> OveroptimizationFit.of(new double[] {1, kl}, new double[] {1, 2}))
          .hasMessage("drifts must be at least 0 and gains finite, found " + kl + " and 2.0 at 1");
    }
    assertThatThrownBy(
            () -> OveroptimizationFit.of(new double[] {1, 2}, new double[] {Double.NaN, 2}))
        .hasMessageContaining("found 1.0 and NaN at 0");
  }

  @Test
  void aCurveThatNeverFallsHasNoPeak() {
    OveroptimizationFit rising = new OveroptimizationFit(1, 0, 1, 4);
    assertThat(rising.peakKl()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(rising.peakIsMeasured()).isFalse();
    assertThat(new OveroptimizationFit(-1, 0.5, 1, 4).peakKl()).isZero();
    assertThat(new OveroptimizationFit(2, 0.5, 1, 4).peakIsMeasured()).isTrue();
    assertThat(new OveroptimizationFit(2, 0.5, 1, 3.9).peakIsMeasured()).isFalse();
  }

  @Test
  void equalGainsAreExplained() {
    double[] kls = {1, 4, 9};
    assertThat(OveroptimizationFit.of(kls, new double[3]).rSquared()).isOne();
    assertThat(OveroptimizationFit.of(kls, new double[] {1, 2, 1}).largestKl()).isEqualTo(9);
  }

  /// Equal drifts determine one coefficient, not two, whatever rounding leaves between them.
  @ParameterizedTest(name = "twice {0}")
  @ValueSource(doubles = {1e-9, 0.3, 0.7, 7, 1e3, 3e5, 123_456.789, 1e9, 7e11})
  void equalDriftsAreRefused(double kl) {
    assertThatThrownBy(
            () -> OveroptimizationFit.of(new double[] {kl, kl, kl}, new double[] {1, 2, 1.5}))
        .hasMessage("a fit of two coefficients needs gains at two different drifts above 0");
  }

  @Test
  void aStraightLineHasNoPeak() {
    assertThat(new OveroptimizationFit(-1, 0, 1, 1).peakKl()).isInfinite();
    assertThat(new OveroptimizationFit(0, 0, 1, 1).peakKl()).isInfinite();
    assertThat(new OveroptimizationFit(2, 0.5, 1, 1).peakKl()).isEqualTo(4);
    assertThat(new OveroptimizationFit(-2, 0.5, 1, 1).peakKl()).isZero();
  }
}
