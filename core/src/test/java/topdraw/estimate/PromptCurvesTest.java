package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

class PromptCurvesTest {
  private static final AnalysisQuestion QUESTION = AnalysisQuestion.of("score");

  @Test
  void theMeanOfThePromptsOwnCurvesIsTheCurveOfTheAnalysis() {
    Analysis analysis = analysis(3, 12, OptionalDouble.of(Math.log(0.01)));

    for (AtN at : analysis.curve()) {
      assertThat(mean(analysis, Quantity.REWARD, at.n()))
          .isCloseTo(value(at, Quantity.REWARD), org.assertj.core.data.Offset.offset(1e-12));
      double proven =
          at.findings().stream()
              .filter(f -> f.quantity() == Quantity.KL && f.role() == Role.UPPER_BOUND)
              .filter(f -> f.evidence() == Evidence.THEOREM)
              .mapToDouble(Finding::value)
              .min()
              .orElseThrow();
      if (at.n() == 12) {
        continue; // withheld: all draws of few prompts
      }
      assertThat(Math.min(mean(analysis, Quantity.KL, at.n()), proven))
          .isCloseTo(value(at, Quantity.KL), org.assertj.core.data.Offset.offset(1e-12));
    }
  }

  @Test
  void aPromptShowsItsBestDrawCutWhereItIsLong() {
    PromptCurves first = analysis(1, 12, OptionalDouble.empty()).byPrompt().getFirst();

    assertThat(first.best().orElseThrow().reward()).isEqualTo(11);
    assertThat(first.best().orElseThrow().text().orElseThrow()).hasSize(1_001).endsWith("…");
    assertThat(first.draws()).isEqualTo(12);
  }

  @Test
  void aNumberThatTheAuditWithholdsHasNoCurveOfAPromptEither() {
    Analysis analysis = analysis(2, 12, OptionalDouble.empty());

    assertThat(analysis.withheld())
        .anySatisfy(
            withheld -> {
              assertThat(withheld.quantity()).isEqualTo(Quantity.KL);
              assertThat(withheld.source()).isEqualTo(Measures.SEEN_MASS);
              assertThat(withheld.reason()).startsWith("no log-probabilities");
            });
    assertThat(analysis.byPrompt().getFirst().curves())
        .extracting(curve -> curve.source().title())
        .contains("equal rewards, bias-corrected")
        .doesNotContain(
            "probabilities and equal rewards, bias-corrected", "seen-mass bound of each prompt");
  }

  @Test
  void manyPromptsKeepTheirMeanAndOnlyTheFirstAThousandTheirCurves() {
    Analysis analysis = analysis(1_200, 2, OptionalDouble.empty());

    assertThat(analysis.prompts()).isEqualTo(1_200);
    assertThat(analysis.byPrompt()).hasSize(1_000);
  }

  @Test
  void anEstimateIsFirmUpToAQuarterOfTheDrawsButNoLessThanTwo() {
    assertThat(analysis(1, 64, OptionalDouble.empty()).firm().n()).isEqualTo(16);
    assertThat(analysis(3, 32, OptionalDouble.empty()).firm().n()).isEqualTo(8);
    assertThat(analysis(1, 2, OptionalDouble.empty()).firm().n()).isEqualTo(2);
  }

  private static Analysis analysis(int prompts, int draws, OptionalDouble logP) {
    List<PromptDraws> all = new ArrayList<>();
    for (int j = 0; j < prompts; j++) {
      List<Draft> drafts = new ArrayList<>();
      for (int i = 0; i < draws; i++) {
        Draft draft = Draft.of("word ".repeat(300) + i).reward("score", i * (j + 1) % 13);
        drafts.add(logP.isPresent() ? draft.logP(logP.getAsDouble(), Draft.EXACT) : draft);
      }
      all.add(Draft.prompt("p" + j, drafts));
    }
    return Analysis.of(
        Questions.of(QUESTION).measure(all::forEach, Runnable::run, 0),
        QUESTION,
        Confidence.DEFAULT);
  }

  private static double mean(Analysis analysis, Quantity quantity, int n) {
    return analysis.byPrompt().stream()
        .mapToDouble(
            prompt ->
                prompt.curves().stream()
                    .filter(c -> c.quantity() == quantity && c.role() == Role.VALUE)
                    .flatMap(c -> c.points().stream())
                    .filter(point -> point.n() == n)
                    .findFirst()
                    .orElseThrow()
                    .value())
        .average()
        .orElseThrow();
  }

  private static double value(AtN at, Quantity quantity) {
    return at.findings().stream()
        .filter(f -> f.quantity() == quantity && f.role() == Role.VALUE)
        .map(Finding::value)
        .findFirst()
        .orElseThrow();
  }
}
