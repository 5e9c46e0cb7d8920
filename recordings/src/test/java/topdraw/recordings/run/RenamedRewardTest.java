package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.recordings.prompts.PromptFile;
import topdraw.reward.Reward;
import topdraw.reward.RewardIdentity;

/// Names of rewards on servers once held how the server is asked. Runs of then go on.
class RenamedRewardTest {
  private static final String OLD = "judge-server:http://a:1 model=m at-once=2 key-file=/k";
  private static final String NEW = "judge-server:http://a:1 model=m";

  @TempDir private Path temp;

  private record Named(RewardIdentity identity) implements Reward {
    @Override
    public String name() {
      return identity.name();
    }

    @Override
    public List<Score> score(PromptDraws prompt) {
      return prompt.draws().stream().<Score>map(draw -> Score.of(draw.index())).toList();
    }
  }

  private static Reward named(String name, String settings) {
    return new Named(RewardIdentity.of(name, "1", settings));
  }

  private static void record(Path folder, Reward reward, int batches) throws IOException {
    PromptFile prompts = Runs.prompts(Runs.PROMPTS);
    ShuffledPolicy policy = new ShuffledPolicy(7);
    RunManifest manifest =
        RunManifest.of(
            "run",
            RunSettings.of(Runs.N, List.of(reward.identity()), prompts, false, policy.provenance()),
            batches,
            prompts,
            "1",
            Map.of("topdraw", "1"),
            "2026-01-01T00:00:00Z");
    try (RunFolder run = RunFolder.open(folder, manifest, prompts)) {
      run.record(policy, List.of(reward), (_, _) -> {});
    }
  }

  @Test
  void aRunOfTheOldNameGoesOnUnderItAndEndsAsItWouldHave() throws IOException {
    record(temp.resolve("whole"), named(OLD, "s"), 4);
    record(temp.resolve("run"), named(OLD, "s"), 2);
    record(temp.resolve("run"), named(NEW, "s"), 4);
    assertThat(Runs.samples(temp.resolve("run"))).isEqualTo(Runs.samples(temp.resolve("whole")));
    assertThat(Files.readString(temp.resolve("run").resolve("run.json"))).contains(OLD);
  }

  @Test
  void whatScoresDependOnIsStillHeldToTheRun() throws IOException {
    record(temp.resolve("run"), named(OLD, "s"), 2);
    for (Reward other :
        List.of(named(NEW, "t"), named("judge-server:http://a:1 model=other", "s"))) {
      assertThatThrownBy(() -> record(temp.resolve("run"), other, 4))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("was begun with other settings: rewards: ");
    }
  }

  @Test
  void aRewardMadeOfOthersIsHeldToItsNameWithoutThoseWords() {
    RewardIdentity old = RewardIdentity.of("sum(2*" + OLD + ", negative-length)", "1", "old");
    RewardIdentity now = RewardIdentity.of("sum(2*" + NEW + ", negative-length)", "1", "new");
    assertThat(now.scoresAs(old)).isTrue();
    assertThat(now.scoresAs(RewardIdentity.of("sum(" + OLD + ")", "1", "old"))).isFalse();
    assertThat(now.scoresAs(RewardIdentity.of(now.name(), "1", "another"))).isFalse();
    assertThat(now.scoresAs(new RewardIdentity(now.name(), "2", now.settingsSha256()))).isFalse();
  }
}
