package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LevelLimitsTest {
  /// What is remembered of some counts is not taken for others.
  @Test
  void everyCountOfEveryTotalHasItsOwnLimit() {
    var limits = new LevelLimits(0.01);

    assertThat(limits.a()).isEqualTo(0.01);
    for (int again = 0; again < 2; again++) {
      for (int total = 1; total < 40; total++) {
        assertThat(limits.log(0, total)).isEqualTo(Double.NEGATIVE_INFINITY);
        for (int count = 1; count <= total; count++) {
          assertThat(limits.log(count, total))
              .isEqualTo(Math.log(ReferenceIntervals.clopperPearsonLower(count, total, 0.01)));
        }
      }
    }
    assertThatThrownBy(() -> new LevelLimits(1)).hasMessageContaining("a must be in (0, 1)");
  }
}
