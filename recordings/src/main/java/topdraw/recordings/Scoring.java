package topdraw.recordings;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import topdraw.reference.Completion;
import topdraw.reward.Reward;
import topdraw.reward.RewardIdentity;
import topdraw.reward.Score;
import topdraw.selection.Candidate;
import topdraw.selection.Selector;

/// Scores a recorded run by one more reward, into a file of its own: resumed, checked and synced as
/// the samples are.
public final class Scoring {
  private Scoring() {}

  /// Scores what the reward has not scored yet.
  ///
  /// @param folder the run's folder
  /// @param reward the reward
  /// @param progress is told, after each batch, how many lines have a place in the reward's file
  /// @return how many completions have no score by this reward
  /// @throws IllegalArgumentException if the run holds this reward's scores already, a line is
  ///   broken, or somebody is writing the run
  /// @throws IOException if a file cannot be read or written
  /// @throws CancellationException if the thread is interrupted; what is written stays, and the
  ///   same call goes on
  public static long score(Path folder, Reward reward, LongConsumer progress) throws IOException {
    RewardIdentity identity = reward.identity();
    try (RunReader run = RunReader.open(folder);
        RunLock _ = RunLock.of(folder);
        BatchLog log =
            BatchLog.open(
                ScoreFile.path(folder, identity), run.manifest().settings().n(), check(run))) {
      if (run.manifest().settings().rewards().contains(identity)) {
        throw new IllegalArgumentException(
            folder + " was recorded with reward " + identity.name() + "; it is scored already");
      }
      while (log.batches() < run.batches()) {
        log.append(lines(run, run.batch(log.batches()), log.batches(), reward));
        progress.accept(log.batches() * run.manifest().settings().n());
        if (Thread.interrupted()) {
          throw new CancellationException("interrupted");
        }
      }
    }
    return unscored(folder, identity);
  }

  /// The keys of the samples, line by line.
  private static BatchLog.LineCheck check(RunReader run) {
    RunPlan plan = RunPlan.of(run.manifest());
    String[] prompt = {""};
    return (line, json) -> {
      long batch = line / plan.n();
      int k = (int) (line % plan.n());
      if (batch >= run.batches()) {
        throw new IllegalArgumentException("more scores than the run has samples");
      }
      if (k == 0) {
        prompt[0] = run.key(batch);
      }
      new RunFolder.Key(prompt[0], plan.firstIndex(batch) + k).check(run.manifest().id(), json);
    };
  }

  private static List<ScoreLine> lines(
      RunReader run, RecordedPrompt batch, long number, Reward reward) {
    RunPlan plan = RunPlan.of(run.manifest());
    int first = plan.firstIndex(number);
    List<Score> scores =
        batch.refusal().isPresent()
            ? Collections.nCopies(plan.n(), new Score.Missing("no completion"))
            : scores(reward, batch);
    List<ScoreLine> lines = new ArrayList<>();
    for (int k = 0; k < plan.n(); k++) {
      lines.add(
          new ScoreLine(
              1,
              run.manifest().id(),
              batch.key(),
              first + k,
              List.of(RewardEntry.of(reward.identity(), scores.get(k)))));
    }
    return lines;
  }

  private static List<Score> scores(Reward reward, RecordedPrompt batch) {
    List<Completion> completions = batch.candidates().stream().map(Candidate::completion).toList();
    return Selector.candidates(List.of(reward), batch.prompt(), completions).stream()
        .map(Candidate::score)
        .toList();
  }

  private static long unscored(Path folder, RewardIdentity identity) throws IOException {
    try (RunReader run = RunReader.open(folder)) {
      int position = run.rewards().lastIndexOf(identity);
      return run.stream()
          .flatMap(prompt -> prompt.candidates().stream())
          .filter(candidate -> candidate.scores().get(position) instanceof Score.Missing)
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
