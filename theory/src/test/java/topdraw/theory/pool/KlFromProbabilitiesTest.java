package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.law.Law;
import topdraw.theory.law.Selection;

/// Estimates of the KL divergence from log-probabilities, against a second computation and over
/// every pool.
class KlFromProbabilitiesTest {
  private static final double[] FIVE = {.4, .3, .2, .08, .02};

  /// A pool of outcomes with probabilities, the reward of each its level.
  private static Pool pool(int[] outcomes, double[] p, int[] levels) {
    return Pool.of(
        outcomes,
        IntStream.of(outcomes).mapToDouble(i -> levels[i]).toArray(),
        IntStream.of(outcomes).mapToDouble(i -> Math.log(p[i])).toArray());
  }

  private static int[] repeated(int... counts) {
    return IntStream.range(0, counts.length)
        .flatMap(i -> IntStream.generate(() -> i).limit(counts[i]))
        .toArray();
  }

  /// The value does not depend on how often what was seen was met.
  @ParameterizedTest
  @CsvSource({
    "2, .149444152676437, .164215761848453",
    "4, .565243005327111, .605610999740982",
    "8, 1.05232979133708, 1.17810778254508"
  })
  void anEstimateHasItsValue(int n, double three, double five) {
    int[] levels = {0, 1, 2, 3, 4};
    for (int[] counts : new int[][] {{6, 6, 4}, {14, 1, 1}, {1, 1, 14}}) {
      Pool pool = pool(repeated(counts), FIVE, levels);
      Near.assertWithin(2e-11, pool.klFromProbabilities().estimate(n), three);
      assertThat(pool.klFromProbabilities().complete()).isFalse();
    }
    var all = pool(repeated(5, 4, 3, 3, 1), FIVE, levels).klFromProbabilities();
    Near.assertWithin(2e-11, all.estimate(n), five);
    assertThat(all.complete()).isTrue();
    Near.assertWithin(1e-13, all.exact(n), KlFromLevelsTest.exact(n, FIVE));
  }

  @ParameterizedTest
  @CsvSource({"2, .159989712877165", "4, .575536758503302", "8, 1.12766422893299"})
  void drawsWithoutProbabilityStayAsTheyCame(int n, double expected) {
    double[] p = {.4, .3, .2, 0, 0, 0};
    int[] levels = {0, 1, 2, 1, 1, 3};
    Pool pool = pool(repeated(5, 5, 3, 1, 1, 1), p, levels);
    Near.assertWithin(2e-11, pool.klFromProbabilities().estimate(n), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2, .131086975223992",
    "4, .504102937462433",
    "8, .903560199404821",
    "32, 2.20220450500157"
  })
  void heavyAndThinCompletionsShareALevel(int n, double expected) {
    double[] p = {.4, .3, .02, .02, .001};
    Pool pool = pool(repeated(30, 26, 3, 3, 2), p, new int[] {0, 1, 1, 2, 2});
    Near.assertWithin(1e-10, pool.klFromProbabilities().estimate(n), expected);
  }

  /// Draws half from a few completions and half from very many.
  private static Pool halfThin(long seed, int draws, double repeat) {
    var random = new SplittableRandom(seed);
    var outcomes = new int[draws];
    var logP = new double[draws];
    for (int i = 0; i < draws; i++) {
      boolean thin = random.nextBoolean();
      int few = (int) (Math.log(random.nextDouble()) / Math.log1p(-repeat));
      outcomes[i] = thin ? 10_000 + i : few;
      logP[i] = Math.log(.5) + (thin ? -36 : Math.log(repeat) + few * Math.log1p(-repeat));
    }
    double[] rewards = IntStream.of(outcomes).mapToDouble(y -> y * 7919 % 10_007).toArray();
    return Pool.of(outcomes, rewards, logP);
  }

