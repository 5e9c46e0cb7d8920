package topdraw.words.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import topdraw.advice.Advice;
import topdraw.advice.ReadingQuestion;
import topdraw.draw.SampleSource;
import topdraw.estimate.Analysis;
import topdraw.estimate.AtN;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.finding.Unit;
import topdraw.words.AnalysisReport;
import topdraw.words.Counted;
import topdraw.words.Digits;
import topdraw.words.EvidenceWords;
import topdraw.words.Percent;
import topdraw.words.QuantityWords;
import topdraw.words.Visible;
import topdraw.words.WithheldWords;
import topdraw.words.json.OveroptimizationJson;

/// An analysis as a person reads it: the sentence that matters, what the audit objects to, and one
/// table; or everything, which is the audit, a table for each number by n and what was withheld.
public final class AnalysisText {
  private record Row(Quantity quantity, Estimator source, Role role, boolean proven) {
    static Row of(Finding f) {
      return new Row(f.quantity(), f.source(), f.role(), f.evidence() == Evidence.THEOREM);
    }
  }

  private AnalysisText() {}

  /// The analysis on one screen, the study of a gold reward and the advice that were asked for.
  ///
  /// @param report everything there is to say
  /// @return the lines
  public static List<String> lines(AnalysisReport report) {
    return lines(report, brief(report));
  }

  /// The whole analysis, the study of a gold reward and the advice that were asked for.
  ///
  /// @param report everything there is to say
  /// @return the lines
  public static List<String> everything(AnalysisReport report) {
    return lines(report, everything(report.analysis(), report.sentence()));
  }

  private static List<String> lines(AnalysisReport report, List<String> analysis) {
    List<String> lines = new ArrayList<>();
    if (report.analysis().lessIsBetter()) {
      lines.add(
          "Less is better: the best has the least, and means are told as they were recorded.");
    }
    lines.addAll(analysis);
    if (report.analysis().question().gold().isPresent()) {
      lines.add("");
      lines.addAll(
          report
              .study()
              .map(OveroptimizationText::lines)
              .orElse(List.of("No over-optimisation study: " + OveroptimizationJson.TOO_FEW)));
    }
    for (Advice advice : report.advice()) {
      lines.add("");
      lines.addAll(AdviceText.lines(advice));
    }
    return lines;
  }

  private static List<String> brief(AnalysisReport report) {
    Analysis analysis = report.analysis();
    List<String> lines = new ArrayList<>(List.of(report.sentence()));
    heading(analysis, lines);
    lines.addAll(AuditText.warnings(analysis.verdicts()));
    lines.add("");
    lines.addAll(AnalysisTable.lines(analysis));
    rewind(analysis, lines);
    lines.add("--verbose: every number, how it was found, and the audit");
    return lines;
  }

  private static void heading(Analysis analysis, List<String> lines) {
    lines.add(
        "%s, %s, reward %s"
            .formatted(
                Counted.of(analysis.prompts(), "prompt"),
                Counted.of(analysis.samples(), "sample"),
                Visible.of(analysis.question().reward())));
    if (analysis.unscored() > 0) {
      lines.add(Counted.of(analysis.unscored(), "prompt") + " without any score left out");
    }
  }

  private static void rewind(Analysis analysis, List<String> lines) {
    if (!analysis.rewind().isEmpty()) {
      lines.add("");
      lines.add("Rewind-and-repeat at " + analysis.question().threshold().getAsDouble());
      FindingText.lines(analysis.rewind()).forEach(line -> lines.add("  " + line));
    }
  }

  /// The whole analysis.
  ///
  /// @param analysis the numbers
  /// @param sentence what to take away
  /// @return the lines
  private static List<String> everything(Analysis analysis, String sentence) {
    List<String> lines = new ArrayList<>();
    heading(analysis, lines);
    lines.add("");
    lines.add("Audit");
    lines.addAll(AuditText.lines(analysis.verdicts()));
    for (Row row : rows(analysis)) {
      lines.add("");
      table(analysis, row, lines);
    }
    rewind(analysis, lines);
    if (!analysis.withheld().isEmpty()) {
      lines.add("");
      lines.add("Withheld");
      WithheldWords.sentences(analysis.withheld())
          .forEach(reason -> lines.add("  " + Visible.of(reason)));
    }
    lines.add("");
    lines.add(sentence);
    return lines;
  }

  private static Set<Row> rows(Analysis analysis) {
    Set<Row> rows = new LinkedHashSet<>();
    analysis.curve().forEach(at -> at.findings().forEach(f -> rows.add(Row.of(f))));
    return rows;
  }

  private static void table(Analysis analysis, Row row, List<String> lines) {
    Map<Integer, Finding> byN = new LinkedHashMap<>();
    for (AtN at : analysis.curve()) {
      at.findings().stream()
          .filter(f -> Row.of(f).equals(row))
          .findFirst()
          .ifPresent(f -> byN.put(at.n(), f));
    }
    // A row is as well known as its least known number.
    lines.add(
        heading(
            row,
            byN.values().stream()
                .filter(f -> f.evidence() == Evidence.ESTIMATE)
                .findFirst()
                .orElseGet(() -> byN.values().iterator().next())));
    byN.forEach((n, finding) -> lines.add("  n = %-6d %s".formatted(n, number(finding))));
    assumptions(byN).forEach(line -> lines.add("  " + line));
  }

