package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The law of the counts given what was seen, against every way in which it could have come.
class SeenCountsTest {
  private static final Offset<Double> NEAR = Offset.offset(1e-12);

  private static SeenCounts seen(int[] outcomes, double[] rewards, double... logP) {
    return Pool.of(outcomes, rewards, logP).seenCounts();
  }

  /// Draws of completions, each at its level; 0 is a probability that is not known.
  private static SeenCounts seen(int[] counts, double[] p, int[] levels) {
    int[] outcomes =
        IntStream.range(0, counts.length)
            .flatMap(i -> IntStream.generate(() -> i).limit(counts[i]))
            .toArray();
    return seen(
        outcomes,
        IntStream.of(outcomes).mapToDouble(i -> levels[i]).toArray(),
        IntStream.of(outcomes).mapToDouble(i -> Math.log(p[i])).toArray());
  }

  /// The chance of the counts of all levels, by each way to draw just these completions.
  private static Map<List<Integer>, Double> enumerated(int[] came, double[] p, int[] levels) {
    var chances = new HashMap<List<Integer>, Double>();
    int draws = Arrays.stream(came).sum();
    var at = new Integer[Arrays.stream(levels).max().orElseThrow() + 1];
    Arrays.fill(at, 0);
    for (int i = 0; i < p.length; i++) {
      at[levels[i]] += p[i] == 0 ? came[i] : 0;
      draws -= p[i] == 0 ? came[i] : 0;
    }
    enumerate(0, draws, 1, at, p, levels, chances);
    double all = chances.values().stream().mapToDouble(x -> x).sum();
    chances.replaceAll((counts, chance) -> chance / all);
    return chances;
  }

  private static void enumerate(
      int i,
      int left,
      double chance,
      Integer[] at,
      double[] p,
      int[] levels,
      Map<List<Integer>, Double> chances) {
    if (i == p.length) {
      if (left == 0) {
        chances.merge(List.of(at), chance, Double::sum);
      }
      return;
    }
    if (p[i] == 0) {
      enumerate(i + 1, left, chance, at, p, levels, chances);
      return;
    }
    double term = chance;
    for (int c = 1; c <= left; c++) {
      term *= p[i] / c;
      at[levels[i]] += c;
      enumerate(i + 1, left - c, term, at, p, levels, chances);
      at[levels[i]] -= c;
    }
  }

  /// The same from independent counts, given their sum.
  private static double product(CountLaw[] laws, List<Integer> counts) {
    double chance = 1;
    for (int l = 0; l < laws.length; l++) {
      chance *= laws[l].at(counts.get(l));
    }
    return chance;
  }

  private static void assertLaws(int[] came, double[] p, int[] levels) {
    CountLaw[] laws = seen(came, p, levels).laws();
    Map<List<Integer>, Double> expected = enumerated(came, p, levels);
    assertThat(laws).hasSize(expected.keySet().iterator().next().size());
    double all = expected.keySet().stream().mapToDouble(counts -> product(laws, counts)).sum();
    expected.forEach(
        (counts, chance) ->
            assertThat(product(laws, counts) / all).as("%s", counts).isCloseTo(chance, NEAR));
  }

  @Test
  void theCountsGivenTheirSumAreThoseOfEveryWayToDrawTheSame() {
    double[] five = {.4, .3, .2, .05, .01};
    assertLaws(new int[] {3, 2, 2, 1, 1}, five, new int[] {0, 1, 1, 2, 0});
    assertLaws(new int[] {5, 1, 1, 1, 1}, five, new int[] {0, 0, 1, 1, 2});
    assertLaws(new int[] {1, 1, 1, 1, 5}, five, new int[] {0, 1, 2, 3, 4});
    // Two without a probability stay what they are, alone at their level or not.
    assertLaws(
        new int[] {3, 2, 3, 2, 1}, new double[] {.4, .3, .2, 0, 0}, new int[] {0, 1, 0, 1, 2});
    // What can hardly come once came once.
    assertLaws(
        new int[] {4, 3, 1, 1, 1},
        new double[] {.4, .3, 1e-13, 1e-200, .1},
        new int[] {0, 1, 1, 2, 2});
    // Many draws of some, alone at a level and beside few of others.
    assertLaws(new int[] {70, 60, 2, 2}, new double[] {.4, .35, .02, .01}, new int[] {0, 0, 0, 1});
    assertLaws(new int[] {70, 60, 3, 1}, new double[] {.4, .35, .02, .01}, new int[] {0, 1, 1, 2});
  }

