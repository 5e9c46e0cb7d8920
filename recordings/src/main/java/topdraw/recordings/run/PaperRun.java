package topdraw.recordings.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Scores;
import topdraw.recordings.prompts.PromptFile;
import topdraw.reference.Provenance;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;
import topdraw.selection.Round;
import topdraw.selection.Selector;
import topdraw.theory.law.Selection;

/// The paper's experiment as a recorded run: each prompt's completions are drawn once, and both its
/// rewards look at the same ones. Log-likelihood is its Figure 4, negative length its Figure 5.
public final class PaperRun {
  /// What scores its completions; the first selects.
  public static final List<Reward> REWARDS =
      List.of(Rewards.logLikelihood(), Rewards.negativeLength());

  /// Completions of one selection.
  public static final int N = 16;

  private PaperRun() {}

  /// The prompts of its appendix C.1, instructions of Alpaca's.
  ///
  /// @return four prompts
  /// @throws IOException if the program's own file cannot be read
  public static PromptFile alpaca() throws IOException {
    return prompts("quickstart-prompts.txt");
  }

  /// The prompts of its appendix C.3, sentences to translate.
  ///
  /// @return the prompts
  /// @throws IOException if the program's own file cannot be read
  public static PromptFile translations() throws IOException {
    return prompts("translation-prompts.txt");
  }

  private static PromptFile prompts(String name) throws IOException {
    try (InputStream file = Objects.requireNonNull(PaperRun.class.getResourceAsStream(name))) {
      return PromptFile.read(file, name, false);
    }
  }

  /// Prompts of any recording, the paper's translations told from the others.
  ///
  /// @param translations those of its appendix C.3
  /// @param others all others
  public record Prompts(List<PromptDraws> translations, List<PromptDraws> others) {
    /// Copies the lists.
    public Prompts {
      translations = List.copyOf(translations);
      others = List.copyOf(others);
    }
  }

  /// Tells the paper's translations from other prompts.
  ///
  /// @param recorded prompts of any recording
  /// @return both, in their order
  /// @throws IOException if the program's own file cannot be read
  public static Prompts told(List<PromptDraws> recorded) throws IOException {
    Set<String> translations =
        translations().prompts().stream()
            .map(prompt -> prompt.prompt().display())
            .collect(Collectors.toSet());
    return new Prompts(
        recorded.stream().filter(p -> translations.contains(p.display())).toList(),
        recorded.stream().filter(p -> !translations.contains(p.display())).toList());
  }

  /// Begins such a run, or goes on with it.
  ///
  /// @param folder the run's folder
  /// @param request what it holds, [#N] completions a selection
  /// @param provenance the policy that is drawn from
  /// @param versions Topdraw, Java, operating system
  /// @param started now, ISO-8601, UTC
  /// @return the open run
  /// @throws IOException if the folder cannot be written
  public static RunFolder open(
      Path folder,
      RunRequest request,
      Provenance provenance,
      Map<String, String> versions,
      String started)
      throws IOException {
    return RunFolder.open(
        folder, request.manifest(REWARDS, provenance, versions, started), request.prompts());
  }

  /// The prompts of any recorded run, each with all its completions as one selection by the paper's
  /// rewards.
  ///
  /// @param folder the run's folder
  /// @return a round for each prompt that has completions
  /// @throws IOException if the run cannot be read
  public static List<Round> rounds(Path folder) throws IOException {
    try (RunReader run = RunReader.open(folder)) {
      return run.stream()
          .map(RecordedPrompt::recorded)
          .flatMap(Optional::stream)
          .map(PaperRun::round)
          .toList();
    }
  }

  private static Round round(PromptDraws recorded) {
    List<Draw> unscored =
        recorded.draws().stream().map(draw -> draw.withScores(Scores.none())).toList();
    List<Draw> draws =
        Selector.scored(REWARDS, new PromptDraws(recorded.key(), recorded.prompt(), unscored));
    return new Round(
        recorded.prompt().orElseThrow(),
        new Selection.BestOfN(draws.size()),
        REWARDS.stream().map(Reward::name).toList(),
        draws,
        draws.size(),
        Selector.best(draws.stream().map(Draw::score).toList()),
        false);
  }
}
