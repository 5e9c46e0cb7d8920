package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Draws of a pool without some of them, or with one more, against lists of them.
class PoolDrawsTest {
  private static final double UNKNOWN = Double.NEGATIVE_INFINITY;

  /// One draw as it was recorded.
  private record Drawn(int outcome, double reward, double logP) {}

  private static PoolDraws draws(List<Drawn> drawn) {
    return PoolDraws.of(
        drawn.stream().mapToInt(Drawn::outcome).toArray(),
        drawn.stream().mapToDouble(Drawn::reward).toArray(),
        drawn.stream().mapToDouble(Drawn::logP).toArray());
  }

  private static void assertSame(PoolDraws found, List<Drawn> drawn) {
    assertThat(found.size()).isEqualTo(drawn.size());
    for (int i = 0; i < drawn.size(); i++) {
      Drawn one = drawn.get(i);
      int first = 0;
      while (drawn.get(first).outcome != one.outcome) {
        first++;
      }
      assertThat(found.reward(i)).isEqualTo(one.reward);
      assertThat(found.logP(i)).as("draw %s", i).isEqualTo(drawn.get(first).logP);
      assertThat(found.outcome(i)).isNotNegative().isLessThan(found.outcomes());
      for (int j = 0; j < i; j++) {
        assertThat(found.outcome(i) == found.outcome(j))
            .isEqualTo(one.outcome == drawn.get(j).outcome);
      }
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 12);
  }

  /// A few outcomes or as many as draws, numbered as one likes; of some, other log-probabilities
  /// each time; or nothing known but the rewards.
  private static List<Drawn> drawn(SplittableRandom random, int kind) {
    int size = random.nextInt(1, 14);
    var drawn = new ArrayList<Drawn>();
    for (int i = 0; i < size; i++) {
      int outcome =
          switch (kind) {
            case 0 -> random.nextInt(4);
            case 1 -> 1000 - i;
            case 2 -> random.nextInt(-2, 9);
            default -> i;
          };
      double logP = kind == 2 ? -random.nextInt(1, 4) : -2 - Math.floorMod(outcome, 5);
      drawn.add(new Drawn(outcome, random.nextInt(4), kind == 3 ? UNKNOWN : logP));
    }
    return drawn;
  }

  /// Whatever is left out of what, and put behind it.
  @ParameterizedTest
  @MethodSource("seeds")
  void whateverIsLeftOutOrAddedTheOthersStay(int seed) {
    var random = new SplittableRandom(seed);
    for (int trial = 0; trial < 40; trial++) {
      int kind = (seed + trial) % 4;
      List<Drawn> drawn = drawn(random, kind);
      PoolDraws draws =
          kind == 3
              ? PoolDraws.ofRewards(drawn.stream().mapToDouble(Drawn::reward).toArray())
              : draws(drawn);
      assertSame(draws, drawn);
      for (int step = 0; step < 5; step++) {
        var now = new ArrayList<>(drawn);
        if (random.nextBoolean() && drawn.size() > 1) {
          int from = random.nextInt(drawn.size());
          int to = random.nextInt(from, from == 0 ? drawn.size() : drawn.size() + 1);
          now.subList(from, to).clear();
          draws = draws.without(from, to);
        } else {
          var more = new Drawn(2000 + step, random.nextInt(4), -1 - random.nextInt(3));
          now.add(more);
          draws = draws.with(more.reward, more.logP);
        }
        drawn = now;
        assertSame(draws, drawn);
        assertSame(
            draws.ofRewards(),
            IntStream.range(0, now.size())
                .mapToObj(i -> new Drawn(i, now.get(i).reward, UNKNOWN))
                .toList());
        List<Drawn> other =
            drawn.stream().map(one -> new Drawn(one.outcome, 7 - one.reward, one.logP)).toList();
        assertSame(draws.withRewards(other.stream().mapToDouble(Drawn::reward).toArray()), other);
      }
    }
  }

