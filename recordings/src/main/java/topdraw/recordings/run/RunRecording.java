package topdraw.recordings.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.BadRows;
import topdraw.recordings.Recording;
import topdraw.reward.RewardIdentity;

/// A run of ours, with the scores added to it later, as a recording.
///
/// @param folder the run's folder
/// @param reader reads it
public record RunRecording(Path folder, RunReader reader) implements Recording {

  /// Opens a run.
  ///
  /// @param folder the run's folder
  /// @return the recording; close it
  /// @throws topdraw.input.InputException if it holds no run
  /// @throws IOException if it cannot be read
  public static RunRecording open(Path folder) throws IOException {
    return new RunRecording(folder, RunReader.open(folder));
  }

  /// Goes through all prompts that have draws.
  ///
  /// @throws InputException if there is none: the run was ended before its first samples, or every
  ///   draw failed
  @Override
  public void forEach(Consumer<PromptDraws> prompts) {
    if (reader.batches() == 0) {
      throw nothing("no samples are recorded yet", "draws them");
    }
    Told told = new Told(prompts);
    try (Stream<RecordedPrompt> all = reader.stream()) {
      all.forEach(told);
    }
    if (!told.any) {
      throw nothing("no sample was drawn, " + told.reason, "tries it again");
    }
  }

  /// Tells the prompts that have draws.
  private static final class Told implements Consumer<RecordedPrompt> {
    private final Consumer<PromptDraws> prompts;
    private boolean any;
    private String reason = "";

    Told(Consumer<PromptDraws> prompts) {
      this.prompts = prompts;
    }

    @Override
    public void accept(RecordedPrompt prompt) {
      prompt
          .recorded()
          .ifPresentOrElse(
              drawn -> {
                any = true;
                prompts.accept(drawn);
              },
              () -> reason = prompt.absent().getFirst().reason());
    }
  }

  private InputException nothing(String what, String mends) {
    String begun = reader.manifest().command();
    String command = "topdraw " + (begun.matches("[a-z]+") ? begun : "run") + " ...";
    return new InputException(
        Problem.MISSING,
        "%s: %s; the %s that began it, called again, %s".formatted(folder, what, command, mends));
  }

  @Override
  public List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(List.of(folder.resolve(RunFiles.MANIFEST)));
    files.add(folder.resolve(RunFiles.SAMPLES));
    files.addAll(ScoreFile.paths(folder));
    if (Files.exists(LogPFile.path(folder))) {
      files.add(LogPFile.path(folder));
    }
    return files;
  }

  @Override
  public List<String> rewards() {
    return reader.rewards().stream().map(RewardIdentity::name).distinct().toList();
  }

  @Override
  public String name() {
    return "run " + reader.manifest().id();
  }

  @Override
  public OptionalInt n() {
    return OptionalInt.of(reader.manifest().settings().n());
  }

  @Override
  public List<String> columns() {
    return List.of();
  }

  @Override
  public BadRows bad() {
    return new BadRows(0, List.of());
  }

  @Override
  public long missing() {
    return reader.linesMissing();
  }

  @Override
  public long missing(BiPredicate<String, String> chosen) {
    if (missing() == 0) {
      return 0;
    }
    try (Stream<RecordedPrompt> all = reader.stream()) {
      return all.filter(prompt -> chosen.test(prompt.key(), prompt.prompt().display()))
          .mapToLong(prompt -> (long) (reader.manifest().batches() - prompt.batches()) * prompt.n())
          .sum();
    }
  }

  @Override
  public long notBegun() {
    return (long) reader.manifest().prompts() - reader.prompts();
  }

  @Override
  public Map<String, String> provenance() {
    RunSettings settings = reader.manifest().settings();
    Map<String, String> words = new LinkedHashMap<>();
    words.put("run", reader.manifest().id());
    words.put("model", settings.model());
    words.put("seed", Long.toString(settings.seed()));
    words.put("sampling", settings.provenance().sampling().words());
    words.put("drawn at", reader.manifest().started());
    words.putAll(settings.fingerprint());
    return words;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
