package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.bound.KlBounds;

/// The fast estimates against their formulas written plainly: every draw weighed, nothing cut.
class PoolEstimatesTest {
  static LongStream seeds() {
    return Tables.seeds();
  }

  /// What a level holds, in plain numbers.
  private static final class Level {
    final Map<Integer, Double> seen = new HashMap<>();
    int draws;

    double mass() {
      return Math.min(1, seen.values().stream().mapToDouble(d -> d).sum());
    }
  }

  /// A pool and its levels from the worst.
  private record Drawn(Pool pool, TreeMap<Double, Level> levels) {
    static Drawn of(long seed) {
      Tables tables = Tables.of(seed);
      RandomGenerator random = tables.random();
      double[] p = Arrays.stream(tables.logP()).map(Math::exp).toArray();
      int size = 2 + (int) Math.exp(random.nextDouble(0, Math.log(400)));
      int[] drawn = random.ints(size).map(_ -> draw(p, random)).toArray();
      int shift = random.nextInt();
      var levels = new TreeMap<Double, Level>();
      for (int i : drawn) {
        Level level = levels.computeIfAbsent(tables.rewards()[i], _ -> new Level());
        level.draws++;
        level.seen.put(i, p[i]);
      }
      return new Drawn(
          Pool.of(
              Arrays.stream(drawn).map(i -> 7 * i + shift).toArray(),
              Arrays.stream(drawn).mapToDouble(i -> tables.rewards()[i]).toArray(),
              Arrays.stream(drawn).mapToDouble(i -> tables.logP()[i]).toArray()),
          levels);
    }

    private static int draw(double[] p, RandomGenerator random) {
      double u = random.nextDouble();
      int i = 0;
      while (i < p.length - 1 && u >= p[i]) {
        u -= p[i++];
      }
      return i;
    }

    /// `Σ W_l value_l`, values in the order of the levels.
    double average(int n, double[] values) {
      double sum = 0;
      int rank = pool.size();
      int l = values.length - 1;
      double weight = (double) n / rank;
      for (Level level : levels.descendingMap().values()) {
        for (int d = 0; d < level.draws && rank >= n; d++, rank--) {
          sum += weight * values[l];
          weight *= (rank - n) / (rank - 1.0);
        }
        l--;
      }
      return sum;
    }

    double[] masses() {
      return levels.values().stream().mapToDouble(Level::mass).toArray();
    }

    double average(int n, double[] masses, DoubleUnaryOperator bound) {
      return average(n, Arrays.stream(masses).map(bound).toArray());
    }

    /// `K_n - Σ_l min over F in {B_l, 1 - A_l} of F^n D_n(min(1, S_l / F))`.
    double seenMass(int n) {
      double[] masses = masses();
      double lost = 0;
      for (int l = 0; l < masses.length; l++) {
        double upTo = Math.min(1, Arrays.stream(masses, 0, l + 1).sum());
        double room = Math.max(0, 1 - Arrays.stream(masses, l + 1, masses.length).sum());
        lost += Math.min(lost(n, masses[l], upTo), lost(n, masses[l], room));
      }
      return Math.max(0, KlBounds.analytical(n) - lost);
    }

    private static double lost(int n, double mass, double f) {
      return f == 0 ? 0 : Math.pow(f, n) * KlBounds.gap(n, Math.min(1, mass / f));
    }

