package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.Recordings;
import topdraw.recordings.run.RunFolder;
import topdraw.reference.ReferencePolicy;
import topdraw.report.paper.ModelFigures;

/// The options that say which completions the figures of a model show, a recorded run's or drawn
/// for them, and those completions.
final class FigurePrompts {
  private static final String TRANSLATIONS = "translation-prompts.txt";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private PolicyOptions policyOptions;

  @Option(
      names = "--run",
      paramLabel = "RUN|FILE",
      description =
          "A recorded run, or samples in a file that topdraw analyze reads: mt is drawn from the"
              + " completions of the paper's translation prompts in it, 4 and 5 from the others.")
  private @Nullable Path run;

  @Option(
      names = "--completions",
      paramLabel = "N",
      defaultValue = "64",
      description = "Completions a prompt that model figures draw, a multiple of 16. Default: 64.")
  private int completions;

  @Option(
      names = "--max-tokens",
      paramLabel = "M",
      defaultValue = "64",
      description = "The longest completion that model figures draw. Default: 64.")
  private int maxTokens;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of the model figures' completions. Default: 0.")
  private long seed;

  /// Refuses a number of completions that cannot be drawn.
  void check() {
    if (completions < PoolRun.N || completions % PoolRun.N != 0) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "--completions must be a multiple of " + PoolRun.N + ", was " + completions);
    }
  }

  /// The figures that a recorded run has prompts for; empty where none is given.
  Optional<List<String>> figures() throws IOException {
    if (run == null) {
      return Optional.empty();
    }
    List<String> figures = new ArrayList<>();
    if (!recorded(run, false).isEmpty()) {
      figures.addAll(List.of("4", "5"));
    }
    if (!recorded(run, true).isEmpty()) {
      figures.add("mt");
    }
    return Optional.of(figures);
  }

  /// The prompts of figures 4 and 5.
  ///
  /// @param output the folder of the figures, in which what is drawn is recorded
  List<PromptDraws> alpaca(Path output) throws IOException {
    if (run == null) {
      return draw("quickstart-prompts.txt", "alpaca", output);
    }
    List<PromptDraws> prompts = recorded(run, false);
    if (prompts.isEmpty()) {
      throw new InputException(
          Problem.CONFLICT,
          run
              + " holds translations only, which are figure mt; figures 4 and 5 show other prompts");
    }
    if (prompts.size() > ModelFigures.MOST_PROMPTS) {
      spec.commandLine()
          .getErr()
          .println(
              "drawing the first %d of the run's %d prompts"
                  .formatted(ModelFigures.MOST_PROMPTS, prompts.size()));
    }
    return prompts;
  }

  /// The prompts of figure mt.
  ///
  /// @param output the folder of the figures, in which what is drawn is recorded
  List<PromptDraws> translations(Path output) throws IOException {
    if (run == null) {
      return draw(TRANSLATIONS, "translations", output);
    }
    List<PromptDraws> prompts = recorded(run, true);
    if (prompts.isEmpty()) {
      throw new InputException(
          Problem.CONFLICT,
          run
              + " holds none of the paper's translation prompts (appendix C.3); record"
              + " docs/experiments/prompts.txt, or leave --run out to draw them");
    }
    return prompts;
  }

  /// The prompts of a run that are the paper's translations, or its others.
  private static List<PromptDraws> recorded(Path run, boolean translated) throws IOException {
    Set<String> translations =
        PoolRun.prompts(TRANSLATIONS).prompts().stream()
            .map(prompt -> prompt.prompt().display())
            .collect(Collectors.toSet());
    return read(run).stream()
        .filter(prompt -> translations.contains(prompt.display()) == translated)
        .toList();
  }

  private static List<PromptDraws> read(Path run) throws IOException {
    List<PromptDraws> prompts = new ArrayList<>();
    try (Recording recording =
        Recordings.open(List.of(run.toString()), new Mapping(Map.of(), List.of(), false))) {
      recording.forEach(prompts::add);
    }
    return prompts;
  }

  /// Draws into a run folder beside the figures; what it holds already is not drawn again.
  private List<PromptDraws> draw(String file, String name, Path output) throws IOException {
    try (ReferencePolicy policy = policyOptions.open(seed, maxTokens);
        RunFolder folder =
            PoolRun.open(
                output.resolve("run-" + name),
                "figures",
                PoolRun.prompts(file),
                completions / PoolRun.N,
                policy.provenance())) {
      PoolRun.draw(folder, policy, spec.commandLine().getErr());
      return read(folder.path());
    }
  }
}