  /// What is known of a draw that was added is kept when others are left out.
  @Test
  void whatIsKnownOfADrawOutlivesThoseOfWhichNothingIs() {
    PoolDraws draws = PoolDraws.ofRewards(new double[] {1, 2}).with(3, -1.5);
    assertThat(IntStream.range(0, 3).mapToDouble(draws::logP).toArray())
        .containsExactly(UNKNOWN, UNKNOWN, -1.5);
    PoolDraws fewer = draws.without(0, 1);
    assertThat(IntStream.range(0, 2).mapToDouble(fewer::logP).toArray())
        .containsExactly(UNKNOWN, -1.5);
  }

  @Test
  void ofAnOutcomesLogProbabilitiesTheFirstCounts() {
    PoolDraws draws =
        PoolDraws.of(
            new int[] {0, 1, 0, 1, 0, 2}, new double[6], new double[] {-1, -2, -3, -2, -4, -5});
    assertThat(IntStream.range(0, 6).mapToDouble(draws::logP).toArray())
        .containsExactly(-1, -2, -1, -2, -1, -5);
    // Without it the next is the first.
    PoolDraws fewer = draws.without(0, 1);
    assertThat(IntStream.range(0, 5).mapToDouble(fewer::logP).toArray())
        .containsExactly(-2, -3, -2, -3, -5);
  }

  @Test
  void zeroHasNoSign() {
    double[] rewards = {1, -0.0, 0.0, -0.0, -2};
    PoolDraws draws = PoolDraws.ofRewards(rewards).with(-0.0, -1);
    for (int i : new int[] {1, 2, 3, 5}) {
      assertThat(Double.doubleToRawLongBits(draws.reward(i))).isZero();
    }
    assertThat(draws.reward(0)).isEqualTo(1);
    assertThat(draws.reward(4)).isEqualTo(-2);
    // The caller's numbers stay.
    assertThat(Double.doubleToRawLongBits(rewards[1])).isEqualTo(Long.MIN_VALUE);
    assertThat(Double.doubleToRawLongBits(rewards[3])).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void logProbabilitiesThatAreNotTheFirstAreReadNotWritten() {
    double[] logP = {-1, -2, -3};
    PoolDraws.of(new int[] {0, 0, 0}, new double[3], logP);
    assertThat(logP).containsExactly(-1, -2, -3);
  }

  /// Of millions of draws a copy would be large: what changes in the arrays is seen everywhere.
  @Test
  void nothingIsCopiedWithoutNeed() {
    int[] outcomes = {0, 1, 2, 0};
    double[] rewards = {1, 2, 3, 4};
    double[] logP = {-1, -2, -3, -1};
    PoolDraws draws = PoolDraws.of(outcomes, rewards, logP);
    PoolDraws fewer = draws.without(1, 2);
    PoolDraws more = draws.with(5, -5);
    outcomes[2] = 3;
    rewards[2] = 9;
    logP[2] = -9;
    for (PoolDraws some : List.of(draws, more)) {
      assertThat(some.outcome(2)).isEqualTo(3);
      assertThat(some.reward(2)).isEqualTo(9);
      assertThat(some.logP(2)).isEqualTo(-9);
    }
    assertThat(fewer.outcome(1)).isEqualTo(3);
    assertThat(fewer.reward(1)).isEqualTo(9);
    assertThat(fewer.logP(1)).isEqualTo(-9);
    assertThat(draws.ofRewards().reward(2)).isEqualTo(9);
  }

  @Test
  void eachNumberIsChecked() {
    assertThatThrownBy(() -> PoolDraws.ofRewards(new double[] {1, 2, Double.NaN}))
        .hasMessageContaining("rewards[2]");
    assertThatThrownBy(() -> PoolDraws.ofRewards(new double[] {Double.POSITIVE_INFINITY}))
        .hasMessageContaining("rewards[0]");
    assertThatThrownBy(() -> PoolDraws.ofRewards(new double[0]))
        .hasMessageContaining("number of draws");
    assertThatThrownBy(() -> PoolDraws.of(new int[2], new double[2], new double[] {-1, .5}))
        .hasMessageContaining("logProbabilities[1]");
    PoolDraws one = PoolDraws.ofRewards(new double[] {1});
    assertThatThrownBy(() -> one.with(Double.NaN, -1)).hasMessageContaining("reward");
    assertThatThrownBy(() -> one.with(1, .5)).hasMessageContaining("logProbability");
  }
}
