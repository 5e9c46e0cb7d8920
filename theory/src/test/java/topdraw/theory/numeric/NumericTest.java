package topdraw.theory.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sums of nothing, roots, integrals, polynomials; values are in [NumericGoldenTest].
class NumericTest {
  @Test
  void aSumOfNothingIsNothing() {
    assertThat(LogSpace.logSumExp()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(LogSpace.logSumExp(Double.POSITIVE_INFINITY, 1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThatThrownBy(() -> LogSpace.logSumExp(1, Double.NaN)).hasMessageContaining("x[1]");
    assertThat(LogSpace.log1mExp(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(LogSpace.log1mExp(Double.NEGATIVE_INFINITY)).isZero();
    assertThatThrownBy(() -> LogSpace.log1mExp(1e-9)).hasMessageContaining("x is the logarithm");
    assertThatThrownBy(() -> LogSpace.binaryEntropy(1.5))
        .hasMessageContaining("q is a probability");
  }

  /// One and 256 of nearly one, whose sum takes a bit more than theirs: what rounding takes from it
  /// is given back.
  @ParameterizedTest(name = "of {0} each")
  @ValueSource(doubles = {-0.0005, -0.001, -0.0015, -0.002, -0.0025, -0.003, -0.0035})
  void aSumThatIsRoundedKeepsItsDigits(double log) {
    var x = new double[257];
    Arrays.fill(x, 1, x.length, log);
    double expected = Math.log1p(256 * Math.exp(log));
    assertThat(LogSpace.logSumExp(x)).isCloseTo(expected, within(2e-14));
  }

  /// Where sums are large, and far from the place where they are no longer added up.
  @ParameterizedTest(name = "H_{0} and the one before")
  @ValueSource(longs = {129, 255, 300, 1_000_000})
  void harmonicNumbersNextToEachOtherDifferByOneTerm(long a) {
    assertThat(Harmonic.difference(a, a - 1)).isEqualTo(1.0 / a);
  }

  @Test
  void aTermWithoutDriftIsZeroHoweverSmallItsMass() {
    assertThat(LogSpace.klTerm(-720, 3e-313, 0)).isZero();
    assertThat(LogSpace.klTerm(-720, 0, -1e-9)).isZero();
  }

  @Test
  void aPolynomialStartsWithItsConstant() {
    assertThat(Polynomial.at(new double[] {3, -2, 0.5}, 4)).isEqualTo(3 - 8 + 8);
    assertThat(Polynomial.at(new double[0], 4)).isZero();
    assertThat(Polynomial.factorial(0)).isOne();
    assertThat(Polynomial.factorial(1)).isOne();
    assertThat(Polynomial.factorial(2)).isEqualTo(2);
    assertThat(Polynomial.factorial(10)).isEqualTo(3_628_800);
  }

  /// The root itself, or the last double before it.
  @ParameterizedTest(name = "root {0}")
  @ValueSource(doubles = {-7, -0.3, 0, 1e-12, 0.7, 5, 9})
  void aRootIsFoundToTheLastDouble(double root) {
    double rising = Roots.rising(x -> x - root, -10, 10);
    assertThat(rising).isLessThanOrEqualTo(root);
    assertThat(Math.nextUp(rising)).isGreaterThan(root);
    double falling = Roots.falling(x -> root - x, -10, 10);
    assertThat(falling).isGreaterThanOrEqualTo(root);
    assertThat(Math.nextDown(falling)).isLessThan(root);
  }

  @ParameterizedTest(name = "from {0}")
  @ValueSource(doubles = {0, 1, 1.9})
  void aRootIsFoundWhereverTheSearchBegins(double low) {
    assertThat(Roots.rising(x -> x - 2, low, 4)).isEqualTo(2);
    assertThat(Roots.falling(x -> 2 - x, low, 4)).isEqualTo(2);
  }

  @Test
  void aRootOutsideIsItsEnd() {
    assertThat(Roots.rising(x -> x - 20, -10, 10)).isEqualTo(Math.nextDown(10.0));
    assertThat(Roots.rising(x -> x + 20, -10, 10)).isEqualTo(-10);
    assertThat(Roots.falling(x -> 20 - x, -10, 10)).isEqualTo(10);
    assertThat(Roots.rising(x -> 1, 3, 3)).isEqualTo(3);
  }

  @Test
  void anIntegralIsRightToItsLastDigits() {
    assertThat(Quadrature.from0(1, Math::exp)).isCloseTo(Math.E - 1, within(2e-15));
    assertThat(Quadrature.from0(4, Math::sqrt)).isCloseTo(16.0 / 3, within(4e-15));
    assertThat(Quadrature.from0(2, x -> 1)).isCloseTo(2, within(1e-15));
    assertThat(Quadrature.from0(0.5, x -> 1 / (1 + x))).isCloseTo(Math.log1p(0.5), within(1e-15));
  }
}