  @Test
  void whatCanHardlyComeOnceCameOnceForCertain() {
    double[] p = {.5, .25, 1e-12, 1e-12, 1e-13};
    CountLaw[] laws = seen(new int[] {4, 4, 1, 1, 1}, p, new int[] {0, 1, 2, 2, 3}).laws();
    assertThat(laws[2].first()).isEqualTo(2);
    assertThat(laws[2].chances()).containsExactly(1);
    assertThat(laws[3]).isSameAs(CountLaw.point(1));
    // It came twice: its probability is contradicted, and nothing is said of the counts.
    assertThat(seen(new int[] {4, 4, 1, 1, 2}, p, new int[] {0, 1, 2, 2, 3}).laws()).isEmpty();
    assertThat(seen(new int[] {4, 4, 2}, new double[] {.5, .25, 1e-8}, new int[] {0, 1, 2}).laws())
        .hasSize(3);
    // Each once: the counts are what they are.
    assertThat(seen(new int[] {1, 1, 1}, new double[] {.5, .25, .1}, new int[] {0, 1, 1}).laws())
        .isEmpty();
    assertThat(seen(new int[] {1, 3, 1}, new double[] {.5, 0, .1}, new int[] {0, 1, 1}).laws())
        .isEmpty();
  }

  /// From 1e-9 to 40 expected draws a count of 0 is excluded, below it is 1 for certain.
  @Test
  void theLawOfALevelChangesItsFormWhereThatIsNotSeen() {
    SeenCounts one = seen(new int[] {60}, new double[] {.25}, new int[] {0});
    for (double mean : new double[] {1.01e-9, .5, 3, 39.99, 40.01, 55}) {
      CountLaw law = one.law(0, Math.log(mean / .25));
      double chance = Math.exp(-mean);
      for (int c = 1; c <= 60; c++) {
        chance *= mean / c;
        assertThat(law.at(c)).isCloseTo(chance / -Math.expm1(-mean), Offset.offset(2e-14));
      }
      assertThat(law.at(0)).isZero();
      assertThat(law.last()).isLessThanOrEqualTo(60);
    }
    assertThat(one.law(0, Math.log(.99e-9 / .25)).isPoint()).isTrue();
  }

  /// The expected counts, summed in the straightforward way, reach the draws at the rate.
  @Test
  void atTheRateTheCountsAreExpectedToSumToTheDraws() {
    assertRate(new int[] {3, 2, 1}, .5, .25, .125);
    assertRate(new int[] {50}, .5);
    assertRate(new int[] {1, 1, 2}, 1e-3, 1e-5, 1e-100);
    assertRate(new int[] {2, 500, 3}, .3, .2, 1e-6);
    assertRate(new int[] {2, 1}, .75, 1e-320);
    // What is 0 in a double came once.
    double rate =
        seen(new int[] {0, 0, 1}, new double[] {1, 1, 2}, Math.log(.25), Math.log(.25), -800)
            .logRate();
    double mean = Math.exp(rate) / 4;
    assertThat(mean / -Math.expm1(-mean)).isCloseTo(2, Offset.offset(1e-9));
    // A thousand which might have come once more, though hardly any did.
    var counts = new int[1001];
    var p = new double[1001];
    Arrays.fill(counts, 1);
    counts[0] = 2;
    Arrays.fill(p, .5e-9);
    p[0] = 1;
    assertRate(counts, p);
  }

  private static void assertRate(int[] counts, double... p) {
    double low = -30;
    double high = 800;
    while (high - low > 1e-12 * high) {
      double x = (low + high) / 2;
      double sum = 0;
      for (double one : p) {
        double mean = Math.exp(x + Math.log(one));
        sum += mean == 0 ? 1 : mean / -Math.expm1(-mean);
      }
      if (sum < Arrays.stream(counts).sum()) {
        low = x;
      } else {
        high = x;
      }
    }
    double rate = seen(counts, p, IntStream.range(0, p.length).toArray()).logRate();
    assertThat(rate).isCloseTo(low, Offset.offset(3e-10));
  }

