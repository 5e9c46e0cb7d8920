package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Score;
import topdraw.reference.Answer;
import topdraw.reference.Request;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;

/// Draws that fail leave a line that says why, and are drawn by the next call; what came stays.
class FailedDrawsTest {
  private static final int BATCHES = 4;

  @TempDir private Path temp;
  private byte[] undisturbed = {};

  @BeforeEach
  void recordUndisturbed() throws IOException {
    Runs.record(temp.resolve("whole"), 7, BATCHES);
    undisturbed = Runs.samples(temp.resolve("whole"));
  }

  /// Every third draw of a prompt fails.
  private static Answer everyThird(Request request, Answer answer) {
    return request.index() % 3 == 1 ? new Answer.Failed("the server hung up", true) : answer;
  }

  private static ScriptedPolicy record(Path folder, ScriptedPolicy policy) throws IOException {
    try (RunFolder run = Runs.open(folder, 7, BATCHES)) {
      run.record(policy, Runs.REWARDS, (_, _) -> {});
    }
    return policy;
  }

  private static long failed(Path folder) throws IOException {
    try (RunFolder run = Runs.open(folder, 7, BATCHES)) {
      return run.failed();
    }
  }

  @Test
  void theNextCallDrawsThemAndNothingElse() throws IOException {
    Path folder = temp.resolve("run");
    record(folder, new ScriptedPolicy(7, FailedDrawsTest::everyThird));
    long failed = failed(folder);
    assertThat(failed)
        .isEqualTo(
            Files.readString(folder.resolve("samples.jsonl")).split("hung up", -1).length - 1);
    assertThat(failed).isGreaterThan(10);

    assertThat(record(folder, new ScriptedPolicy(7, (_, answer) -> answer)).asked)
        .isEqualTo((int) failed);
    assertThat(Runs.samples(folder)).isEqualTo(undisturbed);
    assertThat(folder.resolve("samples.redrawn.jsonl")).doesNotExist();
    assertThat(failed(folder)).isZero();
  }

  @Test
  void aRunReadsWithoutThemAndSaysWhatIsAbsent() throws IOException {
    Path folder = temp.resolve("run");
    record(folder, new ScriptedPolicy(7, FailedDrawsTest::everyThird));
    try (RunReader run = RunReader.open(folder)) {
      RecordedPrompt last = run.stream().toList().getLast();
      assertThat(last.draws().size() + last.absent().size()).isEqualTo(BATCHES * Runs.N);
      assertThat(last.absent().getFirst())
          .isEqualTo(new RecordedPrompt.Absent(1, "the server hung up", true));
      assertThat(last.draws()).noneMatch(draw -> draw.index() == 1);
      assertThat(last.batch(0)).isEmpty();
      assertThat(last.recorded().orElseThrow().draws()).isEqualTo(last.draws());
    }
  }

  @Test
  void aDrawThatFailsForGoodIsNotAskedForAgain() throws IOException {
    Path folder = temp.resolve("run");
    record(
        folder,
        new ScriptedPolicy(
            7,
            (request, answer) ->
                request.index() == 2 ? new Answer.Failed("filtered", false) : answer));
    assertThat(failed(folder)).isZero();
    byte[] before = Runs.samples(folder);
    assertThat(record(folder, new ScriptedPolicy(7, (_, answer) -> answer)).asked).isZero();
    assertThat(Runs.samples(folder)).isEqualTo(before);
  }

  @Test
  void drawsThatFailAgainWaitForTheCallAfter() throws IOException {
    Path folder = temp.resolve("run");
    record(folder, new ScriptedPolicy(7, FailedDrawsTest::everyThird));
    long failed = failed(folder);
    record(
        folder,
        new ScriptedPolicy(
            7,
            (request, answer) ->
                request.index() == 1 ? new Answer.Failed("the server hung up", true) : answer));
    assertThat(failed(folder)).isBetween(1L, failed - 1);
    record(folder, new ScriptedPolicy(7, (_, answer) -> answer));
    assertThat(Runs.samples(folder)).isEqualTo(undisturbed);
  }

