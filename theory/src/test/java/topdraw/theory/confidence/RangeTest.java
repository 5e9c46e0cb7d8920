package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Tables;
import topdraw.theory.finding.Interval;
import topdraw.theory.pool.Pool;

class RangeTest {
  static LongStream seeds() {
    return Tables.seeds(200);
  }

  /// Whatever the ties; at both ends for some.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theWinRateOfAPoolLiesInItsRange(long seed) {
    var random = Tables.random(seed);
    int levels = random.nextInt(1, 12);
    Pool pool = Pool.ofRewards(random.doubles(12).map(u -> Math.floor(u * levels)).toArray());
    for (int n = 2; n < 12; n++) {
      assertThat(Range.ofWinRate(n).scaled(pool.winRate(n))).isBetween(0.0, 1.0);
      assertThat(Range.ofWinRate(n).scaled(pool.at(n).winRate(pool.stopAt(levels / 2.0))))
          .isBetween(0.0, 1.0);
    }
  }

  @Test
  void bothEndsAreMet() {
    double[] different = IntStream.range(0, 9).asDoubleStream().toArray();
    assertThat(Pool.ofRewards(different).winRate(4)).isCloseTo(.8, within(1e-15));
    assertThat(Pool.ofRewards(new double[9]).winRate(4)).isEqualTo(.5);
    assertThat(Range.ofWinRate(4)).isEqualTo(new Range(.5, .8));
  }

  /// Sixty prompts of 32 draws, 0 and 1 with a rate of 0.3: best of 3 wins 0.65 for certain only
  /// when the range is known.
  @Test
  void theScaledBetProvesMore() {
    var random = Tables.random(3);
    double[] rates =
        IntStream.range(0, 60)
            .mapToDouble(
                _ ->
                    Pool.ofRewards(random.doubles(32).map(u -> u < .3 ? 1 : 0).toArray())
                        .winRate(3))
            .toArray();
    Range range = Range.ofWinRate(3);
    assertThat(Betting.lower(rates, .0125)).isBetween(.61, .64);
    assertThat(range.at(Betting.lower(range.scaled(rates), .0125))).isBetween(.65, .675);
  }

  @Test
  void passesHaveARangeWithoutBeingAsked() {
    assertThat(Range.ofPasses(0, 1, Double.NEGATIVE_INFINITY)).contains(Range.UNIT);
    assertThat(Range.ofPasses(0, .5)).isEmpty();
    assertThat(Range.ofPasses(Double.NEGATIVE_INFINITY)).isEmpty();
    assertThat(Range.ofPasses()).isEmpty();
  }

  @Test
  void roundingIsForgivenAndNoMore() {
    Range stars = new Range(1, 5);
    assertThat(stars.scaled(5 + 2e-12)).isOne();
    assertThat(stars.scaled(1 - 2e-12)).isZero();
    assertThatThrownBy(() -> stars.scaled(5 + 6e-12)).hasMessageContaining("in [1.0, 5.0]");
    assertThatThrownBy(() -> stars.scaled(1 - 6e-12)).hasMessageContaining("in [1.0, 5.0]");
    assertThatThrownBy(() -> stars.scaled(Double.NaN)).hasMessageContaining("was NaN");
    assertThat(Range.UNIT.scaled(-1e-12)).isZero();
    assertThat(Range.UNIT.scaled(1 + 1e-12)).isOne();
  }

  @Test
  void aRangeHasFiniteEndsInOrder() {
    double inf = Double.POSITIVE_INFINITY;
    double[][] wrong = {{2, 1}, {1, 1}, {-inf, 1}, {1, inf}, {Double.NaN, 1}, {1, Double.NaN}};
    for (double[] ends : wrong) {
      assertThatThrownBy(() -> new Range(ends[0], ends[1]))
          .hasMessage("a range needs finite low < high, was [" + ends[0] + ", " + ends[1] + "]");
    }
    assertThat(Range.ofWinRate(2)).isEqualTo(new Range(.5, 2 / 3.0));
  }

  @Test
  void valuesAreScaledThereAndBack() {
    Range stars = new Range(1, 5);
    assertThat(stars.scaled(new double[] {1, 3, 5})).containsExactly(0, .5, 1);
    assertThat(stars.at(new Interval(.25, 1))).isEqualTo(new Interval(2, 5));
    assertThat(stars.cut(new Interval(-3, 4))).isEqualTo(new Interval(1, 4));
    assertThatThrownBy(() -> stars.scaled(5.1)).hasMessageContaining("[1.0, 5.0]");
    assertThatThrownBy(() -> Range.ofWinRate(1)).hasMessageContaining("n - 1");
  }
}
