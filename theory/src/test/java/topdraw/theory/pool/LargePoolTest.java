package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.bound.KlBounds;

/// Pools of several blocks of levels, against the definitions.
class LargePoolTest {
  private static final int[] NS = {1, 2, 5, 32, 700};

  static LongStream seeds() {
    return Tables.seeds(6);
  }

  /// Draws of one prompt.
  private record Drawn(int[] outcomes, double[] rewards, double[] logP) {
    /// No two rewards equal, few equal, or half of the draws at few levels.
    static Drawn of(long seed, int size) {
      RandomGenerator random = Tables.random(seed);
      int kind = (int) (seed % 3);
      int different = kind == 0 ? 4 * size : 2 * size;
      var outcomes = new int[size];
      Arrays.setAll(
          outcomes,
          i ->
              kind == 2 && random.nextBoolean()
                  ? random.nextInt(20)
                  : kind == 0 ? i : random.nextInt(different));
      double[] rewardOf = random.doubles(different).toArray();
      double[] logOf = random.doubles(different).map(u -> Math.log(u / different)).toArray();
      return new Drawn(
          Arrays.stream(outcomes).map(o -> o % size).toArray(),
          Arrays.stream(outcomes).mapToDouble(o -> rewardOf[o % size]).toArray(),
          Arrays.stream(outcomes).mapToDouble(o -> logOf[o % size]).toArray());
    }

    Pool pool() {
      return Pool.of(outcomes, rewards, logP);
    }

    Drawn only(IntStream kept) {
      int[] those = kept.toArray();
      return new Drawn(
          Arrays.stream(those).map(i -> outcomes[i]).toArray(),
          Arrays.stream(those).mapToDouble(i -> rewards[i]).toArray(),
          Arrays.stream(those).mapToDouble(i -> logP[i]).toArray());
    }

    /// One level: its draws, and the probability of the completions seen there.
    private record Level(List<Integer> draws, double seen) {}

    private List<Level> levels() {
      var byReward = new TreeMap<Double, List<Integer>>();
      IntStream.range(0, rewards.length)
          .forEach(i -> byReward.computeIfAbsent(rewards[i], r -> new ArrayList<>()).add(i));
      return byReward.values().stream()
          .map(
              draws -> {
                Set<Integer> met = new HashSet<>();
                double seen =
                    draws.stream()
                        .filter(i -> met.add(outcomes[i]))
                        .mapToDouble(i -> Math.exp(logP[i]))
                        .sum();
                return new Level(draws, Math.min(1, seen));
              })
          .toList();
    }

    /// The mean reward, the bounds of (25), of `d*` and the closest one, and the one that is
    /// certain.
    double[] byDefinition(int n) {
      List<Level> levels = levels();
      int size = rewards.length;
      double above = levels.stream().mapToDouble(Level::seen).sum();
      double upTo = 0;
      int low = 0;
      var sums = new double[5];
      for (Level level : levels) {
        above -= level.seen();
        upTo += level.seen();
        int high = low + level.draws().size();
        double weight = within(high, size, n) - within(low, size, n);
        double room = 1 - Math.max(0, above);
        double least = Math.min(1, level.seen() / room);
        sums[0] += weight * rewards[level.draws().getFirst()];
        sums[1] += weight * KlBounds.bound(n, level.seen());
        sums[2] += weight * KlBounds.sharpBound(n, level.seen());
        sums[3] += weight * KlBounds.sharpBound(n, least);
        sums[4] +=
            Math.min(
                Math.pow(upTo, n) * KlBounds.gap(n, Math.min(1, level.seen() / upTo)),
                Math.pow(room, n) * KlBounds.gap(n, least));
        low = high;
      }
      sums[4] = KlBounds.analytical(n) - sums[4];
      return sums;
    }

    /// `C(h, n) / C(N, n)`.
    private static double within(int h, int size, int n) {
      double chance = h < n ? 0 : 1;
      for (int k = 0; k < n && chance > 0; k++) {
        chance *= (double) (h - k) / (size - k);
      }
      return chance;
    }
  }

