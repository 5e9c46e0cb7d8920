package topdraw.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.estimate.MeasuredPrompts;
import topdraw.estimate.Questions;
import topdraw.theory.confidence.Scope;

/// Blocks of draws, each worked out by itself.
class DrawBlocksTest {
  /// Each draw of a block in turn against the best of the others.
  private static double wins(double... block) {
    double wins = 0;
    for (int opponent = 0; opponent < block.length; opponent++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < block.length; i++) {
        best = i == opponent ? best : Math.max(best, block[i]);
      }
      wins += best > block[opponent] ? 1 : best == block[opponent] ? 0.5 : 0;
    }
    return wins / block.length;
  }

  private static List<Double> blocks(double[] ranks, int n) {
    List<Double> numbers = new ArrayList<>();
    for (int from = 0; from + n + 1 <= ranks.length; from += n + 1) {
      numbers.add(wins(Arrays.copyOfRange(ranks, from, from + n + 1)));
    }
    return numbers;
  }

  private static List<Double> bests(double[] ranks, int n) {
    List<Double> numbers = new ArrayList<>();
    for (int from = 0; from + n <= ranks.length; from += n) {
      numbers.add(Arrays.stream(ranks, from, from + n).max().orElseThrow());
    }
    return numbers;
  }

  @Test
  void ofEachNTheWinsComeFirstThenTheBests() {
    double[] ranks = {3, 1, 2, 2, 5, 5, 5, Double.NEGATIVE_INFINITY, 4};
    List<Double> expected = new ArrayList<>();
    for (int n = 1; n < ranks.length; n++) {
      expected.addAll(blocks(ranks, n));
      expected.addAll(bests(ranks, n));
    }
    assertThat(DrawBlocks.numbers(ranks).toArray())
        .containsExactly(expected.stream().mapToDouble(x -> x).toArray(), within(1e-15));
  }

  /// Prompts of nine, five and seven draws: as many blocks of each as the one with the fewest has,
  /// prompt by prompt in the order of the hashes of their keys.
  @Test
  void everyPromptHasAsManyBlocks() {
    var random = new Random(3);
    List<PromptDraws> prompts = new ArrayList<>();
    for (int draws : new int[] {9, 5, 7}) {
      prompts.add(
          Draft.prompt(
              "p" + draws,
              IntStream.range(0, draws)
                  .mapToObj(i -> Draft.of("o" + i).reward("r", random.nextInt(5) + 0.5))
                  .toList()));
    }
    var question =
        new PilotQuestion(
            "r", Set.of(Method.BEST_OF_N), Optional.empty(), OptionalDouble.empty(), Scope.DRAWS);
    MeasuredPrompts measured =
        Questions.of(question).measure(prompts::forEach, Runnable::run, 0).of(question);
    prompts.sort(Comparator.comparingLong(PromptDraws::order));
    int[] first =
        prompts.stream()
            .mapToInt(p -> PilotQuestion.FIRST_SETTING + 3 * (p.draws().size() - 1))
            .toArray();
    var blocks = new DrawBlocks(measured, new int[] {0, 1, 2}, first);
    for (int n = 1; n < 5; n++) {
      int size = n;
      assertThat(blocks.wins(n - 1))
          .containsExactly(
              prompts.stream()
                  .flatMap(p -> blocks(p.ranks("r"), size).stream().limit(5 / (size + 1)))
                  .mapToDouble(x -> x)
                  .toArray(),
              within(1e-15));
      assertThat(blocks.bests(n - 1))
          .containsExactly(
              prompts.stream()
                  .flatMap(p -> bests(p.ranks("r"), size).stream().limit(5 / size))
                  .mapToDouble(x -> x)
                  .toArray(),
              within(1e-15));
    }
  }

  /// A missing score reaches no threshold: where the quantile is one, it is the least score
  /// instead.
  @Test
  void aThresholdIsAScore() {
    double none = Double.NEGATIVE_INFINITY;
    double[] some = {none, none, 4, 7};
    assertThat(Quantiles.threshold(some, 0.25)).isEqualTo(4);
    assertThat(Quantiles.threshold(some, 0.2)).isEqualTo(7);
    assertThat(Quantiles.threshold(some, 0.9)).isEqualTo(4);
    assertThat(Quantiles.threshold(new double[] {none, none}, 0.5))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }
}