    /// `min(1, S_l / (1 - A_l))`.
    double[] least() {
      double[] masses = masses();
      return IntStream.range(0, masses.length)
          .mapToDouble(
              l -> {
                double above = Arrays.stream(masses, l + 1, masses.length).sum();
                return masses[l] >= 1 - above ? 1 : masses[l] / (1 - above);
              })
          .toArray();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theEstimatesFollowTheirFormulas(long seed) {
    Drawn drawn = Drawn.of(seed);
    int size = drawn.pool().size();
    for (int n : new int[] {1, 2, 1 + size / 10, 1 + size / 2, size}) {
      PoolEstimates estimates = drawn.pool().at(n);
      double[] rewards = drawn.levels().keySet().stream().mapToDouble(r -> r).toArray();
      double[] masses = drawn.masses();

      Near.assertWithin(1e-12, estimates.reward(), drawn.average(n, rewards));
      assertNear(n, estimates.klBound(), drawn.average(n, masses, s -> KlBounds.bound(n, s)));
      assertNear(
          n, estimates.sharpKlBound(), drawn.average(n, masses, s -> KlBounds.sharpBound(n, s)));
      assertNear(
          n,
          estimates.alternateKlBound(),
          drawn.average(n, masses, s -> KlBounds.alternateBound(n, s)));
      assertNear(
          n, estimates.klUpper(), drawn.average(n, drawn.least(), s -> KlBounds.sharpBound(n, s)));
      assertNear(n, estimates.seenMassKlBound(), drawn.seenMass(n));
      assertNear(n, drawn.pool().seenMassKlBound(n), drawn.seenMass(n));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void earlyStopIsBestOfNOfTheClippedReward(long seed) {
    Drawn drawn = Drawn.of(seed);
    Pool pool = drawn.pool();
    int size = pool.size();
    double[] rewards = drawn.levels().keySet().stream().mapToDouble(r -> r).toArray();
    double middle = rewards[Tables.random(seed).nextInt(rewards.length)];
    for (double threshold : new double[] {-1e300, middle, Math.nextUp(middle), 1e300}) {
      Pool clipped = pool.clippedAt(threshold);
      PoolStop stop = pool.stopAt(threshold);
      for (int n : new int[] {1, 2, 1 + size / 10, 1 + size / 2, size}) {
        assertNear(n, pool.at(n).klUpper(stop), clipped.at(n).klUpper());
        assertNear(n, pool.at(n).kl(stop), clipped.at(n).kl());
        if (n < size) {
          Near.assertWithin(1e-13, pool.at(n).winRate(stop), clipped.at(n).winRate());
        }
      }
    }
  }

  /// The plain formulas lose digits of their own where masses add up to nearly 1.
  private static void assertNear(int n, double value, double expected) {
    assertThat(Math.abs(value - expected))
        .isLessThanOrEqualTo(1e-12 * (KlBounds.analytical(n) + 1));
  }

  /// A tilt of -10 multiplies a return without drift by up to `exp(10 K_n)`.
  @Test
  void aTiltTowardsTheLeastDoesNotCutWhatItLifts() {
    int size = 400;
    int n = 100;
    // The worst quarter is one completion of probability 1/4, the rest are too rare to cost less.
    int[] outcomes = IntStream.range(0, size).map(i -> Math.max(i, size / 4)).toArray();
    double[] rewards = Arrays.stream(outcomes).asDoubleStream().toArray();
    double[] logP = Arrays.stream(rewards).map(r -> r == 100 ? Math.log(0.25) : -500).toArray();
    double lowest = KlBounds.bound(n, 0.25);
    double highest = KlBounds.analytical(n);
    double share = 1;
    for (int i = 0; i < n; i++) {
      share *= (size / 4 + 1.0 - i) / (size - i);
    }
    double expected =
        -Math.log(share * Math.exp(-60 * lowest) + (1 - share) * Math.exp(-60 * highest)) / 60;

    assertThat(share).isLessThan(1e-15);
    Near.assertWithin(1e-12, Pool.of(outcomes, rewards, logP).at(n).tiltedKlBound(-60), expected);
  }

  /// Of a pool of several blocks, from the lowest level that matters.
  @ParameterizedTest
  @CsvSource({"1000, 1, 3", "1024, 7, -2", "2500, 7, 4", "2500, 900, 2", "2500, 2500, -3"})
  void aTiltedMeanIsOverAllLevels(int size, int n, double t) {
    double[] rewards = IntStream.range(0, size).asDoubleStream().toArray();
    double[] p = IntStream.range(0, size).mapToDouble(i -> (1 + i % 17) / (10.0 * size)).toArray();
    int[] outcomes = IntStream.range(0, size).toArray();
    Pool pool = Pool.of(outcomes, rewards, Arrays.stream(p).map(Math::log).toArray());
    double weight = n / (double) size;
    double sum = 0;
    for (int rank = size; rank >= n; rank--) {
      sum += weight * Math.exp(t * KlBounds.bound(n, p[rank - 1]));
      weight *= rank == 1 ? 0 : (rank - n) / (rank - 1.0);
    }
    Near.assertWithin(1e-12, pool.at(n).tiltedKlBound(t), Math.log(sum) / t);
  }

  @Test
  void whatRewardsAloneSayIsThatOfAPoolOfRewards() {
    Drawn drawn = Drawn.of(7);
    Pool pool = drawn.pool();
    Pool rewards = Pool.ofRewards(pool.rewards().toArray());
    for (int n : new int[] {1, 2, pool.size() / 2}) {
      PoolEstimates estimates = pool.at(n).fromRewards(pool.fromRewards());
      assertThat(estimates.n()).isEqualTo(n);
      assertThat(estimates.weights()).isEqualTo(rewards.weights(n));
      assertThat(estimates.reward()).isEqualTo(rewards.reward(n));
      assertThat(estimates.winRate()).isEqualTo(rewards.winRate(n));
      assertThat(estimates.kl()).isEqualTo(rewards.kl(n));
      assertThat(estimates.klUpper()).isEqualTo(KlBounds.analytical(n));
    }
  }

  @Test
  void whatAChanceOfFailingAddsIsThatOfThePool() {
    double[] logP = {Math.log(.3), Math.log(.3), Math.log(.2), Math.log(.1)};
    Pool pool = Pool.of(new int[] {0, 0, 1, 2}, new double[] {1, 1, 2, 3}, logP);
    PromptSeenMass seen = pool.at(3).seenMass();
    assertThat(seen.certain()).isEqualTo(pool.seenMassKlBound(3));
    assertThat(seen.logSeen()).isEqualTo(logP[3]);
    Near.assertWithin(1e-15, Math.exp(seen.logUpTo()), .6);
    for (double alpha : new double[] {.01, .2}) {
      assertThat(seen.klBound(3, 4, alpha)).isEqualTo(pool.seenMassKlBound(3, alpha));
    }
  }

  @Test
  void anNBeyondThePoolIsRefused() {
    Pool pool = Pool.ofRewards(1, 2, 3);

    assertThatThrownBy(() -> pool.at(4)).hasMessageContaining("1 to 3");
    assertThatThrownBy(() -> pool.at(3).winRate()).hasMessageContaining("1 to 2");
    assertThat(pool.seenMassKlBound(4)).isEqualTo(KlBounds.analytical(4));
  }
}
