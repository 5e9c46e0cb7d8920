package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The mean gaps of levels whose counts have laws, against sums over all counts.
class LevelLawsTest {
  private static final int[] EACH = {1, 2, 3, 5, 8};

  private static final CorrectedGaps GAPS = CorrectedGaps.of(EACH);

  private static CountLaw law(int first, double... chances) {
    return new CountLaw(first, chances);
  }

  /// What follows a count at each level.
  private interface Counts {
    void chance(int[] counts, double chance);
  }

  private static void every(
      CountLaw[] at, int l, int left, double chance, int[] counts, Counts to) {
    if (l == at.length) {
      if (left == 0) {
        to.chance(counts, chance);
      }
      return;
    }
    for (int c = at[l].first(); c <= Math.min(left, at[l].last()); c++) {
      counts[l] = c;
      every(at, l + 1, left - c, chance * at[l].at(c), counts, to);
    }
  }

  /// `Σ W_h e_{n,h}(c)` over the levels below one, meant over all counts of that sum.
  private static double[] enumerated(CountLaw[] at, int draws, int level) {
    double[][] weights = GAPS.weights(draws);
    int some = GAPS.upTo(draws);
    var sums = new double[some];
    var all = new double[1];
    every(
        at,
        0,
        draws,
        1,
        new int[at.length],
        (counts, chance) -> {
          all[0] += chance;
          int h = 0;
          for (int l = 0; l < level; l++) {
            h += counts[l];
            for (int i = 0; i < GAPS.upTo(h); i++) {
              sums[i] += chance * weights[h][i] * GAPS.at(h, counts[l])[i];
            }
          }
        });
    return Arrays.stream(sums).map(sum -> sum / all[0]).toArray();
  }

  private static void assertSums(int draws, CountLaw... at) {
    var laws = new LevelLaws(at, draws);
    double[][] weights = GAPS.weights(draws);
    assertThat(laws.count()).isEqualTo(at.length);
    double[][] each = laws.each(GAPS, weights);
    for (int level = 0; level <= at.length; level++) {
      assertThat(laws.sum(level, GAPS, weights, each))
          .as("below level %s", level)
          .containsExactly(enumerated(at, draws, level), Offset.offset(1e-13));
    }
    for (int level = 0; level < at.length; level++) {
      assertTop(draws, laws, level, at);
    }
  }

  /// All levels from one on as one: the others add their counts.
  private static void assertTop(int draws, LevelLaws laws, int level, CountLaw... at) {
    CountLaw all = CountLaw.point(0);
    for (int l = at.length - 1; l >= level; l--) {
      all = all.plus(at[l], draws);
    }
    CountLaw[] clipped = Arrays.copyOf(at, level + 1);
    clipped[level] = all;
    double[] expected = enumerated(clipped, draws, level + 1);
    double[] below = enumerated(clipped, draws, level);
    Arrays.setAll(expected, i -> expected[i] - below[i]);
    var sums = new double[expected.length];
    laws.top(level, all).addMeans(GAPS, GAPS.weights(draws), sums);
    assertThat(sums).as("from level %s on", level).containsExactly(expected, Offset.offset(1e-13));
  }

  @Test
  void theyAreTheMeansOverAllCounts() {
    CountLaw some = law(1, .4, .3, .2, .1);
    CountLaw most = law(2, .1, .2, .7);
    CountLaw one = CountLaw.point(1);
    CountLaw two = CountLaw.point(2);
    assertSums(8, some, most, law(1, .5, .25, .125, .125));
    // Known counts, one draw or more, at every place between the others.
    assertSums(9, one, some, one, one, most);
    assertSums(10, some, one, two, most, one);
    assertSums(12, two, some, one, two, one, most, two);
    assertSums(11, one, two, one, some, most, one);
    assertSums(9, some, two, most, one, one);
    assertSums(10, some, most, one, two, CountLaw.point(3));
    assertSums(9, one, one, some, two, one, one, law(0, .5, .5));
    // A law that begins at 1, or might be of nothing.
    assertSums(6, law(1, .9, .1), law(0, .25, .5, .25), law(1, .75, .2, .05), one);
    assertSums(7, law(0, .5, .25, .25), one, law(0, .3, .3, .4), two, some);
  }

  @ParameterizedTest
  @CsvSource({"72, 400, 72", "73, 400, 11", "73, 128, 73", "73, 129, 11", "129, 129, 11"})
  void fewNumbersOfDrawsAreAllNodes(int length, int last, int nodes) {
    CountLaw upTo = even(last, length);
    LevelLaw law = LevelLaw.of(upTo, CountLaw.point(1), CountLaw.point(0));
    assertThat(law.nodes()).hasSize(nodes);
    if (nodes == length) {
      assertThat(law.nodes()).containsExactly(IntStream.rangeClosed(law.first(), last).toArray());
      assertThat(law.shares()).isEqualTo(new double[][] {upTo.chances()});
    }
  }

  private static CountLaw even(int last, int length) {
    return of(last, length, i -> 1.0 / length);
  }

  private static CountLaw of(int last, int length, IntToDoubleFunction chance) {
    return law(last - length + 1, IntStream.range(0, length).mapToDouble(chance).toArray());
  }

