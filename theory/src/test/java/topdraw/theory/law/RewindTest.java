package topdraw.theory.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.Coverage;
import topdraw.theory.Near;
import topdraw.theory.finding.Interval;

class RewindTest {
  /// Theorem 6.3, T6: sums over the geometric law of the number of draws.
  @ParameterizedTest(name = "z = {0}")
  @ValueSource(doubles = {0.9, 0.5, 0.2, 0.05, 0.01})
  void theEstimateIsUnbiasedAndItsVarianceIsTheDilogarithm(double z) {
    double mean = 0;
    double square = 0;
    double probability = z;
    for (long m = 1; m < 40 / z; m++) {
      double estimate = Rewind.klEstimate(m);
      mean += probability * estimate;
      square += probability * estimate * estimate;
      probability *= 1 - z;
    }
    double kl = Rewind.kl(z);
    Near.assertWithin(1e-10, mean, kl);
    Near.assertWithin(1e-9, square - mean * mean, Rewind.klEstimateVariance(z));
  }

  /// T6: k runs pooled, over the negative binomial law of their draws together.
  @ParameterizedTest(name = "z = {0}")
  @ValueSource(doubles = {0.9, 0.5, 0.2})
  void pooledRunsAreUnbiasedAndVaryLessThanTheMeanOfRuns(double z) {
    int k = 5;
    double mean = 0;
    double square = 0;
    double probability = Math.pow(z, k);
    for (long t = k; t < 60 / z; t++) {
      double estimate = Rewind.klEstimatePooled(t, k);
      mean += probability * estimate;
      square += probability * estimate * estimate;
      probability *= (1 - z) * t / (t - k + 1);
    }
    Near.assertWithin(1e-9, mean, Rewind.kl(z));
    assertThat(square - mean * mean).isLessThanOrEqualTo(Rewind.klEstimateVariance(z) / k);
  }

  /// The chance that the bound, and the interval, miss the truth, summed over the law of the draws.
  @ParameterizedTest(name = "z = {0}")
  @ValueSource(doubles = {0.999, 0.95, 0.7, 0.5, 0.3, 0.1, 0.051, 0.05, 0.049, 0.01, 0.001})
  void theConfidenceBoundsFailNoMoreOftenThanTheySay(double z) {
    double alpha = 0.05;
    double above = 0;
    double outside = 0;
    double probability = z;
    for (long m = 1; m < 40 / z; m++) {
      double kl = Rewind.kl(z);
      Interval interval = Rewind.klInterval(m, alpha);
      above += kl > Rewind.klUpper(m, alpha) * (1 + 1e-12) ? probability : 0;
      outside += kl < interval.lower() || kl > interval.upper() ? probability : 0;
      probability *= 1 - z;
    }
    assertThat(above).isLessThanOrEqualTo(alpha + 1e-12);
    assertThat(outside).isLessThanOrEqualTo(alpha + 1e-12);
  }

  /// Rare passes make the number of draws nearly continuous, and the bounds nearly exact.
  @Test
  void theConfidenceBoundsAreNearlyExactForRarePasses() {
    double kl = Rewind.kl(0.002);
    Coverage.assertNearlyExact(0.05, chance(0.002, (m, a) -> Rewind.klUpper(m, a) < kl));
    Coverage.assertNearlyExact(
        0.2, chance(0.002, (m, a) -> Rewind.klInterval(m, 2 * a).upper() < kl));
    Coverage.assertNearlyExact(
        0.2, chance(0.002, (m, a) -> Rewind.klInterval(m, 2 * a).lower() > kl));
    Coverage.assertNearlyExact(
        0.2,
        chance(
            0.002,
            (m, a) -> {
              Interval interval = Rewind.klInterval(m, a);
              return kl < interval.lower() || kl > interval.upper();
            }));
  }

  @FunctionalInterface
  private interface Fails {
    boolean at(long draws, double alpha);
  }

  /// Summed over the geometric law of the draws.
  private static DoubleUnaryOperator chance(double z, Fails fails) {
    return alpha -> {
      double sum = 0;
      double probability = z;
      for (long m = 1; m < 40 / z; m++) {
        sum += fails.at(m, alpha) ? probability : 0;
        probability *= 1 - z;
      }
      return sum;
    };
  }

  @Test
  void whatIsNoRunIsRefused() {
    assertThatThrownBy(() -> Rewind.klEstimatePooled(3, 4))
        .hasMessage(
            "each run draws at least once: expected 1 <= accepted <= draws, found accepted 4 and draws 3");
    assertThatThrownBy(() -> Rewind.klEstimatePooled(3, 0)).hasMessageContaining("accepted 0");
    assertThatThrownBy(() -> Rewind.klUpper(0, 0.05)).hasMessageContaining("draws");
    assertThatThrownBy(() -> Rewind.klUpper(1, 1)).hasMessageContaining("alpha");
    assertThatThrownBy(() -> Rewind.klInterval(4, 0)).hasMessageContaining("alpha");
    assertThatThrownBy(() -> Rewind.kl(0)).hasMessageContaining("z is a probability in (0, 1]");
    assertThatThrownBy(() -> Rewind.winRate(0)).hasMessageContaining("z");
    assertThatThrownBy(() -> Rewind.expectedDraws(1.5)).hasMessageContaining("z");
    assertThatThrownBy(() -> Rewind.klEstimateVariance(0)).hasMessageContaining("z");
    assertThatThrownBy(() -> Rewind.klFromLog(Double.NEGATIVE_INFINITY))
        .hasMessage("logZ is the logarithm of a probability above 0, was -∞");
    assertThatThrownBy(() -> Rewind.winRateFromLog(0.1)).hasMessageContaining("logZ");
    assertThatThrownBy(() -> Rewind.expectedDrawsFromLog(0.1)).hasMessageContaining("logZ");
    assertThatThrownBy(() -> Rewind.passRateForKl(-0.1)).hasMessageContaining("-kl");
    assertThatThrownBy(() -> Rewind.passRateForWinRate(0.4)).hasMessageContaining("[0.5, 1)");
    assertThat(Rewind.klUpper(1, 0.5)).isCloseTo(Math.log(2), within(1e-15));
    assertThatThrownBy(() -> Rewind.klInterval(1, 1.5)).hasMessageContaining("alpha");
  }

  /// One draw excludes no pass rate from below: all that passes may.
  @Test
  void whatAlwaysPassesDoesNotDrift() {
    assertThat(Rewind.klInterval(1, 0.05).lower()).isEqualTo(0.0);
    assertThat(Rewind.klEstimateVariance(1)).isZero();
  }

  /// `1 + 3/4 + 9/16` draws at a pass rate of a quarter; all of them where none passes.
  @Test
  void aCapEndsTheDrawing() {
    double draws = Rewind.expectedDraws(3, Math.log(0.25), Math.log(0.75));
    assertThat(draws).isCloseTo(2.3125, within(1e-14));
    assertThat(Rewind.expectedDraws(7, Double.NEGATIVE_INFINITY, 0)).isEqualTo(7);
  }
}
