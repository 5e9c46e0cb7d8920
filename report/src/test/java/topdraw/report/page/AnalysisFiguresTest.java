package topdraw.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.AtN;
import topdraw.estimate.Protocol;
import topdraw.report.figure.Figure;
import topdraw.report.figure.Line;
import topdraw.report.figure.Plot;
import topdraw.report.figure.Plot.Chart;
import topdraw.report.figure.Region;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.words.AnalysisReport;

class AnalysisFiguresTest {
  private static Chart chart(Figure figure, int index) {
    return (Chart) figure.plots().get(index);
  }

  private static Figure figure(AnalysisReport report, String name) {
    return Objects.requireNonNull(AnalysisFigures.of(report).get(name), name);
  }

  private static List<String> titles(Figure figure) {
    return figure.plots().stream().map(Plot::title).toList();
  }

  private static Finding value(AtN at, Quantity quantity) {
    return at.findings().stream()
        .filter(f -> f.quantity() == quantity && f.role() == Role.VALUE)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theRewardStandsAtTheDriftOfItsNOnceAsEstimatedAndOnceAsTheTextbookHasIt() {
    AnalysisReport report = SampleAnalysis.of(6, 16).report();
    List<AtN> curve = report.analysis().curve();
    List<AtN> known = curve.subList(0, curve.size() - 1); // no drift at the number of draws

    Figure figure = figure(report, "");

    assertThat(titles(figure))
        .containsExactly(
            "Reward, by the KL as it is, estimated",
            "Reward, by the textbook's KL, an upper bound");
    Line own = chart(figure, 0).lines().getFirst();
    assertThat(own.x())
        .containsExactly(
            known.stream().mapToDouble(at -> value(at, Quantity.KL).value()).toArray());
    assertThat(own.y())
        .containsExactly(
            known.stream().mapToDouble(at -> value(at, Quantity.REWARD).value()).toArray());
    Line textbook = chart(figure, 1).lines().getFirst();
    assertThat(textbook.x())
        .containsExactly(curve.stream().mapToDouble(at -> KlBounds.analytical(at.n())).toArray());
    assertThat(textbook.y())
        .containsExactly(
            curve.stream().mapToDouble(at -> value(at, Quantity.REWARD).value()).toArray());
    assertThat(own.solidTo()).as("a quarter of 16 draws").isEqualTo(own.x()[3]);
    assertThat(List.of(chart(figure, 0).x().high(), chart(figure, 0).y()))
        .as("the same scales")
        .isEqualTo(List.of(chart(figure, 1).x().high(), chart(figure, 1).y()));
  }

  @Test
  void theBandIsTheIntervalOfTheReward() {
    AnalysisReport report = SampleAnalysis.of(6, 16).report();
    List<AtN> curve = report.analysis().curve();

    Region band = chart(figure(report, ""), 1).regions().getFirst();

    assertThat(band.name()).isEqualTo("95\u00a0% interval");
    assertThat(band.edges().lower()).containsExactly(ends(curve, Interval::lower));
    assertThat(band.edges().upper()).containsExactly(ends(curve, Interval::upper));
  }

  private static double[] ends(List<AtN> curve, java.util.function.ToDoubleFunction<Interval> end) {
    return curve.stream()
        .map(at -> value(at, Quantity.REWARD).interval().orElseThrow())
        .mapToDouble(end)
        .toArray();
  }

  @Test
  void goldHasItsOwnPairWithTheBandOfItsWholeCurve() {
    AnalysisReport report =
        SampleAnalysis.of(6, 16)
            .asked(
                new AnalysisQuestion(
                    "score",
                    Optional.of("gold"),
                    OptionalDouble.empty(),
                    List.of(1, 2, 4),
                    Protocol.SUBSETS))
            .report();

    assertThat(titles(figure(report, ""))).hasSize(4);
    assertThat(chart(figure(report, ""), 2).regions())
        .extracting(Region::name)
        .containsExactly("95\u00a0% band, all n at once");
    double[] x = chart(figure(report, ""), 3).lines().getFirst().x();
    assertThat(x[x.length - 1]).as("as far as asked").isEqualTo(KlBounds.analytical(4));
    assertThat(titles(figure(report, "-against-n")))
        .containsExactly("Reward", "Gold reward", "Win rate", "Drift");
  }

  @Test
  void withoutLogProbabilitiesTheDriftIsLeftOutOrComesFromLevels() {
    AnalysisReport report = SampleAnalysis.of(6, 16).withoutLogProbabilities().report();

    Map<String, Figure> figures = AnalysisFigures.of(report);

    for (Figure figure : figures.values()) {
      for (int i = 0; i < figure.plots().size(); i++) {
        assertThat(chart(figure, i).lines())
            .allSatisfy(line -> assertThat(DoubleStream.of(line.y())).isNotEmpty());
      }
    }
    assertThat(titles(figure(report, ""))).contains("Reward, by the textbook's KL, an upper bound");
  }

  @Test
  void ofManyPromptsSomeAreShownAndThePictureSaysHowManyAreNot() {
    Figure figure = figure(SampleAnalysis.of(20, 8).report(), "-by-prompt-reward");

    assertThat(figure.plots()).hasSize(8);
    assertThat(figure.note()).isEqualTo("The first 8 of 20 prompts; 12 are left out.");
    assertThat(titles(figure).getFirst()).startsWith("Prompt 0");

    Figure few = figure(SampleAnalysis.of(3, 8).report(), "-by-prompt-drift");
    assertThat(few.note()).isEmpty();
    assertThat(chart(few, 0).lines().getFirst().role()).isEqualTo(Role.VALUE);
    assertThat(chart(few, 0).lines().getLast().name()).isEqualTo("textbook");
  }

  @Test
  void onePromptNeedsNoSmallMultiples() {
    assertThat(AnalysisFigures.of(SampleAnalysis.of(1, 8).report()).keySet())
        .containsExactly("", "-against-n");
  }
}
