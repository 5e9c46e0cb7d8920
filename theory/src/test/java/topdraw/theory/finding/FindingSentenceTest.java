package topdraw.theory.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FindingSentenceTest {
  private static final Estimator SOURCE = new Estimator("any", "its source");

  @Test
  void anEstimateHasItsIntervalRoundedOutwardsAndWhatItRestsOn() {
    assertThat(
            Finding.estimate(
                    Quantity.WIN_RATE,
                    Role.VALUE,
                    0.702_849,
                    new Interval(0.642_79, 0.763_01),
                    new Confidence(0.95),
                    224,
                    SOURCE,
                    List.of("only the drawing is random"))
                .overPrompts(7))
        .hasToString(
            "win rate about 0.7028 [0.6427, 0.7631] at 95 % (estimate, 224 draws, 7 prompts; its"
                + " source; only the drawing is random)");
    assertThat(
            Finding.estimate(
                Quantity.KL,
                Role.LOWER_BOUND,
                1.2344,
                new Interval(1.1, 1.4),
                new Confidence(0.98),
                1,
                SOURCE,
                List.of()))
        .hasToString(
            "KL divergence about 1.234 nats [1.1, 1.4] at 98 % (estimate of a lower bound, 1 draw;"
                + " its source)");
  }

  @Test
  void aBoundStaysABound() {
    assertThat(Finding.theorem(Quantity.KL, Role.UPPER_BOUND, 1.835_088_722, SOURCE, List.of()))
        .hasToString("KL divergence at most 1.836 nats (theorem; its source)");
    assertThat(
            Finding.certificate(
                Quantity.REWARD,
                Role.LOWER_BOUND,
                -37.458_9,
                new Confidence(1 - 0.05 / 3),
                64,
                SOURCE,
                List.of()))
        .hasToString("reward at least -37.46 at 98.3333 % (theorem, 64 draws; its source)");
    // The last digit of 0.8 is rounding error, and no reason to say 0.8001.
    assertThat(
            Finding.conjecture(
                Quantity.WIN_RATE, Role.UPPER_BOUND, Math.nextUp(0.8), SOURCE, List.of()))
        .hasToString("win rate at most 0.8 (conjecture; its source)");
  }

  @Test
  void numbersThatAreExactAreSaidPlainly() {
    assertThat(Finding.exact(Quantity.EXPECTED_DRAWS, 16, SOURCE))
        .hasToString("expected draws 16 (exact; its source)");
    assertThat(Finding.exact(Quantity.TOKENS_PER_DRAW, 34.9, SOURCE))
        .hasToString("tokens per draw 34.9 (exact; its source)");
    assertThat(Finding.exact(Quantity.KL, 1.5e-30, SOURCE))
        .hasToString("KL divergence 1.5e-30 nats (exact; its source)");
    assertThat(
            Finding.theorem(
                Quantity.KL, Role.UPPER_BOUND, Double.POSITIVE_INFINITY, SOURCE, List.of()))
        .hasToString("KL divergence at most infinity nats (theorem; its source)");
  }
}
