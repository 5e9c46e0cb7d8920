package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Laws of counts against their formulas, and sums of two against all pairs.
class CountLawTest {
  private static final Offset<Double> NEAR = Offset.offset(2e-14);

  /// What is less than this is left out at the ends.
  private static final double LEFT_OUT = 1e-16;

  private static void assertSame(CountLaw law, int first, double... chances) {
    assertThat(law.first()).isEqualTo(first);
    assertThat(law.chances()).containsExactly(chances);
  }

  @Test
  void aPointIsOneCountForCertain() {
    assertSame(CountLaw.point(3), 3, 1);
    assertSame(CountLaw.point(1), 1, 1);
    assertThat(CountLaw.point(1)).isSameAs(CountLaw.point(1)); // of millions one is kept
    assertThat(CountLaw.point(0).isPoint()).isTrue();
    assertThat(new CountLaw(2, new double[] {.5}).isPoint()).isFalse();
    assertThat(new CountLaw(2, new double[] {1, 0}).isPoint()).isFalse();
    assertThat(CountLaw.point(7).last()).isEqualTo(7);
    assertThat(CountLaw.point(7).mean()).isEqualTo(7);
    assertThat(CountLaw.point(7).deviation()).isZero();
  }

  @Test
  void chancesAreByCountAndNoneOutside() {
    var law = new CountLaw(4, new double[] {.25, .75});
    assertThat(IntStream.rangeClosed(3, 6).mapToDouble(law::at).toArray())
        .containsExactly(0, .25, .75, 0);
    assertThat(law.last()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"1e-9, 50", ".3, 50", "2, 50", "7.5, 3", "7.5, 7", "30, 200", "55, 55", "200, 1000"})
  void aPoissonLawIsItsFormula(double mean, int most) {
    CountLaw all = CountLaw.poisson(mean, most);
    CountLaw positive = CountLaw.positivePoisson(mean, most);
    double chance = Math.exp(-mean);
    for (int k = 0; k <= most; k++) {
      chance *= k == 0 ? 1 : mean / k;
      double given = k == 0 ? 0 : chance / -Math.expm1(-mean);
      assertThat(all.at(k)).as("%s", k).isCloseTo(chance < LEFT_OUT ? 0 : chance, NEAR);
      assertThat(positive.at(k)).as("%s", k).isCloseTo(given < LEFT_OUT ? 0 : given, NEAR);
      // To the last count that is not left out.
      assertThat(all.at(k) > 0).isEqualTo(chance > LEFT_OUT);
      assertThat(positive.at(k) > 0).isEqualTo(given > LEFT_OUT);
    }
    assertThat(Math.max(all.last(), positive.last())).isLessThanOrEqualTo(most);
    assertThat(positive.first()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "10, 3, 10",
    "10, 3, 5",
    "100, 50, 100",
    "100, 1, 100",
    "1000, 999, 1000",
    "1000, 500, 550"
  })
  void aBinomialLawIsItsFormula(int trials, int mean, int most) {
    CountLaw law = CountLaw.binomial(trials, mean, most, 1e-17);
    double p = mean / (double) trials;
    var chances = new double[most + 1];
    chances[0] = Math.pow(1 - p, trials);
    if (chances[0] == 0) { // from the other end
      chances[most] = Math.pow(p, trials);
      for (int k = most; k > 0; k--) {
        chances[k - 1] = chances[k] * k / (trials - k + 1) * (1 - p) / p;
      }
    } else {
      for (int k = 0; k < most; k++) {
        chances[k + 1] = chances[k] * (trials - k) / (k + 1) * p / (1 - p);
      }
    }
    double sum = Arrays.stream(chances).sum();
    for (int k = 0; k <= most; k++) {
      assertThat(law.at(k)).as("%s", k).isCloseTo(chances[k] / sum, NEAR);
    }
    assertThat(Arrays.stream(law.chances()).sum()).isCloseTo(1, NEAR);
  }

