package topdraw.recordings.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.draw.MissingScores;
import topdraw.draw.Score;
import topdraw.file.WholeFiles;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.reward.Reward;
import topdraw.reward.RewardIdentity;
import topdraw.selection.Selector;

/// Scores a recorded run by one more reward, into a file of its own: resumed, checked and synced as
/// the samples are.
public final class Scoring {
  private static final String NO_COMPLETION = "no completion";

  private final RunReader run;
  private final RunPlan plan;
  private final Reward reward;
  private final LongConsumer progress;

  private Scoring(RunReader run, Reward reward, LongConsumer progress) {
    this.run = run;
    this.plan = RunPlan.of(run.manifest());
    this.reward = reward;
    this.progress = progress;
  }

  /// Scores what the reward has not scored yet: what was drawn since, also in the place of a failed
  /// draw, and what it could not score before. A score that is there stays.
  ///
  /// @param folder the run's folder
  /// @param reward the reward
  /// @param progress is told, after each batch, how many lines have a place in the reward's file
  /// @return how many completions have no score by this reward
  /// @throws InputException if the run holds this reward's scores already, a line is broken, or
  ///   somebody is writing the run
  /// @throws IOException if a file cannot be read or written
  /// @throws CancellationException if the thread is interrupted; what is written stays, and the
  ///   same call goes on
  public static long score(Path folder, Reward reward, LongConsumer progress) throws IOException {
    return score(folder, reward, progress, new MissingScores());
  }

  /// Scores what the reward has not scored yet, as [#score(Path, Reward, LongConsumer)] does, and
  /// counts which of its scores are missing, and why.
  ///
  /// @param folder the run's folder
  /// @param reward the reward
  /// @param progress is told, after each batch, how many lines have a place in the reward's file
  /// @param scores is told the reward's scores of all completions
  /// @return how many completions have no score by this reward
  /// @throws IOException if a file cannot be read or written
  @SuppressWarnings("try") // the lock is held, not used
  public static long score(Path folder, Reward reward, LongConsumer progress, MissingScores scores)
      throws IOException {
    RewardIdentity identity = reward.identity();
    try (RunReader run = RunReader.open(folder);
        RunLock lock = RunLock.of(folder)) {
      if (run.manifest().settings().rewards().contains(identity)) {
        throw new InputException(
            Problem.CONFLICT,
            folder + " was recorded with reward " + identity.name() + "; it is scored already");
      }
      new Scoring(run, reward, progress).score(ScoreFile.path(folder, identity));
    }
    return unscored(folder, identity, scores);
  }

  private void score(Path file) throws IOException {
    ScoreCheck check = new ScoreCheck();
    try (BatchLog log = open(file, check)) {
      if (!check.incomplete(log.batches())) {
        goOn(log, run.batches());
        return;
      }
    }
    Path anew = file.resolveSibling(file.getFileName() + ".redrawn");
    try (BatchFile earlier = BatchFile.open(file, plan.n(), run.manifest().checksums());
        BatchLog log = open(anew, new ScoreCheck())) {
      while (log.batches() < earlier.batches()) {
        if (check.incomplete.contains(log.batches())) {
          append(log, Optional.of(earlier));
        } else {
          log.append(earlier.bytes(log.batches()));
        }
      }
    }
    WholeFiles.replace(file, anew);
    try (BatchLog log = open(file, new ScoreCheck())) {
      goOn(log, run.batches());
    }
  }

  private BatchLog open(Path file, ScoreCheck check) throws IOException {
    return BatchLog.open(file, plan.n(), run.manifest().checksums(), check);
  }

  private void goOn(BatchLog log, long batches) throws IOException {
    while (log.batches() < batches) {
      append(log, Optional.empty());
    }
  }

  /// Scores the next batch.
  private void append(BatchLog log, Optional<BatchFile> earlier) throws IOException {
    long number = log.batches();
    List<JsonNode> recorded = earlier.map(file -> file.read(number)).orElse(List.of());
    log.append(lines(run.batch(number), number, recorded));
    progress.accept(log.batches() * plan.n());
    if (Thread.interrupted()) {
      throw new CancellationException("interrupted");
    }
  }

  /// Checks the keys of the samples, line by line, and remembers the batches with a completion that
  /// has no score.
  private final class ScoreCheck implements BatchLog.LineCheck {
    private final Set<Long> incomplete = new HashSet<>();
    private @Nullable RecordedPrompt batch;

    @Override
    public void check(long line, JsonNode json) {
      long number = line / plan.n();
      int k = (int) (line % plan.n());
      if (number >= run.batches()) {
        throw new InputException(Problem.MALFORMED, "more scores than the run has samples");
      }
      RecordedPrompt sampled = k == 0 || batch == null ? run.batch(number) : batch;
      batch = sampled;
      int i = plan.firstIndex(number) + k;
      new LineKey(sampled.key(), i).check(run.manifest().id(), json);
      if (!ScoreFile.identity(json).equals(reward.identity())) {
        throw new InputException(Problem.CONFLICT, "a score by another reward");
      }
      if (RewardEntry.score(json.at("/rewards/0")) instanceof Score.Missing
          && sampled.draws().stream().anyMatch(draw -> draw.index() == i)) {
        incomplete.add(number);
      }
    }

    /// Whether one of the first batches is such a one.
    boolean incomplete(long batches) {
      return incomplete.stream().anyMatch(number -> number < batches);
    }
  }

  /// @param recorded the lines of an earlier call, if there was one
  private List<ScoreLine> lines(RecordedPrompt batch, long number, List<JsonNode> recorded) {
    Map<Integer, Score> scores = new HashMap<>();
    batch
        .recorded()
        .ifPresent(
            drawn ->
                Selector.scored(List.of(reward), drawn)
                    .forEach(draw -> scores.put(draw.index(), draw.scores().scores().getLast())));
    List<ScoreLine> lines = new ArrayList<>();
    int first = plan.firstIndex(number);
    for (int i = first; i < first + plan.n(); i++) {
      Score score =
          recorded.isEmpty() || reward.comparesDraws() // which compares all of them anew
              ? new Score.Missing("")
              : RewardEntry.score(recorded.get(i - first).at("/rewards/0"));
      if (score instanceof Score.Missing) {
        score = scores.getOrDefault(i, new Score.Missing(NO_COMPLETION));
      }
      lines.add(
          new ScoreLine(
              1,
              run.manifest().id(),
              batch.key(),
              i,
              List.of(RewardEntry.of(reward.identity(), score))));
    }
    return lines;
  }

  private static long unscored(Path folder, RewardIdentity identity, MissingScores scores)
      throws IOException {
    try (RunReader run = RunReader.open(folder)) {
      int position = run.rewards().lastIndexOf(identity);
      return run.stream()
          .flatMap(prompt -> prompt.draws().stream())
          .map(draw -> draw.scores().scores().get(position))
          .peek(score -> scores.add(identity.name(), score))
          .filter(Score.Missing.class::isInstance)
          .count();
    }
  }

  private record ScoreLine(
      int v,
      String run,
      @JsonProperty("prompt_id") String promptId,
      int i,
      List<RewardEntry> rewards) {}
}
