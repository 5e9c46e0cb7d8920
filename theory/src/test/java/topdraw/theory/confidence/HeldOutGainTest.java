package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import topdraw.theory.Near;
import topdraw.theory.finding.Evidence;

/// What one half of the prompts chose, on the other; bounds against the equations they solve, at 30
/// digits.
class HeldOutGainTest {
  private static final double[] GAINS = {0.5, 0.2, 0.9, -0.1, 0.6, 0.4, 0.8, 0.7};

  @Test
  void theSettingOfTheLargestMeanIsChosenAndOfEqualsTheFirst() {
    assertThat(HeldOutGain.best(new double[][] {{1, 2}, {0, 4}, {3, 1}})).isEqualTo(1);
    assertThat(HeldOutGain.best(new double[][] {{-5, -7}, {-4, -5}, {-6, -6}})).isEqualTo(1);
    assertThat(HeldOutGain.best(new double[][] {{3}, {1}})).isZero();
    assertThatThrownBy(() -> HeldOutGain.best(new double[0][]))
        .hasMessageContaining("the number of settings");
    assertThatThrownBy(() -> HeldOutGain.best(new double[][] {{1}, {}}))
        .hasMessageContaining("the gold reward of setting 1");
  }

  @Test
  void inAKnownRangeTheBoundIsBettings() {
    HeldOutGain found = HeldOutGain.of(GAINS, Optional.of(new Range(-1, 1)), 0.05);
    Near.assertEqual(found.gain(), 0.5);
    Near.assertWithin(1e-9, found.lower(), -0.0280182660257047);
    assertThat(found.evidence()).isEqualTo(Evidence.THEOREM);
    assertThat(found.shown()).isFalse();
  }

  @Test
  void elsewhereItIsTheLowerEndOfATwoSidedInterval() {
    HeldOutGain found = HeldOutGain.of(GAINS, Optional.empty(), 0.05);
    Near.assertEqual(found.gain(), 0.5);
    Near.assertWithin(1e-10, found.lower(), 0.233271329978167);
    assertThat(found.evidence()).isEqualTo(Evidence.ESTIMATE);
    assertThat(found.shown()).isTrue();
  }

  @Test
  void whatDoesNotVaryShowsNothing() {
    HeldOutGain flat = HeldOutGain.of(new double[] {1, 1, 1}, Optional.empty(), 0.05);
    assertThat(flat.gain()).isOne();
    assertThat(flat.lower()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(flat.shown()).isFalse();
    assertThat(new HeldOutGain(1, 0, Evidence.THEOREM).shown()).isFalse();
    assertThatThrownBy(() -> HeldOutGain.of(new double[] {1}, Optional.empty(), 0.05))
        .hasMessageContaining("the number of prompts less one");
  }
}
