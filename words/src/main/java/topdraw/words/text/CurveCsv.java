package topdraw.words.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.AtN;
import topdraw.estimate.Overoptimization;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.words.AnalysisReport;

/// The findings of an analysis as a tidy table: a row a finding, which is a quantity at one n. RFC
/// 4180 text with a header line, lines ending in a line feed. A cell of what a finding does not
/// have is empty; numbers are the shortest decimals that read back as the same doubles, infinite
/// ones `inf` and `-inf`. A name that begins as a formula does gets an apostrophe before it, so
/// that no spreadsheet takes it for one (CWE-1236).
public final class CurveCsv {
  /// The names of the columns, in their order.
  public static final List<String> COLUMNS =
      List.of(
          "selection",
          "reward",
          "gold",
          "threshold",
          "n",
          "quantity",
          "unit",
          "role",
          "evidence",
          "value",
          "lower",
          "upper",
          "confidence",
          "samples",
          "prompts",
          "estimator",
          "source");

  /// A study of a gold reward finds some of the same again.
  private final Set<String> rows = new LinkedHashSet<>();

  private final AnalysisQuestion question;

  private CurveCsv(AnalysisQuestion question) {
    this.question = question;
  }

  /// Every number of the curves, of the study of a gold reward, and of rewind-and-repeat.
  ///
  /// @param report what the analysis says
  /// @return the table
  public static String of(AnalysisReport report) {
    Analysis analysis = report.analysis();
    CurveCsv csv = new CurveCsv(analysis.question());
    csv.add(analysis.curve());
    report.study().ifPresent(study -> csv.add(curve(study)));
    analysis.rewind().forEach(finding -> csv.row("", finding));
    return csv.text();
  }

  /// The findings of some curve.
  ///
  /// @param question what was asked
  /// @param curve the findings by n
  /// @return the table
  public static String of(AnalysisQuestion question, List<AtN> curve) {
    CurveCsv csv = new CurveCsv(question);
    csv.add(curve);
    return csv.text();
  }

  /// The study of a gold reward as a curve.
  ///
  /// @param study the study
  /// @return its findings by n
  public static List<AtN> curve(Overoptimization study) {
    return study.points().stream()
        .map(point -> new AtN(point.n(), study.prompts(), point.findings()))
        .toList();
  }

  private String text() {
    return Stream.concat(Stream.of(String.join(",", COLUMNS)), rows.stream())
        .map(row -> row + "\n")
        .collect(Collectors.joining());
  }

  private void add(List<AtN> curve) {
    curve.forEach(at -> at.findings().forEach(finding -> row(Integer.toString(at.n()), finding)));
  }

  private void row(String n, Finding finding) {
    String selection = selection(finding);
    boolean plain = selection.equals("best_of_n");
    List<String> cells =
        new ArrayList<>(
            List.of(
                selection,
                name(question.reward()),
                name(question.gold().orElse("")),
                plain ? "" : number(question.threshold()),
                n,
                finding.quantity().word(),
                finding.unit().word(),
                finding.role().word(),
                finding.evidence().word(),
                number(finding.value())));
    cells.add(finding.interval().map(Interval::lower).map(CurveCsv::number).orElse(""));
    cells.add(finding.interval().map(Interval::upper).map(CurveCsv::number).orElse(""));
    cells.add(number(finding.confidence()));
    cells.add(number(finding.samples()));
    cells.add(number(finding.prompts()));
    cells.add(finding.source().id());
    cells.add(finding.source().title());
    rows.add(cells.stream().map(CurveCsv::quoted).collect(Collectors.joining(",")));
  }

  private static String selection(Finding finding) {
    return switch (finding.quantity()) {
      case EARLY_STOP_KL, EARLY_STOP_WIN_RATE, EARLY_STOP_DRAWS -> "early_stop";
      case PASS_RATE, REWIND_KL, REWIND_WIN_RATE, REWIND_DRAWS -> "rewind_and_repeat";
      default -> "best_of_n";
    };
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : "";
  }

  private static String number(OptionalLong value) {
    return value.isPresent() ? Long.toString(value.getAsLong()) : "";
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value).toLowerCase(Locale.ROOT);
  }

  private static String name(String text) {
    return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String quoted(String text) {
    return Stream.of(",", "\"", "\r", "\n").anyMatch(text::contains)
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
