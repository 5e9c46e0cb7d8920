package topdraw.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.reference.Prompt;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;
import topdraw.reward.Score;
import topdraw.selection.Candidate;

class RunReaderTest {
  @TempDir private Path temp;

  @Test
  void aRunIsReadPromptByPromptWithAllItsBatches() throws IOException {
    Runs.record(temp, 7, 4);
    try (RunReader run = RunReader.open(temp)) {
      List<RecordedPrompt> prompts = run.stream().toList();
      assertThat(prompts).hasSize(5);
      assertThat(prompts.getFirst().candidates())
          .extracting(candidate -> candidate.completion().index())
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
      assertThat(prompts.getFirst().batch(1))
          .isEqualTo(prompts.getFirst().candidates().subList(3, 6));
      assertThat(prompts.get(3).refusal()).contains("the prompt has 9000 tokens");
      assertThat(prompts.get(3).candidates()).isEmpty();
      assertThat(prompts.get(1).prompt()).isEqualTo(Prompt.user("two \"quoted\""));
      assertThat(run.linesMissing()).isZero();
      for (Candidate candidate : prompts.get(4).candidates()) {
        assertThat(candidate.score())
            .isEqualTo(new Score.Value(candidate.completion().logProbability()));
      }
    }
  }

  @Test
  void anUnfinishedRunIsReadAsFarAsItsBatchesAreWhole() throws IOException {
    Runs.record(temp, 7, 2);
    byte[] whole = Runs.samples(temp);
    Files.write(temp.resolve("samples.jsonl"), Arrays.copyOf(whole, whole.length * 7 / 10));
    try (RunReader run = RunReader.open(temp)) {
      List<RecordedPrompt> prompts = run.stream().toList();
      assertThat(prompts.getFirst().batches()).isEqualTo(2);
      assertThat(prompts.getLast().batches()).isEqualTo(1);
      assertThat(run.linesMissing()).isPositive();
    }
  }

  @Test
  void scoresAddedLaterStandBesideTheRunsOwn() throws IOException {
    Runs.record(temp, 7, 2);
    byte[] samples = Runs.samples(temp);
    Reward later = Rewards.negativeLength();
    AtomicLong told = new AtomicLong();
    assertThat(Scoring.score(temp, later, told::set)).isZero();
    assertThat(told).hasValue(30);
    assertThat(Runs.samples(temp)).isEqualTo(samples);
    try (RunReader run = RunReader.open(temp)) {
      assertThat(run.rewards()).hasSize(3).last().isEqualTo(later.identity());
      assertThat(run.position("negative-length")).contains(2);
      run.stream()
          .flatMap(prompt -> prompt.candidates().stream())
          .forEach(
              c ->
                  assertThat(c.scores().get(2))
                      .isEqualTo(new Score.Value(-c.completion().length())));
    }
  }

  @Test
  void scoresThatWereInterruptedOrOvertakenGoOn() throws IOException {
    Runs.record(temp, 7, 1);
    Reward later = Rewards.negativeLength();
    Scoring.score(temp, later, _ -> {});
    Path file = ScoreFile.path(temp, later.identity());
    byte[] whole = Files.readAllBytes(file);
    for (int length = whole.length - 700; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      Scoring.score(temp, later, _ -> {});
      assertThat(Files.readAllBytes(file)).as("cut at byte " + length).isEqualTo(whole);
    }
    Runs.record(temp, 7, 2);
    try (RunReader run = RunReader.open(temp)) {
      assertThat(run.prompt(0).candidates().getLast().scores().get(2))
          .isInstanceOf(Score.Missing.class);
    }
    assertThat(Scoring.score(temp, later, _ -> {})).isZero();
  }

  @Test
  void aRunIsNotScoredTwiceByOneReward() throws IOException {
    Runs.record(temp, 7, 1);
    assertThatThrownBy(() -> Scoring.score(temp, Rewards.logLikelihood(), _ -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scored already");
  }

  @Test
  void aReplayGivesWhatWasDrawnAndNothingMore() throws IOException {
    Runs.record(temp, 7, 2);
    Prompt once = Prompt.user("three ☃");
    Prompt twice = Prompt.user("one");
    try (RecordedPolicy replay = RecordedPolicy.open(temp)) {
      ShuffledPolicy real = new ShuffledPolicy(7);
      assertThat(replay.draw(once, 1, 5)).isEqualTo(real.draw(once, 1, 5));
      assertThat(replay.draw(twice, 0, 12)).isEqualTo(real.draw(twice, 0, 12));
      assertThat(replay.refusal(Prompt.user("far too long"))).isPresent();
      assertThat(replay.provenance().seed()).isEqualTo(7);
      assertThatThrownBy(() -> replay.draw(once, 0, 7))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("has 6 completions")
          .hasMessageContaining("asked for number 7");
      assertThatThrownBy(() -> replay.draw(Prompt.user("new"), 0, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no prompt \"new\"");
    }
  }

  @Test
  void aFolderWithoutARunIsNamed() {
    assertThatThrownBy(() -> RunReader.open(temp))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(temp + " holds no run");
  }
}
