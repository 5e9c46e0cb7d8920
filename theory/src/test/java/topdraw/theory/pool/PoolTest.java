package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Coverage;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

/// Estimates from pools, against the exact law.
class PoolTest {
  private static final int DRAWS = 4;

  static LongStream seeds() {
    return Tables.seeds();
  }

  static LongStream fewSeeds() {
    return Tables.seeds(60);
  }

  private static Pool pool(Tables tables, int[] drawn) {
    return Pool.of(
        drawn,
        Arrays.stream(drawn).mapToDouble(i -> tables.rewards()[i]).toArray(),
        Arrays.stream(drawn).mapToDouble(i -> tables.logP()[i]).toArray());
  }

  /// The mean over every pool of four draws.
  private static double mean(Tables tables, ToDoubleFunction<Pool> estimator) {
    var sum = new double[1];
    Tables.forEachTuple(
        tables.logP().length,
        DRAWS,
        t -> sum[0] += tables.probability(t) * estimator.applyAsDouble(pool(tables, t)));
    return sum[0];
  }

  private static Law bestOf(int n, Tables tables) {
    return Law.of(new Selection.BestOfN(n), tables.table());
  }

  /// Left out of the ordered draws or never drawn, the numbers are the same bit for bit: with equal
  /// rewards, outcomes drawn again whose first log-probability is left out, and none known at all.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void withoutSomeDrawsIsThePoolOfTheOthers(long seed) {
    RandomGenerator random = Tables.random(seed);
    int size = random.nextInt(2, 60);
    int[] outcomes = random.ints(size, 0, 25).toArray();
    double[] rewards = random.ints(size, -3, 9).mapToDouble(r -> r / 2.0).toArray();
    double[] logP =
        random
            .doubles(size)
            .map(u -> seed % 4 == 0 ? Double.NEGATIVE_INFINITY : Math.log(u / size))
            .toArray();
    int from = random.nextInt(size);
    int to = random.nextInt(from, size) + (from > 0 ? 1 : 0);
    int[] others = IntStream.range(0, size).filter(i -> i < from || i >= to).toArray();
    int[] kept = Arrays.stream(others).map(i -> outcomes[i]).toArray();
    double[] keptLogP = Arrays.stream(others).mapToDouble(i -> logP[i]).toArray();
    Pool expected =
        Pool.of(kept, Arrays.stream(others).mapToDouble(i -> rewards[i]).toArray(), keptLogP);
    Pool found = Pool.of(outcomes, rewards, logP).without(from, to);
    for (int n = 1; n <= others.length; n++) {
      assertThat(found.weights(n)).isEqualTo(expected.weights(n));
      assertThat(
              DoubleStream.of(
                  found.reward(n),
                  found.klBound(n),
                  found.sharpKlBound(n),
                  found.alternateKlBound(n),
                  found.klUpper(n),
                  found.kl(n),
                  found.seenMassKlBound(n)))
          .containsExactly(
              expected.reward(n),
              expected.klBound(n),
              expected.sharpKlBound(n),
              expected.alternateKlBound(n),
              expected.klUpper(n),
              expected.kl(n),
              expected.seenMassKlBound(n));
      assertThat(found.fromRewards().reward(n)).isEqualTo(expected.reward(n));
    }
    assertThatThrownBy(() -> found.without(1, others.length + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a pool needs at least one draw, and of %d those from 1 to %d are left out"
                .formatted(others.length, others.length));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void rewardsAndWinRatesAreUnbiasedOverEveryPool(long seed) {
    Tables tables = Tables.small(seed);
    int n = 1 + (int) (seed % 3);
    double[] gold = tables.random().doubles(tables.logP().length).toArray();
    double[] returned = bestOf(n, tables).probabilities();
    double meanGold = IntStream.range(0, gold.length).mapToDouble(i -> returned[i] * gold[i]).sum();

    Near.assertEqual(mean(tables, p -> p.reward(n)), bestOf(n, tables).expectedReward());
    Near.assertEqual(mean(tables, p -> p.winRate(n)), bestOf(n, tables).winRate());
    var goldSum = new double[1];
    Tables.forEachTuple(
        gold.length,
        DRAWS,
        t -> {
          double[] values = Arrays.stream(t).mapToDouble(i -> gold[i]).toArray();
          goldSum[0] += tables.probability(t) * pool(tables, t).mean(values, n);
        });
    Near.assertEqual(goldSum[0], meanGold);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void theMeansOfTheKlBoundsOverEveryPoolAreBounds(long seed) {
    Tables tables = Tables.small(seed);
    int n = 1 + (int) (seed % DRAWS);
    double kl = bestOf(n, tables).kl();
    double upper = mean(tables, p -> p.klUpper(n));
    double sharp = mean(tables, p -> p.sharpKlBound(n));
    double bound = mean(tables, p -> p.klBound(n));

    Near.assertAtMost(kl, upper);
    Near.assertAtMost(upper, sharp);
    Near.assertAtMost(sharp, bound);
    Near.assertAtMost(bound, mean(tables, p -> p.alternateKlBound(n)));
    Near.assertAtMost(mean(tables, p -> p.seenMassKlBound(n)), KlBounds.analytical(n));
  }

  /// Beyond the paper, 3.5: no average, no confidence.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theSeenMassBoundHoldsForEveryPoolDrawn(long seed) {
    Tables tables = Tables.of(seed);
    RandomGenerator random = tables.random();
    double[] p = tables.table().probabilities();
    for (int round = 0; round < 4; round++) {
      int[] drawn = random.ints(1 + round * 20L).map(_ -> draw(p, random)).toArray();
      int n = 1 + (int) Math.exp(random.nextDouble(0, 8));
      // K_n less what was seen leaves the rounding of K_n.
      double rounding = 1e-12 * KlBounds.analytical(n);
      Near.assertAtMost(bestOf(n, tables).kl(), pool(tables, drawn).seenMassKlBound(n) + rounding);
    }
  }

  private static int draw(double[] p, RandomGenerator random) {
    double u = random.nextDouble() * Arrays.stream(p).sum();
    int i = 0;
    while (i < p.length - 1 && u >= p[i]) {
      u -= p[i++];
    }
    return i;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void anEarlyStopIsThePoolOfClippedRewards(long seed) {
    Tables tables = Tables.small(seed);
    int n = 1 + (int) (seed % 3);
    double threshold = tables.rewards()[tables.random().nextInt(tables.logP().length)];
    Law law = Law.of(new Selection.EarlyStop(n, threshold), tables.table());

    Near.assertEqual(mean(tables, p -> p.clippedAt(threshold).winRate(n)), law.winRate());
    Near.assertAtMost(law.kl(), mean(tables, p -> p.clippedAt(threshold).klUpper(n)));
    Near.assertEqual(
        mean(tables, p -> p.acceptance(threshold).earlyStopDraws(n)), law.expectedDraws());
    Near.assertEqual(
        mean(tables, p -> p.acceptance(threshold).passRate()), tables.table().passRate(threshold));
  }

  /// Σ over pools of Clopper and Pearson's failures.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void theDriftOfRewindFromAPoolFailsNoMoreOftenThanItSays(long seed) {
    Tables tables = Tables.small(seed);
    double threshold = tables.rewards()[tables.random().nextInt(tables.logP().length)];
    double kl = Law.of(new Selection.RewindAndRepeat(threshold), tables.table()).kl();
    double failed =
        mean(tables, p -> p.acceptance(threshold).rewindKlUpper(0.2) < kl * (1 - 1e-12) ? 1 : 0);

    assertThat(failed).isLessThanOrEqualTo(0.2 + 1e-12);
  }

  /// Against C(i-1, n-1) / C(N, n) in whole numbers, by leaving nothing out.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void anEstimateIsTheMeanOverEverySubset(long seed) {
    RandomGenerator random = Tables.random(seed);
    double[] rewards = random.ints(7, 0, 5).asDoubleStream().toArray();
    int n = random.nextInt(1, 8);
    double sum = 0;
    int subsets = 0;
    for (int set = 1; set < 1 << 7; set++) {
      if (Integer.bitCount(set) == n) {
        int chosen = set;
        sum +=
            IntStream.range(0, 7)
                .filter(i -> (chosen >> i & 1) == 1)
                .mapToDouble(i -> rewards[i])
                .max()
                .orElseThrow();
        subsets++;
      }
    }
    Near.assertEqual(Pool.ofRewards(rewards).reward(n), sum / subsets);
  }

