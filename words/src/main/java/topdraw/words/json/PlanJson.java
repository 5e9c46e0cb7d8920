package topdraw.words.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.plan.FrontierPoint;
import topdraw.plan.PilotPlan;
import topdraw.plan.PilotPlan.Step;
import topdraw.plan.Plan;
import topdraw.plan.PlanAnswer;
import topdraw.plan.Setting;
import topdraw.plan.Targets;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Finding;
import topdraw.words.PlanWords;

/// Plans as JSON.
public final class PlanJson {
  private PlanJson() {}

  private static final String MADE_BY = "topdraw plan";

  /// A plan from theory.
  ///
  /// @param plan the plan
  /// @return the document
  public static Map<String, Object> of(Plan plan) {
    Map<String, Object> json = Document.of(MADE_BY);
    json.put("from", "theory");
    json.put("targets", targets(plan.targets()));
    json.put("met", plan.choice().isPresent());
    plan.choice()
        .ifPresent(
            choice -> {
              json.put("choice", setting(choice.setting(), choice.setting().findings()));
              choice
                  .setting()
                  .cheaper()
                  .ifPresent(s -> json.put("cheaper", setting(s, s.findings())));
              Setting dearer = choice.setting().dearer();
              json.put("dearer", setting(dearer, dearer.findings()));
            });
    plan.impossible().ifPresent(reason -> json.put("impossible", PlanWords.of(reason)));
    json.put("methods", plan.options().stream().map(PlanJson::option).toList());
    json.put("frontier", plan.frontier().stream().map(PlanJson::point).toList());
    return json;
  }

  /// A plan from recorded samples, and what selection does to a gold reward.
  ///
  /// @param answer what the samples say
  /// @return the document
  public static Map<String, Object> of(PlanAnswer answer) {
    Map<String, Object> json = Document.of(MADE_BY, answer.confidence());
    answer.plan().ifPresent(p -> json.putAll(of(p)));
    answer.study().ifPresent(s -> json.put("overoptimization", OveroptimizationJson.of(s)));
    return json;
  }

  private static Map<String, Object> of(PilotPlan plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", "samples");
    json.put("reward", plan.settings().question().reward());
    json.put("targets", targets(plan.settings().targets()));
    json.put(
        "speaks_of",
        plan.settings().question().scope() == Scope.DRAWS ? "these prompts" : "prompts like these");
    json.put("prompts", plan.prompts());
    json.put("unscored_prompts", plan.unscored());
    json.put("samples", plan.samples());
    json.put("met", plan.choice().isPresent());
    plan.choice().flatMap(PilotPlan.Option::step).ifPresent(s -> json.put("choice", step(s)));
    plan.alone().ifPresent(s -> json.put("these_prompts_alone", step(s)));
    plan.tokensPerDraw().ifPresent(f -> json.put("tokens_per_draw", FindingJson.of(f)));
    plan.settings()
        .targets()
        .outOfReach()
        .ifPresent(reason -> json.put("impossible", PlanWords.of(reason)));
    json.put("methods", plan.options().stream().map(option -> option(plan, option)).toList());
    return json;
  }

  private static Map<String, Object> targets(Targets targets) {
    Map<String, Object> json = new LinkedHashMap<>();
    targets.winRate().ifPresent(w -> json.put("win_rate", w));
    targets.reward().ifPresent(r -> json.put("reward", r));
    targets.kl().ifPresent(k -> json.put("kl", k));
    targets.draws().ifPresent(m -> json.put("draws", m));
    return json;
  }

  private static Map<String, Object> setting(Setting setting, List<Finding> findings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("method", setting.method().word());
    switch (setting) {
      case Setting.BestOfN(long n) -> json.put("n", n);
      case Setting.EarlyStop(long cap, double z) -> {
        json.put("n", cap);
        json.put("pass_rate", z);
      }
      case Setting.StopAt(long cap, double threshold) -> {
        json.put("n", cap);
        json.put("threshold", threshold);
      }
      case Setting.RewindAndRepeat(double z) -> json.put("pass_rate", z);
      case Setting.BestOfPoisson(double mu) -> json.put("mu", mu);
    }
    json.put("findings", FindingJson.of(findings));
    return json;
  }

  private static Map<String, Object> option(Plan.Option option) {
    Map<String, Object> json = setting(option.setting(), option.setting().findings());
    json.put("missed", option.missed().stream().map(PlanWords::missed).toList());
    return json;
  }

  private static Map<String, Object> step(Step step) {
    return setting(step.setting(), step.findings());
  }

  private static Map<String, Object> option(PilotPlan plan, PilotPlan.Option option) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("method", option.method().word());
    json.put("met", option.step().isPresent());
    put(json, "certified", option.step());
    option
        .guess()
        .filter(guess -> option.step().isEmpty())
        .filter(guess -> plan.settings().targets().outOfReach().isEmpty())
        .ifPresent(guess -> json.put("estimate", guess(guess)));
    put(json, "cheaper", option.cheaper());
    put(json, "dearer", option.dearer());
    json.put("unmet", PlanWords.unmet(plan, option));
    option.saturation().ifPresent(sentence -> json.put("saturation", PlanWords.of(sentence)));
    return json;
  }

  private static Map<String, Object> guess(PilotPlan.Guess guess) {
    Map<String, Object> json = step(guess.step());
    guess.n().ifPresent(n -> json.put("n_between", FindingJson.pair(n)));
    return json;
  }

  private static void put(Map<String, Object> json, String name, Optional<Step> step) {
    step.ifPresent(s -> json.put(name, step(s)));
  }

  private static Map<String, Object> point(FrontierPoint point) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kl", point.kl());
    json.put("ceiling", point.ceiling());
    json.put("best_of_n", point.bestOfN());
    json.put("best_of_poisson", point.bestOfPoisson());
    json.put("rewind_and_repeat", point.rewindAndRepeat());
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("ceiling", "theorem");
    evidence.put("methods", "exact for continuous rewards");
    json.put("evidence", evidence);
    return json;
  }
}