  /// What the intervals suppose, and how they were found: what is said of several n. Of a theorem
  /// into which data enter, all that it rests on.
  private static List<String> assumptions(Map<Integer, Finding> byN) {
    Map<String, List<Integer>> said = new LinkedHashMap<>();
    List<Integer> all = new ArrayList<>();
    byN.forEach(
        (n, finding) -> {
          if (proven(finding)
              || (finding.evidence() == Evidence.ESTIMATE && finding.role() == Role.VALUE)) {
            all.add(n);
            finding
                .assumptions()
                .forEach(one -> said.computeIfAbsent(one, first -> new ArrayList<>()).add(n));
          }
        });
    return said.entrySet().stream()
        .filter(
            one ->
                one.getValue().size() > 1
                    || all.size() == 1
                    || byN.values().stream().anyMatch(AnalysisText::proven))
        .map(
            one ->
                (one.getValue().equals(all)
                        ? ""
                        : "n = "
                            + one.getValue().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "))
                            + ": ")
                    + one.getKey())
        .toList();
  }

  private static boolean proven(Finding finding) {
    return finding.evidence() == Evidence.THEOREM && finding.confidence().isPresent();
  }

  private static String heading(Row row, Finding finding) {
    String confidence =
        row.proven() && finding.confidence().isPresent()
            ? " at " + Percent.of(finding.confidence().getAsDouble())
            : "";
    String role = row.role() == Role.VALUE ? "" : ", " + EvidenceWords.role(row.role());
    return "%s%s: %s%s%s; %s"
        .formatted(
            QuantityWords.of(row.quantity()),
            unit(finding.unit()),
            finding.evidence().word(),
            confidence,
            role,
            row.source().title());
  }

  /// Other units are told by the quantity's name.
  private static String unit(Unit unit) {
    return unit == Unit.NATS ? " in " + unit.word() : "";
  }

  private static String number(Finding finding) {
    return "%-10s %s"
        .formatted(Digits.of(finding), finding.interval().map(FindingText::interval).orElse(""));
  }

  /// An analysis with the sentence to take away.
  ///
  /// @param answers what a reading of the samples answered
  /// @param missing how many samples are still to come
  /// @param source where the samples come from
  /// @param versions what computed the numbers, by name, in order
  /// @return what the page and its JSON twin say
  public static AnalysisReport report(
      ReadingQuestion.Answers answers,
      long missing,
      SampleSource source,
      Map<String, String> versions) {
    Analysis analysis = answers.analysis();
    return new AnalysisReport(
        analysis,
        answers.study(),
        answers.advice(),
        unfinished(analysis, missing) + sentence(analysis),
        source,
        versions);
  }

  private static String unfinished(Analysis analysis, long missing) {
    return missing == 0
        ? ""
        : "NOT FINISHED, %d of %d samples so far. "
            .formatted(analysis.samples(), analysis.samples() + missing);
  }

  /// What to take away, at the largest n with a quarter of the draws behind it, but no less than 2.
  ///
  /// @param analysis the numbers
  /// @return a sentence
  public static String sentence(Analysis analysis) {
    AtN at = analysis.firm();
    List<String> parts = new ArrayList<>();
    reward(analysis, at).ifPresent(parts::add);
    AnalysisTable.value(at, Quantity.WIN_RATE)
        .ifPresent(wins -> parts.add("win rate " + number(analysis, wins)));
    AnalysisTable.value(at, Quantity.KL)
        .ifPresent(
            kl ->
                parts.add(
                    "drift about %s nats%s where the textbook says at most %s"
                        .formatted(
                            Digits.near(kl.value()),
                            ofSome(analysis, kl),
                            Digits.up(KlBounds.analytical(at.n())))));
    if (parts.isEmpty()) {
      return "No estimate: the audit refuses what every one rests on.";
    }
    boolean alone = analysis.samples() == analysis.prompts();
    return (alone ? "One draw of each prompt: " : "Best of " + at.n() + ": ")
        + String.join("; ", parts)
        + " (estimates).";
  }

  private static Optional<String> reward(Analysis analysis, AtN at) {
    Quantity name = analysis.passAtK() ? Quantity.PASS_AT_K : Quantity.REWARD;
    AtN one = analysis.curve().getFirst();
    Optional<Finding> before = at.n() > one.n() ? AnalysisTable.value(one, name) : Optional.empty();
    return AnalysisTable.value(at, name)
        .map(
            now ->
                (name == Quantity.REWARD ? "mean reward " : "pass@n ")
                    + number(analysis, now)
                    + before
                        .map(b -> ", up from " + number(analysis, b) + " at n = " + one.n())
                        .orElse(""));
  }

  private static String number(Analysis analysis, Finding finding) {
    return Digits.near(finding.value()) + ofSome(analysis, finding);
  }

  private static String ofSome(Analysis analysis, Finding finding) {
    return AnalysisTable.ofSome(analysis, finding)
        .replace(")", " of %,d prompts)".formatted(analysis.prompts()));
  }
}
