package topdraw.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import topdraw.audit.Verdict;
import topdraw.estimate.Analysis;
import topdraw.estimate.AtN;
import topdraw.estimate.Digits;
import topdraw.estimate.Withheld;
import topdraw.recordings.Recording;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;

/// An analysis as a person reads it: the audit, a table for each number by n, what was withheld and
/// a sentence.
final class AnalysisText {
  private record Row(String quantity, String source, Finding.Role role, boolean proven) {
    static Row of(Finding f) {
      return new Row(
          f.quantity(),
          f.source().replaceAll(", (mean over )?\\d+ prompts?$", ""),
          f.role(),
          f.evidence() == Evidence.THEOREM);
    }
  }

  private AnalysisText() {}

  /// What was taken for what, and what could not be read.
  static List<String> columns(Recording recording) {
    List<String> lines = new ArrayList<>();
    recording.columns().forEach(line -> lines.add("columns of " + Terminal.visible(line)));
    if (recording.bad().count() > 0) {
      lines.add(
          counted(recording.bad().count(), "row") + " cannot be read and left out; the first:");
      recording.bad().first().forEach(line -> lines.add("  " + Terminal.visible(line)));
    }
    return lines;
  }

  static List<String> lines(Analysis analysis) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, %s, reward %s"
            .formatted(
                counted(analysis.prompts(), "prompt"),
                counted(analysis.samples(), "sample"),
                Terminal.visible(analysis.settings().reward())));
    if (analysis.unscored() > 0) {
      lines.add(counted(analysis.unscored(), "prompt") + " without any score left out");
    }
    lines.add("");
    lines.add("Audit");
    analysis.verdicts().forEach(verdict -> lines.add(verdict(verdict)));
    for (Row row : rows(analysis)) {
      lines.add("");
      table(analysis, row, lines);
    }
    if (!analysis.rewind().isEmpty()) {
      lines.add("");
      lines.add("Rewind-and-repeat at " + analysis.settings().threshold().getAsDouble());
      FindingText.lines(analysis.rewind()).forEach(line -> lines.add("  " + line));
    }
    if (!analysis.withheld().isEmpty()) {
      lines.add("");
      lines.add("Withheld");
      Withheld.sentences(analysis.withheld())
          .forEach(sentence -> lines.add("  " + Terminal.visible(sentence)));
    }
    lines.add("");
    lines.add(sentence(analysis));
    return lines;
  }

  static String counted(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  private static String verdict(Verdict verdict) {
    String places =
        verdict.places().isEmpty() || verdict.level() == Verdict.Level.OK
            ? ""
            : " [" + String.join("; ", verdict.places()) + "]";
    return "  %-7s %-26s %s"
        .formatted(
            verdict.level().word(), verdict.check(), Terminal.visible(verdict.reason() + places));
  }

  private static Set<Row> rows(Analysis analysis) {
    Set<Row> rows = new LinkedHashSet<>();
    analysis.curve().forEach(at -> at.findings().forEach(f -> rows.add(Row.of(f))));
    return rows;
  }

  private static void table(Analysis analysis, Row row, List<String> lines) {
    boolean first = true;
    for (AtN at : analysis.curve()) {
      Optional<Finding> finding =
          at.findings().stream().filter(f -> Row.of(f).equals(row)).findFirst();
      if (finding.isPresent()) {
        if (first) {
          lines.add(heading(row, finding.get()));
          first = false;
        }
        lines.add("  n = %-6d %s".formatted(at.n(), number(finding.get())));
      }
    }
  }

  private static String heading(Row row, Finding finding) {
    String confidence =
        row.proven() && finding.confidence().isPresent()
            ? " at " + FindingText.percent(finding.confidence().getAsDouble())
            : "";
    String role =
        row.role() == Finding.Role.VALUE ? "" : ", " + row.role().word().replace('_', ' ');
    return "%s in %s: %s%s%s; %s"
        .formatted(
            row.quantity(),
            finding.unit(),
            finding.evidence().word(),
            confidence,
            role,
            row.source());
  }

  private static String number(Finding finding) {
    return "%-10s %s"
        .formatted(
            Digits.of(finding),
            finding
                .interval()
                .map(i -> "[" + Digits.down(i.lower()) + ", " + Digits.up(i.upper()) + "]")
                .orElse(""));
  }

  /// What to take away, at the largest n with a quarter of the draws behind it, but no less than 2.
  static String sentence(Analysis analysis) {
    AtN at = analysis.firm();
    AtN one = analysis.curve().getFirst();
    boolean alone = analysis.samples() == analysis.prompts();
    StringBuilder says =
        new StringBuilder(alone ? "One draw of each prompt: " : "Best of " + at.n() + ": ");
    String name = analysis.passAtK() ? "pass_at_k" : "reward";
    value(at, name)
        .ifPresent(
            now -> {
              says.append(name.equals("reward") ? "mean reward " : "pass@k ")
                  .append(Digits.near(now));
              if (at.n() > one.n()) {
                value(one, name)
                    .ifPresent(
                        before ->
                            says.append(", up from ")
                                .append(Digits.near(before))
                                .append(" at n = ")
                                .append(one.n()));
              }
            });
    value(at, "win_rate").ifPresent(w -> says.append("; win rate ").append(Digits.near(w)));
    value(at, "kl")
        .ifPresent(
            kl -> {
              says.append("; drift about ").append(Digits.near(kl)).append(" nats");
              says.append(" where the textbook says at most ")
                  .append(Digits.up(KlBounds.analytical(at.n())));
            });
    // A reward that is withheld leaves no first part.
    return says.append(" (estimates).").toString().replace(": ; ", ": ");
  }

  private static Optional<Double> value(AtN at, String quantity) {
    return at.findings().stream()
        .filter(f -> f.quantity().equals(quantity) && f.role() == Finding.Role.VALUE)
        .map(Finding::value)
        .findFirst();
  }
}
