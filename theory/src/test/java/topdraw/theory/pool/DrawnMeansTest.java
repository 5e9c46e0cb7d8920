package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Tables;
import topdraw.theory.confidence.DrawnValue;
import topdraw.theory.confidence.Range;

/// How best-of-n varies with the drawing, against every subset.
class DrawnMeansTest {
  static LongStream seeds() {
    return Tables.seeds(60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void itIsWhatEverySubsetSays(long seed) {
    RandomGenerator random = Tables.random(seed);
    int size = 2 + (int) (seed % 7);
    double[] rewards = random.doubles(size, -3, 5).toArray();
    rewards[0] = rewards[size - 1];
    for (int n = 1; n < size; n++) {
      DrawnValue drawn = DrawnMeans.ofBest(rewards, n, Optional.empty());
      assertThat(drawn.value()).isCloseTo(overSubsets(rewards, n), within(1e-13));
      assertThat(drawn.variance()).isCloseTo(byLeavingOut(rewards, n), within(1e-12));
      double[] longer = Arrays.copyOf(rewards, size + 1);
      longer[size] = 2 * Arrays.stream(rewards).max().orElseThrow() - median(rewards);
      assertThat(drawn.withOneMore()).isCloseTo(overSubsets(longer, n), within(1e-13));
      assertThat(drawn.perDraw()).isEqualTo((double) size / n);
    }
  }

  private static double overSubsets(double[] rewards, int n) {
    double sum = 0;
    int subsets = 0;
    for (int subset = 0; subset < 1 << rewards.length; subset++) {
      if (Integer.bitCount(subset) == n) {
        int chosen = subset;
        sum +=
            IntStream.range(0, rewards.length)
                .filter(i -> (chosen >> i & 1) == 1)
                .mapToDouble(i -> rewards[i])
                .max()
                .orElseThrow();
        subsets++;
      }
    }
    return sum / subsets;
  }

  private static double byLeavingOut(double[] rewards, int n) {
    int size = rewards.length;
    double[] without =
        IntStream.range(0, size)
            .mapToDouble(
                i ->
                    overSubsets(
                        IntStream.range(0, size)
                            .filter(j -> j != i)
                            .mapToDouble(j -> rewards[j])
                            .toArray(),
                        n))
            .toArray();
    double pairs = 0;
    for (double x : without) {
      for (double y : without) {
        pairs += (x - y) * (x - y);
      }
    }
    return pairs / (2.0 * size) * (size - 1) / size;
  }

  /// What half the values are not above and half not below.
  private static double median(double[] values) {
    return Arrays.stream(values)
        .filter(
            x ->
                2 * Arrays.stream(values).filter(y -> y < x).count() <= values.length
                    && 2 * Arrays.stream(values).filter(y -> y > x).count() <= values.length)
        .distinct()
        .average()
        .orElseThrow();
  }

  /// The draw that did not come is no larger than any can be.
  @Test
  void theRangeCutsTheDrawThatDidNotCome() {
    double[] rewards = {4, 1, 2};
    assertThat(DrawnMeans.ofBest(rewards, 1, Optional.of(new Range(0, 5))).withOneMore())
        .isEqualTo(3);
    assertThat(DrawnMeans.ofBest(rewards, 1, Optional.of(new Range(0, 6))).withOneMore())
        .isEqualTo(3.25);
    assertThat(DrawnMeans.ofBest(rewards, 1, Optional.of(new Range(0, 7))).withOneMore())
        .isEqualTo(3.25);
  }

  /// What is added to every reward leaves the spread, also where it is a thousand million times it.
  @Test
  void aShiftLeavesTheVariance() {
    double[] rewards = {.3, 1.7, 2.9, 2.2, 5.1, 4.3, 3.6};
    double[] shifted = Arrays.stream(rewards).map(r -> r + 1e9).toArray();
    for (int n = 1; n < 7; n++) {
      double variance = DrawnMeans.ofBest(rewards, n, Optional.empty()).variance();
      assertThat(DrawnMeans.ofBest(shifted, n, Optional.empty()).variance())
          .isCloseTo(variance, within(1e-5));
    }
  }

  @Test
  void moreDrawsThanOneLessAreRefused() {
    double[] rewards = {1, 2, 3};
    assertThatThrownBy(() -> DrawnMeans.ofBest(rewards, 3, Optional.empty()))
        .hasMessageContaining("from 1 to 2");
    assertThatThrownBy(() -> DrawnMeans.ofBest(rewards, 0, Optional.empty()))
        .hasMessageContaining("from 1 to 2");
  }
}
