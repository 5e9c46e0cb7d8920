package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.Near;

/// Chances of how many of a sample succeed, against binomial coefficients in whole numbers.
class HypergeometricTest {
  /// In the last ones an end is less likely than the likeliest number by more than a double holds.
  @ParameterizedTest
  @CsvSource({
    "1, 0, 1",
    "1, 1, 1",
    "7, 3, 5",
    "9, 9, 4",
    "40, 13, 20",
    "6000, 3000, 2500",
    "6000, 500, 5000",
    "6000, 5500, 3000"
  })
  void everyChanceIsThatOfBinomialCoefficients(int size, int successes, int draws) {
    Hypergeometric law = Hypergeometric.of(size, successes, draws);
    assertThat(law.first()).isEqualTo(Math.max(0, draws + successes - size));
    assertThat(law.chances()).hasSize(Math.min(draws, successes) - law.first() + 1);
    var all = new BigDecimal(choose(size, draws));
    int step = 1 + law.chances().length / 60;
    for (int i = 0; i < law.chances().length; i += step) {
      int j = law.first() + i;
      BigInteger ways = choose(successes, j).multiply(choose(size - successes, draws - j));
      double chance = new BigDecimal(ways).divide(all, MathContext.DECIMAL64).doubleValue();
      Near.assertWithin(1e-11, law.chances()[i], chance);
    }
  }

  private static BigInteger choose(int n, int k) {
    BigInteger ways = BigInteger.ONE;
    for (int i = 1; i <= Math.min(k, n - k); i++) {
      ways = ways.multiply(BigInteger.valueOf(n + 1 - i)).divide(BigInteger.valueOf(i));
    }
    return ways;
  }
}
