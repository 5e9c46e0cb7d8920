package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Weights of levels against the chances that a random subset lies below them.
class PoolWeightsTest {
  private static final Offset<Double> NEAR = Offset.offset(1e-13);

  /// `C(h, n) / C(size, n)`.
  private static double chance(int h, int n, int size) {
    return h < n
        ? 0
        : IntStream.range(0, n)
            .mapToDouble(k -> (h - k) / (double) (size - k))
            .reduce(1, (a, b) -> a * b);
  }

  private static PoolLevels levels(long seed, int size, int different) {
    double[] rewards =
        different >= size
            ? IntStream.range(0, size).mapToDouble(i -> i * 7919L % 10_007).toArray()
            : new SplittableRandom(seed).ints(size, 0, different).asDoubleStream().toArray();
    return new PoolLevels(PoolDraws.ofRewards(rewards));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "2, 20, 5, 3",
    "3, 20, 20, 20",
    "4, 300, 40, 100",
    "5, 1500, 1500, 2",
    "6, 3000, 3000, 1",
    "7, 3000, 3000, 40",
    "8, 3000, 2500, 700",
    "9, 5000, 5000, 5000"
  })
  void aLevelHasTheChanceThatTheBestIsThere(long seed, int size, int different, int n) {
    PoolLevels levels = levels(seed, size, different);
    PoolWeights weights = PoolWeights.of(levels, n);
    assertThat(weights.n()).isEqualTo(n);
    double sum = 0;
    for (int b = levels.block(weights.first()); b < levels.blocks(); b++) {
      double[] block = weights.block(b);
      int from = weights.from(b);
      assertThat(from).isEqualTo(Math.max(weights.first(), b * 1024));
      assertThat(block).hasSize(levels.to(b) - from);
      for (int i = 0; i < block.length; i++) {
        double expected =
            chance(levels.start(from + i + 1), n, size) - chance(levels.start(from + i), n, size);
        assertThat(block[i]).isCloseTo(expected, NEAR);
        sum += block[i];
      }
    }
    assertThat(sum).isCloseTo(1, NEAR);
    assertThat(weights.average(l -> l))
        .isCloseTo(
            IntStream.range(0, levels.count)
                .mapToDouble(l -> 1 - chance(levels.start(l + 1), n, size))
                .sum(),
            Offset.offset(1e-9));
    for (int level : new int[] {0, levels.count / 2, levels.count - 1, weights.first()}) {
      assertThat(weights.reaching(level)).isCloseTo(1 - chance(levels.start(level), n, size), NEAR);
    }
    assertThat(weights.reaching(levels.count)).isZero();
  }

  /// Below the lowest level that matters there is less than 1e-15, and above it about `35 N/n`
  /// ranks.
  @ParameterizedTest
  @CsvSource({
    "9000, 900, 8660",
    "9000, 9000, 8999",
    "9000, 1, 0",
    "9000, 20, 1599",
    "2000, 100, 1414"
  })
  void whatIsLeftOutHasNextToNoChance(int size, int n, int first) {
    PoolLevels levels = levels(1, size, size);
    PoolWeights weights = PoolWeights.of(levels, n);
    assertThat(weights.first()).isEqualTo(first);
    assertThat(chance(first, n, size)).isLessThan(1e-15);
    assertThat(size - first).isLessThan(35 * size / n + 2);
    assertThat(PoolWeights.of(levels, n, 2 * PoolWeights.LOG_CUT).first())
        .isLessThanOrEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "30, true", "31, false"})
  void nIsFromOneToTheSize(int n, boolean fits) {
    PoolLevels levels = levels(1, 30, 7);
    if (fits) {
      assertThat(PoolWeights.of(levels, n).n()).isEqualTo(n);
    } else {
      assertThatThrownBy(() -> PoolWeights.of(levels, n))
          .hasMessage("n must be from 1 to 30 for this pool, was " + n + "; record more draws");
    }
  }

  @Test
  void theWeightsOfOneBlockAreKept() {
    PoolWeights weights = PoolWeights.of(levels(1, 30, 7), 4);
    assertThat(weights.block(0)).isSameAs(weights.block(0));
  }

  @ParameterizedTest
  @CsvSource({"1, 30", "7, 30", "30, 30", "60, 400"})
  void theChancesToBeAmongTheLowest(int n, int size) {
    double[] within = PoolWeights.within(n, size);
    assertThat(within).hasSize(size + 1);
    for (int h = 0; h <= size; h++) {
      double chance = chance(h, n, size);
      assertThat(within[h]).isCloseTo(chance < 1e-15 ? 0 : chance, Offset.offset(1e-15));
      assertThat(within[h] > 0).isEqualTo(chance > 1e-15);
    }
  }
}
