package topdraw.theory.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.DoubleStream;
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

  /// The truth is to 40 digits, so that a unit in the last place is told from half of one.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void ofAnArrayEachIsWithinAUnitInTheLastPlace(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    double[] x =
        random.doubles(5_000).map(u -> u < 0.5 ? (4 * u - 1) * 708 : (4 * u - 3) * 3).toArray();
    double[] powers = each(x);
    double worst = 0;
    for (int i = 0; i < x.length; i++) {
      worst = Math.max(worst, Math.abs(unitsFromTruth(x[i], powers[i])));
    }
    // Below one half no rounding can be; so far from it would be another function.
    assertThat(worst).isBetween(0.5, 1.0);
  }

  @Test
  void ofAnArrayTheLimitsAreThoseOfTheLibrary() {
    double[] x = {
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      -1e300,
      -746,
      -745,
      -720,
      -708.0000001,
      -708,
      708,
      709.7,
      710,
      1e300
    };
    double[] powers = each(x);
    for (int i = 0; i < x.length; i++) {
      assertThat(powers[i]).as("exp(%s)", x[i]).isEqualTo(Math.exp(x[i]));
    }
    assertThat(each(1, Double.NaN)[1]).isNaN();
    assertThat(each(0.0, -0.0, Double.MIN_VALUE, -1e-300)).containsOnly(1);
    assertThat(each(-1, 400, Double.NaN)[0]).isEqualTo(each(-1)[0]);
    assertThat(each()).isEmpty();
    assertThat(each(710.0)).containsExactly(Double.POSITIVE_INFINITY);
    assertThat(each(-746.0)).containsExactly(0);
  }

  /// The library's exponential, which answers for NaN, is another in the last place.
  @Test
  void ofAnArrayWhatIsNoPowerLeavesTheOthersAsTheyAre() {
    double[] x = new Random(1).doubles(100).map(u -> -20 * u).toArray();
    double[] alone = each(x);
    assertThat(alone).isNotEqualTo(DoubleStream.of(x).map(Math::exp).toArray());
    double[] more = Arrays.copyOf(x, 101);
    more[100] = Double.NaN;
    assertThat(Arrays.copyOf(each(more), 100)).isEqualTo(alone);
  }

  private static double[] each(double... x) {
    var powers = new double[x.length];
    Exp.each(x.length, x, powers, new double[x.length]);
    return powers;
  }

  /// How far a power is from the truth, in units of its last place.
  private static double unitsFromTruth(double x, double power) {
    var context = new MathContext(50);
    // Halved ten times the series is short; squared ten times it is the power again.
    BigDecimal part = new BigDecimal(x).divide(BigDecimal.valueOf(1024), context);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int k = 1; k < 45; k++) {
      term = term.multiply(part, context).divide(BigDecimal.valueOf(k), context);
      sum = sum.add(term, context);
    }
    BigDecimal truth = sum.pow(1024, context);
    return new BigDecimal(power)
        .subtract(truth, context)
        .divide(new BigDecimal(Math.ulp(power)), context)
        .doubleValue();
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
