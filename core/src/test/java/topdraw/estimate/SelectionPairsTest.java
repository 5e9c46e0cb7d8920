package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

class SelectionPairsTest {
  private static PromptDraws prompt(String key, double[]... rows) {
    List<Draft> drafts = new ArrayList<>();
    for (double[] row : rows) {
      drafts.add(
          Draft.of(key + drafts.size())
              .reward("judge", row[0])
              .reward("rm", row[1])
              .reward("gold", row[2]));
    }
    return Draft.prompt(key, drafts);
  }

  private static SelectionPairs pairs(List<PromptDraws> prompts, List<Integer> grid) {
    SelectedGold judge = new SelectedGold("judge", "gold", grid);
    SelectedGold rm = new SelectedGold("rm", "gold", grid);
    var pairs = new SelectionPairs(judge, true, Confidence.DEFAULT);
    prompts.forEach(
        one -> pairs.add(one.key(), judge.of(one).orElseThrow(), rm.of(one).orElseThrow()));
    return pairs;
  }

  private static Finding of(AtN at, Estimator source) {
    return at.findings().stream().filter(f -> f.source().equals(source)).findFirst().orElseThrow();
  }

  /// By going through every subset of n draws, in fractions, ties shared alike.
  @Test
  void theDifferenceIsThatOfAllSubsets() {
    List<AtN> curve =
        pairs(
                List.of(
                    prompt(
                        "a",
                        new double[] {1, 5, 0},
                        new double[] {2, 4, 1},
                        new double[] {2, 3, 0},
                        new double[] {3, 2, 1},
                        new double[] {0, 1, 1}),
                    prompt(
                        "b",
                        new double[] {7, 1, 2},
                        new double[] {7, 2, -1},
                        new double[] {5, 2, 4},
                        new double[] {6, 0, 0}),
                    prompt(
                        "c",
                        new double[] {0, 3, 1},
                        new double[] {1, 2, 0.5},
                        new double[] {4, 1, 3},
                        new double[] {4, 0, 3},
                        new double[] {2, 3, -2},
                        new double[] {3, 3, 1})),
                List.of())
            .curve();
    assertThat(curve).extracting(AtN::n).containsExactly(1, 2, 3, 4);
    assertThat(of(curve.get(0), PairedSelection.DIFFERENCE).evidence()).isEqualTo(Evidence.EXACT);
    assertThat(of(curve.get(0), PairedSelection.DIFFERENCE).value()).isZero();
    double[][] expected = {
      {-0.19444444444444445, 0.9444444444444444, 0.75},
      {-0.6416666666666667, 1.25, 0.6083333333333333},
      {-0.8555555555555555, 1.4222222222222223, 0.5666666666666667}
    };
    for (int i = 1; i < 4; i++) {
      Finding difference = of(curve.get(i), PairedSelection.DIFFERENCE);
      assertThat(difference.value()).isCloseTo(expected[i - 1][0], within(1e-12));
      assertThat(difference.evidence()).isEqualTo(Evidence.ESTIMATE);
      assertThat(difference.prompts()).hasValue(3);
      assertThat(difference.samples()).hasValue(15);
      assertThat(of(curve.get(i), PairedSelection.OF_FIRST).value())
          .isCloseTo(expected[i - 1][1], within(1e-12));
      assertThat(of(curve.get(i), PairedSelection.OF_SECOND).value())
          .isCloseTo(expected[i - 1][2], within(1e-12));
    }
  }

  /// Gold is right or wrong, judge is gold itself and rm a constant: at n = 2 they differ by
  /// p(1-p), 0.2 in the mean over prompts whose p is 0.2 or 0.6. Seeds 0 to 299, twenty prompts of
  /// eight draws each: an interval at 95 % misses about fifteen times, and not nearly never.
  @Test
  void theIntervalMissesAsOftenAsItMay() {
    int missed = 0;
    for (int seed = 0; seed < 300; seed++) {
      var random = new SplittableRandom(seed);
      List<PromptDraws> prompts =
          IntStream.range(0, 20)
              .mapToObj(
                  j -> {
                    double p = random.nextBoolean() ? 0.2 : 0.6;
                    double[][] rows = new double[8][];
                    for (int i = 0; i < 8; i++) {
                      double right = random.nextDouble() < p ? 1 : 0;
                      rows[i] = new double[] {right, 0, right};
                    }
                    return prompt("p" + j, rows);
                  })
              .toList();
      Interval ends =
          of(pairs(prompts, List.of(2)).curve().getFirst(), PairedSelection.DIFFERENCE)
              .interval()
              .orElseThrow();
      missed += ends.lower() > -0.2 || ends.upper() < -0.2 ? 1 : 0;
    }
    assertThat(missed).isBetween(4, 27);
  }

  @Test
  void whatHasNoGoldOrNoScoreIsNotJudged() {
    SelectedGold judge = new SelectedGold("judge", "gold", List.of());
    assertThat(judge.of(Draft.prompt("q", Draft.of("a").reward("judge", 1)))).isEmpty();
    assertThat(judge.of(Draft.prompt("q", Draft.of("a").reward("gold", 1)))).isEmpty();
  }

  private static PairedSelection found(double difference) {
    return new PairedSelection(
        "judge",
        "rm",
        "gold",
        true,
        Confidence.DEFAULT,
        12,
        96,
        8,
        0,
        List.of(),
        List.of(),
        IntStream.of(1, 2, 4)
            .mapToObj(
                n ->
                    new AtN(
                        n,
                        12,
                        List.of(
                            Finding.estimate(
                                Quantity.REWARD_DIFFERENCE,
                                Role.VALUE,
                                n == 2 ? difference : 0,
                                new Interval(difference - 1, difference + 1),
                                Confidence.DEFAULT,
                                96,
                                PairedSelection.DIFFERENCE,
                                List.of()))))
            .toList());
  }

  @Test
  void whoIsBetterIsSaidByTheIntervalAtTheLargestFirmN() {
    assertThat(found(1.5).firm().n()).isEqualTo(2);
    assertThat(found(1.5).better()).isEqualTo(PairedSelection.Better.SECOND);
    assertThat(found(-1.5).better()).isEqualTo(PairedSelection.Better.FIRST);
    assertThat(found(0.9).better()).isEqualTo(PairedSelection.Better.UNDECIDED);
  }
}
