package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private static PoolLevels levels(double seen, double above) {
    double[] logP = {Math.log(seen), Math.log(above)};
    return new PoolLevels(PoolDraws.of(new int[] {0, 1}, new double[] {0, 1}, logP));
  }

  private static double near(double x, int side) {
    return x + side * 1e-13 * Math.abs(x);
  }
}
