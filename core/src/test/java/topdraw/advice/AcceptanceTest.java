package topdraw.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// Thresholds below which no answer is given, on pilots whose law is known: the score is uniform
/// and an answer is right with chance 0.2 + 0.75 score.
class AcceptanceTest {
  private static final double MOST = 0.3;

  private static List<Scored> pilot(int prompts, RandomGenerator random) {
    List<Scored> all = new ArrayList<>();
    for (int j = 0; j < prompts; j++) {
      double score = random.nextDouble();
      double right = random.nextDouble() < 0.2 + 0.75 * score ? 1 : 0;
      all.add(new Scored(new double[] {score}, new double[] {right}));
    }
    return all;
  }

  /// The chance of a wrong answer above a threshold, and of any answer.
  private static double[] above(double threshold) {
    double t = Math.max(0, threshold);
    return new double[] {0.8 * (1 - t) - 0.375 * (1 - t * t), 1 - t};
  }

  private static Optional<Advice.Row> row(Advice advice, Quantity bound) {
    return advice.rows().stream()
        .filter(row -> Drawn.find(row, bound, Role.UPPER_BOUND).isPresent())
        .findFirst();
  }

  @Test
  void theRiskIsKeptOnAverageAndThePrecisionWithConfidence() {
    var random = Drawn.random(19);
    double risk = 0;
    int proven = 0;
    int broken = 0;
    int runs = 600;
    for (int run = 0; run < runs; run++) {
      Advice advice = Acceptance.of(Drawn.of(pilot(200, random)), MOST, List.of());
      Optional<Advice.Row> joint = row(advice, Quantity.CONFIDENTLY_WRONG);
      risk += joint.isPresent() ? above(threshold(joint.get()))[0] : 0;
      Optional<Advice.Row> precise = row(advice, Quantity.WRONG_IF_ANSWERED);
      if (precise.isPresent()) {
        proven++;
        double[] chances = above(threshold(precise.get()));
        broken += chances[0] > MOST * chances[1] ? 1 : 0;
      }
    }
    assertThat(risk / runs).isBetween(0.27, 0.3);
    assertThat(proven).isBetween(runs / 4, runs);
    assertThat((double) broken / runs).isBetween(0.001, 0.05);
  }

  private static double threshold(Advice.Row row) {
    return Drawn.value(row, Quantity.ACCEPTANCE_THRESHOLD);
  }

  /// The winner of the first n draws is the answer; a later draw is not looked at.
  @Test
  void itIsTheWinnerOfTheFirstDrawsThatIsJudged() {
    List<Scored> prompts = new ArrayList<>();
    for (int j = 0; j < 40; j++) {
      // The second draw scores higher and is wrong for every other prompt.
      prompts.add(new Scored(new double[] {1, 2}, new double[] {1, j % 2}));
    }
    Advice one = Acceptance.of(Drawn.of(prompts), 0.1, List.of(1));
    Advice.Row first = row(one, Quantity.CONFIDENTLY_WRONG).orElseThrow();
    assertThat(threshold(first)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Drawn.value(first, Quantity.ABSTENTION_RATE)).isZero();
    Finding bound = Drawn.find(first, Quantity.CONFIDENTLY_WRONG, Role.UPPER_BOUND).orElseThrow();
    assertThat(bound.confidence()).isEqualTo(OptionalDouble.empty());
    assertThat(bound.assumptions()).anyMatch(words -> words.contains("on average"));
    Advice two = Acceptance.of(Drawn.of(prompts), 0.1, List.of(2));
    assertThat(two.rows()).isEmpty();
    assertThat(two.refused()).hasSize(2);
  }

  @Test
  void itSaysHowManyPromptsItNeeds() {
    Advice advice = Acceptance.of(Drawn.of(pilot(10, Drawn.random(2))), 0.05, List.of());
    assertThat(advice.refused().getFirst()).contains("at least 19 prompts needed");
    List<Scored> graded = List.of(new Scored(new double[] {1}, new double[] {0.5}));
    assertThat(Acceptance.of(Drawn.of(graded), 0.5, List.of()).refused().getFirst())
        .contains("gold reward of 0 or 1");
  }
}
