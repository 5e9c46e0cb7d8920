package topdraw.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.estimate.Analysis;
import topdraw.estimate.AtN;
import topdraw.report.figure.Axis;
import topdraw.report.figure.Band;
import topdraw.report.figure.Curve;
import topdraw.report.figure.Figure;
import topdraw.report.figure.FigureCsv;
import topdraw.report.figure.Line;
import topdraw.report.figure.Plot;
import topdraw.report.figure.PromptFigure;
import topdraw.report.figure.Region;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// A figure as a table and as a page; the pictures are tested where they are made.
class FigureTest {
  @TempDir Path folder;

  @Test
  void theTableHoldsEveryPointOfEverySeries() {
    String csv = FigureCsv.of(chart("a \"quoted\" panel, with commas"));
    assertThat(csv.lines())
        .hasSize(1 + 3 + 2 * 3)
        .contains(
            "\"a \"\"quoted\"\" panel, with commas\",K_n,\"theorem, upper bound\",\"n, completions"
                + " drawn\",\"KL divergence, nats\",10,1.4,");
    assertThat(csv).contains(",\"band, lower\",shaded,", ",\"band, upper\",shaded,");
  }

  @Test
  void aSimplexIsATableOfProbabilities() {
    assertThat(FigureCsv.of(simplex()).lines().skip(1))
        .containsExactly(",way,exact,low,middle,0.5,0.3,0.2", ",way,exact,low,middle,0,0,1");
  }

  @Test
  void thePromptsOfAFigureBecomePlotsOfTheirKlCurves() {
    PromptFigure prompts = SampleReport.of("").figures().getFirst();
    Figure figure = Figure.ofKl("figure-4", prompts);
    assertThat(figure.plots()).hasSameSizeAs(prompts.panels());
    Curve first = prompts.panels().getFirst().kl().getFirst();
    Line line = ((Plot.Chart) figure.plots().getFirst()).lines().getFirst();
    assertThat(line.y()).isEqualTo(first.values());
    assertThat(line.x()).startsWith(1, 2, 3).hasSameSizeAs(first.values());
  }

  /// An n without a number is told to whoever draws: no line is drawn straight over it.
  @Test
  void aLineIsBrokenWhereThereIsNoNumber() {
    List<AtN> curve =
        IntStream.rangeClosed(1, 5)
            .mapToObj(n -> new AtN(n, 1, n == 3 ? List.of() : List.of(reward(n))))
            .toList();
    Analysis some = SampleAnalysis.of(2, 8).analysis();
    Analysis broken =
        new Analysis(
            some.question(),
            some.confidence(),
            some.prompts(),
            some.unscored(),
            some.samples(),
            some.passAtK(),
            some.verdicts(),
            some.withheld(),
            curve,
            some.rewind(),
            some.byPrompt());
    Plot.Chart chart = (Plot.Chart) AnalysisChart.of(broken).getFirst().plots().getFirst();
    assertThat(chart.lines().getFirst().x()).containsExactly(1, 2, 4, 5);
    assertThat(chart.lines().getFirst().gaps()).containsExactly(3);
    assertThat(chart.regions().getFirst().gaps()).containsExactly(3);
  }

  private static Finding reward(int n) {
    return Finding.estimate(
        Quantity.REWARD,
        Role.VALUE,
        n,
        new Interval(n - 0.5, n + 0.5),
        Confidence.DEFAULT,
        8,
        new Estimator("made_up", "made up"),
        List.of());
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    assertThatThrownBy(() -> new Axis("n", true, 0, 10)).hasMessageContaining("low > 0");
    assertThatThrownBy(() -> new Axis("KL", false, 0, Double.NaN))
        .hasMessageContaining("low < high");
    assertThatThrownBy(
            () -> new Line("x", Evidence.EXACT, Role.VALUE, new double[] {1, 2}, new double[] {1}))
        .hasMessageContaining("2 places and 1 values");
    assertThatThrownBy(() -> new Plot.Path("x", List.of(new double[] {0.5, 0.6, 0.2}), false))
        .hasMessageContaining("sum 1");
    assertThatThrownBy(() -> new Figure("../x", "t", "c", List.of()))
        .hasMessageContaining("needs a plot");
  }

  @Test
  void thePageDrawsEveryFigureAndTheBrowserComplainsOfNothing() throws Exception {
    Path page = folder.resolve("index.html");
    Files.writeString(page, FigurePage.html("Figures", "Lead", List.of(chart("one"), simplex())));

    var dark = Chromium.in(folder).open(page, "--blink-settings=preferredColorScheme=0");
    var light = Chromium.in(folder).open(page, "--blink-settings=preferredColorScheme=1");

    assertThat(dark.console()).isEmpty();
    assertThat(light.console()).isEmpty();
    assertThat(count("<svg", light.document())).isEqualTo(2);
    for (String words : List.of("K_n", "band", "way", "low", "middle", "high", "one")) {
      assertThat(count(">" + words + "</text>", light.document())).as(words).isEqualTo(1);
    }
    assertThat(count("fill=\"#e9edf2\"", dark.document())).isPositive();
    assertThat(count("fill=\"#1f2328\"", dark.document())).isZero();
  }

  @Test
  void theTableThatAFigureIsSavedAsIsTheOneTheCommandWrites() throws Exception {
    List<Figure> figures = List.of(chart("a \"quoted\" panel, with commas"), simplex());
    String reader =
        """
        window.Blob = class { constructor(parts) { document.body.append(parts.join('') + 'END\\n'); } };
        URL.createObjectURL = () => 'blob:';
        HTMLAnchorElement.prototype.click = () => {};
        document.querySelectorAll('.save button:last-child').forEach((button) => button.click());
        """;
    Path page = folder.resolve("index.html");
    Files.writeString(
        page,
        FigurePage.html("Figures", "Lead", figures)
                .replaceFirst("script-src ", "script-src " + Assets.hash(reader) + " ")
            + ("<script>" + reader + "</script>"));

    var visit = Chromium.in(folder).open(page);

    assertThat(visit.console()).isEmpty();
    for (Figure figure : figures) {
      assertThat(visit.document()).contains(FigureCsv.of(figure) + "END");
    }
  }

  @Test
  void withoutScriptsThereIsNothingToPress() {
    assertThat(FigurePage.html("Figures", "Lead", List.of(simplex()))).doesNotContain("<button");
    assertThat(AnalysisPage.html(SampleAnalysis.of(2, 4).report(), "analysis.json"))
        .containsPattern("class=\"controls\" hidden=\"\">[^~]*<button")
        .doesNotContain("class=\"save\"");
  }

  private static long count(String text, String document) {
    return Pattern.compile(text, Pattern.LITERAL).matcher(document).results().count();
  }

  private static Figure chart(String title) {
    double[] n = {1, 10, 100};
    double[] kl = {0, 1.4, 3.6};
    return new Figure(
        "chart",
        "A chart",
        "c",
        List.of(
            new Plot.Chart(
                title,
                Axis.draws(100),
                Axis.linear("KL divergence, nats", 0, 4),
                List.of(new Line("K_n", Evidence.THEOREM, Role.UPPER_BOUND, n, kl)),
                List.of(new Region("band", n, new Band("band", new double[] {0, 1, 2}, kl))))));
  }

  private static Figure simplex() {
    return new Figure(
        "simplex",
        "A simplex",
        "c",
        List.of(
            new Plot.Simplex(
                "",
                List.of("low", "middle", "high"),
                List.of(
                    new Plot.Path(
                        "way",
                        List.of(new double[] {0.5, 0.3, 0.2}, new double[] {0, 0, 1}),
                        true)))));
  }
}
