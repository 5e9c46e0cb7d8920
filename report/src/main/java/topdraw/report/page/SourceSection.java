package topdraw.report.page;

import java.util.Map;
import java.util.stream.Collectors;
import topdraw.draw.InputFile;
import topdraw.draw.SampleSource;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.AtN;
import topdraw.words.AnalysisReport;

/// Where the samples come from, what was asked of them, and what computed the numbers.
final class SourceSection {
  private SourceSection() {}

  static void write(Html html, AnalysisReport report, String twin) {
    html.open("section", "id", "source").element("h2", "Where the samples come from");
    html.open("div", "class", "card").open("dl");
    SampleSource source = report.source();
    source.files().forEach(file -> entry(html, "read", file));
    source.inputs().forEach(input -> entry(html, "file", words(input)));
    source.columns().forEach(line -> entry(html, "columns", line));
    entry(html, "rows that cannot be read", Long.toString(source.badRows()));
    source.firstBad().forEach(row -> entry(html, "such a row", row));
    entries(html, source.provenance());
    settings(html, report);
    entries(html, report.versions());
    entry(html, "these numbers as JSON", twin);
    html.close().close();
    Closing.credit(html);
    html.close();
  }

  private static String words(InputFile input) {
    return "%s, %,d bytes, SHA-256 %s".formatted(input.path(), input.bytes(), input.sha256());
  }

  private static void settings(Html html, AnalysisReport report) {
    AnalysisQuestion question = report.analysis().question();
    entry(html, "reward", question.reward());
    question.gold().ifPresent(gold -> entry(html, "gold reward", gold));
    entry(html, "protocol", question.protocol().word());
    question
        .threshold()
        .ifPresent(threshold -> entry(html, "threshold", Double.toString(threshold)));
    entry(
        html,
        "values of n",
        report.analysis().curve().stream()
            .map(AtN::n)
            .map(String::valueOf)
            .collect(Collectors.joining(", ")));
  }

  private static void entries(Html html, Map<String, String> entries) {
    entries.forEach((name, value) -> entry(html, name, value));
  }

  private static void entry(Html html, String name, String value) {
    html.element("dt", name, "class", "model").element("dd", value, "class", "model");
  }
}