  /// Where each level has one draw, of a known probability, only the probabilities are kept; all
  /// answers are those of the lists.
  @Test
  void levelsOfOneDrawEachAreThatWithoutLists() {
    double[] logP = {Math.log(.5), Math.log(.25), Math.log(.125)};
    SeenCounts short3 = seen(new int[] {2, 0, 1}, new double[] {3, 1, 2}, logP);
    assertThat(short3.fixed()).isNull();
    assertThat(short3.start()).isNull();
    assertThat(short3.counts()).isNull();
    assertThat(short3.logP()).containsExactly(logP[1], logP[2], logP[0]);
    var long3 =
        new SeenCounts(3, new int[3], new int[] {0, 1, 2, 3}, short3.logP(), new int[] {1, 1, 1});
    for (SeenCounts seen : List.of(short3, long3)) {
      assertThat(seen.draws()).isEqualTo(3);
      assertThat(seen.levels()).isEqualTo(3);
      assertThat(seen.distinct()).isEqualTo(3);
      assertThat(seen.complete()).isFalse();
      assertThat(seen.laws()).isEmpty();
      assertThat(seen.masses()).containsExactly(new double[] {2 / 7.0, 1 / 7.0, 4 / 7.0}, NEAR);
    }
    for (int l = 0; l < 3; l++) {
      assertThat(short3.law(l, .5).first()).isEqualTo(1);
      assertThat(short3.law(l, .5).chances()).containsExactly(long3.law(l, .5).chances());
    }
    // Draws of the same reward, or one more often than it may come.
    var twice = new SeenCounts(4, null, null, short3.logP(), new int[] {1, 2, 1});
    assertThat(twice.laws()).hasSize(3);
  }

  @Test
  void aDrawWithoutProbabilityIsCountedButNotAmongTheDistinct() {
    double unknown = Double.NEGATIVE_INFINITY;
    SeenCounts single =
        seen(new int[] {0, 1, 2}, new double[] {1, 2, 3}, Math.log(.5), unknown, Math.log(.25));
    assertThat(single.fixed()).containsExactly(0, 1, 0);
    assertThat(single.start()).containsExactly(0, 1, 1, 2);
    assertThat(single.counts()).containsExactly(1, 1);
    assertThat(single.masses()).containsExactly(new double[] {2 / 3.0, 0, 1 / 3.0}, NEAR);
    SeenCounts shared =
        seen(
            new int[] {0, 1, 0, 2, 3, 1},
            new double[] {1, 1, 1, 1, 2, 2},
            new double[] {-1, -2, -1, unknown, unknown, -2});
    assertThat(shared.fixed()).containsExactly(1, 1);
    assertThat(shared.start()).containsExactly(0, 2, 3);
    assertThat(shared.logP()).containsExactly(-1, -2, -2);
    assertThat(shared.counts()).containsExactly(2, 1, 1);
    assertThat(shared.levels()).isEqualTo(2);
    assertThat(shared.distinct()).isEqualTo(3);
    double mass = Math.exp(-1) + 2 * Math.exp(-2);
    assertThat(shared.masses())
        .containsExactly(new double[] {1 - Math.exp(-2) / mass, Math.exp(-2) / mass}, NEAR);
    SeenCounts nothing = seen(new int[] {0, 1}, new double[] {1, 1}, unknown, unknown);
    assertThat(nothing.masses()).containsExactly(0);
    assertThat(nothing.distinct()).isZero();
    assertThat(nothing.complete()).isFalse();
  }

  /// What rounding may take from a sum of 1 is a billionth.
  @ParameterizedTest
  @CsvSource({"1, true", ".999999999, true", ".9999999989, false", "1.0000001, true"})
  void whatSumsToOneIsComplete(double mass, boolean complete) {
    double log = Math.log(mass);
    for (double near = log - 4e-16; near < log + 4e-16 && Math.exp(log) != mass; near += 2e-17) {
      log = Math.exp(near) == mass ? near : log;
    }
    assertThat(Math.exp(log)).isEqualTo(mass);
    var seen = new SeenCounts(1, null, null, new double[] {log}, null);
    assertThat(seen.complete()).isEqualTo(complete);
    // Also beside a draw of nothing known.
    var more =
        new SeenCounts(2, new int[] {0, 1}, new int[] {0, 1, 1}, new double[] {log}, new int[] {1});
    assertThat(more.complete()).isFalse();
  }

  /// A level is a sum of whatever came at it; the count of none of it is certain.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40})
  void aLevelWithoutAKnownProbabilityIsAPoint(int unknown) {
    SeenCounts seen = seen(new int[] {3, unknown}, new double[] {.5, 0}, new int[] {0, 1});
    CountLaw law = seen.law(1, .5);
    assertThat(law == CountLaw.point(1)).isEqualTo(unknown == 1); // of millions one is kept
    assertThat(law.isPoint()).isTrue();
    assertThat(law.first()).isEqualTo(unknown);
  }
}
