package topdraw.theory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;

/// The criterion for confidence bounds and intervals: they fail about as often as they say.
public final class Coverage {
  private Coverage() {}

  /// The chance of failing must be within limits; that of the same bound at half or twice `alpha`
  /// must not be, or the limits would let a wrong `alpha` pass.
  ///
  /// @param low the least chance of failing
  /// @param high the largest; at most `alpha` where the bound is a theorem
  /// @param alpha what the bound may fail by
  /// @param chance how often the bound fails when it is made for another `alpha`
  public static void assertBetween(
      double low, double high, double alpha, DoubleUnaryOperator chance) {
    assertThat(chance.applyAsDouble(alpha)).as("at alpha").isBetween(low, high);
    assertThat(chance.applyAsDouble(alpha / 2)).as("at half of it").isLessThan(low);
    assertThat(chance.applyAsDouble(2 * alpha)).as("at twice of it").isGreaterThan(high);
  }

  /// [#assertBetween] half of `alpha` and all of it: for theorems that are nearly exact.
  public static void assertNearlyExact(double alpha, DoubleUnaryOperator chance) {
    assertBetween(alpha / 2 * (1 + 1e-9), alpha * (1 + 1e-12), alpha, chance);
  }

  /// The chances of every count of successes.
  public static double[] binomial(int trials, double p) {
    double[] chances = {1};
    for (int i = 0; i < trials; i++) {
      var longer = new double[chances.length + 1];
      for (int c = 0; c < chances.length; c++) {
        longer[c] += chances[c] * (1 - p);
        longer[c + 1] += chances[c] * p;
      }
      chances = longer;
    }
    return chances;
  }
}
