package topdraw.theory.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

/// What no tilt is made of. Its numbers are in [SelectionsGoldenTest].
class TiltedPolicyTest {
  private static OutcomeTable rewards(double... rewards) {
    return OutcomeTable.of(new double[rewards.length], rewards);
  }

  @Test
  void aSpreadThatOverflowsIsRefused() {
    for (OutcomeTable table :
        new OutcomeTable[] {rewards(-1e308, 1e308), rewards(Double.NEGATIVE_INFINITY, 1)}) {
      assertThatThrownBy(() -> TiltedPolicy.byReward(table, 1))
          .hasMessageContaining("the optimum needs finite rewards");
    }
    assertThatThrownBy(() -> TiltedPolicy.byReward(rewards(0, 1e300), 1e-10))
        .hasMessageContaining("rewards from 0.0 to 1.0E300 and beta 1.0E-10");
    assertThat(TiltedPolicy.byReward(rewards(0, 1e300), 1e300).kl()).isBetween(0.1, 0.2);
    assertThatThrownBy(() -> TiltedPolicy.byReward(rewards(0, 1), 0)).hasMessageContaining("beta");
  }

  @Test
  void aSlopeIsFiniteAndNotNegative() {
    for (double slope : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> TiltedPolicy.byCalibratedReward(rewards(0, 1), slope))
          .hasMessage("slope must be a finite number of at least 0, was " + slope);
    }
    TiltedPolicy reference = TiltedPolicy.byCalibratedReward(rewards(0, 1), 0);
    assertThat(reference.kl()).isZero();
    assertThat(reference.winRate()).isEqualTo(0.5);
  }

  /// Drifts of 1e-17 and 1e-29, at 100 digits: one beside an outcome that is far better and hardly
  /// ever comes.
  @Test
  void aDriftOfNextToNothingKeepsItsDigits() {
    OutcomeTable rare = OutcomeTable.of(new double[] {0, 0, -92}, new double[] {0, 1, 1e9});
    assertThat(TiltedPolicy.byReward(rare, 1e8).kl()).isCloseTo(1.25e-17, withinPercentage(1e-7));
    OutcomeTable two = OutcomeTable.of(new double[] {0, 0.5}, new double[] {0, 1});
    assertThat(TiltedPolicy.byReward(two, 1e14).kl())
        .isCloseTo(1.175018561007970e-29, withinPercentage(1e-7));
  }

  @Test
  void aSteepTiltReturnsTheBest() {
    TiltedPolicy steep = TiltedPolicy.byReward(rewards(0, 1), 1e-4);
    assertThat(steep.probabilities()[0]).isZero();
    assertThat(steep.probabilities()[1]).isCloseTo(1, within(1e-12));
    assertThat(steep.kl()).isCloseTo(Math.log(2), within(1e-12));
    // What has no score and is never returned does not count.
    OutcomeTable unscored = rewards(Double.NEGATIVE_INFINITY, 1);
    assertThat(TiltedPolicy.byCalibratedReward(unscored, 5000).expectedReward())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void whatCannotBeDrawnIsNotReturned() {
    OutcomeTable table =
        OutcomeTable.of(
            new double[] {0, Double.NEGATIVE_INFINITY, 0}, new double[] {0, 0.5, Math.log(3)});
    double[] tilted = TiltedPolicy.byReward(table, 1).probabilities();
    assertThat(tilted[0]).isCloseTo(0.25, within(1e-15));
    assertThat(tilted[1]).isZero();
    assertThat(tilted[2]).isCloseTo(0.75, within(1e-15));
  }
}
