package topdraw.cli;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import topdraw.estimate.GoldQuestion;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.plan.Method;
import topdraw.plan.Plan;
import topdraw.plan.PlanAnswer;
import topdraw.plan.PlanQuestion;
import topdraw.plan.PlanRequest;
import topdraw.plan.TheoryPlanner;
import topdraw.recordings.Recording;
import topdraw.words.json.PlanJson;
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
final class PlanCommand extends AnsweringCommand {
  @ArgGroup(exclusive = false, multiplicity = "0..1", heading = "%nTargets%n", order = 1)
  private PlanTargets wanted = new PlanTargets();

  @Option(
      names = "--run",
      arity = "1..*",
      paramLabel = "RUN|FILE",
      description = "Recorded samples: a run folder, or files as topdraw analyze reads them.")
  private List<String> inputs = List.of();

  @Mixin private RecordingOptions options;

  @Mixin private PilotOptions pilots;

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
    pilots.check();
    PlanRequest request = wanted.request();
    Plan plan =
        TheoryPlanner.plan(
            request.targets(OptionalDouble.empty()), pilots.methods(EnumSet.allOf(Method.class)));
    answer(json, () -> PlanJson.of(plan), () -> PlanText.lines(plan, request.tokens().price()));
    return plan.choice().isPresent() ? 0 : UNMET;
  }

  private int fromSamples() throws IOException {
    question("", options.check()); // refused before anything is read
    try (Recording recording = options.open(inputs, err())) {
      PlanAnswer answer =
          question(options.selects(recording), options.gold(recording)).answer(recording);
      answer(json, () -> PlanJson.of(answer), () -> PilotText.lines(answer));
      return answer.met() ? 0 : UNMET;
    }
  }

  /// A plan, unless a gold reward is all that was asked about.
  private PlanQuestion question(String selects, Optional<String> counts) {
    Optional<GoldQuestion> gold =
        counts.map(name -> new GoldQuestion(selects, name, pilots.rewardRange()));
    PlanRequest request = wanted.request();
    return new PlanQuestion(
        request,
        request.any() || gold.isEmpty() ? Optional.of(pilots.question(selects)) : Optional.empty(),
        gold,
        seed,
        confidence.value());
  }
}
