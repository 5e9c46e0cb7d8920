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
    Draft lowest = Draft.of("a").reward("judge", 1).reward("gold", Double.NEGATIVE_INFINITY);
    assertThat(judge.of(Draft.prompt("q", lowest))).isEmpty();
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

  private static SelectedGold.Expected expected(int draws, boolean rates, double... values) {
    return new SelectedGold.Expected(draws, values, rates);
  }

  private static SelectionPairs recordings(List<Integer> grid) {
    return new SelectionPairs(new SelectedGold("judge", "gold", grid), false, Confidence.DEFAULT);
  }

  /// Two recordings: the draws of both count, and a prompt reaches as far as the shorter of its
  /// two.
  @Test
  void ofTwoRecordingsTheDrawsOfBothCount() {
    SelectionPairs pairs = recordings(List.of());
    pairs.add("a", expected(3, false, 1, 2, 4), expected(9, false, 3, 3, 3, 3));
    pairs.add("b", expected(6, false, 0, 1, 5, 7), expected(8, false, 2, 5, 6, 8));
    assertThat(pairs.prompts()).isEqualTo(2);
    assertThat(pairs.samples()).isEqualTo(3 + 9 + 6 + 8);
    assertThat(pairs.draws()).isEqualTo(4); // 9 by 2, rounded down
    List<AtN> curve = pairs.curve();
    // Half of the prompts reach the fourth n.
    assertThat(curve).extracting(AtN::n).containsExactly(1, 2, 3, 4);
    assertThat(curve).extracting(AtN::prompts).containsExactly(2L, 2L, 2L, 1L);
    Finding one = of(curve.getFirst(), PairedSelection.DIFFERENCE);
    assertThat(one.evidence()).isEqualTo(Evidence.ESTIMATE);
    assertThat(one.value()).isEqualTo(2);
    assertThat(one.samples()).hasValue(26);
    assertThat(of(curve.getFirst(), PairedSelection.OF_FIRST).value()).isEqualTo(0.5);
    assertThat(of(curve.getFirst(), PairedSelection.OF_FIRST).samples()).hasValue(9);
    assertThat(of(curve.getFirst(), PairedSelection.OF_SECOND).value()).isEqualTo(2.5);
    assertThat(of(curve.getFirst(), PairedSelection.OF_SECOND).samples()).hasValue(17);
    assertThat(of(curve.getLast(), PairedSelection.DIFFERENCE).value()).isEqualTo(1);
    assertThat(recordings(List.of()).draws()).isZero();
    assertThat(recordings(List.of()).curve()).isEmpty();
  }

  /// By default the curve ends where less than half of the prompts have so many draws; an n that
  /// was asked for is told where one has.
  @Test
  void theCurveGoesAsFarAsHalfOfThePromptsUnlessMoreIsAsked() {
    for (List<Integer> grid : List.of(List.<Integer>of(), List.of(1, 2, 3))) {
      SelectionPairs pairs = recordings(grid);
      pairs.add("a", expected(3, false, 1, 2, 3), expected(3, false, 1, 2, 3));
      pairs.add("b", expected(2, false, 1, 2), expected(3, false, 1, 2, 3));
      pairs.add("c", expected(2, false, 1, 2), expected(3, false, 1, 2, 3));
      assertThat(pairs.curve()).hasSize(grid.isEmpty() ? 2 : 3);
    }
  }

  /// Gold of 0 and 1 keeps means in `[0, 1]` and their difference in `[-1, 1]`; without it nothing
  /// is known, and the same numbers have no interval of their own.
  @Test
  void goldThatIsRightOrWrongHasARange() {
    for (int of = 0; of < 3; of++) {
      boolean both = of == 2;
      SelectionPairs pairs = recordings(List.of(1));
      pairs.add("a", expected(2, of != 0, 0), expected(2, of != 1, 1));
      pairs.add("b", expected(2, true, 0), expected(2, true, 1));
      AtN at = pairs.curve().getFirst();
      assertThat(of(at, PairedSelection.DIFFERENCE).value()).isEqualTo(1);
      if (both) {
        assertThat(of(at, PairedSelection.DIFFERENCE).interval()).isPresent();
        Interval second = of(at, PairedSelection.OF_SECOND).interval().orElseThrow();
        assertThat(second.upper()).isEqualTo(1);
        Interval difference = of(at, PairedSelection.DIFFERENCE).interval().orElseThrow();
        // Two values at the upper end: as far from it as a range of twice the width lets it be.
        assertThat(difference.upper()).isEqualTo(1);
        assertThat(1 - difference.lower()).isCloseTo(2 * (1 - second.lower()), within(1e-12));
        assertThat(of(at, PairedSelection.OF_FIRST).interval().orElseThrow().lower()).isZero();
      } else {
        assertThat(of(at, PairedSelection.DIFFERENCE).interval()).isEmpty();
        assertThat(of(at, PairedSelection.OF_SECOND).interval()).isEmpty();
      }
    }
  }

  private static PairedSelection found(long draws, Interval difference, int... ns) {
    return new PairedSelection(
        "judge",
        "rm",
        "gold",
        true,
        Confidence.DEFAULT,
        12,
        96,
        draws,
        0,
        List.of(),
        List.of(),
        IntStream.of(ns)
            .mapToObj(
                n ->
                    new AtN(
                        n,
                        12,
                        List.of(
                            Finding.estimate(
                                Quantity.REWARD_DIFFERENCE,
                                Role.VALUE,
                                (difference.lower() + difference.upper()) / 2,
                                difference,
                                Confidence.DEFAULT,
                                96,
                                PairedSelection.DIFFERENCE,
                                List.of()))))
            .toList());
  }

  @Test
  void theFirmNIsTheLargestWithAQuarterOfTheDrawsButNoLessThanTwo() {
    var any = new Interval(-1, 2);
    assertThat(found(4, any, 1, 2, 3, 4).firm().n()).isEqualTo(2);
    assertThat(found(11, any, 1, 2, 3, 4).firm().n()).isEqualTo(2);
    assertThat(found(12, any, 1, 2, 3, 4).firm().n()).isEqualTo(3);
    assertThat(found(16, any, 1, 2, 3, 4).firm().n()).isEqualTo(4);
    assertThat(found(8, any, 1, 6, 8).firm().n()).isEqualTo(6);
    assertThat(found(8, any, 1).firm().n()).isEqualTo(1);
  }

  @Test
  void anIntervalThatEndsAtZeroDecidesNothing() {
    assertThat(found(8, new Interval(0, 1), 2).better())
        .isEqualTo(PairedSelection.Better.UNDECIDED);
    assertThat(found(8, new Interval(-1, 0), 2).better())
        .isEqualTo(PairedSelection.Better.UNDECIDED);
    // Of the difference alone: what comes before it does not decide.
    PairedSelection first = found(8, new Interval(-2, -1), 2);
    Finding gold =
        Finding.estimate(
            Quantity.GOLD_REWARD,
            Role.VALUE,
            3,
            new Interval(2, 4),
            Confidence.DEFAULT,
            96,
            PairedSelection.OF_FIRST,
            List.of());
    List<Finding> findings = new ArrayList<>(List.of(gold));
    findings.addAll(first.firm().findings());
    var both =
        new PairedSelection(
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
            List.of(new AtN(2, 12, findings)));
    assertThat(both.better()).isEqualTo(PairedSelection.Better.FIRST);
  }
}
