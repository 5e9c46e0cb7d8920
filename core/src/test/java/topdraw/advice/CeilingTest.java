package topdraw.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// What more draws cannot help above, where the truth is known.
class CeilingTest {
  /// Prompts of rate p in (0, 1): right with chance p; right draws pass with 0.9, wrong ones with
  /// 0.3.
  private static Scored prompt(double p, int draws, RandomGenerator random) {
    var rewards = new double[draws];
    var gold = new double[draws];
    for (int i = 0; i < draws; i++) {
      gold[i] = random.nextDouble() < p ? 1 : 0;
      rewards[i] = random.nextDouble() < (gold[i] == 1 ? 0.9 : 0.3) ? 1 : 0;
    }
    return new Scored(rewards, gold);
  }

  private static double ceiling(double p) {
    return 0.9 * p / (0.9 * p + 0.3 * (1 - p));
  }

  @Test
  void theBoundFailsNoMoreOftenThanItSaysAndIsNotFarAbove() {
    var random = Drawn.random(13);
    // The mean ceiling of rates uniform on (0, 1).
    double truth = 0;
    for (int i = 0; i < 100_000; i++) {
      truth += ceiling((i + 0.5) / 100_000) / 100_000;
    }
    int failed = 0;
    double bounds = 0;
    double values = 0;
    int runs = 400;
    for (int run = 0; run < runs; run++) {
      List<Scored> prompts = new ArrayList<>();
      for (int j = 0; j < 100; j++) {
        prompts.add(prompt(random.nextDouble(), 8, random));
      }
      Advice.Row row = Ceiling.of(Drawn.of(prompts)).rows().getFirst();
      double bound =
          Drawn.find(row, Quantity.VERIFIER_CEILING, Role.UPPER_BOUND).orElseThrow().value();
      failed += bound < truth ? 1 : 0;
      bounds += bound / runs;
      values += Drawn.value(row, Quantity.VERIFIER_CEILING) / runs;
    }
    assertThat(failed).isLessThanOrEqualTo(20 + 9);
    assertThat(bounds - truth).isBetween(0.04, 0.1);
    assertThat(values - truth).isBetween(-0.005, 0.02);
  }

  /// Two draws of one prompt, every outcome with its chance: the number that is bet on is at least
  /// the prompt's ceiling on average, by what is added where none passes.
  @Test
  void thePromptsNumberBoundsItsCeilingOnAverage() {
    double p = 0.4;
    double[] chances = {p * 0.9, p * 0.1, (1 - p) * 0.3, (1 - p) * 0.7};
    double[] reward = {1, 0, 1, 0};
    double[] gold = {1, 1, 0, 0};
    double mean = 0;
    double none = 0;
    for (int a = 0; a < 4; a++) {
      for (int b = 0; b < 4; b++) {
        double chance = chances[a] * chances[b];
        double passed = reward[a] + reward[b];
        double right = (reward[a] * gold[a] + reward[b] * gold[b]) / Math.max(1, passed);
        mean += chance * (passed == 0 ? 1 : right);
        none += chance * (passed == 0 ? 1 : 0);
      }
    }
    assertThat(mean)
        .isCloseTo((1 - none) * ceiling(p) + none, org.assertj.core.api.Assertions.within(1e-12));
  }

  @Test
  void scoresThatHardlyRepeatHaveNoCeiling() {
    List<Scored> prompts = new ArrayList<>();
    for (int j = 0; j < 20; j++) {
      prompts.add(new Scored(new double[] {j, j + 0.5}, new double[] {0, 1}));
    }
    assertThat(Ceiling.of(Drawn.of(prompts)).refused().getFirst())
        .startsWith("1 draws share the highest score");
  }
}
