package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.reward.Reward;
import topdraw.reward.RewardIdentity;
import topdraw.reward.Rewards;

/// Scores that are missing are asked for by the next call; what is there stays, byte for byte.
class MissingScoresTest {
  private static final int BATCHES = 4;

  @TempDir private Path temp;
  private byte[] undisturbed = {};

  @BeforeEach
  void recordUndisturbed() throws IOException {
    Runs.record(temp.resolve("whole"), 7, BATCHES);
    undisturbed = Runs.samples(temp.resolve("whole"));
  }

  /// A reward that answers some of its calls, and for some of a call's completions.
  private static final class Moody implements Reward {
    private final Reward honest;
    private final int every;
    private int calls;

    /// @param every answers every so many calls; 0 for none
    Moody(Reward honest, int every) {
      this.honest = honest;
      this.every = every;
    }

    @Override
    public String name() {
      return honest.name();
    }

    @Override
    public RewardIdentity identity() {
      return honest.identity();
    }

    @Override
    public List<Score> score(PromptDraws prompt) {
      calls++;
      List<Score> scores = honest.score(prompt);
      boolean answers = every > 0 && calls % every == 0;
      return IntStream.range(0, scores.size())
          .<Score>mapToObj(
              i -> answers && i != 1 ? scores.get(i) : new Score.Missing("not in the mood"))
          .toList();
    }
  }

  private static void record(Path folder, List<Reward> rewards, ShuffledPolicy policy)
      throws IOException {
    try (RunFolder run = Runs.open(folder, 7, BATCHES)) {
      run.record(policy, rewards, (_, _) -> {});
    }
  }

  private static long missing(Path folder) throws IOException {
    return Files.readString(folder.resolve("samples.jsonl")).split("in the mood", -1).length - 1;
  }

  @Test
  void aRunAsksForThemAgainAndDrawsNothing() throws IOException {
    Path folder = temp.resolve("run");
    Reward pattern = Runs.REWARDS.getLast();
    record(folder, List.of(Runs.REWARDS.getFirst(), new Moody(pattern, 2)), new ShuffledPolicy(7));
    long first = missing(folder);
    assertThat(first).isGreaterThan(10);

    ShuffledPolicy second = new ShuffledPolicy(7);
    record(folder, List.of(Runs.REWARDS.getFirst(), new Moody(pattern, 3)), second);
    assertThat(second.drawn).isZero();
    assertThat(missing(folder)).isBetween(1L, first - 1);

    record(folder, List.of(Runs.REWARDS.getFirst(), new Moody(pattern, 0)), new ShuffledPolicy(7));
    long kept = missing(folder);
    assertThat(kept).as("a score that was there stays").isBetween(1L, first - 1);

    Moody untouched = new Moody(Runs.REWARDS.getFirst(), 1);
    record(folder, List.of(untouched, pattern), new ShuffledPolicy(7));
    assertThat(untouched.calls).as("a reward with all its scores is not asked").isZero();
    assertThat(Runs.samples(folder)).isEqualTo(undisturbed);
    assertThat(List.of(folder.toFile().list())).noneMatch(name -> name.contains("redrawn"));
  }

  @Test
  void scoringAsksForThemAgain() throws IOException {
    Path folder = temp.resolve("whole");
    Reward later = Rewards.negativeLength();
    long none = Scoring.score(folder, new Moody(later, 0), _ -> {});
    long some = Scoring.score(folder, new Moody(later, 2), _ -> {});
    assertThat(some).isBetween(1L, none - 1);
    assertThat(Scoring.score(folder, new Moody(later, 0), _ -> {}))
        .as("a score that was there stays")
        .isEqualTo(some);
    assertThat(Scoring.score(folder, later, _ -> {})).isZero();

    Runs.record(temp.resolve("other"), 7, BATCHES);
    Scoring.score(temp.resolve("other"), later, _ -> {});
    assertThat(Files.readAllBytes(ScoreFile.path(folder, later.identity())))
        .isEqualTo(Files.readAllBytes(ScoreFile.path(temp.resolve("other"), later.identity())));
    Moody idle = new Moody(later, 1);
    assertThat(Scoring.score(folder, idle, _ -> {})).isZero();
    assertThat(idle.calls).isZero();
    assertThat(Runs.samples(folder)).isEqualTo(undisturbed);
  }
}