  /// What is asked for at several `n` together is what each is alone, to the last bit, and
  /// whichever of several threads asks first.
  @ParameterizedTest
  @CsvSource({"1, 16, .3", "2, 150, .1", "3, 700, .05"})
  void askedTogetherOrAloneAndOnAnyThreadItIsTheSame(long seed, int draws, double repeat) {
    int[] each = {1, 2, 3, draws / 3, draws / 2, draws - 1, draws, draws + 5};
    Pool pool = halfThin(seed, draws, repeat);
    List<PromptKl> alone =
        IntStream.of(each)
            .filter(n -> n <= draws)
            .mapToObj(n -> PromptKl.of(pool.klFromProbabilities(), n))
            .toList();
    List<List<PromptKl>> together =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(
                thread -> PromptKl.of(halfThin(seed, draws, repeat).klFromProbabilities(), each))
            .toList();
    assertThat(together).allSatisfy(one -> assertThat(one).isEqualTo(alone));
    assertThat(PromptKl.of(pool.klFromLevels(), each))
        .isEqualTo(
            IntStream.of(each)
                .filter(n -> n <= draws)
                .mapToObj(n -> PromptKl.of(pool.klFromLevels(), n))
                .toList());
  }

  /// A law of a few numbers more than are summed one by one has fewer nodes than most, none twice.
  @Test
  void nodesAreDifferentHoweverNarrowTheLaw() {
    for (int length = 49; length < 140; length++) {
      var chances = new double[length];
      Arrays.fill(chances, 1.0 / length);
      var law = new CountLaw(900 - length, chances);
      for (int grain : new int[] {1, 4, 16}) {
        int[] nodes = CountRule.nodes(law, 0, 900, 11, grain);
        assertThat(nodes).doesNotHaveDuplicates().isSorted();
      }
      CountRule rule = CountRule.of(law, 900);
      double mean =
          IntStream.range(0, rule.counts().length)
              .mapToDouble(k -> rule.weights()[k] * rule.counts()[k])
              .sum();
      assertThat(mean).isCloseTo(law.mean(), Offset.offset(1e-8));
    }
  }

  @Test
  void aNarrowLawOfManyDrawsHasNodesEnough() {
    for (int length = 73; length < 2000; length += 1 + length / 10) {
      var chances = new double[length];
      Arrays.fill(chances, 1.0 / length);
      var upTo = new CountLaw(12_600 - length, chances);
      int[] nodes = LevelLaw.of(upTo, CountLaw.point(2), CountLaw.point(0)).nodes();
      assertThat(nodes).doesNotHaveDuplicates().hasSizeBetween(10, 11);
    }
  }

  /// Sums over every number of draws up to a level and at it, of draws half from a few completions
  /// and half from very many.
  @ParameterizedTest
  @CsvSource({
    "1, 100, .3",
    "2, 160, .1",
    "5, 130, .8",
    "6, 200, .99",
    "7, 300, .15",
    "8, 400, .5",
    "3, 300, .3",
    "4, 700, .05"
  })
  void fewNumbersStandForAll(long seed, int draws, double repeat) {
    Pool pool = halfThin(seed, draws, repeat);
    KlFromProbabilities few = pool.klFromProbabilities();
    CountLaw[] laws = pool.seenCounts().laws();
    CountLaw[][] beside = beside(draws, laws);
    for (int n : new int[] {2, 3, 8, 20, 64, draws / 2, draws - 1, draws}) {
      double expected = overAllNumbers(n, draws, laws, beside);
      assertThat(few.estimate(n)).isCloseTo(expected, Offset.offset(2e-7));
    }
  }

