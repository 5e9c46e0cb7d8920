package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ends and edges of tilted means; values between are in [PoolGoldenTest].
class TiltedMeanTest {
  private static final double[] VALUES = {1, 2, 4};

  @Test
  void equalWeightsAreShared() {
    assertThat(TiltedMean.of(VALUES, 0)).isCloseTo(7.0 / 3, within(1e-15));
    // log((e^0.5 + e + e^2) / 3) / 0.5
    double sum = Math.exp(0.5) + Math.exp(1) + Math.exp(2);
    assertThat(TiltedMean.of(VALUES, 0.5)).isCloseTo(Math.log(sum / 3) / 0.5, within(1e-14));
    assertThat(TiltedMean.of(VALUES, Double.POSITIVE_INFINITY)).isEqualTo(4);
    assertThat(TiltedMean.of(VALUES, Double.NEGATIVE_INFINITY)).isEqualTo(1);
  }

  /// A tilt of 1e-9 adds half the variance times it, 14/9 · 1e-9 / 2.
  @Test
  void aSlightTiltKeepsItsDigits() {
    assertThat(TiltedMean.of(VALUES, 1e-9) - 7.0 / 3).isBetween(7.7e-10, 7.9e-10);
  }

  @Test
  void aSteepTiltRunsIntoNeitherEnd() {
    assertThat(TiltedMean.of(VALUES, -1_000)).isCloseTo(1 + Math.log(3) / 1_000, within(1e-15));
    assertThat(TiltedMean.of(VALUES, 1_000)).isCloseTo(4 - Math.log(3) / 1_000, within(1e-15));
  }

  @ParameterizedTest(name = "tilt {0}")
  @ValueSource(doubles = {0, Double.MIN_VALUE, -Double.MIN_VALUE, 0.3, -0.3, 10, -10})
  void equalValuesAreTheirMean(double t) {
    for (int size = 1; size < 20; size++) {
      var values = new double[size];
      Arrays.fill(values, 0.1);
      assertThat(TiltedMean.of(values, t)).isEqualTo(0.1);
    }
  }

  /// However far off they are, and whichever end they would be.
  @ParameterizedTest(name = "tilt {0}")
  @ValueSource(
      doubles = {0, 0.3, -0.3, 10, -10, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void valuesWithoutWeightDoNotCount(double t) {
    double[] weights = {0, 0.5, 0.5, 0};
    assertThat(TiltedMean.of(new double[] {-5_000, 1, 2, 5_000}, weights, t))
        .isCloseTo(TiltedMean.of(new double[] {1, 2}, t), within(1e-15));
  }

  @Test
  void whatHasNoMeanIsRefused() {
    assertThatThrownBy(() -> TiltedMean.of(new double[0], 1))
        .hasMessage(
            "a tilted mean needs values with one weight each, found 0 values and 0 weights");
    assertThatThrownBy(() -> TiltedMean.of(VALUES, new double[] {1}, 1))
        .hasMessageContaining("found 3 values and 1 weights");
    assertThatThrownBy(() -> TiltedMean.of(new double[] {1, Double.NaN}, 1))
        .hasMessage("values must be finite, found [1.0, NaN]");
    assertThatThrownBy(() -> TiltedMean.of(VALUES, new double[] {1, -0.5, 0.5}, 1))
        .hasMessage("weights must be at least 0 and not all 0, found [1.0, -0.5, 0.5]");
    assertThatThrownBy(() -> TiltedMean.of(VALUES, new double[3], 1))
        .hasMessageContaining("not all 0");
    assertThatThrownBy(() -> TiltedMean.of(VALUES, Double.NaN)).hasMessageContaining("t must");
  }
}
