package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.estimate.GoldQuestion;
import topdraw.estimate.GoldStudy;
import topdraw.estimate.Measurements;
import topdraw.estimate.Overoptimization;
import topdraw.estimate.Question;
import topdraw.estimate.Questions;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.plan.Method;
import topdraw.plan.PilotPlan;
import topdraw.plan.PilotPlanner;
import topdraw.plan.PilotQuestion;
import topdraw.plan.PilotSettings;
import topdraw.plan.Plan;
import topdraw.plan.TheoryPlanner;
import topdraw.recordings.Recording;
import topdraw.theory.finding.Interval;
import topdraw.words.json.PlanJson;
import topdraw.words.text.OveroptimizationText;
import topdraw.words.text.PilotText;
import topdraw.words.text.PlanText;

@Command(
    name = "plan",
    description = {
      "From targets to a method and its n: any combination of targets.",
      "",
      "From theory alone it is exact for continuous rewards, and its drift is a bound for every model."
          + " With recorded samples (--run) targets are met with the stated confidence, usually by"
          + " other settings. With --gold it also says where selection stops paying. A target that is"
          + " not met ends with exit code 4."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: topdraw plan --win-rate 0.9",
      "Example: topdraw plan --win-rate 0.8 --kl 1.5 --run my-run"
    })
final class PlanCommand implements Callable<Integer> {
  private static final int UNMET = 4;

  @Spec private CommandSpec spec;

  @ArgGroup(exclusive = false, multiplicity = "0..1", heading = "%nTargets%n", order = 1)
  private PlanTargets wanted = new PlanTargets();

  @Option(
      names = "--method",
      split = ",",
      paramLabel = "NAME",
      description =
          "best-of-n, early-stop, rewind-and-repeat, best-of-poisson. Default: all; with --run the"
              + " first two.")
  private List<String> methods = List.of();

  @Option(
      names = "--run",
      arity = "1..*",
      paramLabel = "RUN|FILE",
      description = "Recorded samples: a run folder, or files as topdraw analyze reads them.")
  private List<String> inputs = List.of();

  @Mixin private RecordingOptions options;

  @Option(
      names = "--reward-range",
      split = ",",
      paramLabel = "LOW,HIGH",
      description =
          "Where rewards, gold included, lie by their making. Proves what is else estimated.")
  private List<Double> range = List.of();

  @Mixin private ConfidenceOption confidence;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Splits and resamples prompts for --gold. Default: 0.")
  private long seed;

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    return inputs.isEmpty() ? fromTheory() : fromSamples();
  }

  private int fromTheory() {
    if (options.wantsGold()) {
      throw new InputException(
          Problem.MISSING, "--gold needs recorded samples: give them with --run");
    }
    Plan plan =
        TheoryPlanner.plan(
            wanted.targets(OptionalDouble.empty()), methods(EnumSet.allOf(Method.class)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(PlanJson.of(plan)));
    } else {
      PlanText.lines(plan, wanted.tokensPerDraw()).forEach(out::println);
    }
    return plan.choice().isPresent() ? 0 : UNMET;
  }

  private int fromSamples() throws IOException {
    try (Recording recording = options.open(inputs, spec.commandLine().getErr())) {
      String selects = options.selects(recording);
      Optional<String> gold = options.gold(recording);
      Optional<GoldQuestion> study =
          gold.map(name -> new GoldQuestion(selects, name, rewardRange()));
      Optional<PilotQuestion> pilot =
          wanted.any() || gold.isEmpty() ? Optional.of(pilot(selects)) : Optional.empty();
      if (pilot.isPresent() && !wanted.wantsTokens()) {
        wanted.targets(OptionalDouble.empty()); // refused before the work, not after it
      }
      Measurements measured =
          AllCores.measure(
              Questions.of(
                  Stream.<Optional<? extends Question>>of(pilot, study)
                      .<Question>flatMap(Optional::stream)
                      .toList()),
              recording::forEach);
      Optional<PilotPlan> plan =
          pilot.map(question -> PilotPlanner.plan(measured, settings(measured, question)));
      Optional<Overoptimization> over =
          study.map(question -> GoldStudy.of(measured, question, seed, confidence.value()));
      print(plan, over);
      return plan.isEmpty() || plan.get().choice().isPresent() ? 0 : UNMET;
    }
  }

  private void print(Optional<PilotPlan> plan, Optional<Overoptimization> study) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(PlanJson.of(plan, study, confidence.value())));
      return;
    }
    plan.ifPresent(p -> PilotText.lines(p).forEach(out::println));
    study.ifPresent(
        s -> {
          plan.ifPresent(_ -> out.println());
          OveroptimizationText.lines(s).forEach(out::println);
        });
  }

  private PilotQuestion pilot(String selects) {
    return new PilotQuestion(
        selects, methods(EnumSet.of(Method.BEST_OF_N, Method.EARLY_STOP)), rewardRange());
  }

  private PilotSettings settings(Measurements measured, PilotQuestion question) {
    OptionalDouble perDraw =
        wanted.wantsTokens()
            ? PilotPlanner.tokensPerDraw(measured, question)
            : OptionalDouble.empty();
    return new PilotSettings(question, wanted.targets(perDraw), confidence.value());
  }

  private Set<Method> methods(Set<Method> all) {
    return methods.isEmpty()
        ? all
        : methods.stream()
            .map(Method::of)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Method.class)));
  }

  private Optional<Interval> rewardRange() {
    if (range.isEmpty()) {
      return Optional.empty();
    }
    if (range.size() != 2 || !(range.getFirst() < range.getLast())) {
      throw new InputException(
          Problem.MALFORMED, "--reward-range takes LOW,HIGH such as 0,1, was " + range);
    }
    return Optional.of(new Interval(range.getFirst(), range.getLast()));
  }
}
