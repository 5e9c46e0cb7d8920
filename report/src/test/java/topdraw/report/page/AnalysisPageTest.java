package topdraw.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.Protocol;
import topdraw.json.Json;
import topdraw.report.figure.Figure;
import topdraw.report.figure.Line;
import topdraw.report.figure.Plot;
import topdraw.report.figure.Region;
import topdraw.words.AnalysisReport;
import topdraw.words.json.AnalysisJson;
import topdraw.words.json.OveroptimizationJson;

class AnalysisPageTest {
  /// A number as it stands in a table, in full.
  static final Pattern NUMBER = Pattern.compile("<data value=\"([^\"]*)\"");

  @Test
  void everyNumberOfTheTwinStandsInTheTableOfItsN() {
    AnalysisReport report = SampleAnalysis.of(6, 16).report();
    String page = AnalysisPage.html(report, "analysis.json");

    for (JsonNode at : twin(report).get("curve")) {
      assertThat(numbers(table(page, at.get("n").intValue())))
          .as("n = " + at.get("n"))
          .containsExactlyInAnyOrderElementsOf(values(at));
    }
  }

  @Test
  void everyPointOfACurveIsANumberOfTheTwin() {
    AnalysisReport report = SampleAnalysis.of(6, 16).report();
    List<Double> all = new ArrayList<>();
    twin(report).get("curve").forEach(at -> all.addAll(values(at)));

    List<Figure> figures = AnalysisChart.of(report.analysis());

    assertThat(figures)
        .extracting(Figure::id)
        .containsExactly(
            "chart-reward", "chart-win-rate", "chart-kl", "chart-tokens", "chart-winner-tokens");
    assertThat(
            figures.stream()
                .flatMap(figure -> ((Plot.Chart) figure.plots().getFirst()).lines().stream()))
        .allSatisfy(line -> assertThat(all).contains(boxed(line.y())));
  }

  @Test
  void aLineStandsAtTheValuesOfNThatWereComputed() {
    Plot.Chart kl = chart(SampleAnalysis.of(6, 16).report(), "chart-kl");

    assertThat(kl.lines().getFirst().x())
        .as("withheld where n is the number of draws of few prompts")
        .containsExactly(1, 2, 3, 4, 6, 8, 12);
    assertThat(kl.lines().get(1).x()).containsExactly(1, 2, 3, 4, 6, 8, 12, 16);
    assertThat(kl.lines())
        .extracting(Line::name)
        .containsExactly(
            "KL divergence",
            "textbook",
            "seen-mass bound",
            "pool_kl_upper",
            "eq. (25)",
            "d*",
            "bound at 95\u00a0%",
            "bias-corrected bound at 95\u00a0%",
            "lower bound at 95\u00a0%");
    assertThat(kl.regions())
        .singleElement()
        .extracting(Region::name)
        .isEqualTo("95\u00a0% interval");
  }

  @Test
  void theCardsOfThePromptsHoldTheNumbersOfTheTwin() {
    AnalysisReport report = SampleAnalysis.of(3, 16).report();
    PromptData data = PromptData.of(report.analysis());
    JsonNode twin = twin(report).get("by_prompt");

    for (int j = 0; j < 3; j++) {
      JsonNode reward = twin.get(j).get("curves").get(0);
      assertThat(reward.get("quantity").stringValue()).isEqualTo("reward");
      List<Double> points = new ArrayList<>();
      reward.get("points").forEach(point -> points.add(point.get(1).doubleValue()));
      assertThat(data.prompts().get(j).values().getFirst().getFirst()).isEqualTo(points);
    }
    assertThat(data.topics())
        .extracting(PromptData.TopicData::title)
        .containsExactly("Reward", "Win rate", "Drift");
    assertThat(data.prompts().getFirst().values().get(1).getFirst())
        .as("the win rate needs one draw more than n")
        .endsWith((Double) null);
  }

  /// Where equal rewards tell the drift, that log-probabilities do not is a detail of the audit.
  @Test
  void whatAnotherEstimatorTellsIsNotSaidToBeWithheld() {
    String page =
        AnalysisPage.html(SampleAnalysis.of(4, 16).withoutLogProbabilities().report(), "a.json");

    assertThat(page)
        .doesNotContain("Some numbers are not shown")
        .contains("id=\"chart-kl\"", "<h3>Withheld, by estimator</h3>", "pool_kl_upper");
    assertThat(table(page, 4))
        .contains("equal rewards, bias-corrected")
        .doesNotContain("log-probabilities are recorded");
  }

