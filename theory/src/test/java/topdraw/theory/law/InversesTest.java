package topdraw.theory.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// From a target to `n`. More values are in [SelectionsGoldenTest].
class InversesTest {
  /// Roots of `log n + 1/n - 1 = kl` at 40 digits.
  @Test
  void aSmallDriftHasItsNumberOfDraws() {
    assertThat(Inverses.nForKl(1e-5)).isCloseTo(1.0044855016553706, within(2e-15));
    assertThat(Inverses.nForKl(1e-9)).isCloseTo(1.0000447226929156, within(1e-15));
    assertThat(Inverses.nForKl(0)).isOne();
  }

  @Test
  void whatIsNoTargetIsRefused() {
    for (double kl : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Inverses.nForKl(kl))
          .hasMessage("kl must be a finite number of at least 0, was " + kl);
    }
    for (double winRate : new double[] {0.4999, 1, Double.NaN}) {
      assertThatThrownBy(() -> Inverses.nForWinRate(winRate)).hasMessageContaining("[0.5, 1)");
    }
  }
}
