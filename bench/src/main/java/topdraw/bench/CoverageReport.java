package topdraw.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A coverage study in words and numbers.
///
/// @param confidence that the intervals are made for
record CoverageReport(double confidence) {
  static final String HEADER =
      String.format(
          Locale.ROOT,
          "%-7s%-30s%6s%5s  %-38s%-10s%-16s%-8s%-11s%-9s%s",
          "study",
          "law",
          "P",
          "N",
          "of",
          "coverage",
          "95 % limits",
          "above",
          "bias",
          "bias/se",
          "width");

  /// The largest coverage, between the confidence and 1, that is not called needlessly wide: 0.99
  /// at 0.95.
  private double most() {
    return 1 - (1 - confidence) / 5;
  }

  /// The least coverage that is not called too low: 0.93 at 0.95.
  private double least() {
    return confidence - 0.4 * (1 - confidence);
  }

  /// Whether intervals hold the truth too seldom, and chance alone does not explain it.
  boolean misses(CoverageCell cell) {
    return cell.trials() > 0 && cell.coverage() < least() && cell.limits().upper() < confidence;
  }

  private boolean wide(CoverageCell cell) {
    return cell.coverage() > most() && cell.limits().lower() > confidence;
  }

  /// A cell as a line.
  String line(CoverageCell cell) {
    return cell.trials() == 0
        ? String.format(Locale.ROOT, "%s%-10s", name(cell), "withheld")
        : String.format(
            Locale.ROOT,
            "%s%-10.3f[%.3f, %.3f]  %-8.3f%-+11.2g%-+9.2f%.3g",
            name(cell),
            cell.coverage(),
            cell.limits().lower(),
            cell.limits().upper(),
            (double) cell.above() / cell.trials(),
            cell.bias(),
            cell.relativeBias(),
            cell.width());
  }

  private static String name(CoverageCell cell) {
    return String.format(
        Locale.ROOT,
        "%-7s%-30s%6d%5d  %-38s",
        cell.study(),
        cell.law(),
        cell.prompts(),
        cell.draws(),
        cell.of());
  }

  /// Every number of prompts and draws in a line.
  List<String> summary(List<CoverageCell> cells) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%-7s%-26s%6s%5s%7s%10s%9s%9s%8s%8s%10s",
            "study",
            "of",
            "P",
            "N",
            "cells",
            "withheld",
            "least",
            "median",
            "below",
            "above",
            "bias/se"));
    Map<String, List<CoverageCell>> groups =
        cells.stream()
            .collect(
                Collectors.groupingBy(
                    cell ->
                        String.format(
                            Locale.ROOT,
                            "%-7s%-26s%6d%5d",
                            cell.study(),
                            kind(cell),
                            cell.prompts(),
                            cell.draws()),
                    TreeMap::new,
                    Collectors.toList()));
    groups.forEach((name, group) -> lines.add(name + summed(group)));
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "below: cells that cover less than %.3g and significantly less than %.3g; above: more than"
                + " %.3g and significantly more",
            least(),
            confidence,
            most()));
    return lines;
  }

  /// What is estimated, without its n.
  private static String kind(CoverageCell cell) {
    return cell.of().replaceAll("([@^])[0-9]+", "$1k").replaceAll(", n = [0-9]+", "");
  }

  private String summed(List<CoverageCell> group) {
    List<CoverageCell> told =
        group.stream()
            .filter(cell -> cell.trials() > 0)
            .sorted(Comparator.comparingDouble(CoverageCell::coverage))
            .toList();
    if (told.isEmpty()) {
      return String.format(Locale.ROOT, "%7d%10d", group.size(), group.size());
    }
    return String.format(
        Locale.ROOT,
        "%7d%10d%9.3f%9.3f%8d%8d%+10.2f",
        group.size(),
        group.size() - told.size(),
        told.getFirst().coverage(),
        told.get(told.size() / 2).coverage(),
        told.stream().filter(this::misses).count(),
        told.stream().filter(this::wide).count(),
        told.stream()
            .map(CoverageCell::relativeBias)
            .max(Comparator.comparingDouble(Math::abs))
            .orElseThrow());
  }

  static Map<String, Object> json(CoverageCell cell) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("study", cell.study());
    one.put("law", cell.law());
    one.put("prompts", cell.prompts());
    one.put("draws", cell.draws());
    one.put("of", cell.of());
    one.put("trials", cell.trials());
    one.put("withheld", cell.withheld());
    if (cell.trials() > 0) {
      one.put("truth", cell.truth());
      one.put("bias", cell.bias());
      one.put("standard_error", cell.error());
      one.put("coverage", cell.coverage());
      one.put("coverage_between", List.of(cell.limits().lower(), cell.limits().upper()));
      one.put("above", (double) cell.above() / cell.trials());
      one.put("width", cell.width());
    }
    return one;
  }
}
