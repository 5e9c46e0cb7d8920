package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.Recordings;
import topdraw.recordings.prompts.PromptFile;
import topdraw.recordings.run.PaperRun;
import topdraw.recordings.run.RunFolder;
import topdraw.recordings.run.RunRequest;
import topdraw.reference.ReferencePolicy;
import topdraw.report.paper.ModelFigures;
import topdraw.report.paper.PaperFigure;

/// The options that say which completions the figures of a model show, a recorded run's or drawn
/// for them, and those completions.
final class FigurePrompts {
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

  @Mixin private ImportOptions imports = new ImportOptions();

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

  private PaperRun.@Nullable Prompts recorded;

  /// Refuses a number of completions that cannot be drawn, and options of samples that are not
  /// there.
  void check() {
    if (run == null) {
      CommandSpec.forAnnotatedObject(new ImportOptions()).options().stream()
          .map(OptionSpec::longestName)
          .filter(name -> spec.commandLine().getParseResult().hasMatchedOption(name))
          .findFirst()
          .ifPresent(
              name -> {
                throw new InputException(
                    Problem.MISSING,
                    name + " is about recorded samples: give them with ",
                    Parameter.RUN);
              });
    }
    if (completions < PaperRun.N || completions % PaperRun.N != 0) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "--completions must be a multiple of " + PaperRun.N + ", was " + completions);
    }
  }

  /// The figures that the run has prompts for; all where none is given.
  List<PaperFigure> figures() throws IOException {
    if (run == null) {
      return List.of(PaperFigure.values());
    }
    PaperRun.Prompts recorded = recorded(run);
    List<PaperFigure> figures = new ArrayList<>();
    if (!recorded.others().isEmpty()) {
      figures.addAll(List.of(PaperFigure.FIGURE_4, PaperFigure.FIGURE_5));
    }
    if (!recorded.translations().isEmpty()) {
      figures.add(PaperFigure.TRANSLATIONS);
    }
    return figures;
  }

  /// The completions that figures show.
  ///
  /// @param output the folder of the figures, in which what is drawn is recorded
  PaperFigure.Completions completions(Path output) {
    return new PaperFigure.Completions() {
      @Override
      public List<PromptDraws> alpaca() throws IOException {
        return run == null
            ? drawn(output.resolve("run-alpaca"), PaperRun.alpaca())
            : few(
                some(
                    run,
                    recorded(run).others(),
                    "translations only, which are figure mt; figures 4 and 5 show other prompts"));
      }

      @Override
      public List<PromptDraws> translations() throws IOException {
        return run == null
            ? drawn(output.resolve("run-translations"), PaperRun.translations())
            : some(
                run,
                recorded(run).translations(),
                "none of the paper's translation prompts (appendix C.3); record"
                    + " docs/experiments/prompts.txt, or leave --run out to draw them");
      }
    };
  }

  /// Read once, whatever is drawn of it.
  private PaperRun.Prompts recorded(Path run) throws IOException {
    PaperRun.Prompts read = recorded;
    if (read == null) {
      try (Recording recording =
          imports.open(List.of(run.toString()), spec.commandLine().getErr())) {
        read = PaperRun.told(recording.prompts());
      }
      recorded = read;
    }
    return read;
  }

  private static List<PromptDraws> some(Path run, List<PromptDraws> prompts, String otherwise) {
    if (prompts.isEmpty()) {
      throw new InputException(Problem.CONFLICT, run + " holds " + otherwise);
    }
    return prompts;
  }

  private List<PromptDraws> few(List<PromptDraws> prompts) {
    if (prompts.size() > ModelFigures.MOST_PROMPTS) {
      spec.commandLine()
          .getErr()
          .println(
              "drawing the first %d of the run's %d prompts"
                  .formatted(ModelFigures.MOST_PROMPTS, prompts.size()));
    }
    return prompts;
  }

  /// Draws into a run folder beside the figures; what it holds already is not drawn again.
  private List<PromptDraws> drawn(Path folder, PromptFile prompts) throws IOException {
    try (ReferencePolicy policy = policyOptions.open(seed, maxTokens);
        RunFolder run =
            PaperRun.open(
                folder,
                new RunRequest("figures", prompts, PaperRun.N, completions / PaperRun.N, false),
                policy.provenance(),
                Versions.all(),
                Times.now())) {
      DrawMeter.record(run, policy, PaperRun.REWARDS, spec.commandLine().getErr());
      return read(folder);
    }
  }

  private static List<PromptDraws> read(Path run) throws IOException {
    try (Recording recording = Recordings.open(List.of(run.toString()), Mapping.NONE)) {
      return recording.prompts();
    }
  }
}
