package topdraw.recordings.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;
import topdraw.draw.Draw;
import topdraw.draw.Place;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.row.DrawLine;
import topdraw.reference.Rescored;
import topdraw.reward.RewardIdentity;

/// Reads a run, finished or not, prompt by prompt. Memory holds one prompt's draws, and 8 bytes for
/// each batch of the run.
public final class RunReader implements AutoCloseable {
  private final String called;
  private final RunManifest manifest;
  private final RunPlan plan;
  private final BatchFile samples;
  private final List<ScoreFile> scores;
  private final Optional<LogPFile> secondPass;
  private final List<String> names;

  private RunReader(
      String called,
      RunManifest manifest,
      BatchFile samples,
      List<ScoreFile> scores,
      Optional<LogPFile> secondPass) {
    this.called = called;
    this.manifest = manifest;
    this.plan = RunPlan.of(manifest);
    this.samples = samples;
    this.scores = scores;
    this.secondPass = secondPass;
    this.names = rewards().stream().map(RewardIdentity::name).toList();
  }

  /// Opens a run for reading, with what was added to it: scores, and log-probabilities by a second
  /// pass.
  ///
  /// @param folder the run's folder
  /// @return its reader
  /// @throws InputException if it holds no run
  /// @throws IOException if it cannot be read
  public static RunReader open(Path folder) throws IOException {
    return open(folder, folder.toString());
  }

  /// Opens a run as [#open(Path)] does, on a machine where its folder has another path.
  ///
  /// @param folder the run's folder
  /// @param called what it is called where a sample is named
  /// @return its reader
  /// @throws InputException if it holds no run
  /// @throws IOException if it cannot be read
  public static RunReader open(Path folder, String called) throws IOException {
    return open(folder, called, true);
  }

  /// Opens a run for reading its log-probabilities as they were recorded.
  static RunReader asRecorded(Path folder) throws IOException {
    return open(folder, folder.toString(), false);
  }

  private static RunReader open(Path folder, String called, boolean secondPass) throws IOException {
    RunManifest manifest = RunManifest.read(folder);
    Path file = folder.resolve(RunFiles.SAMPLES);
    if (!Files.exists(file)) {
      throw new InputException(Problem.MISSING, file + " is missing; topdraw run writes it");
    }
    BatchFile samples = BatchFile.open(file, manifest.settings().n(), manifest.checksums());
    try {
      RunReader reader =
          new RunReader(
              called,
              manifest,
              samples,
              ScoreFile.all(folder, manifest),
              secondPass ? LogPFile.of(folder, manifest) : Optional.empty());
      reader.checkLength();
      return reader;
    } catch (IOException | RuntimeException e) {
      samples.close();
      throw e;
    }
  }

  private void checkLength() {
    if (samples.batches() > plan.size()) {
      throw new InputException(
          Problem.CONFLICT,
          samples.place(plan.size() * plan.n() + 1)
              + ": more lines than the run's %d; was something appended to it?"
                  .formatted(manifest.lines()));
    }
    if (secondPass.isPresent() && secondPass.get().batches() > samples.batches()) {
      throw new InputException(
          Problem.CONFLICT,
          secondPass.get().place((long) samples.batches() * plan.n())
              + ": a log-probability of a sample that is not there; topdraw run draws what is"
              + " missing");
    }
    for (ScoreFile file : scores) {
      if (file.batches() > samples.batches()) {
        throw new InputException(
            Problem.CONFLICT,
            file.place((long) samples.batches() * plan.n())
                + ": a score of a sample that is not there; topdraw run draws what is missing");
      }
    }
  }

  /// What the run holds.
  ///
  /// @return its manifest
  public RunManifest manifest() {
    return manifest;
  }

  /// The rewards whose scores the draws carry, in that order: the run's own, of which the first
  /// selects, then those added later.
  ///
  /// @return at least one
  public List<RewardIdentity> rewards() {
    return Stream.concat(
            manifest.settings().rewards().stream(), scores.stream().map(ScoreFile::reward))
        .toList();
  }

  /// How many prompts have at least one batch.
  ///
  /// @return at most the prompts of the manifest
  public int prompts() {
    return Math.min(manifest.prompts(), samples.batches());
  }

  /// How many lines the finished run would have more.
  ///
  /// @return 0 for a finished run
  public long linesMissing() {
    return manifest.lines() - batches() * plan.n();
  }

  long batches() {
    return samples.batches();
  }

  /// All prompts that have at least one batch, in the order of the prompt file; read as they are
  /// asked for.
  ///
  /// @return the prompts
  /// @throws InputException while it is read, if a line is broken, or two prompts have one key
  public Stream<RecordedPrompt> stream() {
    Set<String> keys = new HashSet<>();
    return IntStream.range(0, prompts())
        .mapToObj(this::prompt)
        .peek(
            prompt -> {
              if (!keys.add(prompt.key())) {
                throw new InputException(
                    Problem.CONFLICT,
                    called
                        + ": lines are doubled or out of place: prompt "
                        + prompt.key()
                        + " has two places");
              }
            });
  }

