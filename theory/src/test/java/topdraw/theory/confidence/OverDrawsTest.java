package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.Near;

/// How a statistic varies with the drawing, by its definitions.
class OverDrawsTest {
  /// `(N-1)/N Σ_i (U_-i - their mean)²`, one draw after another left out.
  @ParameterizedTest
  @CsvSource({"6, 1", "6, 2", "6, 5", "9, 3"})
  void theJackknifeLeavesOutOneDrawAfterAnother(int draws, int k) {
    for (var statistic :
        new SuccessStatistic[] {
          new SuccessStatistic.AnyOf(k),
          new SuccessStatistic.AllOf(k),
          new SuccessStatistic.MajorityShareOf(k)
        }) {
      var found = new OverDraws(statistic, draws);
      double[] without = statistic.byCount(draws - 1);
      for (int c = 0; c <= draws; c++) {
        int correct = c;
        double[] left =
            IntStream.range(0, draws)
                .mapToDouble(i -> without[correct - (i < correct ? 1 : 0)])
                .toArray();
        double mean = Arrays.stream(left).average().orElseThrow();
        double squares = Arrays.stream(left).map(u -> Math.pow(u - mean, 2)).sum();
        Near.assertWithin(1e-12, found.jackknifeVariance(c), squares * (draws - 1) / draws);
        assertThat(found.value(c)).isEqualTo(statistic.byCount(draws)[c]);
      }
    }
  }

  @Test
  void whereAllDrawsAreNeededNoneCanBeLeftOut() {
    assertThat(new OverDraws(new SuccessStatistic.AnyOf(6), 6).jackknifeVariance(3)).isZero();
  }

  /// `E U² - E f²` under Jeffreys' posterior, whose parts have closed forms: `U = 1 - C(N-c, k) /
  /// C(N, k)`, `f² = 1 - 2 (1-p)^k + (1-p)^(2k)`.
  @ParameterizedTest
  @CsvSource({"6, 1", "6, 2", "6, 6", "9, 4"})
  void theVarianceUnderThePosteriorIsThatOfItsClosedForms(int draws, int k) {
    var found = new OverDraws(new SuccessStatistic.AnyOf(k), draws);
    for (int correct = 0; correct <= draws; correct++) {
      double a = correct + .5;
      double b = draws - correct + .5;
      double square = 0;
      for (int c = 0; c <= draws; c++) {
        double chance = choose(draws, c);
        for (int i = 0; i < draws; i++) {
          chance *= (i < c ? a + i : b + i - c) / (a + b + i);
        }
        square += chance * Math.pow(1 - choose(draws - c, k) / choose(draws, k), 2);
      }
      double mean = 1 - 2 * misses(a, b, k) + misses(a, b, 2 * k);
      Near.assertWithin(1e-11, found.posteriorVariance(correct), square - mean);
    }
  }

  /// `E (1-p)^k`.
  private static double misses(double a, double b, int k) {
    return IntStream.range(0, k).mapToDouble(i -> (b + i) / (a + b + i)).reduce(1, (x, y) -> x * y);
  }

  private static double choose(int n, int k) {
    return IntStream.range(0, k).mapToDouble(i -> (n - i) / (i + 1.0)).reduce(1, (x, y) -> x * y);
  }
}