  /// Also where one completion had two rewards, or its probability is contradicted.
  @ParameterizedTest
  @CsvSource({"1, 40, 0", "2, 100, 0", "3, 200, 0", "4, 60, .2"})
  void earlyStopSharesTheLevelsBelowItsThreshold(long seed, int draws, double twice) {
    var random = new SplittableRandom(seed);
    var outcomes = new int[draws];
    var logP = new double[draws];
    var rewards = new double[draws];
    for (int i = 0; i < draws; i++) {
      outcomes[i] = random.nextInt(12) * random.nextInt(3);
      logP[i] = -Math.log(23);
      rewards[i] = outcomes[i] + (random.nextDouble() < twice ? .5 : 0);
    }
    Pool pool = Pool.of(outcomes, rewards, logP);
    KlFromProbabilities whole = pool.klFromProbabilities();
    for (double threshold : new double[] {-1, 0, 3, 5.5, 10, 30}) {
      Pool clipped = pool.clippedAt(threshold);
      for (int n : new int[] {1, 2, 7, draws / 2, draws}) {
        assertThat(clipped.klFromProbabilities(whole).estimate(n))
            .as("threshold %s, n = %s", threshold, n)
            .isCloseTo(clipped.klFromProbabilities().estimate(n), Offset.offset(1e-13));
      }
    }
  }

  /// The sums of the levels above each level, and of those below it.
  private static CountLaw[][] beside(int draws, CountLaw... at) {
    var above = new CountLaw[at.length];
    var below = new CountLaw[at.length];
    var sum = CountLaw.point(0);
    for (int l = at.length - 1; l >= 0; l--) {
      above[l] = sum;
      sum = sum.plus(at[l], draws);
    }
    sum = CountLaw.point(0);
    for (int l = 0; l < at.length; l++) {
      below[l] = sum;
      sum = sum.plus(at[l], draws);
    }
    return new CountLaw[][] {above, below};
  }

  private static double overAllNumbers(int n, int draws, CountLaw[] at, CountLaw[][] beside) {
    double[] weights =
        IntStream.rangeClosed(0, draws)
            .mapToDouble(h -> h < n ? 0 : KlFromProbabilitiesTest.weight(n, h, draws))
            .toArray();
    double gap = 0;
    for (int l = 0; l < at.length; l++) {
      CountLaw above = beside[0][l];
      CountLaw below = beside[1][l];
      double sum = 0;
      double total = 0;
      for (int a = above.first(); a <= Math.min(above.last(), draws); a++) {
        int h = draws - a;
        for (int c = at[l].first(); c <= Math.min(at[l].last(), h); c++) {
          double chance = above.at(a) * at[l].at(c) * below.at(h - c);
          total += chance;
          sum += chance == 0 || h < n ? 0 : chance * weights[h] * gap(n, h, c);
        }
      }
      gap += total == 0 ? 0 : sum / total;
    }
    return KlBounds.analytical(n) - gap;
  }

  private static double weight(int n, int h, int draws) {
    return IntStream.range(0, n)
        .mapToDouble(i -> (double) (h - i) / (draws - i))
        .reduce(1, (a, b) -> a * b);
  }

  private static double gap(int n, int h, int c) {
    return CorrectedGaps.of(n).at(h, c)[0];
  }

  /// The bias of the estimate from counts, and less noise.
  @ParameterizedTest
  @CsvSource({
    "2, -1.641e-5, .0178, .0253",
    "3, 6.334e-6, .0392, .0652",
    "4, -2.481e-6, .0709, .1180",
    "8, 1.2239e-4, .3116, .3632"
  })
  void itsBiasOverEveryPoolIsThatOfCountsAndItsNoiseLess(
      int n, double bias, double noise, double noiseOfCounts) {
    double[] p = {.4, .3, .2, .1};
    int[] levels = {0, 1, 1, 2};
    var moments = new double[4];
    for (int a = 0; a <= 8; a++) {
      for (int b = 0; a + b <= 8; b++) {
        for (int c = 0; a + b + c <= 8; c++) {
          int[] counts = {a, b, c, 8 - a - b - c};
          double chance = multinomial(counts, p);
          Pool pool = pool(repeated(counts), p, levels);
          double estimate = pool.klFromProbabilities().estimate(n);
          double counted = pool.klFromLevels().estimate(n);
          moments[0] += chance * estimate;
          moments[1] += chance * estimate * estimate;
          moments[2] += chance * counted;
          moments[3] += chance * counted * counted;
        }
      }
    }
    double exact = KlFromLevelsTest.exact(n, .4, .5, .1);
    assertThat(moments[0] - exact).isBetween(bias - 6e-9, bias + 6e-9);
    assertThat(moments[0] - moments[2]).isBetween(-1e-14, 1e-14);
    assertThat(Math.sqrt(moments[1] - moments[0] * moments[0]))
        .isBetween(noise - 6e-5, noise + 6e-5);
    assertThat(Math.sqrt(moments[3] - moments[2] * moments[2]))
        .isBetween(noiseOfCounts - 6e-5, noiseOfCounts + 6e-5);
  }

