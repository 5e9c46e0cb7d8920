package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Levels of a pool against lists of the draws of each reward.
class PoolLevelsTest {
  private static final double UNKNOWN = Double.NEGATIVE_INFINITY;

  /// Levels of a block.
  private static final int BLOCK = 1024;

  /// One level: its reward, its draws and the probability of the completions among them.
  private record Level(double reward, List<Integer> draws, int distinct, double seen) {}

  private static List<Level> levels(PoolDraws draws) {
    var byReward = new TreeMap<Double, List<Integer>>();
    for (int i = 0; i < draws.size(); i++) {
      byReward.computeIfAbsent(draws.reward(i), reward -> new ArrayList<>()).add(i);
    }
    var levels = new ArrayList<Level>();
    byReward.forEach(
        (reward, those) -> {
          var met = new HashSet<Integer>();
          double seen = 0;
          for (int i : those) {
            seen += met.add(draws.outcome(i)) ? Math.exp(draws.logP(i)) : 0;
          }
          levels.add(new Level(reward, those, met.size(), Math.min(1, seen)));
        });
    return levels;
  }

  private static void assertSame(PoolLevels found, PoolDraws draws) {
    List<Level> levels = levels(draws);
    assertThat(found.count).isEqualTo(levels.size());
    assertThat(found.size()).isEqualTo(draws.size());
    assertThat(found.single()).isEqualTo(levels.size() == draws.size());
    double[] values = IntStream.range(0, draws.size()).mapToDouble(i -> i * i).toArray();
    LevelMeans means = found.means(values);
    int start = 0;
    for (int l = 0; l < levels.size(); l++) {
      Level level = levels.get(l);
      assertThat(found.start(l)).isEqualTo(start);
      assertThat(found.draws(l)).isEqualTo(level.draws.size());
      assertThat(found.distinct(l)).isEqualTo(level.distinct);
      assertThat(found.reward(l)).isEqualTo(level.reward);
      assertThat(Math.exp(found.logSeen(l))).isCloseTo(level.seen, Offset.offset(1e-15));
      assertThat(found.logSeen(l)).isNotPositive();
      assertThat(found.from(level.reward)).isEqualTo(l);
      assertThat(found.from(Math.nextUp(level.reward))).isEqualTo(l + 1);
      double sum = 0;
      for (int draw : level.draws) {
        assertThat(found.draw(start++)).isEqualTo(draw);
        assertThat(found.ofRank(start)).isEqualTo(l); // from 1
        sum += values[draw];
      }
      assertThat(means.at(l)).isEqualTo(sum / level.draws.size());
    }
    assertThat(found.start(found.count)).isEqualTo(start);
    assertBlocks(found, levels);
  }

  private static void assertBlocks(PoolLevels found, List<Level> levels) {
    int blocks = (int) Math.ceil(levels.size() / (double) BLOCK);
    assertThat(found.blocks()).isEqualTo(blocks);
    for (int block = 0; block < blocks; block++) {
      int from = block * BLOCK;
      int to = Math.min(levels.size(), from + BLOCK);
      assertThat(found.from(block)).isEqualTo(from);
      assertThat(found.to(block)).isEqualTo(to);
      assertThat(found.block(from)).isEqualTo(block);
      assertThat(found.block(to - 1)).isEqualTo(block);
      assertThat(Math.exp(found.logSeenBelow(block))).isCloseTo(seen(levels, 0, from), NEAR);
      assertThat(Math.exp(found.logSeenAbove(block)))
          .isCloseTo(seen(levels, to, levels.size()), NEAR);
      if (blocks > 1) {
        assertThat(Math.exp(found.logSeenAboveLowest(block)))
            .isCloseTo(seen(levels, from + 1, levels.size()), NEAR);
      }
    }
  }

  private static final Offset<Double> NEAR = Offset.offset(1e-12);

  private static double seen(List<Level> levels, int from, int to) {
    return Math.min(1, levels.subList(from, to).stream().mapToDouble(Level::seen).sum());
  }

  /// Draws of a few outcomes at a few rewards, or of as many as draws.
  private static PoolDraws draws(long seed, int size, int rewards, int outcomes) {
    var random = new SplittableRandom(seed);
    var outcomeOf = new int[size];
    var rewardOf = new double[size];
    var logP = new double[size];
    for (int i = 0; i < size; i++) {
      outcomeOf[i] = outcomes >= size ? i : random.nextInt(outcomes);
      rewardOf[i] = rewards >= size ? size - (i * 7919L) % 10_007 : random.nextInt(rewards);
      logP[i] = outcomeOf[i] % 5 == 3 ? UNKNOWN : Math.log((1 + outcomeOf[i] % 9) / (9.0 * size));
    }
    return PoolDraws.of(outcomeOf, rewardOf, logP);
  }

  /// An outcome at several levels counts at each of them.
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "2, 9, 4, 3",
    "3, 30, 4, 12",
    "4, 30, 30, 30",
    "5, 30, 30, 5",
    "6, 200, 60, 400",
    "7, 1023, 1023, 1023",
    "8, 1024, 1024, 300",
    "9, 1025, 1025, 1025",
    "10, 2047, 2047, 2047",
    "11, 2048, 2048, 2048",
    "12, 3000, 3000, 3000",
    "13, 4000, 2500, 4000"
  })
  void theyAreTheDrawsOfEachReward(long seed, int size, int rewards, int outcomes) {
    PoolDraws draws = draws(seed, size, rewards, outcomes);
    var levels = new PoolLevels(draws);
    assertSame(levels, draws);
    assertSame(levels.ofRewards(), draws.ofRewards());
    assertSame(levels.with(rewards / 2, -1), draws.with(rewards / 2, -1));
    if (size > 8) {
      assertSame(levels.without(2, 7), draws.without(2, 7));
    }
  }

  /// Probabilities that sum to more than 1 are cut there.
  @Test
  void moreThanEverythingIsEverything() {
    var levels =
        new PoolLevels(
            PoolDraws.of(new int[] {0, 1, 2}, new double[3], new double[] {-.1, -.2, 0}));
    assertThat(levels.logSeen(0)).isZero();
    assertThat(PoolLevels.plus(-.1, -.1)).isZero();
    assertThat(PoolLevels.plus(UNKNOWN, -.1)).isEqualTo(-.1);
    assertThat(PoolLevels.plus(-.1, UNKNOWN)).isEqualTo(-.1);
    assertThat(Math.exp(PoolLevels.plus(Math.log(.25), Math.log(.5)))).isCloseTo(.75, NEAR);
  }

  /// With a level of its own for each draw, or one for all.
  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void aValueIsANumber(double second) {
    var levels = new PoolLevels(PoolDraws.ofRewards(new double[] {0, second, 0 - second}));
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> levels.means(new double[] {1, value, 2}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "values must be finite, found " + Arrays.toString(new double[] {1, value, 2}));
    }
    assertThatThrownBy(() -> levels.means(new double[2]))
        .hasMessage("each of the 3 draws needs one value, found 2");
  }

  @Test
  void aThresholdAboveAllIsReachedByNone() {
    var levels = new PoolLevels(PoolDraws.ofRewards(new double[] {3, UNKNOWN, 3, 1}));
    assertThat(levels.from(4.0)).isEqualTo(3);
    assertThat(levels.from(2.0)).isEqualTo(2);
    assertThat(levels.from(UNKNOWN)).isZero();
    assertThat(levels.from(0.0)).isEqualTo(1);
  }
}
