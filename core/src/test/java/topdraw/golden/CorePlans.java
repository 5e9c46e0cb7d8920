package topdraw.golden;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Questions;
import topdraw.plan.Method;
import topdraw.plan.PilotPlan;
import topdraw.plan.PilotPlanner;
import topdraw.plan.PilotQuestion;
import topdraw.plan.PilotSettings;
import topdraw.plan.Plan;
import topdraw.plan.Setting;
import topdraw.plan.SideBySide;
import topdraw.plan.Targets;
import topdraw.plan.TheoryPlanner;
import topdraw.plan.Unmet;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;

/// Plans and comparisons of methods, with their findings as [Line]s.
final class CorePlans {
  private CorePlans() {}

  /// A method with its numbers, those that it has; two are equal where no digit that matters
  /// differs.
  record Knobs(String method, long n, String passRate, String mu) {
    static Knobs of(JsonNode json) {
      return new Knobs(
          json.get("method").stringValue(),
          json.has("n") ? json.get("n").longValue() : 0,
          json.has("pass_rate") ? digits(Line.number(json.get("pass_rate"))) : "",
          json.has("mu") ? digits(Line.number(json.get("mu"))) : "");
    }

    static Knobs of(Setting setting) {
      String method = setting.method().word();
      return switch (setting) {
        case Setting.BestOfN(long n) -> new Knobs(method, n, "", "");
        case Setting.EarlyStop(long cap, double z) -> new Knobs(method, cap, digits(z), "");
        case Setting.RewindAndRepeat(double z) -> new Knobs(method, 0, digits(z), "");
        case Setting.BestOfPoisson(double mu) -> new Knobs(method, 0, "", digits(mu));
      };
    }

    private static String digits(double value) {
      return value < 1e-9 ? "next to nothing" : "%.10e".formatted(value);
    }
  }

  /// What a pilot says besides numbers.
  ///
  /// @param settings by method and part
  /// @param unmet what each method misses and what would help, in short
  /// @param saturated methods that more draws help not, or hardly
  record Answer(
      String choice,
      Map<String, Knobs> settings,
      Map<String, List<String>> unmet,
      Map<String, String> saturated) {
    static Answer of(JsonNode json) {
      var settings = new TreeMap<String, Knobs>();
      json.get("settings")
          .properties()
          .forEach(e -> settings.put(e.getKey(), Knobs.of(e.getValue())));
      var unmet = new TreeMap<String, List<String>>();
      json.get("unmet")
          .properties()
          .forEach(
              e ->
                  unmet.put(
                      e.getKey(),
                      e.getValue().values().stream().map(JsonNode::stringValue).toList()));
      var saturated = new TreeMap<String, String>();
      json.get("saturated")
          .properties()
          .forEach(e -> saturated.put(e.getKey(), e.getValue().stringValue()));
      return new Answer(word(json, "choice"), settings, unmet, saturated);
    }
  }

  static String word(JsonNode json, String name) {
    return json.get(name).isNull() ? "none" : json.get(name).stringValue();
  }

  record Pilot(List<Line> findings, Answer answer) {}

  static Pilot pilot(JsonNode question) {
    JsonNode range = question.get("reward_range");
    return pilot(
        Pools.samples(Pools.named(question.get("pool").stringValue())),
        new PilotSettings(
            new PilotQuestion(
                "r",
                methods(question),
                range.isNull()
                    ? Optional.empty()
                    : Optional.of(
                        new Interval(range.get(0).doubleValue(), range.get(1).doubleValue()))),
            targets(question.get("targets")),
            new Confidence(question.get("confidence").doubleValue())));
  }

  static Pilot pilot(List<PromptDraws> prompts, PilotSettings asked) {
    PilotPlan plan =
        PilotPlanner.plan(
            Questions.of(asked.question()).measure(prompts::forEach, Runnable::run, 0), asked);
    List<Line> lines = new ArrayList<>();
    plan.tokensPerDraw().ifPresent(f -> lines.add(CoreFindings.line(0, f).in("tokens")));
    var settings = new TreeMap<String, Knobs>();
    var unmet = new TreeMap<String, List<String>>();
    var saturated = new TreeMap<String, String>();
    for (PilotPlan.Option option : plan.options()) {
      String method = option.method().word();
      add(method + ", certified", option.step(), lines, settings);
      add(method + ", cheaper", option.cheaper(), lines, settings);
      add(method + ", dearer", option.dearer(), lines, settings);
      unmet.put(method, option.unmet().stream().map(CorePlans::inShort).toList());
      option.saturation().ifPresent(s -> saturated.put(method, s.gain() <= 0 ? "not" : "hardly"));
    }
    String choice = plan.choice().map(o -> o.method().word()).orElse("none");
    return new Pilot(lines, new Answer(choice, settings, unmet, saturated));
  }

