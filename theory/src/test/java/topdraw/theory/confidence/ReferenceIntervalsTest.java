package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.Coverage;
import topdraw.theory.finding.Interval;

/// How often the classical bounds fail, summed over the binomial law. Their end points are in
/// [ConfidenceGoldenTest].
class ReferenceIntervalsTest {
  @FunctionalInterface
  private interface MeanInterval {
    Interval of(double[] values, double alpha);
  }

  /// The chance that the interval for the mean of coins misses one half.
  private static DoubleUnaryOperator missed(int coins, MeanInterval interval) {
    double[] chances = Coverage.binomial(coins, 0.5);
    return alpha -> {
      double sum = 0;
      for (int heads = 0; heads <= coins; heads++) {
        var values = new double[coins];
        Arrays.fill(values, 0, heads, 1);
        Interval found = interval.of(values, alpha);
        sum += found.lower() > 0.5 || found.upper() < 0.5 ? chances[heads] : 0;
      }
      return sum;
    };
  }

  /// Half widths of 10.7 heads of 100 at 80 %: missed by P(|heads - 50| >= 11) = 0.0352.
  @Test
  void hoeffdingsIntervalFailsAsOftenAsItsWidthSays() {
    Coverage.assertBetween(0.035, 0.036, 0.2, missed(100, ReferenceIntervals::hoeffding));
  }

  /// Half widths of 45.7 heads of 1,000 at 80 %: missed by P(|heads - 500| >= 46) = 0.0040.
  @Test
  void bernsteinsIntervalFailsAsOftenAsItsWidthSays() {
    Coverage.assertBetween(
        0.0035, 0.0045, 0.2, missed(1_000, ReferenceIntervals::empiricalBernstein));
  }

  @ParameterizedTest(name = "p = {0}")
  @ValueSource(doubles = {1e-6, 0.01, 0.2, 0.5, 0.9, 0.999})
  void theExactBoundsOnAProbabilityFailNoMoreOftenThanTheySay(double p) {
    assertThat(above(40, p).applyAsDouble(0.05)).isLessThanOrEqualTo(0.05 + 1e-12);
    assertThat(below(40, p).applyAsDouble(0.05)).isLessThanOrEqualTo(0.05 + 1e-12);
  }

  @Test
  void theExactBoundsOnAProbabilityAreNearlyExactForManyTrials() {
    Coverage.assertNearlyExact(0.1, above(1_000, 0.3));
    Coverage.assertNearlyExact(0.1, below(1_000, 0.3));
    Coverage.assertNearlyExact(0.02, above(1_000, 0.6));
    Coverage.assertNearlyExact(0.02, below(1_000, 0.6));
  }

  private static DoubleUnaryOperator above(int total, double p) {
    double[] chances = Coverage.binomial(total, p);
    return alpha -> {
      double sum = 0;
      for (int c = 0; c <= total; c++) {
        sum += ReferenceIntervals.clopperPearsonLower(c, total, alpha) > p ? chances[c] : 0;
      }
      return sum;
    };
  }

  private static DoubleUnaryOperator below(int total, double p) {
    double[] chances = Coverage.binomial(total, p);
    return alpha -> {
      double sum = 0;
      for (int c = 0; c <= total; c++) {
        sum += ReferenceIntervals.clopperPearsonUpper(c, total, alpha) < p ? chances[c] : 0;
      }
      return sum;
    };
  }

  @Test
  void whatIsNoSampleIsRefused() {
    for (double[] values : new double[][] {{0.5, 1.5}, {0.5, -0.5}, {0.5, Double.NaN}}) {
      assertThatThrownBy(() -> ReferenceIntervals.hoeffding(values, 0.05))
          .hasMessage("values[1] must be in [0, 1], was " + values[1] + "; divide by its range");
    }
    assertThatThrownBy(() -> ReferenceIntervals.hoeffding(new double[0], 0.05))
        .hasMessage("an interval for a mean needs at least one value, found none");
    assertThatThrownBy(() -> ReferenceIntervals.empiricalBernstein(new double[] {0.5}, 0.05))
        .hasMessage("a variance needs at least two values, found one");
    assertThatThrownBy(() -> ReferenceIntervals.hoeffding(new double[] {0.5}, 0))
        .hasMessageContaining("alpha");
    assertThatThrownBy(() -> ReferenceIntervals.empiricalBernstein(new double[] {0.5, 1}, 1))
        .hasMessageContaining("alpha");
  }

  @Test
  void countsThatDoNotFitAreRefused() {
    for (long[] counts : new long[][] {{-1, 5}, {6, 5}, {0, 0}}) {
      assertThatThrownBy(() -> ReferenceIntervals.clopperPearsonLower(counts[0], counts[1], 0.05))
          .hasMessage(
              "expected 0 <= count <= total and total >= 1, found count "
                  + counts[0]
                  + " and total "
                  + counts[1]);
    }
    assertThatThrownBy(() -> ReferenceIntervals.clopperPearsonLower(1, 5, 1))
        .hasMessageContaining("alpha");
    assertThat(ReferenceIntervals.clopperPearsonLower(0, 1, 0.05)).isZero();
    assertThat(ReferenceIntervals.clopperPearsonUpper(1, 1, 0.05)).isOne();
  }

  @Test
  void twoValuesAreEnoughForAVariance() {
    assertThat(ReferenceIntervals.empiricalBernstein(new double[] {0.25, 0.75}, 0.05))
        .isEqualTo(new Interval(0, 1));
  }
}
