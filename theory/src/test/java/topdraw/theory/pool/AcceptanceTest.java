package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import topdraw.theory.Coverage;

/// How many draws reach a threshold. Early stop's draws are in [PoolGoldenTest].
class AcceptanceTest {
  /// Summed over the binomial law of 500 draws.
  @Test
  void theBoundOnTheDriftOfRewindIsNearlyExactForManyDraws() {
    double z = 0.3;
    double[] chances = Coverage.binomial(500, z);
    Coverage.assertNearlyExact(
        0.1,
        alpha -> {
          double sum = 0;
          for (int c = 0; c <= 500; c++) {
            sum += new Acceptance(500, c).rewindKlUpper(alpha) < -Math.log(z) ? chances[c] : 0;
          }
          return sum;
        });
  }

  @Test
  void theBoundMeetsItsEnds() {
    assertThat(new Acceptance(7, 0).rewindKlUpper(0.05)).isEqualTo(Double.POSITIVE_INFINITY);
    // All of one draw: z^1 = alpha.
    assertThat(new Acceptance(1, 1).rewindKlUpper(0.05)).isCloseTo(Math.log(20), within(1e-14));
    assertThat(new Acceptance(8, 6).passRate()).isEqualTo(0.75);
  }

  @Test
  void countsThatDoNotFitAreRefused() {
    for (int[] counts : new int[][] {{0, 0}, {3, -1}, {3, 4}}) {
      assertThatThrownBy(() -> new Acceptance(counts[0], counts[1]))
          .hasMessage(
              "expected 0 <= accepted <= draws and draws >= 1, found accepted %d and draws %d"
                  .formatted(counts[1], counts[0]));
    }
    assertThatThrownBy(() -> new Acceptance(3, 1).earlyStopDraws(4)).hasMessageContaining("1 to 3");
    assertThatThrownBy(() -> new Acceptance(3, 1).earlyStopDraws(0)).hasMessageContaining("1 to 3");
  }
}
