package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.KlGapBounds;
import topdraw.theory.confidence.LevelCertificate;
import topdraw.theory.confidence.LevelLimits;
import topdraw.theory.law.Law;
import topdraw.theory.law.Selection;

/// Drift certified by equal rewards, without a log-probability.
class PooledLevelCertificateTest {
  private static final double A = 0.001;

  static LongStream seeds() {
    return Tables.seeds(60);
  }

  private static Pool levels(Tables tables, int[] drawn) {
    var unknown = new double[drawn.length];
    Arrays.fill(unknown, Double.NEGATIVE_INFINITY);
    return Pool.of(
        drawn, Arrays.stream(drawn).mapToDouble(i -> tables.rewards()[i]).toArray(), unknown);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void itsMeanOverEveryPoolIsAtLeastTheDrift(long seed) {
    Tables tables = Tables.small(seed);
    int n = 1 + (int) (seed % 3);
    var limits = new LevelLimits(0.3);
    var sum = new double[1];
    Tables.forEachTuple(
        tables.logP().length,
        4,
        t -> sum[0] += tables.probability(t) * levels(tables, t).at(n).levelCertificate(limits));
    Near.assertAtMost(Law.of(new Selection.BestOfN(n), tables.table()).kl(), sum[0]);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void itIsAtLeastTheMeanOfTheTermsOfAllBatches(long seed) {
    var random = new Random(seed);
    int size = 8;
    int n = 1 + random.nextInt(size - 1);
    double[] rewards = random.ints(size, 0, 3).asDoubleStream().toArray();
    double certificate = Pool.ofRewards(rewards).at(n).levelCertificate(new LevelLimits(A));
    double mean =
        IntStream.range(0, 1 << size)
            .filter(batch -> Integer.bitCount(batch) == n)
            .mapToDouble(batch -> term(rewards, batch, n))
            .average()
            .orElseThrow();
    assertThat(certificate).isBetween(mean, (1 + A + 2.1e-6) * KlBounds.analytical(n) + 1e-15);
  }

  private static double term(double[] rewards, int batch, int n) {
    double best =
        IntStream.range(0, rewards.length)
            .filter(i -> (batch >> i & 1) == 1)
            .mapToDouble(i -> rewards[i])
            .max()
            .orElseThrow();
    long met =
        IntStream.range(0, rewards.length)
            .filter(i -> (batch >> i & 1) == 0 && rewards[i] == best)
            .count();
    return LevelCertificate.term(n, Double.NEGATIVE_INFINITY, met, rewards.length - n, A);
  }

  /// 256 draws of which 30 % pass: the exact drift is 1.179, the formula says 1.835.
  @Test
  void aCoarseRewardIsCertifiedFarBelowTheAnalyticalFormula() {
    double[] rewards = IntStream.range(0, 256).mapToDouble(i -> i % 10 < 3 ? 1 : 0).toArray();
    assertThat(Pool.ofRewards(rewards).at(16).levelCertificate(new LevelLimits(A)))
        .isBetween(1.3, 1.55);
  }

  @Test
  void withoutEqualRewardsItIsTheAnalyticalFormulaAndALittle() {
    double[] rewards = IntStream.range(0, 32).asDoubleStream().toArray();
    assertThat(Pool.ofRewards(rewards).at(4).levelCertificate(new LevelLimits(A)))
        .isBetween(KlBounds.analytical(4), 1.0011 * KlBounds.analytical(4));
    assertThatThrownBy(() -> Pool.ofRewards(rewards).at(32).levelCertificate(new LevelLimits(A)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "{0} at the level, {1} below, batches of {2}")
  @CsvSource({
    "5, 20, 6",
    "300, 700, 16",
    "1000, 1, 40",
    "1, 50, 7",
    "8, 0, 3",
    "40, 4000, 2000",
    "20000, 20000, 20000",
    "5000, 20000, 900",
    "4, 103, 5"
  })
  void allButAMillionthOfTheBatchesHoldNoMoreOfTheLevel(int draws, int below, int n) {
    int most = PooledLevelCertificate.most(draws, below, n);
    double[] log = logFactorials(Math.max(draws, below));
    double[] share = new double[Math.min(draws, n) + 1];
    Arrays.fill(share, Double.NEGATIVE_INFINITY);
    for (int j = Math.max(1, n - below); j < share.length; j++) {
      share[j] = logBinomial(log, draws, j) + logBinomial(log, below, n - j);
    }
    double likeliest = Arrays.stream(share).max().orElseThrow();
    Arrays.setAll(share, j -> Math.exp(share[j] - likeliest));
    double total = Arrays.stream(share).sum();
    double tail = Arrays.stream(share, Math.min(most + 1, share.length), share.length).sum();
    assertThat(tail / total).isLessThanOrEqualTo(1.01e-6);
    assertThat((tail + share[most]) / total).isGreaterThan(0.99e-6);
  }

  private static double[] logFactorials(int most) {
    var log = new double[most + 1];
    for (int i = 1; i <= most; i++) {
      log[i] = log[i - 1] + Math.log(i);
    }
    return log;
  }

  private static double logBinomial(double[] log, int of, int k) {
    return log[of] - log[k] - log[of - k];
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void collisionsAreUnbiasedAndBoundTheGap(long seed) {
    Tables tables = Tables.small(seed);
    int n = 2 + (int) (seed % 5);
    var collisions = new double[1];
    Tables.forEachTuple(
        tables.logP().length,
        3,
        t -> collisions[0] += tables.probability(t) * levels(tables, t).levelCollisions());
    Near.assertEqual(collisions[0], Math.exp(-tables.table().renyiEntropy()));
    double gap = KlBounds.analytical(n) - Law.of(new Selection.BestOfN(n), tables.table()).kl();
    Near.assertAtMost(gap, KlGapBounds.upperFromCollisions(n, Math.min(1, collisions[0])));
  }
}
