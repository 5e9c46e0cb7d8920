package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.Recordings;
import topdraw.recordings.run.RunFolder;
import topdraw.reference.ReferencePolicy;
import topdraw.report.paper.ModelFigures;

/// The completions that the figures of a model show: a recorded run's, or drawn for them.
///
/// @param run the recorded run; null where they are drawn
/// @param output the folder of the figures, beside which they are recorded
/// @param completions how many are drawn of each prompt
/// @param policy what draws them
/// @param err where progress is told
record FigurePrompts(
    @Nullable Path run, Path output, int completions, Opener policy, PrintWriter err) {
  private static final String TRANSLATIONS = "translation-prompts.txt";

  /// Opens the policy when it is needed.
  @FunctionalInterface
  interface Opener {
    ReferencePolicy open() throws IOException;
  }

  List<PromptDraws> alpaca() throws IOException {
    if (run == null) {
      return draw("quickstart-prompts.txt", "alpaca");
    }
    List<PromptDraws> prompts = recorded(run, false);
    if (prompts.isEmpty()) {
      throw new InputException(
          Problem.CONFLICT,
          run
              + " holds translations only, which are figure mt; figures 4 and 5 show other prompts");
    }
    if (prompts.size() > ModelFigures.MOST_PROMPTS) {
      err.println(
          "drawing the first %d of the run's %d prompts"
              .formatted(ModelFigures.MOST_PROMPTS, prompts.size()));
    }
    return prompts;
  }

  List<PromptDraws> translations() throws IOException {
    if (run == null) {
      return draw(TRANSLATIONS, "translations");
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
  static List<PromptDraws> recorded(Path run, boolean translated) throws IOException {
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
  private List<PromptDraws> draw(String file, String name) throws IOException {
    try (ReferencePolicy drawing = policy.open();
        RunFolder folder =
            PoolRun.open(
                output.resolve("run-" + name),
                "figures",
                PoolRun.prompts(file),
                completions / PoolRun.N,
                drawing.provenance())) {
      PoolRun.draw(folder, drawing, err);
      return read(folder.path());
    }
  }
}