  private static double[] numbers(PoolEstimates at) {
    return new double[] {
      at.reward(), at.klBound(), at.sharpKlBound(), at.klUpper(), at.seenMassKlBound()
    };
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void blocksSumToTheDefinitions(long seed) {
    Drawn drawn = Drawn.of(seed, 5_000);
    List<PoolEstimates> together = drawn.pool().at(NS);
    for (int k = 0; k < NS.length; k++) {
      double[] found = numbers(together.get(k));
      double[] expected = drawn.byDefinition(NS[k]);
      for (int i = 0; i < found.length; i++) {
        Near.assertWithin(1e-10, found[i], expected[i]);
      }
      assertThat(numbers(drawn.pool().at(NS[k]))).isEqualTo(found);
    }
  }

  /// In one way through the levels or by itself, below a threshold or clipped at it.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void earlyStopIsThePoolThatIsClipped(long seed) {
    Pool pool = Drawn.of(seed, 3_000).pool();
    for (double threshold : new double[] {-1, 0.1, 0.5, 0.97, 2}) {
      PoolStop stop = pool.stopAt(threshold);
      Pool clipped = pool.clippedAt(threshold);
      for (PoolEstimates at : pool.at(NS)) {
        assertThat(at.klUpper(stop)).isCloseTo(clipped.klUpper(at.n()), within(1e-12));
        assertThat(at.kl(stop)).isCloseTo(clipped.kl(at.n()), within(1e-12));
        assertThat(at.winRate(stop)).isCloseTo(clipped.winRate(at.n()), within(1e-12));
      }
    }
  }

  /// Draws left out or added, and left out of those, give the pool of the others bit for bit.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void drawsAreLeftOutOrAdded(long seed) {
    int size = 2_500;
    Drawn drawn = Drawn.of(seed, size);
    Pool without = drawn.pool().without(700, 1_500);
    IntStream others = IntStream.range(0, size).filter(i -> i < 700 || i >= 1_500);
    assertSame(without, drawn.only(others).pool());
    IntStream fewer = IntStream.range(300, size).filter(i -> i < 700 || i >= 1_500);
    assertSame(without.without(0, 300), drawn.only(fewer).pool());

    double best = DoubleStream.of(drawn.rewards()).max().orElseThrow();
    for (double reward :
        new double[] {best + 1, best, drawn.rewards()[9], Double.NEGATIVE_INFINITY}) {
      int[] outcomes = Arrays.copyOf(drawn.outcomes(), size + 1);
      outcomes[size] = size;
      double[] rewards = Arrays.copyOf(drawn.rewards(), size + 1);
      rewards[size] = reward;
      double[] logP = Arrays.copyOf(drawn.logP(), size + 1);
      logP[size] = -12;
      Drawn more = new Drawn(outcomes, rewards, logP);
      assertSame(drawn.pool().with(reward, -12), more.pool());
      IntStream lessMore = IntStream.rangeClosed(0, size).filter(i -> i < 700 || i >= 1_500);
      assertSame(without.with(reward, -12), more.only(lessMore).pool());
      assertSame(
          drawn.pool().with(reward, -12).without(0, 40),
          more.only(IntStream.rangeClosed(40, size)).pool());
    }
  }

  private static void assertSame(Pool found, Pool expected) {
    for (int n : NS) {
      assertThat(found.weights(n)).isEqualTo(expected.weights(n));
      assertThat(numbers(found.at(n))).isEqualTo(numbers(expected.at(n)));
      assertThat(found.kl(n)).isEqualTo(expected.kl(n));
    }
    assertThat(found.rewards()).containsExactly(expected.rewards().boxed().toArray(Double[]::new));
  }

  /// The order is that of a stable sort by reward.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void equalRewardsStayInTheOrderDrawn(long seed) {
    int size = 4_000;
    double[] rewards = Tables.random(seed).ints(size, 0, 300).asDoubleStream().toArray();
    PoolLevels levels = new PoolLevels(PoolDraws.ofRewards(rewards.clone()));
    List<Integer> sorted =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> rewards[i]))
            .toList();
    assertThat(IntStream.range(0, size).map(levels::draw)).containsExactlyElementsOf(sorted);
  }
}
