package topdraw.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;

/// A budget over prompts, prompt by prompt.
class BudgetReplayTest {
  /// The means are those that advice tells.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5})
  void itsMeansAreThoseOfTheAdvice(long seed) {
    var random = new SplittableRandom(seed);
    List<double[]> rewards =
        Stream.generate(
                () -> {
                  double rate = random.nextDouble();
                  return IntStream.range(0, 20)
                      .mapToDouble(
                          _ ->
                              seed % 2 == 0
                                  ? (random.nextDouble() < rate ? 1.0 : 0)
                                  : rate + random.nextGaussian())
                      .toArray();
                })
            .limit(11)
            .toList();
    ScoredPrompts prompts =
        new ScoredPrompts(
            rewards.stream().map(one -> new Scored(one, new double[0])).toList(),
            Confidence.DEFAULT,
            Optional.empty());
    List<Finding> told = Budget.of(prompts, List.of(4.5)).rows().getLast().findings();

    List<BudgetReplay.Spent> spent = BudgetReplay.inTwoStages(rewards, 4.5);

    assertThat(spent.stream().mapToDouble(BudgetReplay.Spent::draws).average().orElseThrow())
        .isCloseTo(value(told, Quantity.DRAWS), within(1e-12))
        .isLessThanOrEqualTo(4.5);
    assertThat(spent.stream().mapToDouble(BudgetReplay.Spent::best).average().orElseThrow())
        .isCloseTo(value(told, Quantity.REWARD), within(1e-12));
    for (int j = 0; j < spent.size(); j++) {
      double[] made = rewards.get(j);
      double best =
          IntStream.range(0, spent.get(j).draws()).mapToDouble(i -> made[i]).max().orElseThrow();
      assertThat(spent.get(j).best()).isEqualTo(best);
    }
  }

  private static double value(List<Finding> told, Quantity quantity) {
    return told.stream()
        .filter(finding -> finding.quantity() == quantity)
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void aBudgetBelowOneAndFewerThanFourPromptsAreRefused() {
    List<double[]> four = Collections.nCopies(4, new double[] {0, 1});
    assertThatThrownBy(() -> BudgetReplay.inTwoStages(four, 0.5))
        .hasMessage("a budget of at least 1 is spent over at least four prompts, was 0.5 over 4");
    assertThatThrownBy(() -> BudgetReplay.inTwoStages(four.subList(0, 3), 2))
        .hasMessageContaining("over 3");
  }
}
