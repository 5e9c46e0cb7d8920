package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Tables;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.Scope;

/// The tail of a proxy, against sums at 60 digits and at its edges.
class ProxyTailTest {
  private static final MathContext DIGITS = new MathContext(60);

  static LongStream seeds() {
    return Tables.seeds(30);
  }

  /// Rewards in no order, far from 0, where a mean that is a digit off would be seen in a sum of
  /// squares.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theSlopeIsThatOfLeastSquares(long seed) {
    RandomGenerator random = Tables.random(seed);
    int size = random.nextInt(21, 80);
    double far = seed % 2 * 1e9;
    double[] proxy = random.doubles(size, far, far + 1).toArray();
    double[] gold = random.doubles(size, far, far + 1).toArray();
    assertThat(ProxyTail.slope(proxy, gold).orElseThrow())
        .isCloseTo(byPairs(proxy, gold), within(seed % 2 == 0 ? 1e-12 : 1e-5));
  }

  /// `Σ (x - x')(y - y') / Σ (x - x')²` over the pairs of the highest tenth.
  private static double byPairs(double[] proxy, double[] gold) {
    int kept = (proxy.length + 9) / 10;
    int[] top =
        IntStream.range(0, proxy.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -proxy[i]))
            .limit(kept)
            .mapToInt(i -> i)
            .toArray();
    BigDecimal products = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    for (int i : top) {
      for (int j : top) {
        BigDecimal x = new BigDecimal(proxy[i]).subtract(new BigDecimal(proxy[j]));
        BigDecimal y = new BigDecimal(gold[i]).subtract(new BigDecimal(gold[j]));
        products = products.add(x.multiply(y));
        squares = squares.add(x.multiply(x));
      }
    }
    return products.divide(squares, DIGITS).doubleValue();
  }

  /// One slope, or several that agree, say nothing of how slopes vary.
  @Test
  void slopesWithoutASpreadDoNotFall() {
    assertThat(ProxyTail.falls(new double[] {-1}, .05)).isFalse();
    assertThat(ProxyTail.falls(new double[] {-1, -1, -1}, .05)).isFalse();
  }

  /// Two slopes around -1, as far apart as leaves the upper end at 0, or a digit beside it.
  @Test
  void anEndAtZeroDoesNotFall() {
    int met = 0;
    for (double alpha = .05; alpha < .3; alpha += .01) {
      double apart = 0;
      for (double step = 1; step > 1e-18; step /= 2) {
        apart += upper(apart + step, alpha) < 0 ? step : 0;
      }
      for (int i = 0; i < 5; i++) {
        double upper = upper(apart, alpha);
        assertThat(ProxyTail.falls(new double[] {-1 - apart, -1 + apart}, alpha))
            .isEqualTo(upper < 0);
        met += upper == 0 ? 1 : 0;
        apart = Math.nextUp(apart);
      }
    }
    assertThat(met).isPositive();
  }

  private static double upper(double apart, double alpha) {
    double[] slopes = {-1 - apart, -1 + apart};
    return ((MeanInterval.Found)
            new MeanIntervals(Scope.PROMPTS, alpha).ofValues(slopes, Optional.empty()))
        .interval()
        .upper();
  }

  /// Of 30 draws of which 27 are the median, the tenth stands on the median itself; of 26 not.
  @Test
  void aTenthThatReachesTheMedianHasNoIndex() {
    var draws = new double[30];
    draws[0] = 1;
    draws[10] = 4;
    draws[20] = 2;
    assertThat(ProxyTail.hillIndex(List.of(draws))).isEmpty();
    draws[25] = .5;
    double sum = Math.log(1 / .5) + Math.log(4 / .5) + Math.log(2 / .5);
    assertThat(ProxyTail.hillIndex(List.of(draws)).orElseThrow()).isCloseTo(3 / sum, within(1e-14));
    double[] shifted = Arrays.stream(draws).map(r -> r + 8).toArray();
    assertThat(ProxyTail.hillIndex(List.of(shifted)).orElseThrow())
        .isCloseTo(3 / sum, within(1e-14));
  }
}
