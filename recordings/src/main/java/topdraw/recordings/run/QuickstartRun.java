package topdraw.recordings.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import topdraw.draw.PromptDraws;
import topdraw.file.FreeName;
import topdraw.input.InputException;
import topdraw.input.Message;
import topdraw.json.Json;
import topdraw.recordings.prompts.PromptFile;
import topdraw.recordings.prompts.RunPrompt;
import topdraw.reference.Provenance;
import topdraw.reward.AnswerKey;
import topdraw.reward.Reward;

/// The quickstart as a recorded run: questions whose answers can be checked, the paper's four
/// prompts among them. Every reward looks at the same completions.
public final class QuickstartRun {
  /// Tells right answers from wrong ones; it selects.
  public static final String CORRECT = "correct";

  /// Grades right answers by how they are put.
  public static final String GRADE = "grade";

  /// Completions of one selection.
  public static final int N = PaperRun.N;

  /// Tokens of one completion at most.
  public static final int MAX_TOKENS = 48;

  private static final int BATCHES = 4;
  private static final String QUESTIONS = "quickstart-questions.jsonl";

  private final PromptFile prompts;
  private final AnswerKey answers;
  private final Set<String> inFigures;

  private QuickstartRun(PromptFile prompts, AnswerKey answers, Set<String> inFigures) {
    this.prompts = prompts;
    this.answers = answers;
    this.inFigures = inFigures;
  }

  /// The questions, and what is found in right answers to them.
  ///
  /// @return the quickstart
  /// @throws IOException if the program's own file cannot be read
  public static QuickstartRun questions() throws IOException {
    byte[] file;
    try (InputStream in =
        Objects.requireNonNull(QuickstartRun.class.getResourceAsStream(QUESTIONS))) {
      file = in.readAllBytes();
    }
    PromptFile prompts = PromptFile.read(new ByteArrayInputStream(file), QUESTIONS, false);
    List<JsonNode> lines =
        new String(file, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .map(Json::read)
            .toList();
    Map<String, String> patterns = new LinkedHashMap<>();
    Set<String> inFigures = new LinkedHashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String key = prompts.prompts().get(i).key();
      patterns.put(key, lines.get(i).path("right").stringValue());
      if (lines.get(i).path("figures").asBoolean(false)) {
        inFigures.add(key);
      }
    }
    return new QuickstartRun(prompts, AnswerKey.of(patterns), Set.copyOf(inFigures));
  }

  /// What is asked.
  ///
  /// @return the questions, in their order
  public List<RunPrompt> prompts() {
    return prompts.prompts();
  }

  /// Whether a question stands in the paper's figures: its own four, and one whose likeliest answer
  /// is so likely that the drift stops growing with n.
  ///
  /// @param key the prompt's key
  /// @return whether it does
  public boolean inFigures(String key) {
    return inFigures.contains(key);
  }

  /// What scores the completions.
  ///
  /// @return [#CORRECT], which selects, [#GRADE], and the paper's two
  public List<Reward> rewards() {
    return Stream.concat(Stream.of(answers.correct(), answers.grade()), PaperRun.REWARDS.stream())
        .toList();
  }

  /// Begins such a run, or goes on with it.
  ///
  /// @param folder the run's folder
  /// @param provenance the policy that is drawn from
  /// @param versions Topdraw, Java, operating system
  /// @param started now, ISO-8601, UTC
  /// @return the open run
  /// @throws IOException if the folder cannot be written
  public RunFolder open(
      Path folder, Provenance provenance, Map<String, String> versions, String started)
      throws IOException {
    RunRequest request = new RunRequest("quickstart", prompts, N, BATCHES, false);
    return RunFolder.open(
        folder, request.manifest(rewards(), provenance, versions, started), request.prompts());
  }

  /// Goes on with such a run that is unfinished and whose settings are these, under a name or the
  /// name with a number; begins one at the first of these names that is free, where there is none.
  ///
  /// @param name the folder's name
  /// @param provenance the policy that is drawn from
  /// @param versions Topdraw, Java, operating system
  /// @param started now, ISO-8601, UTC
  /// @param note hears why the draws of an unfinished run are not used, and where the run goes if
  ///   names before were taken
  /// @return the open run
  /// @throws IOException if the folder cannot be written
  public RunFolder openNamed(
      String name,
      Provenance provenance,
      Map<String, String> versions,
      String started,
      Consumer<Message> note)
      throws IOException {
    for (int i = 1; ; i++) {
      Path folder = FreeName.nth(name, "", i);
      if (!Files.exists(folder)) {
        if (i > 1) {
          note.accept(
              Message.of(
                  "%s stays as it is; answers are drawn anew, into %s".formatted(name, folder)));
        }
        return open(folder, provenance, versions, started);
      }
      if (unfinished(folder)) {
        try {
          return open(folder, provenance, versions, started);
        } catch (InputException e) {
          note.accept(Message.of("An unfinished run stays as it is: ", e.message()));
        }
      }
    }
  }

  /// The findings are written last of all.
  private static boolean unfinished(Path folder) {
    return RunFiles.isRun(folder) && !Files.exists(folder.resolve(RunFiles.FINDINGS));
  }

  /// What such a run holds.
  ///
  /// @param folder the run's folder
  /// @return the prompts that have completions, with their scores
  /// @throws IOException if the run cannot be read
  public static List<PromptDraws> recorded(Path folder) throws IOException {
    try (RunReader run = RunReader.open(folder)) {
      return run.stream().map(RecordedPrompt::recorded).flatMap(Optional::stream).toList();
    }
  }
}
