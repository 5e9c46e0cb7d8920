package topdraw.recordings.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import topdraw.file.WholeFiles;
import topdraw.input.InputException;
import topdraw.input.Message;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.prompts.PromptFile;
import topdraw.recordings.prompts.RunPrompt;
import topdraw.recordings.row.DrawLine;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.ReferencePolicy.DrawProgress;
import topdraw.reward.Reward;

/// A run being recorded: `run.json`, `samples.jsonl` (a line a draw, appended), `findings.json`,
/// `report/`. Whoever holds it is its only writer.
///
/// A batch of lines is written at once and synced to disk; the other files appear whole or not at
/// all. A run that was interrupted anywhere is opened again with the same settings and goes on;
/// when it is finished, `samples.jsonl` holds the same bytes as if nothing had happened.
public final class RunFolder implements AutoCloseable {
  private final Path folder;
  private final RunManifest manifest;
  private final List<RunPrompt> prompts;
  private final RunLock lock;
  private SampleCheck check;
  private BatchLog samples;

  private RunFolder(Path folder, RunManifest manifest, List<RunPrompt> prompts, RunLock lock)
      throws IOException {
    this.folder = folder;
    this.manifest = manifest;
    this.prompts = prompts;
    this.lock = lock;
    check = new SampleCheck(manifest, prompts);
    samples = open(RunFiles.SAMPLES, check);
  }

  private BatchLog open(String name, SampleCheck check) throws IOException {
    return BatchLog.open(
        folder.resolve(name), manifest.settings().n(), manifest.checksums(), check);
  }