  @Test
  void whatNothingTellsIsSaidAtTheTopInTheTableAndInTheAudit() {
    String page = AnalysisPage.html(SampleAnalysis.of(4, 1).report(), "a.json");

    assertThat(page)
        .contains("Some numbers are not shown, because these samples cannot support them: ")
        .contains("KL divergence", "<h3>Withheld, by estimator</h3>");
    assertThat(table(page, 1)).contains(">withheld</span>");
    assertThat(AnalysisPage.html(SampleAnalysis.of(20, 16).report(), "a.json"))
        .doesNotContain("Some numbers are not shown");
  }

  @Test
  void aGoldRewardHasItsBandItsHoldOutAndItsFits() {
    var asked =
        new AnalysisQuestion(
            "score", Optional.of("gold"), OptionalDouble.empty(), List.of(), Protocol.SUBSETS);
    AnalysisReport report = SampleAnalysis.of(6, 16).asked(asked).report();
    JsonNode study = twin(report).get("overoptimization");

    String page = AnalysisPage.html(report, "analysis.json");
    String section =
        page.substring(page.indexOf("id=\"overoptimization\""), page.indexOf("id=\"audit\""));

    assertThat(page)
        .as("one curve, one chart")
        .contains("id=\"study-gold-reward\"")
        .doesNotContain("id=\"chart-gold-reward\"");
    assertThat(section)
        .contains(
            "Chosen on 3 prompts: n = " + study.get("hold_out").get("n"),
            "drift axis: estimated KL");
    assertThat(numbers(section)).containsAll(values(study.get("hold_out")));
    assertThat(AnalysisPage.html(SampleAnalysis.of(1, 16).asked(asked).report(), "a.json"))
        .contains(OveroptimizationJson.TOO_FEW);
  }

  @Test
  void aHostileTextIsATextNodeWhereverItStands() {
    AnalysisReport report = SampleAnalysis.of(2, 8).saying(SampleReport.HOSTILE).report();
    String page = AnalysisPage.html(report, "analysis.json");

    assertThat(ReportPageTest.RUNNING.matcher(page).replaceAll(""))
        .doesNotContain("<img", "<!-- ", "\u0000", "\u001b")
        .contains("&lt;img src=x", "␛[31m");
    assertThat(Pattern.compile("</script>").matcher(page).results())
        .as("four scripts, and the data of three")
        .hasSize(7);
  }

  @Test
  void fiveHundredPromptsOfAThousandDrawsStayASmallPage() {
    AnalysisReport report = SampleAnalysis.of(500, 1_000).report();
    String page = AnalysisPage.html(report, "analysis.json");

    assertThat(page.length()).as("characters").isLessThan(4 << 20);
    assertThat(Pattern.compile("class=\"chart\"").matcher(page).results())
        .as("charts that are there before anybody scrolls")
        .hasSize(5);
  }

  @Test
  void onePromptOfOneDrawIsStillAPage() {
    String page = AnalysisPage.html(SampleAnalysis.of(1, 1).report(), "analysis.json");

    assertThat(ReportPageTest.RUNNING.matcher(page).replaceAll(""))
        .contains("Findings at n = 1", "1 prompt, 1 sample")
        .doesNotContain("NaN");
    assertThat(page).endsWith("</html>\n");
  }

  static JsonNode twin(AnalysisReport report) {
    return Json.read(Json.line(AnalysisJson.of(report)));
  }

  static List<Double> values(JsonNode at) {
    List<Double> values = new ArrayList<>();
    at.get("findings").forEach(finding -> values.add(finding.get("value").doubleValue()));
    return values;
  }

  static List<Double> numbers(String table) {
    return NUMBER.matcher(table).results().map(found -> Double.valueOf(found.group(1))).toList();
  }

  private static String table(String page, int n) {
    String start = "<div data-n=\"" + n + "\"";
    int from = page.indexOf(start);
    assertThat(from).as("a table at n = " + n).isPositive();
    return page.substring(from, page.indexOf("</table>", from));
  }

  private static Plot.Chart chart(AnalysisReport report, String id) {
    return AnalysisChart.of(report.analysis()).stream()
        .filter(figure -> figure.id().equals(id))
        .map(figure -> (Plot.Chart) figure.plots().getFirst())
        .findFirst()
        .orElseThrow();
  }

  private static Double[] boxed(double[] values) {
    return java.util.Arrays.stream(values).boxed().toArray(Double[]::new);
  }
}
