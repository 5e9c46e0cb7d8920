package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import topdraw.theory.Near;

class PassAtKTest {
  @Test
  void passAtKIsThePoolOfZerosAndOnes() {
    double[] rewards = {0, 1, 0, 0, 1, 0, 0, 1, 0, 0};
    for (int k = 1; k <= 10; k++) {
      Near.assertEqual(PassAtK.of(10, 3, k), Pool.ofRewards(rewards).reward(k));
    }
  }

  @Test
  void countsThatDoNotFitAreRefused() {
    for (int[] counts : new int[][] {{10, 11, 1}, {10, -1, 1}, {10, 1, 0}, {10, 1, 11}}) {
      assertThatThrownBy(() -> PassAtK.of(counts[0], counts[1], counts[2]))
          .hasMessage(
              "expected 0 <= correct <= samples and 1 <= k <= samples, found samples %d, correct %d, k %d"
                  .formatted(counts[0], counts[1], counts[2]));
    }
    assertThat(PassAtK.of(10, 0, 1)).isZero();
    assertThat(PassAtK.of(10, 10, 1)).isOne();
    assertThat(PassAtK.of(10, 8, 3)).isOne();
  }
}