  /// Begins a run, goes on with one, or makes one go further.
  ///
  /// @param folder made if it does not exist; else empty, or the folder of this very run
  /// @param wanted what the run is to hold; more batches than it was begun with extend it
  /// @param prompts the prompts it names
  /// @return the open run
  /// @throws InputException if the folder holds something else, a run of other settings (naming
  ///   each that differs), a longer run or a broken line; or if somebody is writing it
  /// @throws IOException if the folder cannot be written, in one line that names it
  public static RunFolder open(Path folder, RunManifest wanted, PromptFile prompts)
      throws IOException {
    RunLock lock = locked(folder);
    try {
      boolean going = RunFiles.isRun(folder);
      RunManifest manifest = going ? goOn(folder, wanted) : wanted;
      if (!going || manifest.batches() != RunManifest.read(folder).batches()) {
        WholeFiles.write(folder.resolve(RunFiles.MANIFEST), json(manifest));
      }
      return new RunFolder(folder, manifest, prompts.prompts(), lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static RunLock locked(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
      if (!RunFiles.isRun(folder)) {
        refuseForeign(folder);
      }
      return RunLock.of(folder);
    } catch (IOException e) {
      throw WholeFiles.cannotWrite(folder, e);
    }
  }

  private static byte[] json(Object value) {
    String text = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// A process that died young may have left its lock and half a manifest; everything else is
  /// somebody's.
  private static void refuseForeign(Path folder) throws IOException {
    Set<String> ours =
        Set.of(RunFiles.LOCK, RunFiles.MANIFEST + ".partial"); // an earlier version's
    try (Stream<Path> entries = Files.list(folder)) {
      if (!entries.allMatch(
          entry ->
              ours.contains(String.valueOf(entry.getFileName())) || WholeFiles.leftover(entry))) {
        throw new InputException(
            Problem.EXISTS,
            folder + " is not empty and holds no run; give another folder with ",
            Parameter.OUTPUT);
      }
    }
  }

  private static RunManifest goOn(Path folder, RunManifest wanted) throws IOException {
    RunManifest begun = RunManifest.read(folder);
    List<String> differences = begun.settings().differences(wanted.settings());
    if (!differences.isEmpty()) {
      Message other =
          Message.of(folder + " was begun with other settings: " + String.join("; ", differences));
      throw wanted.command().equals(RunRequest.RUN)
          ? new InputException(
              Problem.CONFLICT,
              other,
              "; give those, another folder with ",
              Parameter.OUTPUT,
              ", or ",
              Parameter.FRESH,
              " to set this run aside")
          : new InputException(
              Problem.CONFLICT, other, "; give those, or another folder with ", Parameter.OUTPUT);
    }
    if (wanted.batches() < begun.batches()) {
      throw new InputException(
          Problem.CONFLICT,
          folder + " was begun with ",
          Parameter.BATCHES,
          " " + begun.batches() + ", and a run never shrinks; was asked for " + wanted.batches());
    }
    return begun.withBatches(wanted.batches());
  }

  /// What the lines of the samples must be; remembers those whose draw failed.
  private static final class SampleCheck implements BatchLog.LineCheck {
    private final RunManifest manifest;
    private final RunPlan plan;
    private final List<RunPrompt> prompts;
    private final List<Long> failed = new ArrayList<>();
    private final List<Long> unscored = new ArrayList<>();

    SampleCheck(RunManifest manifest, List<RunPrompt> prompts) {
      this.manifest = manifest;
      this.plan = RunPlan.of(manifest);
      this.prompts = prompts;
    }

    @Override
    public void check(long line, JsonNode json) {
      long batch = line / plan.n();
      if (batch >= plan.size()) {
        throw new InputException(
            Problem.MALFORMED,
            "more lines than the run's " + manifest.lines() + "; was something appended to it?");
      }
      LineKey expected =
          new LineKey(
              prompts.get(plan.prompt(batch)).key(),
              plan.firstIndex(batch) + (int) (line % plan.n()));
      expected.check(manifest.id(), json);
      if (!DrawLine.drawn(json) && RecordedPrompt.Absent.of(json).again()) {
        failed.add(line);
      } else if (!SampleLine.complete(json)) {
        unscored.add(line);
      }
    }

    /// Whether one of the first lines is to be tried again.
    boolean incomplete(long lines) {
      return failed(lines) > 0 || unscored.stream().anyMatch(line -> line < lines);
    }

    /// How many of the first lines failed.
    long failed(long lines) {
      return failed.stream().filter(line -> line < lines).count();
    }
  }

  /// How far it has come, for whom it ends before its end.
  ///
  /// @return a clause
  public String standing() {
    return "%d of %d samples are recorded in %s, and the same command goes on"
        .formatted(recorded(), manifest.lines(), folder);
  }

  /// What the probabilities of a run that goes on depend on.
  ///
  /// @param folder the run's folder
  /// @return the fingerprint of the policy it was begun with; empty where there is no run yet
  /// @throws InputException if its `run.json` is broken
  /// @throws IOException if it cannot be read
  public static Map<String, String> fingerprint(Path folder) throws IOException {
    return RunFiles.isRun(folder) ? RunManifest.read(folder).settings().fingerprint() : Map.of();
  }

  /// Moves a run out of the way, whole: nothing is deleted.
  ///
  /// @param folder the run's folder
  /// @return where it is now: the folder's name with a number; empty when there was nothing
  /// @throws InputException if the folder holds no run, or one that is being written
  /// @throws IOException if it cannot be moved
  @SuppressWarnings("try") // the lock is held, not used
  public static Optional<Path> setAside(Path folder) throws IOException {
    if (!RunFiles.isRun(folder)) {
      return Optional.empty();
    }
    Path to = folder;
    for (int k = 1; Files.exists(to); k++) {
      to = folder.resolveSibling(Objects.requireNonNull(folder.getFileName()) + "." + k);
    }
    try (RunLock lock = RunLock.of(folder)) {
      return Optional.of(Files.move(folder, to));
    }
  }

  /// Draws, scores and writes what the run does not have yet. A completion that cannot be drawn, as
  /// when a prompt does not fit the model, leaves a line that says why. Draws that failed in an
  /// earlier call are drawn again first, and scores that were missing asked for again: the samples
  /// are written anew beside their place, and take it when they are whole.
  ///
  /// @param policy where completions come from; must be the one the manifest names
  /// @param rewards the manifest's rewards, in its order; none may draw from `policy`
  /// @param progress is told of each completion finished
  /// @throws IOException if a line cannot be written; the run can be opened again and goes on
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted; likewise
  public void record(ReferencePolicy policy, List<Reward> rewards, DrawProgress progress)
      throws IOException {
    if (!manifest.settings().scoredBy(rewards.stream().map(Reward::identity).toList())) {
      throw new IllegalArgumentException("the rewards are not those of " + folder);
    }
    int[] completions = {0};
    long[] tokens = {0};
    if (check.incomplete(lines())) {
      tryAgain(
          policy,
          rewards,
          (drawn, ofTokens) -> {
            completions[0] = drawn;
            tokens[0] = ofTokens;
            progress.drawn(drawn, ofTokens);
          });
    }
    DrawProgress onward =
        (drawn, ofTokens) -> progress.drawn(completions[0] + drawn, tokens[0] + ofTokens);
    new Recorder(manifest, prompts, samples, Optional.empty(), policy, rewards, onward).run();
  }

  private void tryAgain(ReferencePolicy policy, List<Reward> rewards, DrawProgress progress)
      throws IOException {
    int n = manifest.settings().n();
    Path file = folder.resolve(RunFiles.SAMPLES);
    try (BatchFile earlier = BatchFile.open(file, n, manifest.checksums());
        BatchLog log = open(RunFiles.REDRAWN, new SampleCheck(manifest, prompts))) {
      new Recorder(manifest, prompts, log, Optional.of(earlier), policy, rewards, progress).run();
    }
    samples.close();
    WholeFiles.replace(file, folder.resolve(RunFiles.REDRAWN));
    check = new SampleCheck(manifest, prompts);
    samples = open(RunFiles.SAMPLES, check);
  }

  /// How many lines hold a draw that failed and is drawn again by [#record].
  ///
  /// @return 0 where every draw came or was refused
  public long failed() {
    return check.failed(lines());
  }

  /// How many samples need no drawing: lines that hold a draw, or say why there is none.
  ///
  /// @return the lines written, without those that failed
  public long recorded() {
    return lines() - failed();
  }

  /// How many lines are written.
  ///
  /// @return a multiple of `n`
  public long lines() {
    return samples.batches() * manifest.settings().n();
  }

  /// What the run holds.
  ///
  /// @return the manifest as it is on disk
  public RunManifest manifest() {
    return manifest;
  }

  /// Writes `findings.json`.
  ///
  /// @param findings anything that serialises to JSON
  /// @throws IOException if it cannot be written, in one line that names it
  public void writeFindings(Object findings) throws IOException {
    WholeFiles.write(folder.resolve(RunFiles.FINDINGS), json(findings));
  }

  /// The folder for pages and pictures.
  ///
  /// @return `report/`, made when it was not there
  /// @throws IOException if it cannot be made
  public Path reportFolder() throws IOException {
    try {
      return Files.createDirectories(folder.resolve(RunFiles.REPORT));
    } catch (IOException e) {
      throw WholeFiles.cannotWrite(folder.resolve(RunFiles.REPORT), e);
    }
  }

  /// The run's folder.
  ///
  /// @return the path given to [#open]
  public Path path() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    try {
      samples.close();
    } finally {
      lock.close();
    }
  }
}