  private static String inShort(Unmet unmet) {
    return switch (unmet) {
      case Unmet.TooFewDraws _ -> "too few draws";
      case Unmet.Ceilings _ -> "ceilings";
      case Unmet.Torn(Setting needed, Setting allowed) ->
          "floors need %s, ceilings allow %s".formatted(draws(needed), draws(allowed));
      case Unmet.Floor floor ->
          floor.quantity().word()
              + ": "
              + floor.help().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  private static long draws(Setting setting) {
    return switch (setting) {
      case Setting.BestOfN(long n) -> n;
      case Setting.EarlyStop(long cap, _) -> cap;
      case Setting.RewindAndRepeat _, Setting.BestOfPoisson _ ->
          throw new IllegalArgumentException(setting + " has no number of draws");
    };
  }

  private static void add(
      String part, Optional<PilotPlan.Step> step, List<Line> lines, Map<String, Knobs> settings) {
    if (step.isPresent()) {
      settings.put(part, Knobs.of(step.get().setting()));
      step.get().findings().forEach(f -> lines.add(CoreFindings.line(0, f).in(part)));
    }
  }

  private static Targets targets(JsonNode json) {
    return new Targets(
        CoreFindings.number(json, "win_rate"),
        CoreFindings.number(json, "reward"),
        CoreFindings.number(json, "kl"),
        CoreFindings.number(json, "draws"));
  }

  private static Set<Method> methods(JsonNode question) {
    var methods = EnumSet.noneOf(Method.class);
    question.get("methods").values().forEach(m -> methods.add(Method.of(m.stringValue())));
    return methods;
  }

  record Theory(
      List<Line> findings,
      List<Knobs> settings,
      List<List<String>> missed,
      String choice,
      boolean impossible,
      List<double[]> frontier) {}

  static Theory theory(JsonNode question) {
    Plan plan = TheoryPlanner.plan(targets(question.get("targets")), methods(question));
    List<Line> lines = new ArrayList<>();
    for (Plan.Option option : plan.options()) {
      String method = option.setting().method().word();
      option.setting().findings().forEach(f -> lines.add(CoreFindings.line(0, f).in(method)));
    }
    return new Theory(
        lines,
        plan.options().stream().map(o -> Knobs.of(o.setting())).toList(),
        plan.options().stream().map(o -> o.missed().stream().map(Quantity::word).toList()).toList(),
        plan.choice().map(o -> o.setting().method().word()).orElse("none"),
        plan.impossible().isPresent(),
        plan.frontier().stream()
            .map(
                p ->
                    new double[] {
                      p.kl(), p.ceiling(), p.bestOfN(), p.bestOfPoisson(), p.rewindAndRepeat()
                    })
            .toList());
  }

  static List<double[]> points(JsonNode json) {
    return json.values().stream()
        .map(p -> p.values().stream().mapToDouble(Line::number).toArray())
        .toList();
  }

  private static String method(SideBySide.Tuned tuned) {
    return switch (tuned) {
      case SideBySide.Tuned.Known(Setting setting) -> setting.method().word();
      case SideBySide.Tuned.Soft _ -> "soft best-of-n";
    };
  }

  static List<Line> sideBySide(JsonNode question, double confidence) {
    var comparison = new SideBySide("r", question.get("n").intValue(), new Confidence(confidence));
    Pools.samples(Pools.named(question.get("pool").stringValue())).forEach(comparison::add);
    List<Line> lines = new ArrayList<>();
    for (SideBySide.Row row : comparison.rows()) {
      List.of(row.winRate(), row.meanReward(), row.kl(), row.draws())
          .forEach(f -> lines.add(CoreFindings.line(0, f).in(method(row.method()))));
    }
    return lines;
  }
}
