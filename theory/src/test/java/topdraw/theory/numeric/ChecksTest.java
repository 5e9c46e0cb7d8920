package topdraw.theory.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// What a check lets pass it gives back; what it refuses it names, with the number.
class ChecksTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static void assertPass(DoubleUnaryOperator check, double... values) {
    for (double value : values) {
      assertThat(check.applyAsDouble(value)).isEqualTo(value);
    }
  }

  private static void assertRefused(DoubleUnaryOperator check, String words, double... values) {
    for (double value : values) {
      assertThatThrownBy(() -> check.applyAsDouble(value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(words)
          .hasMessageContaining("was " + value);
    }
  }

  @Test
  void numbersAreWithinTheirRange() {
    assertPass(x -> Checks.positive(x, "x"), Double.MIN_VALUE, 1, Double.MAX_VALUE);
    assertRefused(
        x -> Checks.positive(x, "x"), "x must be a finite number above 0", 0, -1, INF, Double.NaN);
    assertPass(x -> Checks.atLeastOne(x, "x"), 1, 1.5, Double.MAX_VALUE);
    assertRefused(
        x -> Checks.atLeastOne(x, "x"),
        "x must be a finite number of at least 1",
        Math.nextDown(1.0),
        INF,
        Double.NaN);
    assertPass(x -> Checks.oneOrAtLeastTwo(x, "x"), 1, 2, 2.5, Double.MAX_VALUE);
    assertRefused(
        x -> Checks.oneOrAtLeastTwo(x, "x"),
        "x must be 1 or a finite number of at least 2",
        0,
        1.5,
        Math.nextDown(2.0),
        INF,
        Double.NaN);
    assertPass(x -> Checks.notNaN(x, "x"), -INF, 0, INF);
    assertThatThrownBy(() -> Checks.notNaN(Double.NaN, "x"))
        .hasMessage("x must be a number, was NaN");
    assertPass(x -> Checks.openUnit(x, "x"), Double.MIN_VALUE, Math.nextDown(1.0));
    assertRefused(x -> Checks.openUnit(x, "x"), "x must be in (0, 1)", 0, 1, Double.NaN);
  }

  @Test
  void probabilitiesAndTheirLogarithmsAreWithinTheirRange() {
    assertPass(x -> Checks.probability(x, "x"), 0, 0.5, 1);
    assertRefused(
        x -> Checks.probability(x, "x"),
        "x is a probability in [0, 1]",
        -Double.MIN_VALUE,
        Math.nextUp(1.0),
        Double.NaN);
    assertPass(x -> Checks.positiveProbability(x, "x"), Double.MIN_VALUE, 1);
    assertRefused(
        x -> Checks.positiveProbability(x, "x"),
        "x is a probability in (0, 1]",
        0,
        Math.nextUp(1.0),
        Double.NaN);
    assertPass(x -> Checks.logProbability(x, "x"), -INF, -1, 0);
    assertRefused(
        x -> Checks.logProbability(x, "x"),
        "x is the logarithm of a probability, at most 0",
        Double.MIN_VALUE,
        Double.NaN);
    assertPass(x -> Checks.finiteLogProbability(x, "x"), -Double.MAX_VALUE, 0);
    assertThatThrownBy(() -> Checks.finiteLogProbability(-INF, "x"))
        .hasMessage("x is the logarithm of a probability above 0, was -∞");
    assertRefused(x -> Checks.finiteLogProbability(x, "x"), "at most 0", 0.5, Double.NaN);
  }

  @Test
  void whatIsMeasuredIsWithinItsRange() {
    assertPass(x -> Checks.score(x, "x"), -INF, 0, Double.MAX_VALUE);
    assertRefused(x -> Checks.score(x, "x"), "x must be finite, or -∞", INF, Double.NaN);
    assertPass(Checks::attainableWinRate, 0.5, Math.nextDown(1.0));
    assertRefused(
        Checks::attainableWinRate,
        "a win rate to reach is in [0.5, 1)",
        Math.nextDown(0.5),
        1,
        Double.NaN);
    assertPass(x -> Checks.divergence(x, "x"), 0, INF);
    assertRefused(
        x -> Checks.divergence(x, "x"),
        "x is a divergence in nats, at least 0",
        -Double.MIN_VALUE,
        Double.NaN);
  }
}
