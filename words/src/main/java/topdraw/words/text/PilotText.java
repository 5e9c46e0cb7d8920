package topdraw.words.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import topdraw.plan.PilotPlan;
import topdraw.plan.PilotPlan.Option;
import topdraw.plan.PilotPlan.Step;
import topdraw.plan.PlanAnswer;
import topdraw.plan.Setting;
import topdraw.plan.Targets;
import topdraw.theory.confidence.Scope;
import topdraw.words.Counted;
import topdraw.words.Percent;
import topdraw.words.PlanWords;
import topdraw.words.Visible;

/// A plan from recorded samples as a person reads it.
public final class PilotText {
  private PilotText() {}

  /// The plan, and what selection does to a gold reward, as far as they were asked for.
  ///
  /// @param answer what the samples say
  /// @return the lines
  public static List<String> lines(PlanAnswer answer) {
    List<String> lines = new ArrayList<>();
    answer.plan().ifPresent(plan -> lines.addAll(lines(plan)));
    answer
        .study()
        .ifPresent(
            study -> {
              answer.plan().ifPresent(plan -> lines.add(""));
              lines.addAll(OveroptimizationText.lines(study));
            });
    return lines;
  }

  /// The whole plan.
  ///
  /// @param plan the plan
  /// @return the lines
  public static List<String> lines(PilotPlan plan) {
    List<String> lines = new ArrayList<>();
    Optional<Targets.OutOfReach> impossible = plan.settings().targets().outOfReach();
    lines.add(
        plan.choice()
            .flatMap(Option::step)
            .map(step -> "Choice: " + PlanWords.named(step.setting()))
            .orElse(
                impossible.isPresent()
                    ? "Not met: " + PlanWords.of(impossible.get()) + "."
                    : "Not met: no method is certain to meet every target."));
    plan.choice()
        .ifPresent(
            choice ->
                lines.add(
                    "Bounds on the targets hold together at "
                        + Percent.of(plan.settings().confidence().value())
                        + (plan.settings().question().scope() == Scope.DRAWS
                            ? ", of these prompts alone."
                            : ", of prompts drawn like these.")));
    lines.addAll(SettingsTable.lines(plan));
    plan.alone().ifPresent(step -> lines.add(alone(plan, step)));
    plan.tokensPerDraw().ifPresent(tokens -> lines.add("  " + FindingText.line(tokens)));
    lines.add("");
    lines.add(
        "%s, %s, reward %s"
            .formatted(
                Counted.of(plan.prompts(), "prompt"),
                Counted.of(plan.samples(), "sample"),
                Visible.of(plan.settings().question().reward())));
    if (plan.unscored() > 0) {
      lines.add("no score at all, left out: " + Counted.of(plan.unscored(), "prompt"));
    }
    AuditText.objections(plan.verdicts()).forEach(reason -> lines.add("audit: " + reason));
    plan.options().forEach(option -> option(plan, option, lines));
    return lines;
  }

  private static String alone(PilotPlan plan, Step step) {
    return "For %s alone %s is certain at %s (--prompts fixed)."
        .formatted(
            plan.prompts() == 1 ? "this prompt" : "these prompts",
            PlanWords.of(step.setting()),
            Percent.of(plan.settings().confidence().value()));
  }

  private static void option(PilotPlan plan, Option option, List<String> lines) {
    lines.add("");
    lines.add(
        option
            .step()
            .map(step -> PlanWords.named(step.setting()))
            .orElse(option.method().word() + ": not met"));
    PlanWords.unmet(plan, option).forEach(why -> lines.add("  " + why));
    option
        .guess()
        .filter(guess -> option.step().isEmpty())
        .filter(guess -> plan.settings().targets().outOfReach().isEmpty())
        .ifPresent(
            guess -> {
              lines.add("  estimate: " + PlanWords.of(guess, plan.settings().confidence()));
              FindingText.lines(guess.step().findings()).forEach(line -> lines.add("    " + line));
            });
    option.step().ifPresent(step -> findings(step, lines));
    neighbour("next cheaper", option.cheaper(), lines);
    neighbour("next dearer", option.dearer(), lines);
    option.saturation().ifPresent(s -> lines.add("  " + PlanWords.of(s)));
    if (learnsThreshold(option)) {
      lines.add(
          "  the threshold of a prompt is a quantile of the rewards of the first half of its draws;"
              + " these numbers come from the second half");
    }
  }

  private static boolean learnsThreshold(Option option) {
    return Stream.of(option.step(), option.cheaper(), option.dearer())
        .flatMap(Optional::stream)
        .anyMatch(step -> step.setting() instanceof Setting.EarlyStop);
  }

  private static void neighbour(String name, Optional<Step> step, List<String> lines) {
    step.ifPresent(
        s -> {
          lines.add("  " + name + ": " + PlanWords.of(s.setting()));
          FindingText.lines(s.findings()).forEach(line -> lines.add("    " + line));
        });
  }

  private static void findings(Step step, List<String> lines) {
    FindingText.lines(step.findings()).forEach(line -> lines.add("  " + line));
  }
}
