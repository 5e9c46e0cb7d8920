package topdraw.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.draw.Score;

/// What a scorer starts ends with it: real shell programs, and their children's process ids.
@DisabledOnOs(OS.WINDOWS)
class ProcessGroupTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @BeforeAll
  static void theSystemHasAShell() {
    assertThat(Path.of("/bin/sh")).isExecutable();
  }

  /// Starts two children and an orphan, leaves their ids, and then does something.
  private Path program(String then) throws IOException {
    Path pids = folder.resolve("pids");
    Path program =
        Files.writeString(
            folder.resolve("score.sh"),
            """
            #!/bin/sh
            read -r line
            sleep 600 & echo $! > PIDS.new
            (sleep 600 & echo $! >> PIDS.new)
            echo $$ >> PIDS.new
            mv PIDS.new PIDS
            """
                    .replace("PIDS", pids.toString())
                + then
                + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }

  private void allHaveEnded() throws IOException {
    List<String> pids = Files.readAllLines(folder.resolve("pids"));
    assertThat(pids).hasSize(3);
    for (String pid : pids) {
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessGroupTest::ends);
    }
  }

  private static void ends(ProcessHandle process) {
    try {
      process.onExit().get(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("still running: " + process.info(), e);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Reward open(Path program, Duration limit) {
    return RewardCatalog.withoutModel().withProcessLimit(limit).open("process:" + program);
  }

  private static final String ANSWER = "echo '{\"rewards\":[{\"id\":\"0\",\"value\":1}]}'; ";

  @Test
  void closingTheRewardEndsAllOfThem() throws IOException {
    try (Reward reward = open(program(ANSWER + "read -r more"), LONG)) {
      assertThat(Completions.score(reward, "a")).isEqualTo(Completions.values(1));
    }
    allHaveEnded();
  }

  @Test
  void soDoesAProgramThatEndsOnItsOwn() throws IOException {
    try (Reward reward = open(program(ANSWER + "exit 0"), LONG)) {
      assertThat(Completions.score(reward, "a")).isEqualTo(Completions.values(1));
    }
    allHaveEnded();
  }

  @Test
  void soDoesAnAnswerThatDoesNotCome() throws IOException {
    try (Reward reward = open(program("wait"), Duration.ofSeconds(3))) {
      assertThat(Completions.score(reward, "a").getFirst())
          .isEqualTo(new Score.Missing("the program gave no answer within 3 s"));
      allHaveEnded();
    }
  }

  @Test
  void soDoesAnInterrupt() throws IOException, InterruptedException {
    CountDownLatch cancelled = new CountDownLatch(1);
    try (Reward reward = open(program("wait"), LONG)) {
      Thread scoring =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      Completions.score(reward, "a");
                    } catch (CancellationException e) {
                      cancelled.countDown();
                    }
                  });
      awaitPids();
      scoring.interrupt();
      assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
      allHaveEnded();
    }
  }

  /// The whole of another Java, ended from outside while its scorer hangs.
  @Test
  void soDoesTheEndOfTheProgramThatAsks() throws IOException, InterruptedException {
    Process host =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HangingScorer.class.getName(),
                "process:" + program("wait"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("host.log").toFile())
            .start();
    awaitPids();
    host.destroy();
    assertThat(host.waitFor(20, TimeUnit.SECONDS)).isTrue();
    allHaveEnded();
  }

  private void awaitPids() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 1_000 && !Files.exists(folder.resolve("pids")); i++) {
      assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no-such-program-anywhere | cannot start no-such-program-anywhere: no program of that name is found
          /no/such/program         | cannot start /no/such/program: there is no such file
          """)
  void whatCannotStartSaysWhy(String command, String why) {
    try (Reward reward = RewardCatalog.withoutModel().open("process:" + command)) {
      assertThat(Completions.score(reward, "a")).containsExactly(new Score.Missing(why));
    }
  }

  @Test
  void aFileThatIsNoProgramSaysSo() throws IOException {
    Path file = Files.createFile(folder.resolve("notes"));
    try (Reward reward = open(file, LONG)) {
      assertThat(Completions.score(reward, "a"))
          .containsExactly(
              new Score.Missing(
                  "cannot start " + file + ": the file may not be executed; chmod +x it"));
    }
  }

  @Test
  void aGroupIsClosedOnce() throws IOException {
    ProcessGroup group = ProcessGroup.start(List.of("sleep", "600"));
    group.close();
    group.close();
    ends(group.leader().toHandle());
    assertThatThrownBy(() -> ProcessGroup.start(List.of("no-such-program-anywhere")))
        .isInstanceOf(IOException.class);
  }
}