  /// Of many numbers those of less than 1e-13 are left out at the ends; of few none.
  @Test
  void hardlyPossibleNumbersAreLeftOutOfMany() {
    CountLaw many =
        of(1000, 200, i -> i < 3 || i > 195 ? .9e-13 : i == 3 || i == 195 ? 1e-13 : 1 / 193.0);
    LevelLaw law = LevelLaw.of(many, CountLaw.point(1), CountLaw.point(0));
    assertThat(law.first()).isEqualTo(many.first() + 3);
    assertThat(law.shares()[0]).hasSize(193);
    CountLaw few = law(300, 1e-15, .5, .5, 1e-15);
    assertThat(LevelLaw.of(few, CountLaw.point(1), CountLaw.point(0)).nodes())
        .containsExactly(300, 301, 302, 303);
  }

  /// The nodes reach down five standard deviations and up to the end, and are multiples of a grain,
  /// which has 20 steps to go at least.
  @Test
  void theNodesAreWhereTheDrawsAre() {
    LevelLaw even = LevelLaw.of(even(680, 81), CountLaw.point(1), CountLaw.point(0));
    assertThat(IntStream.of(even.nodes())).allMatch(node -> node % 4 == 0).hasSize(11);
    assertThat(even.nodes()).contains(600, 680);
    LevelLaw shorter = LevelLaw.of(even(680, 80), CountLaw.point(1), CountLaw.point(0));
    assertThat(IntStream.of(shorter.nodes()))
        .allMatch(node -> node % 2 == 0)
        .anyMatch(node -> node % 4 != 0);
    // Almost all at the end: no two nodes are the same though there are few to choose from.
    CountLaw late = of(200, 90, i -> i == 89 ? 1 - 89e-10 : 1e-10);
    LevelLaw law = LevelLaw.of(late, CountLaw.point(1), CountLaw.point(0));
    assertThat(law.nodes()).doesNotHaveDuplicates().contains(199, 200);
    CountLaw binomial = CountLaw.binomial(2000, 1000, 2000, 1e-17);
    int[] nodes = LevelLaw.of(binomial, CountLaw.point(1), CountLaw.point(0)).nodes();
    double down = 1000 - 5 * Math.sqrt(500);
    double last = binomial.without(1e-13).last();
    double half = (last - down) / 2;
    for (int k = 0; k < 11; k++) {
      double at = down + half * (1 - Math.cos(Math.PI * (k + .5) / 11));
      assertThat((double) nodes[k]).isCloseTo(at, Offset.offset(4.0));
    }
  }

  /// A known count needs one rule for all numbers of draws up to it.
  @Test
  void aKnownCountHasOneRule() {
    LevelLaw law = LevelLaw.of(law(5, .5, .5), CountLaw.point(3), law(2, .5, .5));
    assertThat(law.at()).hasSize(2);
    assertThat(law.at()[1]).isSameAs(law.at()[0]);
    assertThat(law.at()[0].counts()).containsExactly(3);
    assertThat(law.most()).isEqualTo(3);
  }

  /// Where the most draws up to a level weigh less than 1e-12 it takes nothing.
  @Test
  void whatWeighsNextToNothingIsLeftOut() {
    LevelLaw law = LevelLaw.of(law(4, .5, .5), CountLaw.point(3), law(1, .5, .5));
    var weights = new double[6][];
    Arrays.fill(weights, new double[] {1, 1e-12, .99e-12, 1e-13});
    var sums = new double[4];
    var gaps = CorrectedGaps.of(2, 3, 4, 5);
    law.addMeans(gaps, weights, sums);
    assertThat(sums[0]).isCloseTo((gaps.at(4, 3)[0] + gaps.at(5, 3)[0]) / 2, Offset.offset(1e-15));
    assertThat(sums[1] * 1e12)
        .isCloseTo((gaps.at(4, 3)[1] + gaps.at(5, 3)[1]) / 2, Offset.offset(1e-15));
    assertThat(sums[2]).isZero();
    assertThat(sums[3]).isZero();
  }

  /// A law of many numbers is summed at its nodes: to what the gaps are smooth.
  @Test
  void fewNodesStandForManyNumbers() {
    int draws = 400;
    CountLaw at = CountLaw.positivePoisson(12, draws);
    CountLaw below = CountLaw.poisson(150, draws);
    CountLaw upTo = at.plus(below, draws).given(draws, CountLaw.poisson(238, draws));
    LevelLaw law = LevelLaw.of(upTo, at, below);
    assertThat(law.nodes()).hasSize(11);
    var sums = new double[EACH.length];
    double[][] weights = GAPS.weights(draws);
    law.addMeans(GAPS, weights, sums);
    for (int i = 0; i < EACH.length; i++) {
      double sum = 0;
      for (int h = upTo.first(); h <= upTo.last(); h++) {
        CountLaw given = at.given(h, below);
        for (int c = given.first(); c <= given.last(); c++) {
          sum += upTo.at(h) * given.at(c) * weights[h][i] * GAPS.at(h, c)[i];
        }
      }
      assertThat(sums[i]).isCloseTo(sum, Offset.offset(1e-9));
    }
  }
}