  private static double multinomial(int[] counts, double[] p) {
    double chance = 1;
    int trial = 0;
    for (int i = 0; i < counts.length; i++) {
      for (int k = 1; k <= counts[i]; k++) {
        chance *= p[i] * ++trial / k;
      }
    }
    return chance;
  }

  @Test
  void thinCompletionsCountAsOftenAsTheyCame() {
    double[] rewards = {0, 1, 1, 2, 2, 2, 3, 0};
    var logP = new double[8];
    Arrays.fill(logP, -700);
    Pool pool = Pool.of(IntStream.range(0, 8).toArray(), rewards, logP);
    for (int n = 2; n <= 8; n++) {
      assertThat(pool.klFromProbabilities().estimate(n)).isEqualTo(pool.klFromLevels().estimate(n));
    }
    Pool unknown = Pool.ofRewards(rewards);
    assertThat(unknown.klFromProbabilities().estimate(4))
        .isEqualTo(unknown.klFromLevels().estimate(4));
    assertThat(unknown.klFromProbabilities().exact(4)).isEqualTo(KlBounds.analytical(4));
    // A repeat of what can hardly come once refutes the log-probabilities, not the counts.
    Pool repeated =
        Pool.of(new int[] {0, 0, 1, 1}, new double[] {1, 1, 0, 0}, new double[] {-90, -90, -1, -1});
    assertThat(repeated.klFromProbabilities().estimate(3))
        .isEqualTo(repeated.klFromLevels().estimate(3));
  }

  @Test
  void manyDrawsOfFewCompletionsGiveTheKlDivergence() {
    double[] p = {.4, .3, .2, .1};
    Pool pool = pool(repeated(820, 600, 390, 190), p, new int[] {0, 1, 1, 2});
    for (int n : new int[] {2, 8, 64}) {
      double exact = KlFromLevelsTest.exact(n, .4, .5, .1);
      assertThat(pool.klFromProbabilities().estimate(n)).isBetween(exact - 2e-5, exact + 2e-5);
      assertThat(pool.klFromProbabilities().exact(n)).isBetween(exact - 1e-12, exact + 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsEverNotANumber(long seed) {
    Tables tables = Tables.of(seed);
    var random = tables.random();
    Law law = Law.of(new Selection.BestOfN(1), tables.table());
    double[] p = law.probabilities();
    int draws = random.nextInt(1, 80);
    int[] outcomes = random.doubles(draws).mapToInt(u -> draw(p, u)).toArray();
    Pool pool =
        Pool.of(
            outcomes,
            IntStream.of(outcomes).mapToDouble(i -> tables.rewards()[i]).toArray(),
            IntStream.of(outcomes)
                .mapToDouble(
                    i -> random.nextInt(5) == 0 ? Double.NEGATIVE_INFINITY : tables.logP()[i])
                .toArray());
    for (int n = 1; n <= draws; n += 1 + n / 4) {
      double top = KlBounds.analytical(n);
      assertThat(pool.klFromProbabilities().estimate(n)).isBetween(-8 * top, 8 * top);
      PromptKl prompt = PromptKl.of(pool.klFromProbabilities(), n);
      assertThat(prompt.variance()).isBetween(0.0, 1e4);
      assertThat(prompt.unseen()).isBetween(0.0, 1e2);
    }
  }

  private static int draw(double[] p, double u) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += p[i];
      if (u < sum) {
        return i;
      }
    }
    return p.length - 1;
  }

  static LongStream seeds() {
    return Tables.seeds(60);
  }
}