  @Test
  void aRunThatIsMadeLongerDrawsThemOnTheWay() throws IOException {
    Path folder = temp.resolve("run");
    try (RunFolder run = Runs.open(folder, 7, 1)) {
      run.record(new ScriptedPolicy(7, FailedDrawsTest::everyThird), Runs.REWARDS, (_, _) -> {});
    }
    record(folder, new ScriptedPolicy(7, (_, answer) -> answer));
    assertThat(Runs.samples(folder)).isEqualTo(undisturbed);
  }

  /// Interrupted at each answer of the second call, then left alone: no draw is lost, and of those
  /// that were written before the interrupt none is asked for again.
  @ParameterizedTest(name = "interrupted after {0} answers")
  @ValueSource(ints = {1, 2, 3, 5, 8, 12})
  void anInterruptWhileTheyAreDrawnLosesNothing(int at) throws IOException {
    Path folder = temp.resolve("run");
    record(folder, new ScriptedPolicy(7, FailedDrawsTest::everyThird));
    int failed = (int) failed(folder);
    byte[] before = Runs.samples(folder);
    ScriptedPolicy interrupted = new ScriptedPolicy(7, (_, answer) -> answer);
    try (RunFolder run = Runs.open(folder, 7, BATCHES)) {
      assertThatThrownBy(
              () ->
                  run.record(
                      interrupted,
                      Runs.REWARDS,
                      (completions, _) -> {
                        if (completions == at) {
                          Thread.currentThread().interrupt();
                        }
                      }))
          .isInstanceOf(CancellationException.class);
    }
    assertThat(Thread.interrupted()).isFalse();
    assertThat(Runs.samples(folder)).as("the run stays whole").isEqualTo(before);

    int left = record(folder, new ScriptedPolicy(7, (_, answer) -> answer)).asked;
    assertThat(left).isBetween(failed - at, failed);
    assertThat(Runs.samples(folder)).isEqualTo(undisturbed);
  }

  @Test
  void aTornFileOfDrawsDrawnAgainIsGoneOnWith() throws IOException {
    Path folder = temp.resolve("run");
    record(folder, new ScriptedPolicy(7, FailedDrawsTest::everyThird));
    byte[] before = Runs.samples(folder);
    for (int length = 0; length < undisturbed.length; length += 997) {
      Files.write(folder.resolve("samples.jsonl"), before);
      Files.write(folder.resolve("samples.redrawn.jsonl"), Arrays.copyOf(undisturbed, length));
      record(folder, new ScriptedPolicy(7, (_, answer) -> answer));
      assertThat(Runs.samples(folder)).as("cut at byte " + length).isEqualTo(undisturbed);
    }
  }

  @Test
  void scoresAddedMeanwhileFollow() throws IOException {
    Path folder = temp.resolve("run");
    record(folder, new ScriptedPolicy(7, FailedDrawsTest::everyThird));
    AtomicInteger calls = new AtomicInteger();
    Reward later = Rewards.negativeLength();
    Scoring.score(folder, later, _ -> {});
    record(folder, new ScriptedPolicy(7, (_, answer) -> answer));
    Scoring.score(folder, later, _ -> calls.incrementAndGet());
    assertThat(calls.get()).as("batches scored anew").isBetween(1, 16);
    Scoring.score(temp.resolve("whole"), later, _ -> {});
    assertThat(Files.readAllBytes(ScoreFile.path(folder, later.identity())))
        .isEqualTo(Files.readAllBytes(ScoreFile.path(temp.resolve("whole"), later.identity())));
    try (RunReader run = RunReader.open(folder)) {
      assertThat(run.stream().flatMap(prompt -> prompt.draws().stream()))
          .allMatch(draw -> draw.scores().of("negative-length") instanceof Score.Value);
    }
    assertThat(List.of(folder.toFile().list())).noneMatch(name -> name.contains("redrawn"));
  }
}