  /// Eight standard deviations, and eight.
  @ParameterizedTest
  @CsvSource({"50, 100, 48", "100, 100, 8", "0, 100, 8", "4, 16, 21", "36, 48, 32"})
  void aBinomialLawIsNotWiderThan(int mean, int trials, int expected) {
    assertThat(CountLaw.width(mean, trials)).isEqualTo(expected);
  }

  @Test
  void aSumIsOverAllPairs() {
    var one = new CountLaw(2, new double[] {.5, .3, .2});
    var other = new CountLaw(1, new double[] {.1, .9});
    CountLaw sum = one.plus(other, 100);
    for (int total = 0; total < 9; total++) {
      double chance = 0;
      for (int c = 0; c <= total; c++) {
        chance += one.at(c) * other.at(total - c);
      }
      assertThat(sum.at(total)).isCloseTo(chance, Offset.offset(1e-16));
    }
    assertThat(sum.first()).isEqualTo(3);
    assertThat(sum.chances()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({"7, 4", "6, 4", "5, 3", "4, 2", "3, 1", "2, 1", "1, 1"})
  void aSumIsKnownUpToItsMost(int most, int size) {
    var one = new CountLaw(2, new double[] {.5, .3, .2});
    var other = new CountLaw(1, new double[] {.1, .9});
    double[] all = {.05, .48, .29, .18};
    CountLaw sum = one.plus(other, most);
    assertThat(sum.first()).isEqualTo(3);
    assertThat(sum.chances()).containsExactly(Arrays.copyOf(all, size), Offset.offset(1e-16));
  }

  @Test
  void withAPointItIsMovedAndNothingCopied() {
    var law = new CountLaw(2, new double[] {1e-20, .5, .5});
    CountLaw moved = law.plus(CountLaw.point(3), 4);
    assertThat(moved.first()).isEqualTo(5);
    assertThat(moved.chances()).isSameAs(law.chances());
    assertSame(CountLaw.point(3).plus(new CountLaw(2, new double[] {.5, .5}), 9), 5, .5, .5);
  }

  @Test
  void givenASumItIsBayes() {
    var law = new CountLaw(1, new double[] {.2, .3, .5});
    var other = new CountLaw(3, new double[] {.25, .75});
    CountLaw given = law.given(5, other); // 1 and 4, or 2 and 3
    assertThat(given.first()).isEqualTo(1);
    double sum = .2 * .75 + .3 * .25;
    assertThat(given.chances())
        .containsExactly(new double[] {.2 * .75 / sum, .3 * .25 / sum}, Offset.offset(1e-16));
    // One count stays what it is, whatever the sum.
    var one = new CountLaw(2, new double[] {.5});
    assertThat(one.given(100, other)).isSameAs(one);
  }

  @Test
  void itsMeanAndDeviationAreThoseOfItsCounts() {
    var law = new CountLaw(3, new double[] {.25, .5, .125, .125});
    double mean = .25 * 3 + .5 * 4 + .125 * 5 + .125 * 6;
    assertThat(law.mean()).isEqualTo(mean);
    double squares = .25 * 9 + .5 * 16 + .125 * 25 + .125 * 36;
    assertThat(law.deviation()).isCloseTo(Math.sqrt(squares - mean * mean), NEAR);
  }

  @Test
  void whatHasLessChanceIsLeftOutAtTheEndsAlone() {
    double[] chances = {.09, .1, .05, .6, .1, .099, .01};
    assertSame(new CountLaw(3, chances).without(.1), 4, .1, .05, .6, .1);
    assertSame(new CountLaw(3, chances).without(.001), 3, chances);
    assertSame(new CountLaw(3, chances).without(.6), 6, .6);
  }

  /// One count stays, whatever its chance.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void somethingIsAlwaysLeft(int size) {
    var chances = new double[size];
    Arrays.fill(chances, 1e-20);
    assertSame(new CountLaw(3, chances).without(1e-16), 3 + size - 1, 1e-20);
  }
}
