package topdraw.words.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import topdraw.estimate.Analysis;
import topdraw.estimate.AtN;
import topdraw.estimate.Measures;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.words.Digits;
import topdraw.words.Percent;
import topdraw.words.QuantityWords;
import topdraw.words.Visible;

/// The curve of an analysis as one table: a row an n, estimates with their intervals.
final class AnalysisTable {
  private static final List<Quantity> COLUMNS =
      List.of(
          Quantity.REWARD,
          Quantity.PASS_AT_K,
          Quantity.MAJ_AT_K,
          Quantity.GOLD_REWARD,
          Quantity.WIN_RATE,
          Quantity.KL,
          Quantity.TOKENS,
          Quantity.EARLY_STOP_DRAWS);

  private static final List<Quantity> MISSED =
      List.of(Quantity.REWARD, Quantity.GOLD_REWARD, Quantity.WIN_RATE, Quantity.KL);

  static final String NONE = "–";

  private final Analysis analysis;
  private final List<Quantity> columns;

  AnalysisTable(Analysis analysis) {
    this.analysis = analysis;
    columns =
        COLUMNS.stream()
            .filter(one -> analysis.curve().stream().anyMatch(at -> value(at, one).isPresent()))
            .toList();
  }

  /// The table, and what is to be known to read it.
  static List<String> lines(Analysis analysis) {
    return new AnalysisTable(analysis).lines();
  }

  private List<String> lines() {
    List<List<String>> rows = new ArrayList<>(List.of(heading()));
    rows.addAll(rows());
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    rows.forEach(row -> lines.add(line(row, widths)));
    lines.add(how());
    long quarter = analysis.quarter();
    if (analysis.curve().getLast().n() > Math.max(2, quarter)) {
      lines.add(
          "above n = %s few independent sets are left"
              .formatted(quarter < 2 ? "2" : quarter + ", a quarter of the draws,"));
    }
    if (rows.stream().anyMatch(row -> row.contains(NONE))) {
      lines.add(NONE + ": no number; --verbose says why");
    }
    lines.addAll(missed());
    return lines;
  }

  private boolean hasTextbook() {
    return analysis.curve().getFirst().findings().stream()
        .anyMatch(f -> f.quantity() == Quantity.KL && f.source().equals(KlBounds.TEXTBOOK));
  }

  /// What stands over the columns, that of n first.
  List<String> heading() {
    List<String> names = new ArrayList<>(List.of("n"));
    for (Quantity column : columns) {
      names.add(name(column));
      if (column == Quantity.KL) {
        names.add("textbook KL");
      }
    }
    if (!columns.contains(Quantity.KL) && hasTextbook()) {
      names.add("textbook KL");
    }
    return names;
  }

  private String name(Quantity quantity) {
    return switch (quantity) {
      case REWARD -> "reward";
      case PASS_AT_K -> "pass@n";
      case MAJ_AT_K -> "maj@n";
      case GOLD_REWARD -> "gold";
      case KL -> "KL, nats";
      case EARLY_STOP_DRAWS -> "draws, early stop";
      default -> QuantityWords.of(quantity);
    };
  }

  /// A row for each n, as many cells as the heading.
  List<List<String>> rows() {
    return analysis.curve().stream().map(this::row).toList();
  }

  private List<String> row(AtN at) {
    List<String> cells = new ArrayList<>(List.of(Integer.toString(at.n())));
    String textbook = "at most " + Digits.up(KlBounds.analytical(at.n()));
    for (Quantity column : columns) {
      cells.add(value(at, column).map(finding -> cell(column, finding)).orElse(NONE));
      if (column == Quantity.KL) {
        cells.add(textbook);
      }
    }
    if (!columns.contains(Quantity.KL) && hasTextbook()) {
      cells.add(textbook);
    }
    return cells;
  }

  private String cell(Quantity column, Finding finding) {
    boolean plain = column == Quantity.TOKENS || column == Quantity.EARLY_STOP_DRAWS;
    return Digits.of(finding)
        + (plain ? "" : finding.interval().map(i -> " " + FindingText.interval(i)).orElse(""))
        + ofSome(analysis, finding);
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(
          String.format(
              Locale.ROOT,
              i == 0 ? "  %" + widths[i] + "s" : "  %-" + widths[i] + "s",
              row.get(i)));
    }
    return line.toString().stripTrailing();
  }

  /// How well the numbers are known, and of whom they speak.
  String how() {
    Stream<Finding> told =
        columns.stream()
            .filter(column -> column != Quantity.KL) // it adds its bias to the sentence
            .flatMap(column -> value(analysis.firm(), column).stream());
    String whom =
        told.filter(finding -> finding.interval().isPresent())
            .flatMap(finding -> finding.assumptions().stream())
            .findFirst()
            .map(assumption -> "; " + assumption)
            .orElse("");
    boolean some =
        columns.stream()
            .flatMap(column -> analysis.curve().stream().flatMap(at -> value(at, column).stream()))
            .anyMatch(finding -> !ofSome(analysis, finding).isEmpty());
    return "estimates [intervals at %s]%s%s%s%s"
        .formatted(
            Percent.of(analysis.confidence().value()),
            some ? " (of so many prompts, if not all)" : "",
            whom,
            hasTextbook() ? "; textbook: theorem" : "",
            fromLevelsAlone() ? "; KL from equal rewards alone" : "");
  }

  /// Whether no log-probability helped.
  private boolean fromLevelsAlone() {
    return analysis.curve().stream()
        .flatMap(at -> value(at, Quantity.KL).stream())
        .anyMatch(finding -> finding.source().equals(Measures.POOL_KL_FROM_LEVELS));
  }

  /// What has no number at any n, and why, a line a reason.
  private List<String> missed() {
    Map<String, Set<String>> byReason = new LinkedHashMap<>();
    analysis.withheld().stream()
        .filter(one -> MISSED.contains(one.quantity()) && !columns.contains(one.quantity()))
        .forEach(
            one ->
                byReason
                    .computeIfAbsent(one.reason(), reason -> new LinkedHashSet<>())
                    .add(QuantityWords.of(one.quantity())));
    return byReason.entrySet().stream()
        .map(one -> "no " + String.join(", no ", one.getValue()) + ": " + one.getKey())
        .map(Visible::of)
        .toList();
  }

  /// Of how many prompts a number is, where that is not all.
  static String ofSome(Analysis analysis, Finding finding) {
    long prompts = finding.prompts().orElse(analysis.prompts());
    return prompts == analysis.prompts() ? "" : " (of %,d)".formatted(prompts);
  }

  static Optional<Finding> value(AtN at, Quantity quantity) {
    return at.findings().stream()
        .filter(f -> f.quantity() == quantity && f.role() == Role.VALUE)
        .findFirst();
  }
}
