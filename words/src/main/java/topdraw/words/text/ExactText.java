package topdraw.words.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import topdraw.theory.finding.Bounded;
import topdraw.theory.finding.Finding;
import topdraw.theory.law.OutcomeTable;
import topdraw.words.Digits;
import topdraw.words.ExactSection;
import topdraw.words.NamedTable;
import topdraw.words.Visible;

/// What `topdraw exact` says, as lines of text.
public final class ExactText {
  private static final int MOST_ROWS = 40;

  private ExactText() {}

  /// Everything exact about a table.
  ///
  /// @param named the table
  /// @param sections what is known of each policy on it
  /// @return the lines
  public static List<String> lines(NamedTable named, List<ExactSection> sections) {
    OutcomeTable table = named.table();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d outcomes, %d different %s, H_2 = %s nats",
            table.size(),
            table.levelCount(),
            named.rewarded() ? "rewards" : "ranks in place of rewards",
            Digits.near(table.renyiEntropy())));
    for (ExactSection section : sections) {
      lines.add("");
      lines.add("== " + section.title() + " ==");
      section.numbers().forEach(number -> add(lines, number));
    }
    lines.add("");
    law(lines, named, sections);
    return lines;
  }

  private static void add(List<String> lines, Bounded number) {
    lines.add("  " + FindingText.line(number.truth()).stripTrailing());
    List<Finding> defaults = ExactSection.defaults(number);
    for (Finding bound : number.bounds()) {
      if (ExactSection.says(bound)) {
        lines.add((defaults.contains(bound) ? "* " : "  ") + FindingText.line(bound));
      }
    }
  }

  /// A row an outcome: its reward, its probability under the reference and under each policy.
  private static void law(List<String> lines, NamedTable named, List<ExactSection> sections) {
    OutcomeTable table = named.table();
    double[] p = table.probabilities();
    double[] rewards = table.rewards();
    StringBuilder head =
        new StringBuilder(row("outcome", named.rewarded() ? "reward" : "rank", "reference"));
    sections.forEach(section -> head.append(column(section.name())));
    lines.add(head.toString());
    for (int i = 0; i < Math.min(p.length, MOST_ROWS); i++) {
      StringBuilder line =
          new StringBuilder(
              row(
                  Visible.oneLine(named.names().get(i), 24),
                  Digits.near(rewards[i]),
                  Digits.near(p[i])));
      for (ExactSection section : sections) {
        line.append(column(Digits.near(section.probabilities()[i])));
      }
      lines.add(line.toString());
    }
    if (p.length > MOST_ROWS) {
      lines.add("  and " + (p.length - MOST_ROWS) + " more; --json lists all");
    }
  }

  private static String row(String name, String reward, String p) {
    return String.format(Locale.ROOT, "  %-24s %10s %12s", name, reward, p);
  }

  private static String column(String text) {
    return String.format(Locale.ROOT, " %22s", text);
  }
}