  /// One prompt, with all its batches.
  ///
  /// @param position its position in the prompt file, from 0, below [#prompts]
  /// @return what is recorded of it
  /// @throws InputException if a line is broken, naming it
  /// @throws UncheckedIOException if the file cannot be read
  public RecordedPrompt prompt(int position) {
    int rounds =
        (int)
            IntStream.range(0, plan.batches())
                .takeWhile(round -> plan.batch(position, round) < batches())
                .count();
    List<Line> lines = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      lines.addAll(lines(plan.batch(position, round)));
    }
    return prompt(lines, rounds);
  }

  /// One batch of one prompt.
  ///
  /// @param batch which, from 0: the first batches of all prompts come first, in the order of the
  ///   prompt file
  /// @return what is recorded of its prompt in it
  public RecordedPrompt batch(long batch) {
    return prompt(lines(batch), 1);
  }

  /// The key of a batch's prompt, without the rest.
  String key(long batch) {
    return samples.read(batch).getFirst().path("prompt_id").asString("");
  }

  /// A line of the samples, where it stands, the scores added later, and what a second pass said.
  private record Line(
      JsonNode json, String place, List<Score> later, Optional<Rescored> rescored) {}

  private List<Line> lines(long batch) {
    List<JsonNode> read = samples.read(batch);
    String prompt = read.getFirst().path("prompt_id").asString("");
    int first = plan.firstIndex(batch);
    List<LineKey> keys =
        IntStream.range(first, first + plan.n()).mapToObj(i -> new LineKey(prompt, i)).toList();
    List<List<Score>> later = scores.stream().map(file -> file.scores(batch, keys)).toList();
    List<Optional<Rescored>> rescored =
        secondPass
            .map(file -> file.read(batch, keys))
            .orElse(Collections.nCopies(plan.n(), Optional.empty()));
    List<Line> lines = new ArrayList<>();
    for (int k = 0; k < read.size(); k++) {
      int at = k;
      String place = samples.place(batch * plan.n() + k + 1);
      try {
        keys.get(k).check(manifest.id(), read.get(k));
      } catch (IllegalArgumentException e) {
        throw InputException.at(place, e);
      }
      lines.add(
          new Line(
              read.get(k),
              place,
              later.stream().map(each -> each.get(at)).toList(),
              rescored.get(k)));
    }
    return lines;
  }

  private RecordedPrompt prompt(List<Line> lines, int batches) {
    JsonNode first = lines.getFirst().json();
    String key = first.path("prompt_id").asString("");
    Optional<String> label = first.at("/labels/id").asStringOpt();
    String place = called + ", " + label.orElse(key) + ", sample ";
    List<Draw> draws = new ArrayList<>();
    List<RecordedPrompt.Absent> absent = new ArrayList<>();
    for (Line line : lines) {
      if (!line.json().path("prompt_id").asString("").equals(key)) {
        throw new InputException(
            Problem.MALFORMED,
            line.place() + ": a line is missing, doubled or out of place: another prompt's");
      }
      understood(
          line.place(),
          () ->
              DrawLine.drawn(line.json())
                  ? draws.add(draw(line, place))
                  : absent.add(RecordedPrompt.Absent.of(line.json())));
    }
    Prompt prompt = understood(lines.getFirst().place(), () -> DrawLine.prompt(first));
    return new RecordedPrompt(key, label, prompt, plan.n(), batches, draws, absent);
  }

  /// What stands on a line, or where what cannot be read stands.
  private static <T> T understood(String place, Supplier<T> read) {
    try {
      return read.get();
    } catch (JsonNodeException e) {
      throw new InputException(Problem.MALFORMED, place + ": " + e.getOriginalMessage()).by(e);
    } catch (IllegalArgumentException e) {
      throw InputException.at(place, e);
    }
  }

  private Draw draw(Line line, String place) {
    List<Score> all = new ArrayList<>();
    line.json().path("rewards").forEach(entry -> all.add(RewardEntry.score(entry)));
    if (all.size() != manifest.settings().rewards().size()) {
      throw new InputException(
          Problem.MALFORMED,
          "%d rewards on a line of a run with %d"
              .formatted(all.size(), manifest.settings().rewards().size()));
    }
    all.addAll(line.later());
    Draw drawn =
        DrawLine.draw(line.json(), Place.of(place + line.json().path("i").asInt()))
            .withScores(new Scores(names, all));
    return line.rescored().map(said -> said.on(drawn)).orElse(drawn);
  }

  /// Finds a reward's place among the scores.
  ///
  /// @param name the reward's name
  /// @return its position in [#rewards], the last of that name; empty when there is none
  public Optional<Integer> position(String name) {
    List<RewardIdentity> rewards = rewards();
    return IntStream.range(0, rewards.size())
        .filter(r -> rewards.get(r).name().equals(name))
        .boxed()
        .reduce((before, last) -> last);
  }

  @Override
  public void close() throws IOException {
    samples.close();
    for (ScoreFile file : scores) {
      file.close();
    }
    if (secondPass.isPresent()) {
      secondPass.get().close();
    }
  }
}