  @Test
  void cuttingTheWeightsOfALargePoolLosesNothing() {
    RandomGenerator random = Tables.random(5);
    double[] rewards = random.doubles(20_000).toArray();
    Pool pool = Pool.ofRewards(rewards);
    double[] sorted = Arrays.stream(rewards).sorted().toArray();
    for (int n : new int[] {1, 2, 10, 100, 5_000, 19_999, 20_000}) {
      double expected = 0;
      double weight = (double) n / sorted.length;
      for (int i = sorted.length; i >= n; i--) {
        expected += weight * sorted[i - 1];
        weight *= (i - n) / (i - 1.0);
      }
      Near.assertWithin(1e-13, pool.reward(n), expected);
      Near.assertWithin(1e-13, Arrays.stream(pool.weights(n)).sum(), 1);
    }
    Near.assertWithin(1e-12, pool.winRate(64), 64.0 / 65);
  }

  @Test
  void aDrawWithoutScoreThatCanWinIsNotCutAway() {
    double[] rewards = new double[1_000];
    Arrays.fill(rewards, 0, 500, Double.NEGATIVE_INFINITY);

    assertThat(Pool.ofRewards(rewards).reward(400)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Pool.ofRewards(rewards).reward(501)).isZero();
  }

  /// Of a mean it is the textbook's standard error, of groups the same between their means.
  @Test
  void theJackknifeOfAMeanIsItsStandardError() {
    for (int size : new int[] {2, 5, 128, 129, 4_000}) {
      double[] rewards = Tables.random(9).doubles(size).toArray();
      int group = (size + 127) / 128;
      int groups = Math.min(size / group, 128);
      double[] left =
          IntStream.range(0, groups)
              .map(g -> (int) ((long) size * g / groups))
              .mapToDouble(
                  from ->
                      (Arrays.stream(rewards).sum()
                              - Arrays.stream(rewards, from, from + group).sum())
                          / (size - group))
              .toArray();
      double mean = Arrays.stream(left).average().orElseThrow();
      double squares = Arrays.stream(left).map(x -> (x - mean) * (x - mean)).sum();
      double expected = Math.sqrt(squares * (size - group) / group / groups);

      double found = Pool.ofRewards(rewards).jackknifeStandardError(1, p -> p.reward(1));
      assertThat(found).isCloseTo(expected, withinPercentage(1e-8));
      if (group == 1) {
        double average = Arrays.stream(rewards).average().orElseThrow();
        double variance =
            Arrays.stream(rewards).map(x -> (x - average) * (x - average)).sum() / (size - 1);
        assertThat(found).isCloseTo(Math.sqrt(variance / size), withinPercentage(1e-8));
      }
    }
  }

