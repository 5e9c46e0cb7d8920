package topdraw.recordings.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Draw;
import topdraw.draw.Place;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.row.DrawLine;
import topdraw.reward.RewardIdentity;

/// Reads a run, finished or not, prompt by prompt. Memory holds one prompt's draws, and 8 bytes for
/// each batch of the run.
public final class RunReader implements AutoCloseable {
  private final Path folder;
  private final RunManifest manifest;
  private final RunPlan plan;
  private final BatchFile samples;
  private final List<ScoreFile> scores;
  private final List<String> names;

  private RunReader(Path folder, RunManifest manifest, BatchFile samples, List<ScoreFile> scores) {
    this.folder = folder;
    this.manifest = manifest;
    this.plan = RunPlan.of(manifest);
    this.samples = samples;
    this.scores = scores;
    this.names = rewards().stream().map(RewardIdentity::name).toList();
  }

  /// Opens a run for reading.
  ///
  /// @param folder the run's folder
  /// @return its reader
  /// @throws InputException if it holds no run
  /// @throws IOException if it cannot be read
  public static RunReader open(Path folder) throws IOException {
    RunManifest manifest = RunManifest.read(folder);
    Path file = folder.resolve(RunFiles.SAMPLES);
    if (!Files.exists(file)) {
      throw new InputException(Problem.MISSING, file + " is missing; topdraw run writes it");
    }
    BatchFile samples = BatchFile.open(file, manifest.settings().n());
    try {
      return new RunReader(folder, manifest, samples, ScoreFile.all(folder, manifest));
    } catch (IOException | RuntimeException e) {
      samples.close();
      throw e;
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
    return Math.min(samples.batches(), plan.size());
  }

  /// All prompts that have at least one batch, in the order of the prompt file; read as they are
  /// asked for.
  ///
  /// @return the prompts
  public Stream<RecordedPrompt> stream() {
    return IntStream.range(0, prompts()).mapToObj(this::prompt);
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
    return samples.read(batch).getFirst().path("prompt_id").asString();
  }

  /// A line of the samples, with the scores added later.
  private record Line(JsonNode json, List<Score> later) {}

  private List<Line> lines(long batch) {
    List<JsonNode> read = samples.read(batch);
    List<List<Score>> later = scores.stream().map(file -> file.scores(batch, plan.n())).toList();
    return IntStream.range(0, read.size())
        .mapToObj(k -> new Line(read.get(k), later.stream().map(each -> each.get(k)).toList()))
        .toList();
  }

  private RecordedPrompt prompt(List<Line> lines, int batches) {
    JsonNode first = lines.getFirst().json();
    String key = first.path("prompt_id").asString();
    Optional<String> label = first.at("/labels/id").asStringOpt();
    String place = folder + ", " + label.orElse(key) + ", sample ";
    List<Draw> draws = new ArrayList<>();
    List<RecordedPrompt.Absent> absent = new ArrayList<>();
    for (Line line : lines) {
      if (DrawLine.drawn(line.json())) {
        draws.add(draw(line, place));
      } else {
        absent.add(RecordedPrompt.Absent.of(line.json()));
      }
    }
    return new RecordedPrompt(key, label, DrawLine.prompt(first), plan.n(), batches, draws, absent);
  }

  private Draw draw(Line line, String place) {
    List<Score> all = new ArrayList<>();
    line.json().path("rewards").forEach(entry -> all.add(RewardEntry.score(entry)));
    all.addAll(line.later());
    return DrawLine.draw(line.json(), Place.of(place + line.json().path("i").asInt()))
        .withScores(new Scores(names, all));
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
  }
}
