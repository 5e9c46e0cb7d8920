package topdraw.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.Protocol;
import topdraw.words.AnalysisReport;
import topdraw.words.text.CurveCsv;
import topdraw.words.text.LatexTable;

/// The tables of an analysis hold the numbers of its JSON twin.
class AnalysisTablesTest {
  private static final String NAME = "r_1, \"best\" & 50 % #{x}$^~\\é 善<>|\nof all";

  @TempDir Path folder;

  private static AnalysisQuestion question(Optional<String> gold, OptionalDouble threshold) {
    return new AnalysisQuestion("score", gold, threshold, List.of(), Protocol.SUBSETS);
  }

  static Stream<AnalysisReport> reports() {
    SampleAnalysis sample = SampleAnalysis.of(3, 16);
    return Stream.of(
        sample.report(),
        sample.withoutLogProbabilities().report(),
        sample.asked(question(Optional.of("gold"), OptionalDouble.of(2))).report());
  }

  private static List<Map<String, String>> rows(String csv) {
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerFor(Map.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(csv)) {
      return rows.readAll();
    }
  }

  @ParameterizedTest
  @MethodSource("reports")
  void everyFindingOfTheTwinIsARowInFull(AnalysisReport report) {
    JsonNode twin = AnalysisPageTest.twin(report);
    Set<Map<String, String>> all = new LinkedHashSet<>();
    twin.get("curve").forEach(at -> at.get("findings").forEach(f -> all.add(row(at, f))));
    twin.at("/overoptimization/points")
        .forEach(at -> at.get("findings").forEach(f -> all.add(row(at, f))));
    twin.path("rewind").forEach(finding -> all.add(row(twin.path("none"), finding)));
    List<Map<String, String>> wanted = List.copyOf(all);

    List<Map<String, String>> rows = rows(CurveCsv.of(report));

    assertThat(rows).hasSameSizeAs(wanted).hasSizeGreaterThan(30);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i)).containsAllEntriesOf(wanted.get(i));
      assertThat(rows.get(i).keySet()).containsExactlyElementsOf(CurveCsv.COLUMNS);
      assertThat(rows.get(i)).containsEntry("reward", "score");
    }
    assertThat(rows.stream().map(row -> row.get("selection")).distinct())
        .containsExactlyElementsOf(
            report.analysis().rewind().isEmpty()
                ? List.of("best_of_n")
                : List.of("best_of_n", "early_stop", "rewind_and_repeat"));
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row.get("threshold"))
                    .isEqualTo("best_of_n".equals(row.get("selection")) ? "" : "2"));
  }

  /// What a row says of a finding as JSON tells it.
  private static Map<String, String> row(JsonNode at, JsonNode finding) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("n", at.path("n").asString(""));
    for (String word : List.of("quantity", "unit", "role", "evidence", "estimator", "source")) {
      row.put(word, finding.get(word).stringValue());
    }
    row.put("value", number(finding.get("value")));
    row.put("lower", number(finding.at("/interval/0")));
    row.put("upper", number(finding.at("/interval/1")));
    for (String word : List.of("confidence", "samples", "prompts")) {
      row.put(word, number(finding.path(word)));
    }
    return row;
  }

  private static String number(JsonNode number) {
    if (number.isMissingNode() || number.isString()) {
      return number.asString("");
    }
    double value = number.doubleValue();
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : Double.toString(value).toLowerCase(java.util.Locale.ROOT);
  }

  @Test
  void aNameOfAnyLettersStaysOneCell() {
    assertThat(rows(CurveCsv.of(named(NAME, SampleAnalysis.of(1, 4).report()))))
        .allSatisfy(row -> assertThat(row).containsEntry("reward", NAME));
    assertThat(rows(CurveCsv.of(named("=1+1", SampleAnalysis.of(1, 4).report()))))
        .allSatisfy(row -> assertThat(row).containsEntry("reward", "'=1+1"));
  }

  @Test
  void theTableInLatexHasARowForEachNAndTheNumbersOfTheTerminal() {
    AnalysisReport report = SampleAnalysis.of(3, 16).report();
    List<String> lines = LatexTable.of(report).lines().toList();

    assertThat(lines.stream().filter(line -> line.endsWith("\\\\")))
        .hasSize(1 + report.analysis().curve().size())
        .allSatisfy(line -> assertThat(line.split(" & ")).hasSize(6));
    assertThat(lines)
        .contains("    \\toprule", "    \\midrule", "    \\bottomrule")
        .anyMatch(line -> line.contains("3 prompts, 48 samples; estimates [intervals at 95 \\%]"))
        .anyMatch(line -> line.startsWith("    4 & ") && line.contains(" & $\\le$ 0.6363 & "));
  }

  @Test
  void pdflatexTakesTheTableWhateverTheNames() throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("table.tex"), LatexTable.of(named(NAME, SampleAnalysis.of(3, 16).report())));
    Files.writeString(
        folder.resolve("paper.tex"),
        "\\documentclass{article}\\usepackage{booktabs}\\begin{document}\\input{table}\\end{document}");
    Process latex;
    try {
      latex =
          new ProcessBuilder("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "SKIPPED: no pdflatex on the path, so the table was not typeset");
      return;
    }
    String said = new String(latex.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(latex.waitFor()).as(said).isZero();
    assertThat(said).doesNotContain("! ", "Missing character");
    assertThat(folder.resolve("paper.pdf")).exists();
  }

  private static AnalysisReport named(String name, AnalysisReport report) {
    Analysis a = report.analysis();
    AnalysisQuestion question =
        new AnalysisQuestion(
            name, Optional.of(name), OptionalDouble.empty(), List.of(), Protocol.SUBSETS);
    return new AnalysisReport(
        new Analysis(
            question,
            a.confidence(),
            a.prompts(),
            a.unscored(),
            a.samples(),
            a.passAtK(),
            a.verdicts(),
            a.withheld(),
            a.curve(),
            a.rewind(),
            a.byPrompt()),
        report.study(),
        report.advice(),
        report.sentence(),
        report.source(),
        report.versions());
  }
}
