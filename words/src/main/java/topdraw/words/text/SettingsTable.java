package topdraw.words.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import topdraw.plan.PilotPlan;
import topdraw.plan.PilotPlan.Option;
import topdraw.plan.PilotPlan.Step;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.words.PlanWords;

/// The settings that meet the targets side by side, each with what it costs.
final class SettingsTable {
  private static final List<Quantity> COLUMNS =
      List.of(Quantity.REWARD, Quantity.WIN_RATE, Quantity.KL, Quantity.DRAWS);

  private SettingsTable() {}

  /// The table, and where two methods meet the targets which of them is better at what.
  ///
  /// @param plan the plan
  /// @return the lines, an empty one first; none where no target is met
  static List<String> lines(PilotPlan plan) {
    List<Step> met = plan.options().stream().map(Option::step).flatMap(Optional::stream).toList();
    if (met.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of(""));
    lines.add(row("meets every target", List.of("reward", "win rate", "KL in nats", "draws")));
    met.forEach(
        step ->
            lines.add(
                row(
                    PlanWords.named(step.setting()),
                    COLUMNS.stream().map(quantity -> cell(step, quantity)).toList())));
    if (met.size() > 1) {
      lines.add("  " + apart(met));
    }
    return lines;
  }

  private static String apart(List<Step> met) {
    Step draws = least(met, Quantity.DRAWS);
    Step drift = least(met, Quantity.KL);
    String fewest = draws.setting().method().word();
    if (!draws.equals(drift) && kl(draws) <= kl(drift)) {
      return fewest + " draws least, and none has a lower bound on its drift";
    }
    return draws.equals(drift)
        ? fewest + " draws least, and has the lowest bound on its drift"
        : fewest
            + " draws least, "
            + drift.setting().method().word()
            + " has the lowest bound on its drift";
  }

  private static double kl(Step step) {
    return told(step, Quantity.KL).map(Finding::value).orElse(Double.MAX_VALUE);
  }

  private static Step least(List<Step> met, Quantity quantity) {
    return met.stream()
        .min(
            Comparator.comparingDouble(
                step -> told(step, quantity).map(Finding::value).orElse(Double.MAX_VALUE)))
        .orElseThrow();
  }

  private static String cell(Step step, Quantity quantity) {
    return told(step, quantity).map(FindingText::number).orElse("–");
  }

  /// Draws as they are expected; of the others what is proven, where anything is.
  private static Optional<Finding> told(Step step, Quantity quantity) {
    return step.findings().stream()
        .filter(finding -> finding.quantity() == quantity)
        .min(
            Comparator.comparingInt(
                finding -> (finding.role() == Role.VALUE) == (quantity == Quantity.DRAWS) ? 0 : 1));
  }

  private static String row(String name, List<String> cells) {
    StringBuilder row = new StringBuilder("  %-60s".formatted(name));
    cells.forEach(cell -> row.append(String.format(Locale.ROOT, " %-16s", cell)));
    return row.toString().stripTrailing();
  }
}
