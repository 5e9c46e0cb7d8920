package topdraw.words.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import topdraw.plan.FrontierPoint;
import topdraw.plan.Plan;
import topdraw.plan.Setting;
import topdraw.theory.law.OptimalFrontier;
import topdraw.words.Digits;
import topdraw.words.PlanWords;

/// A plan from theory as a person reads it.
public final class PlanText {
  private PlanText() {}

  /// The whole plan.
  ///
  /// @param plan the plan
  /// @param tokensPerDraw mean tokens of a draw, where known
  /// @return the lines
  public static List<String> lines(Plan plan, OptionalDouble tokensPerDraw) {
    List<String> lines = new ArrayList<>();
    plan.choice().ifPresent(choice -> chosen(choice.setting(), tokensPerDraw, lines));
    if (plan.choice().isEmpty()) {
      lines.add("Not met: no method meets every target.");
      plan.impossible().ifPresent(reason -> lines.add("  " + PlanWords.of(reason)));
    }
    lines.add("");
    lines.add(
        "Methods (win rate: exact for continuous rewards; KL: theorem, at most; draws: exact)");
    lines.add(row("", "", "win rate", "KL in nats", "draws", ""));
    plan.options()
        .forEach(o -> lines.add(row(o.setting().method().word(), o.setting(), missed(o))));
    frontier(plan, lines);
    lines.add("");
    lines.add(
        "With equal rewards every method wins and drifts less than this; recorded samples (--run) say"
            + " how much.");
    return lines;
  }

  private static String missed(Plan.Option option) {
    return option.missed().isEmpty()
        ? ""
        : "  " + option.missed().stream().map(PlanWords::missed).collect(Collectors.joining(", "));
  }

  private static void chosen(Setting setting, OptionalDouble tokensPerDraw, List<String> lines) {
    lines.add("Choice: " + PlanWords.named(setting));
    FindingText.lines(setting.findings()).forEach(line -> lines.add("  " + line));
    tokensPerDraw.ifPresent(
        tokens ->
            lines.add(
                "  %-14s %s on average"
                    .formatted("tokens", Digits.near(tokens * setting.draws()))));
    if (setting instanceof Setting.EarlyStop || setting instanceof Setting.RewindAndRepeat) {
      lines.add(
          "  The threshold is, for each prompt, the reward that this share of the model's own draws"
              + " reach.");
    }
    lines.add("");
    lines.add("Next to it");
    setting.cheaper().ifPresent(cheaper -> lines.add(row("cheaper", cheaper, "")));
    lines.add(row("chosen", setting, ""));
    lines.add(row("dearer", setting.dearer(), ""));
    lines.add("");
    double ceiling = OptimalFrontier.winRate(setting.kl());
    lines.add(
        ("More samples: at %s nats no policy wins more than %s (theorem), %s above this choice;"
                + " more wins cost more drift.")
            .formatted(
                Digits.near(setting.kl()),
                Digits.up(ceiling),
                Digits.near(Math.max(0, ceiling - setting.winRate()))));
  }

  private static void frontier(Plan plan, List<String> lines) {
    if (plan.frontier().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(
        "Frontier: win rate by KL (ceiling: theorem for every policy; methods: exact for continuous"
            + " rewards)");
    lines.add(
        "  %9s %9s %12s %16s %18s"
            .formatted("KL", "ceiling", "best-of-n", "best-of-poisson", "rewind-and-repeat"));
    for (FrontierPoint point : plan.frontier()) {
      lines.add(
          "  %9s %9s %12s %16s %18s"
              .formatted(
                  Digits.near(point.kl()),
                  Digits.up(point.ceiling()),
                  Digits.near(point.bestOfN()),
                  Digits.near(point.bestOfPoisson()),
                  Digits.near(point.rewindAndRepeat())));
    }
  }

  private static String row(String name, Setting setting, String note) {
    return row(
        name,
        PlanWords.of(setting),
        Digits.near(setting.winRate()),
        Digits.up(setting.kl()),
        Digits.near(setting.draws()),
        note);
  }

  private static String row(
      String name, String words, String winRate, String kl, String draws, String note) {
    return String.format(
            Locale.ROOT, "  %-17s %-44s %9s %11s %9s%s", name, words, winRate, kl, draws, note)
        .stripTrailing();
  }
}