  /// Best of 4 of 60 normal rewards, 1,000 pools: `± 1.645` standard errors miss the mean of the
  /// largest of four, 1.0294, in about a tenth.
  @Test
  void theJackknifeCoversWithinLimitsOnBothSides() {
    Coverage.assertBetween(0.075, 0.13, 0.1, PoolTest::missed);
  }

  private static double missed(double alpha) {
    double z = alpha == 0.1 ? 1.644854 : alpha == 0.05 ? 1.959964 : 1.281552;
    RandomGenerator random = Tables.random(21);
    int missed = 0;
    for (int sample = 0; sample < 1_000; sample++) {
      double[] rewards = DoubleStream.generate(random::nextGaussian).limit(60).toArray();
      Pool pool = Pool.ofRewards(rewards);
      double error = pool.jackknifeStandardError(4, p -> p.reward(4));
      missed += Math.abs(pool.reward(4) - 1.0293753730) > z * error ? 1 : 0;
    }
    return missed / 1_000.0;
  }

  @Test
  void aJackknifeNeedsADrawToSpare() {
    Pool pool = Pool.ofRewards(Tables.random(9).doubles(4_000).toArray());

    assertThat(pool.jackknifeStandardError(3_999, p -> p.reward(3_999))).isNotNegative();
    assertThatThrownBy(() -> pool.jackknifeStandardError(4_000, p -> p.reward(4_000)))
        .hasMessage("a jackknife needs more draws than the estimator's 4000, found 4000");
    assertThatThrownBy(() -> Pool.ofRewards(1).jackknifeStandardError(0, p -> 1))
        .hasMessageContaining("found 1");
  }

