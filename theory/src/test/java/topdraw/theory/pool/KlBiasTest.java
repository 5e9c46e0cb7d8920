package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Coverage;
import topdraw.theory.Near;
import topdraw.theory.bound.KlBounds;

/// The closed form is above the bias that the tables allow, and not far above.
class KlBiasTest {
  private static final double[] GRID =
      IntStream.range(0, 200).mapToDouble(i -> Math.exp(-9 * (1 - (i + 0.5) / 200))).toArray();

  static IntStream draws() {
    return IntStream.of(4, 8, 12, 16, 24);
  }

  /// `sup over w of |E_w e_{n,h} - D_n(w)| / (1 - (1-w)^n)`, on a grid.
  private static double largest(int n, int h) {
    CorrectedGaps gaps = CorrectedGaps.of(n);
    double most = 0;
    for (double w : GRID) {
      double[] chances = Coverage.binomial(h, w);
      double mean = 0;
      for (int c = 0; c <= h; c++) {
        mean += chances[c] * gaps.at(h, c)[0];
      }
      double bias = mean - KlBounds.gap(n, w);
      most = Math.max(most, Math.abs(bias) / -Math.expm1(n * Math.log1p(-w)));
    }
    return most;
  }

  /// `Σ_h [W_h - W_{h-1}] max over h' >= h of r_h'`.
  private static double allowed(int n, int draws) {
    double[] weights = PoolWeights.within(n, draws);
    double sum = 0;
    double most = 0;
    for (int h = draws; h >= n; h--) {
      most = Math.max(most, largest(n, h));
      sum += (weights[h] - weights[h - 1]) * most;
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("draws")
  void theAllowanceCoversTheBiasOfEveryReferencePolicy(int draws) {
    for (int n = 2; n <= draws; n++) {
      double allowed = allowed(n, draws);
      assertThat(KlBias.allowance(n, draws)).as("n = " + n).isGreaterThan(allowed);
      if (draws > 4 && (n == 2 || n == draws)) {
        assertThat(KlBias.allowance(n, draws)).as("n = " + n).isLessThan(6 * allowed);
      }
    }
  }

  @Test
  void theAllowanceHasItsValues() {
    assertThat(KlBias.allowance(1, 16)).isZero();
    Near.assertWithin(1e-12, KlBias.allowance(2, 16), .6 / 256 + .006 * Math.exp(-8.4));
    Near.assertWithin(1e-12, KlBias.allowance(3, 16), .8 / 4096 + .006 * Math.exp(-7.8));
    Near.assertWithin(1e-12, KlBias.allowance(16, 16), 2.0 / 65536 + .006);
    Near.assertWithin(1e-12, KlBias.allowance(128, 128), 2 / Math.pow(128, 4) + .006);
    Near.assertWithin(1e-12, KlBias.allowance(129, 129), 2 / Math.pow(129, 4) + .006 + 2e-7);
    assertThatThrownBy(() -> KlBias.allowance(5, 4)).hasMessageContaining("from 1 to 4");
  }
}
