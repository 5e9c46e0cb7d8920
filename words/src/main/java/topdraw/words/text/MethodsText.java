package topdraw.words.text;

import java.util.ArrayList;
import java.util.List;
import topdraw.plan.SideBySide.Row;
import topdraw.words.Attribution;
import topdraw.words.Digits;
import topdraw.words.PlanWords;
import topdraw.words.Visible;

/// Methods side by side as lines of text.
public final class MethodsText {
  private MethodsText() {}

  /// The comparison: a row a method.
  ///
  /// @param reward the reward that selects
  /// @param n draws of best-of-n, whose win rate all are set to
  /// @param rows a row a method, at least one
  /// @param supposed what the numbers suppose of files of others
  /// @return the lines
  public static List<String> lines(String reward, int n, List<Row> rows, List<String> supposed) {
    List<String> lines = new ArrayList<>();
    lines.add("What best-of-" + n + " wins by " + Visible.of(reward) + ", and at what price");
    lines.add(line("", "", "win rate", "reward", "KL in nats", "draws"));
    for (Row row : rows) {
      lines.add(
          line(
              PlanWords.method(row.method()),
              PlanWords.setting(row.method()),
              Digits.of(row.winRate()),
              Digits.of(row.meanReward()),
              Digits.of(row.kl()),
              Digits.of(row.draws())));
    }
    lines.add("");
    lines.add(
        "Estimates, " + Attribution.of(rows.getFirst().kl()) + "; --json has their intervals.");
    lines.addAll(supposed);
    return lines;
  }

  private static String line(
      String method, String setting, String winRate, String reward, String kl, String draws) {
    return "  %-17s %-42s %9s %9s %11s %7s"
        .formatted(method, setting, winRate, reward, kl, draws)
        .stripTrailing();
  }
}
