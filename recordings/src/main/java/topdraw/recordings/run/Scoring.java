package topdraw.recordings.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;
import topdraw.draw.MissingScores;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.reward.Reward;
import topdraw.reward.RewardIdentity;
import topdraw.selection.Selector;

/// Scores a recorded run by one more reward, into a file of its own: resumed, checked and synced as
/// the samples are.
public final class Scoring {
  private static final String NO_COMPLETION = "no completion";

  private Scoring() {}

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
      new LateLines(run, new ByReward(run, reward), progress).add(ScoreFile.path(folder, identity));
    }
    return unscored(folder, identity, scores);
  }

  private record ByReward(RunReader run, Reward reward) implements LateLines.What {
    @Override
    public void check(JsonNode line) {
      if (!ScoreFile.identity(line).equals(reward.identity())) {
        throw new InputException(Problem.CONFLICT, "a score by another reward");
      }
    }

    @Override
    public boolean lacks(JsonNode line) {
      return RewardEntry.score(line.at("/rewards/0")) instanceof Score.Missing;
    }

    @Override
    public List<?> lines(RecordedPrompt batch, int first, List<JsonNode> recorded) {
      Map<Integer, Score> scores = new HashMap<>();
      batch
          .recorded()
          .ifPresent(
              drawn ->
                  Selector.scored(List.of(reward), drawn)
                      .forEach(draw -> scores.put(draw.index(), draw.scores().scores().getLast())));
      List<ScoreLine> lines = new ArrayList<>();
      for (int i = first; i < first + batch.n(); i++) {
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