  /// When every outcome was seen and no two rewards are equal, nothing is left unknown.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theSeenMassBoundOfAPoolThatSawAllIsTheKlDivergence(long seed) {
    Tables tables = Tables.of(seed);
    double[] logP = Arrays.stream(tables.logP()).map(x -> Math.min(0, x)).toArray();
    double[] ranks = IntStream.range(0, logP.length).asDoubleStream().toArray();
    Pool pool = Pool.of(IntStream.range(0, logP.length).toArray(), ranks, logP);
    OutcomeTable table = OutcomeTable.ofLogProbabilities(logP);
    for (int n : new int[] {1, 2, 16, 1_000}) {
      double kl = Law.of(new Selection.BestOfN(n), table).kl();
      double room = 1e-12 * n * KlBounds.analytical(n);
      assertThat(pool.seenMassKlBound(n)).isBetween(kl - room, kl + room);
    }
  }

  @Test
  void whatIsNoPoolIsRefused() {
    double[] two = {0, 0};
    String words = "a pool needs at least one draw, each with an outcome, a reward and a log-";
    assertThatThrownBy(() -> Pool.of(new int[0], new double[0], new double[0]))
        .hasMessageStartingWith(words)
        .hasMessageEndingWith("found 0 outcomes, 0 rewards, 0 log-probabilities");
    assertThatThrownBy(() -> Pool.of(new int[2], new double[1], two))
        .hasMessageEndingWith("found 2 outcomes, 1 rewards, 2 log-probabilities");
    assertThatThrownBy(() -> Pool.of(new int[2], two, new double[3]))
        .hasMessageEndingWith("found 2 outcomes, 2 rewards, 3 log-probabilities");
    Pool pool = Pool.ofRewards(two);
    assertThatThrownBy(() -> pool.mean(new double[3], 1))
        .hasMessage("each of the 2 draws needs one value, found 3");
    assertThatThrownBy(() -> pool.levelMeans(new double[] {1, Double.NaN}))
        .hasMessage("values must be finite, found [1.0, NaN]");
  }

  /// A reward of -0 is a reward of 0.
  @Test
  void zerosAreEqualWhateverTheirSign() {
    Pool pool = Pool.ofRewards(0.0, -0.0, 1);

    assertThat(pool.winRate(1)).isEqualTo(0.5);
    assertThat(pool.acceptance(0).accepted()).isEqualTo(3);
  }

  @Test
  void ofSeveralLogProbabilitiesTheFirstCounts() {
    int[] outcomes = {5, 5, 2};
    double[] rewards = {1, 1, 0};
    Pool mixed = Pool.of(outcomes, rewards, new double[] {-1, -2, -1.5});
    Pool first = Pool.of(outcomes, rewards, new double[] {-1, -1, -1.5});

    assertThat(mixed.klUpper(2)).isEqualTo(first.klUpper(2));
    assertThat(mixed.klBound(2)).isEqualTo(first.klBound(2));
    assertThat(mixed.at(2).mean(mixed.levelMeans(new double[] {1, 3, 7})))
        .isEqualTo(mixed.mean(new double[] {1, 3, 7}, 2));
  }

  /// A steep tilt lifts what best-of-n returns once in 1e20: two levels, of 135 and 2,865 draws.
  @Test
  void aSteepTiltSeesWhatIsRare() {
    int size = 3_000;
    int rare = 2_865;
    int n = 1_000;
    var rewards = new double[size];
    Arrays.fill(rewards, rare, size, 1);
    var outcomes = new int[size];
    Arrays.setAll(outcomes, i -> i < rare ? i : rare);
    var logP = new double[size];
    Arrays.fill(logP, 0, rare, Double.NEGATIVE_INFINITY);
    double chance = 1;
    for (int k = 0; k < n; k++) {
      chance *= (double) (rare - k) / (size - k);
    }
    double lifted = Math.log1p(chance * Math.expm1(10 * KlBounds.analytical(n))) / 10;

    assertThat(chance).isBetween(1e-30, 1e-20);
    assertThat(lifted).isGreaterThan(0.1);
    assertThat(Pool.of(outcomes, rewards, logP).at(n).tiltedKlBound(10))
        .isCloseTo(lifted, within(1e-9));
  }
}
