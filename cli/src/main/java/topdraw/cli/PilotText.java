package topdraw.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import topdraw.audit.Verdict;
import topdraw.plan.Method;
import topdraw.plan.PilotPlan;
import topdraw.plan.PilotPlan.Option;
import topdraw.plan.PilotPlan.Step;

/// A plan from recorded samples as a person reads it.
final class PilotText {
  private PilotText() {}

  static List<String> lines(PilotPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, %s, reward %s"
            .formatted(
                AnalysisText.counted(plan.prompts(), "prompt"),
                AnalysisText.counted(plan.samples(), "sample"),
                Terminal.visible(plan.settings().question().reward())));
    if (plan.unscored() > 0) {
      lines.add("no score at all, left out: " + AnalysisText.counted(plan.unscored(), "prompt"));
    }
    plan.verdicts().stream()
        .filter(verdict -> verdict.level() != Verdict.Level.OK)
        .forEach(verdict -> lines.add("audit: " + Terminal.visible(verdict.reason())));
    lines.add("");
    lines.add(
        plan.choice()
            .flatMap(Option::step)
            .map(step -> "Choice: " + name(step))
            .orElse("Not met: no method is certain to meet every target."));
    plan.choice()
        .ifPresent(
            _ ->
                lines.add(
                    "Bounds on the targets hold together at "
                        + FindingText.percent(plan.settings().confidence().value())
                        + "."));
    plan.tokensPerDraw().ifPresent(tokens -> lines.add("  " + FindingText.line(tokens)));
    plan.options().forEach(option -> option(option, lines));
    return lines;
  }

  private static void option(Option option, List<String> lines) {
    lines.add("");
    lines.add(option.step().map(PilotText::name).orElse(option.method().word() + ": not met"));
    option.unmet().forEach(reason -> lines.add("  " + reason));
    option.step().ifPresent(step -> findings(step, lines));
    neighbour("next cheaper", option.cheaper(), lines);
    neighbour("next dearer", option.dearer(), lines);
    option.saturation().ifPresent(sentence -> lines.add("  " + sentence));
    if (option.method() == Method.EARLY_STOP && hasSetting(option)) {
      lines.add(
          "  the threshold of a prompt is a quantile of the rewards of the first half of its draws;"
              + " these numbers come from the second half");
    }
  }

  private static boolean hasSetting(Option option) {
    return Stream.of(option.step(), option.cheaper(), option.dearer())
        .anyMatch(Optional::isPresent);
  }

  private static void neighbour(String name, Optional<Step> step, List<String> lines) {
    step.ifPresent(
        s -> {
          lines.add("  " + name + ": " + s.setting().words());
          FindingText.lines(s.findings()).forEach(line -> lines.add("    " + line));
        });
  }

  private static String name(Step step) {
    return step.setting().method().word() + ", " + step.setting().words();
  }

  private static void findings(Step step, List<String> lines) {
    FindingText.lines(step.findings()).forEach(line -> lines.add("  " + line));
  }
}
