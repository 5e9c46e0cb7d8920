package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draft;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// pass@k and its kin, votes, and the intervals of an analysis.
class AttemptsTest {
  private static AnalysisQuestion question(Optional<Scope> scope, Integer... grid) {
    return new AnalysisQuestion(
        "r", Optional.empty(), OptionalDouble.empty(), List.of(grid), Protocol.SUBSETS, scope);
  }

  private static Analysis analysis(AnalysisQuestion question, List<PromptDraws> prompts) {
    return Analysis.of(
        Questions.of(question).measure(prompts::forEach, Runnable::run, 0),
        question,
        Confidence.DEFAULT);
  }

  /// As many draws, the first of which pass.
  private static PromptDraws prompt(String key, int draws, int passing) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < draws; i++) {
      drafts.add(Draft.of("o" + i).reward("r", i < passing ? 1 : 0));
    }
    return Draft.prompt(key, drafts);
  }

  private static List<PromptDraws> prompts(int count, int draws, int passing) {
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      prompts.add(prompt("q" + j, draws, passing));
    }
    return prompts;
  }

  private static Finding find(Analysis analysis, int n, Quantity quantity, String id) {
    return analysis.curve().stream()
        .filter(at -> at.n() == n)
        .flatMap(at -> at.findings().stream())
        .filter(f -> f.quantity() == quantity && f.role() == Role.VALUE)
        .filter(f -> f.source().id().startsWith(id))
        .findFirst()
        .orElseThrow();
  }

  /// Of one prompt the rate of passes tells the whole drift: nothing is told that no rate within
  /// Clopper and Pearson's interval (scipy's beta.ppf) has. The law of two levels peaks at 1.50398.
  @Test
  void theDriftOfOnePromptIsWhatItsRateOfPassesAllows() {
    Finding often = drift(prompts(1, 64, 61));
    assertThat(often.interval().orElseThrow().lower())
        .isCloseTo(0.009821144902033487, within(1e-9));
    assertThat(often.interval().orElseThrow().upper()).isCloseTo(0.14033820621065385, within(1e-9));
    assertThat(often.value()).isBetween(0.04, 0.06);
    Finding seldom = drift(prompts(1, 64, 9));
    assertThat(seldom.interval().orElseThrow().lower()).isCloseTo(1.1949657046228752, within(1e-9));
    assertThat(seldom.interval().orElseThrow().upper()).isCloseTo(1.5039784639803235, within(1e-9));
    assertThat(seldom.value()).isBetween(1.49, 1.50397846399);
    Finding several = drift(prompts(3, 64, 9));
    assertThat(several.value()).isBetween(1.49, 1.50397846399);
    assertThat(several.interval().map(Interval::upper).orElse(0.0))
        .isLessThanOrEqualTo(1.50397846399);
  }

  /// At half right the win rate of two draws peaks, at 0.625: the jackknife sees no spread there,
  /// and the unbiased estimate lies above what can be. Clopper and Pearson: 0.27196 to 0.72804,
  /// where (2 - p - (1-p)^2) / 2 is 0.59900.
  @Test
  void theWinRateOfOnePromptIsWhatItsRateOfPassesAllows() {
    Finding half =
        find(
            analysis(question(Optional.of(Scope.DRAWS), 2), prompts(1, 20, 10)),
            2,
            Quantity.WIN_RATE,
            "");
    assertThat(half.value()).isEqualTo(0.625);
    assertThat(half.interval().orElseThrow().upper()).isEqualTo(0.625);
    assertThat(half.interval().orElseThrow().lower()).isCloseTo(0.5989983888115308, within(1e-9));
  }

  private static Finding drift(List<PromptDraws> inOrder) {
    List<PromptDraws> prompts = new ArrayList<>();
    for (PromptDraws prompt : inOrder) {
      List<Draw> draws = new ArrayList<>(prompt.draws());
      Collections.shuffle(draws, new Random(prompts.size()));
      prompts.add(new PromptDraws(prompt.key(), prompt.prompt(), draws));
    }
    return find(analysis(question(Optional.of(Scope.DRAWS), 16), prompts), 16, Quantity.KL, "");
  }

  /// Log-likelihoods are 0 at most, and so is every end of their interval; numbers of that name
  /// that are not, as densities may be, stay what they are.
  @Test
  void aLogLikelihoodIsNoMoreThanZeroUnlessItsNumbersAre() {
    assertThat(meanLogLikelihood(-9, -0.5).interval().orElseThrow().upper()).isZero();
    Finding above = meanLogLikelihood(-1, 3);
    assertThat(above.value()).isCloseTo(1, within(1e-12));
    assertThat(above.interval().orElseThrow().upper()).isGreaterThan(1);
  }

  private static Finding meanLogLikelihood(double one, double other) {
    List<PromptDraws> prompts = new ArrayList<>();
    for (double value : new double[] {one, other}) {
      prompts.add(
          Draft.prompt(
              "q" + value,
              List.of(
                  Draft.of("a").reward("log-likelihood", value),
                  Draft.of("b").reward("log-likelihood", value))));
    }
    var question =
        new AnalysisQuestion(
            "log-likelihood",
            Optional.empty(),
            OptionalDouble.empty(),
            List.of(1),
            Protocol.SUBSETS,
            Optional.of(Scope.PROMPTS));
    return find(analysis(question, prompts), 1, Quantity.REWARD, "");
  }

  @Test
  void attemptsAreWorthWhatCountingTheirSubsetsSays() {
    Analysis analysis = analysis(question(Optional.empty(), 1, 2, 4), prompts(2, 8, 5));

    // 5 of 8 pass; of the 70 subsets of four: C(5,4) pass wholly, 35 by three or more, 65 by two.
    assertThat(find(analysis, 4, Quantity.PASS_HAT_K, "").value())
        .isCloseTo(5 / 70.0, within(1e-14));
    assertThat(find(analysis, 4, Quantity.G_PASS_AT_K, "g_pass_at_k:half").value())
        .isCloseTo(65 / 70.0, within(1e-14));
    assertThat(find(analysis, 4, Quantity.G_PASS_AT_K, "g_pass_at_k:three").value())
        .isCloseTo(35 / 70.0, within(1e-14));
    assertThat(find(analysis, 4, Quantity.PASS_AT_K, "").value()).isEqualTo(1);
    assertThat(find(analysis, 2, Quantity.PASS_HAT_K, "").value())
        .isCloseTo(10 / 28.0, within(1e-14));
    assertThat(find(analysis, 1, Quantity.PASS_HAT_K, "").value()).isEqualTo(0.625);
  }

  @Test
  void votesAreCountedOverEverySubsetAndTiesShared() {
    String[] answers = {"7", "7", "7", "7", "7", "8", "8", "8", "9", "9"};
    List<Draw> draws = new ArrayList<>();
    PromptDraws silent = prompt("q", 10, 5);
    for (int i = 0; i < answers.length; i++) {
      draws.add(silent.draws().get(i).withAnswer(Optional.of(answers[i])));
    }
    Analysis analysis =
        analysis(
            question(Optional.empty(), 3, 5),
            List.of(new PromptDraws("q", Optional.empty(), draws)));

    assertThat(find(analysis, 3, Quantity.MAJ_AT_K, "").value())
        .isCloseTo(0.58333333333333333, within(1e-13));
    assertThat(find(analysis, 5, Quantity.MAJ_AT_K, "").value())
        .isCloseTo(0.67857142857142857, within(1e-13));
    // Nobody asks for votes where no answer is recorded.
    assertThat(analysis(question(Optional.empty(), 3), List.of(silent)).withheld())
        .noneMatch(one -> one.quantity() == Quantity.MAJ_AT_K);
  }

  @Test
  void aDrawWithoutAScoreHasNotPassed() {
    List<PromptDraws> prompts =
        List.of(
            Draft.prompt(
                "q",
                Draft.of("a").reward("r", 1),
                Draft.of("b"),
                Draft.of("c").reward("r", 0),
                Draft.of("d").reward("r", 0)));
    Analysis analysis = analysis(question(Optional.empty(), 1, 2, 4), prompts);

    assertThat(analysis.passAtK()).isTrue();
    assertThat(find(analysis, 1, Quantity.PASS_AT_K, "").value()).isEqualTo(0.25);
    assertThat(find(analysis, 2, Quantity.PASS_AT_K, "").value()).isEqualTo(0.5);
    assertThat(find(analysis, 4, Quantity.PASS_AT_K, "").value()).isEqualTo(1);
  }

  @Test
  void nothingRightInTwentyLeavesRoom() {
    // Clopper and Pearson: 1 - 0.025^(1/20) for 0 of 20.
    double most = 1 - Math.pow(0.025, 1 / 20.0);
    Interval few =
        find(analysis(question(Optional.empty(), 1), prompts(5, 4, 0)), 1, Quantity.PASS_AT_K, "")
            .interval()
            .orElseThrow();
    assertThat(few.lower()).isZero();
    assertThat(few.upper()).isCloseTo(most, within(1e-12));

    Finding sample =
        find(
            analysis(question(Optional.empty(), 1), prompts(20, 16, 0)), 1, Quantity.PASS_AT_K, "");
    assertThat(sample.interval().orElseThrow().upper()).isCloseTo(most, within(1e-12));
    assertThat(sample.assumptions()).contains("interval: beta interval, effective sample size");

    // The same draws speak of 320 of these prompts.
    Finding fixed =
        find(
            analysis(question(Optional.of(Scope.DRAWS), 1), prompts(20, 16, 0)),
            1,
            Quantity.PASS_AT_K,
            "");
    assertThat(fixed.interval().orElseThrow().upper())
        .isCloseTo(1 - Math.pow(0.025, 1 / 320.0), within(1e-12));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noEstimateOfDriftLeavesWhatIsProvenAndNoIntervalIsEmpty(long seed) {
    var random = new Random(seed);
    int count = 1 + random.nextInt(24);
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      Draft[] drafts = new Draft[6];
      for (int i = 0; i < 6; i++) {
        int outcome = Math.min(random.nextInt(4), random.nextInt(4));
        drafts[i] =
            Draft.of("o" + outcome)
                .reward("r", outcome / 2)
                .logP(Math.log((7 - 2 * outcome) / 16.0), Draft.EXACT);
      }
      prompts.add(Draft.prompt("q" + j, drafts));
    }
    for (AtN at : analysis(question(Optional.empty(), 2, 3, 4, 6), prompts).curve()) {
      double proven =
          at.findings().stream()
              .filter(f -> f.quantity() == Quantity.KL && f.evidence() == Evidence.THEOREM)
              .filter(f -> f.role() == Role.UPPER_BOUND)
              .mapToDouble(Finding::value)
              .min()
              .orElseThrow();
      assertThat(at.findings())
          .filteredOn(f -> f.evidence() == Evidence.ESTIMATE && f.quantity() == Quantity.KL)
          .isNotEmpty()
          .allSatisfy(
              f -> {
                assertThat(f.value()).isLessThanOrEqualTo(proven);
                f.interval().ifPresent(i -> assertThat(i.upper()).isLessThanOrEqualTo(proven));
              });
      assertThat(at.findings())
          .filteredOn(f -> f.evidence() == Evidence.ESTIMATE && f.interval().isPresent())
          .isNotEmpty()
          .allSatisfy(
              f -> {
                Interval interval = f.interval().orElseThrow();
                assertThat(interval.lower()).isLessThan(interval.upper());
                assertThat(f.value()).isBetween(interval.lower(), interval.upper());
                assertThat(interval.lower()).isGreaterThanOrEqualTo(f.quantity().range().lower());
                assertThat(interval.upper()).isLessThanOrEqualTo(f.quantity().range().upper());
              });
    }
  }

  @Test
  void aJudgeThatIsGoldRecoversAllAndAJudgeWithoutOpinionNothing() {
    var random = new Random(11);
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < 12; j++) {
      List<Draft> drafts = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        double gold = random.nextGaussian();
        drafts.add(Draft.of("o" + i).reward("same", gold).reward("none", 0).reward("gold", gold));
      }
      prompts.add(Draft.prompt("q" + j, drafts));
    }
    double[] best = judged("same", prompts);
    double[] none = judged("none", prompts);

    assertThat(best).containsExactly(new double[] {1, 1, 1}, within(1e-12));
    // Of three draws one is the best by gold; of two that differ a judge without opinion is right
    // about half.
    assertThat(none).containsExactly(new double[] {0, 1 / 3.0, 0.5}, within(1e-12));
  }

  /// Gain recovered and agreement at n = 3, and pair accuracy.
  private static double[] judged(String judge, List<PromptDraws> prompts) {
    var question = new GoldQuestion(judge, "gold", Optional.empty());
    Measurements measured = Questions.of(question).measure(prompts::forEach, Runnable::run, 0);
    Overoptimization study = GoldStudy.of(measured, question, 0, Confidence.DEFAULT);
    List<Finding> findings =
        new ArrayList<>(
            study.points().stream().filter(p -> p.n() == 3).findFirst().orElseThrow().findings());
    findings.addAll(study.pairs());
    return Arrays.stream(
            new Quantity[] {
              Quantity.RECOVERED_GAIN, Quantity.TOP_AGREEMENT, Quantity.PAIR_ACCURACY
            })
        .mapToDouble(
            quantity ->
                findings.stream()
                    .filter(f -> f.quantity() == quantity)
                    .findFirst()
                    .orElseThrow()
                    .value())
        .toArray();
  }
}
