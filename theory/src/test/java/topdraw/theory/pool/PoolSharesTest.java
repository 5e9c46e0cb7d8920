package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.Near;

/// Shares of levels, from where they are next to nothing to where they are all.
class PoolSharesTest {
  /// `S / (1 - A)` of the lower of two levels, and what it leaves, to the digits of a double.
  @ParameterizedTest(name = "S = {0}, A = {1}")
  @CsvSource({"1e-20, 0.5", "1e-300, 0.9", "1e-9, 1e-9", "0.125, 0.5", "0.25, 0.25", "0.49, 0.5"})
  void theLeastShareKeepsItsDigits(double seen, double above) {
    double share = seen / (1 - above);
    PoolShares shares = PoolShares.least(new LevelBlock(levels(seen, above), 0));

    assertThat(shares.logShare(0)).isBetween(near(Math.log(share), -1), near(Math.log(share), 1));
    double logMiss = Math.log1p(-share);
    assertThat(shares.logMiss(0)).isBetween(near(logMiss, -1), near(logMiss, 1));
  }

  /// Log-probabilities that add up to more than 1 leave no room: the share is all, and no more.
  @ParameterizedTest(name = "S = {0}, A = {1}")
  @CsvSource({"0.6, 0.6", "0.5, 0.5", "0.3, 1", "1, 0.2"})
  void aShareIsNeverMoreThanAll(double seen, double above) {
    PoolShares shares = PoolShares.least(new LevelBlock(levels(seen, above), 0));

    assertThat(shares.logShare(0)).isZero();
    assertThat(shares.logMiss(0)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  /// Of the 1,100 levels of one pool, those of the second block as those of the first.
  @Test
  void everyBlockHasItsShares() {
    int size = 1100;
    int[] outcomes = IntStream.range(0, size).toArray();
    double[] rewards = IntStream.range(0, size).asDoubleStream().toArray();
    double[] seen = IntStream.range(0, size).mapToDouble(l -> (1 + l % 9) / 1e4).toArray();
    double[] logP = Arrays.stream(seen).map(Math::log).toArray();
    PoolLevels levels = new PoolLevels(PoolDraws.of(outcomes, rewards, logP));
    assertThat(levels.blocks()).isEqualTo(2);
    double below = 0;
    for (int l = 0; l < size; l++) {
      int block = levels.block(l);
      double above = Arrays.stream(seen, l + 1, size).sum();
      below += seen[l];
      var parts = new LevelBlock(levels, block);
      assertShare(PoolShares.seen(levels, block), l, seen[l]);
      assertShare(PoolShares.least(parts), l, seen[l] / (1 - above));
      assertShare(PoolShares.amongSeen(parts), l, seen[l] / below);
      assertShare(
          PoolShares.estimated(levels, parts),
          l,
          seen[l] / Math.max(below, Math.min((l + 1.) / size, 1 - above)));
    }
    assertThat(PoolShares.seen(levels, 1).logShares()).hasSize(size - 1024);
    assertThat(PoolShares.seen(levels, 1).logMisses()).hasSize(size - 1024);
    assertThat(PoolShares.seen(levels, 1).from()).isEqualTo(1024);
  }

  private static void assertShare(PoolShares shares, int l, double expected) {
    Near.assertWithin(1e-12, Math.exp(shares.logShare(l)), expected);
    if (expected < 1) {
      Near.assertWithin(1e-12, Math.exp(shares.logMiss(l)), 1 - expected);
    }
  }

  private static PoolLevels levels(double seen, double above) {
    double[] logP = {Math.log(seen), Math.log(above)};
    return new PoolLevels(PoolDraws.of(new int[] {0, 1}, new double[] {0, 1}, logP));
  }

  private static double near(double x, int side) {
    return x + side * 1e-13 * Math.abs(x);
  }
}
