package topdraw.theory.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void agreesWithTheLibraryToThreeUnitsInTheLastPlace(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 100_000; i++) {
      double x = i % 2 == 0 ? random.nextDouble(-750, 709) : random.nextDouble(-3, 3);
      double truth = StrictMath.exp(x);
      assertThat(Math.abs(Exp.of(x) - truth))
          .as("exp(%s)", x)
          .isLessThanOrEqualTo(3 * Math.ulp(truth));
    }
  }

  @Test
  void keepsTheLimits() {
    assertThat(Exp.of(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Exp.of(0)).isOne();
    assertThat(Exp.of(-0.0)).isOne();
    assertThat(Exp.of(-800)).isZero();
    assertThat(Exp.of(800)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Exp.of(Double.NaN)).isNaN();
  }
}
