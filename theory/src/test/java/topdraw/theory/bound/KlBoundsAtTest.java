package topdraw.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Tables;
import topdraw.theory.numeric.LogSpace;

/// The bounds at one `n` against those at any.
class KlBoundsAtTest {
  static LongStream seeds() {
    return Tables.seeds();
  }

  /// The series and the closed form, which meet at `n log(1/(1-ε)) = 1`.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theBoundsAtOneNAreTheBoundsAtAnyN(long seed) {
    RandomGenerator random = Tables.random(seed);
    int n = (int) Math.exp(random.nextDouble(0, Math.log(1e6)));
    var at = new KlBoundsAt(n);
    double[] misses = {0, -1.0 / n, -0.999999 / n, -Math.exp(random.nextDouble(-40, 5))};
    for (double logMiss : misses) {
      double logHit = LogSpace.log1mExp(logMiss);
      double room = 4e-15 * (KlBounds.analytical(n) + 1);

      assertThat(at.bound(logHit, logMiss) - KlBounds.bound(n, logHit, logMiss))
          .isBetween(-room, room);
      assertThat(at.sharpBound(logHit, logMiss) - KlBounds.sharpBound(n, logHit, logMiss))
          .isBetween(-room, room);
      assertThat(at.gap(logHit, logMiss) - KlBounds.gapFromMiss(n, logMiss)).isBetween(-room, room);
    }
    assertThat(at.sharpBound(0, Double.NEGATIVE_INFINITY)).isZero();
    assertThat(at.bound(0, Double.NEGATIVE_INFINITY)).isZero();
  }
}
