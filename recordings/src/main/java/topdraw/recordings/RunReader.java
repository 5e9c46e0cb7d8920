package topdraw.recordings;

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
import topdraw.reward.RewardIdentity;
import topdraw.reward.Score;
import topdraw.selection.Candidate;

/// Reads a run, finished or not, prompt by prompt. Memory holds one prompt's candidates, and 8
/// bytes for each batch of the run.
public final class RunReader implements AutoCloseable {
  private final RunManifest manifest;
  private final RunPlan plan;
  private final BatchFile samples;
  private final List<ScoreFile> scores;

  private RunReader(RunManifest manifest, BatchFile samples, List<ScoreFile> scores) {
    this.manifest = manifest;
    this.plan = RunPlan.of(manifest);
    this.samples = samples;
    this.scores = scores;
  }

  /// Opens a run for reading.
  ///
  /// @param folder the run's folder
  /// @return its reader
  /// @throws IllegalArgumentException if it holds no run
  /// @throws IOException if it cannot be read
  public static RunReader open(Path folder) throws IOException {
    RunManifest manifest = RunManifest.read(folder);
    Path file = folder.resolve(RunFolder.SAMPLES);
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(file + " is missing; topdraw run writes it");
    }
    BatchFile samples = BatchFile.open(file, manifest.settings().n());
    try {
      return new RunReader(manifest, samples, ScoreFile.all(folder, manifest));
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

  /// The rewards whose scores the candidates carry, in that order: the run's own, of which the
  /// first selects, then those added later.
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
  /// @throws IllegalArgumentException if a line is broken, naming it
  /// @throws UncheckedIOException if the file cannot be read
  public RecordedPrompt prompt(int position) {
    int rounds =
        (int)
            IntStream.range(0, plan.batches())
                .takeWhile(round -> plan.batch(position, round) < batches())
                .count();
    List<JsonNode> lines = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      long batch = plan.batch(position, round);
      List<JsonNode> read = read(samples, batch);
      lines.addAll(read);
      candidates.addAll(candidates(batch, read));
    }
    return prompt(lines.getFirst(), candidates);
  }

  /// One batch of one prompt.
  RecordedPrompt batch(long batch) {
    List<JsonNode> lines = read(samples, batch);
    return prompt(lines.getFirst(), candidates(batch, lines));
  }

  /// The key of a batch's prompt, without the rest.
  String key(long batch) {
    return read(samples, batch).getFirst().path("prompt_id").asString();
  }

  private RecordedPrompt prompt(JsonNode line, List<Candidate> candidates) {
    return new RecordedPrompt(
        line.path("prompt_id").asString(),
        line.at("/labels/id").asStringOpt(),
        SampleLine.prompt(line),
        plan.n(),
        candidates,
        line.path("error").asStringOpt());
  }

  private List<Candidate> candidates(long batch, List<JsonNode> lines) {
    List<List<Score>> later = scores.stream().map(file -> file.scores(batch, plan.n())).toList();
    List<Candidate> candidates = new ArrayList<>(lines.size());
    for (int k = 0; k < lines.size(); k++) {
      JsonNode line = lines.get(k);
      if (line.path("completion").isObject()) {
        List<Score> all = new ArrayList<>();
        line.path("rewards").forEach(entry -> all.add(RewardEntry.score(entry)));
        for (List<Score> scored : later) {
          all.add(scored.get(k));
        }
        candidates.add(new Candidate(SampleLine.completion(line), all));
      }
    }
    return candidates;
  }

  static List<JsonNode> read(BatchFile file, long batch) {
    try {
      return file.read(batch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
        .reduce((_, last) -> last);
  }

  @Override
  public void close() throws IOException {
    samples.close();
    for (ScoreFile file : scores) {
      file.close();
    }
  }
}
