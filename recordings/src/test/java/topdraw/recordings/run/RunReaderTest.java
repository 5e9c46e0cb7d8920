package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability;
import topdraw.draw.Origin;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.recordings.ChosenPrompts;
import topdraw.recordings.Recording;
import topdraw.recordings.replay.RecordedPolicy;
import topdraw.reference.Capabilities;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;

class RunReaderTest {
  @TempDir private Path temp;

  @Test
  void aRunIsReadPromptByPromptWithAllItsBatches() throws IOException {
    Runs.record(temp, 7, 4);
    try (RunReader run = RunReader.open(temp)) {
      List<RecordedPrompt> prompts = run.stream().toList();
      assertThat(prompts).hasSize(5);
      assertThat(prompts.getFirst().draws())
          .extracting(Draw::index)
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
      assertThat(prompts.getFirst().batch(1)).hasValue(prompts.getFirst().draws().subList(3, 6));
      assertThat(prompts.get(3).draws()).isEmpty();
      assertThat(prompts.get(3).absent())
          .hasSize(12)
          .first()
          .isEqualTo(new RecordedPrompt.Absent(0, "the prompt has 9000 tokens", false));
      assertThat(prompts.get(1).prompt()).isEqualTo(Prompt.user("two \"quoted\""));
      assertThat(run.linesMissing()).isZero();
      for (Draw draw : prompts.get(4).draws()) {
        assertThat(draw.logProbability()).isInstanceOf(LogProbability.Exact.class);
        assertThat(draw.score()).isEqualTo(new Score.Value(draw.logProbability().floor()));
      }
    }
  }

  @Test
  void aRunThatWasEndedBeforeItsFirstSampleSaysHowToGoOn() throws IOException {
    Runs.open(temp, 7, 2).close();
    try (Recording run = RunRecording.open(temp)) {
      assertThatThrownBy(() -> run.forEach(_ -> {}))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(temp + ": no samples are recorded yet; the topdraw run ...")
          .hasMessageEndingWith("called again, draws them");
      assertThat(run.missing()).isEqualTo(5 * 2 * Runs.N);
    }
  }

  /// Of five prompts the fourth is refused; the second and the third, whose words hold an o or a t,
  /// are chosen. Two rounds were to be drawn, one and two prompts of the second are there.
  @Test
  void whatIsMissingOfSomePromptsIsCountedOfThemAlone() throws IOException {
    Runs.record(temp, 7, 2);
    List<String> lines = Files.readAllLines(temp.resolve("samples.jsonl"));
    Files.write(temp.resolve("samples.jsonl"), lines.subList(0, Runs.N * (5 + 2)));
    try (Recording run = RunRecording.open(temp)) {
      assertThat(run.missing()).isEqualTo(3 * Runs.N);
      assertThat(new ChosenPrompts(run, "quoted").missing()).isZero();
      assertThat(new ChosenPrompts(run, "^one$").missing()).isEqualTo(Runs.N);
      assertThat(new ChosenPrompts(run, ".").missing()).isEqualTo(3 * Runs.N);
      assertThat(run.notBegun()).isZero();
    }
    Files.write(temp.resolve("samples.jsonl"), lines.subList(0, Runs.N * 2));
    try (Recording run = RunRecording.open(temp)) {
      assertThat(new ChosenPrompts(run, "quoted").missing()).isEqualTo(Runs.N);
      assertThat(run.notBegun()).isEqualTo(3);
      assertThatThrownBy(() -> new ChosenPrompts(run, " ")).hasMessageContaining("was empty");
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
          .flatMap(prompt -> prompt.draws().stream())
          .forEach(
              d ->
                  assertThat(d.scores().scores().get(2))
                      .isEqualTo(new Score.Value(-d.length().orElseThrow())));
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
      assertThat(run.prompt(0).draws().getLast().scores().scores().get(2))
          .isInstanceOf(Score.Missing.class);
    }
    assertThat(Scoring.score(temp, later, _ -> {})).isZero();
  }

  @Test
  void scoringThatIsInterruptedKeepsWhatItHas() throws IOException {
    Runs.record(temp, 7, 2);
    Reward later = Rewards.negativeLength();
    assertThatThrownBy(() -> Scoring.score(temp, later, _ -> Thread.currentThread().interrupt()))
        .isInstanceOf(CancellationException.class);
    assertThat(Files.readAllLines(ScoreFile.path(temp, later.identity()))).hasSize(Runs.N);
    assertThat(Scoring.score(temp, later, _ -> {})).isZero();
    try (RunReader run = RunReader.open(temp)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> run.prompt(0)).isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
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
      assertThat(justDrawn(replay.draw(once, 1, 5))).isEqualTo(real.draw(once, 1, 5));
      assertThat(justDrawn(replay.draw(twice, 0, 12))).isEqualTo(real.draw(twice, 0, 12));
      assertThatThrownBy(() -> replay.draw(Prompt.user("far too long"), 0, 1))
          .hasMessage("the prompt has 9000 tokens");
      assertThat(replay.capabilities()).isEqualTo(new Capabilities(true, true, Runs.N));
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

  private static List<Draw> justDrawn(List<Draw> draws) {
    return draws.stream().map(draw -> draw.withOrigin(Origin.JUST_DRAWN)).toList();
  }

  @Test
  void aFolderWithoutARunIsNamed() {
    assertThatThrownBy(() -> RunReader.open(temp))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(temp + " holds no run");
  }
}
