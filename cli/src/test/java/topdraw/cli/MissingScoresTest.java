package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A reward that cannot say anything is no success: real shell programs over a real run.
@DisabledOnOs(OS.WINDOWS)
class MissingScoresTest {
  @TempDir private static Path temp;
  private static Path run = Path.of("");

  /// Scores each completion of a request by 1, in whatever order ids come.
  private static final String WELL =
      "while read -r line; do"
          + " ids=$(printf '%s' \"$line\" | grep -o '\"id\":\"[0-9]*\"' | sed 's/$/,\"value\":1}/;s/^/{/' | paste -sd, -);"
          + " echo \"{\\\"rewards\\\":[$ids]}\"; done";

  private static final String ROWS =
      """
      {"prompt": "Name a colour.", "completion": "Red.", "reward": 1}
      {"prompt": "Name a colour.", "completion": "Bread.", "reward": 0}
      """;

  @BeforeAll
  static void aRun() throws IOException {
    Path prompts =
        Files.writeString(temp.resolve("prompts.txt"), "Name a colour.\nName a fruit.\n");
    run = temp.resolve("run");
    Ran ran =
        Ran.topdraw(
            "run", prompts.toString(), "-n", "2", "--max-tokens", "4", "-o", run.toString());
    assertThat(ran.exitCode()).as(ran.err()).isZero();
  }

  private static String script(String name, String body) throws IOException {
    return "process:sh " + Files.writeString(temp.resolve(name), body + "\n");
  }

  private static Ran score(String reward) {
    return Ran.topdraw("score", run.toString(), "--reward-timeout", "3", "--reward", reward);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          process:no-such-program | cannot start no-such-program: no program of that name is found (4)
          sleep 600               | the program gave no answer within 3 s (4)
          read -r l; echo garbage | not JSON
          exit 3                  | exit code 3
          """)
  void whereNothingIsScoredTheReasonIsSaidAndTheExitCodeIsOne(String program, String why)
      throws IOException {
    String reward =
        program.startsWith("process:") ? program : script("bad" + program.hashCode(), program);
    Ran ran = score(reward);
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(1);
    assertThat(ran.err()).contains(": 4 of 4 scores are missing: ").contains(why);
  }

  @Test
  void ofFilesOfOthersTooTheReasonIsSaidAndTheExitCodeIsOne() throws IOException {
    Path file = Files.writeString(temp.resolve("foreign.jsonl"), ROWS);
    Path table = temp.resolve("scored.jsonl");
    Ran ran =
        Ran.topdraw("score", file.toString(), "--reward", "process:false", "-o", table.toString());
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(1);
    assertThat(ran.err()).contains("process:false: 2 of 2 scores are missing: ");
    assertThat(Files.readAllLines(table)).hasSize(2);
  }

  @Test
  void whereSomeAreMissingTheExitCodeIsThree() throws IOException {
    Path counter = temp.resolve("called");
    String second =
        script(
            "second",
            "[ -e "
                + counter
                + " ] && exit 5\ntouch "
                + counter
                + "\n"
                + WELL.replace("done", "exit 0; done"));
    Ran half = score(second);
    assertThat(half.exitCode()).as(half.err()).isEqualTo(3);
    assertThat(half.err())
        .contains(": 2 of 4 scores are missing: the program ended")
        .contains("(2)");
  }

  @Test
  void theNextCallTriesTheMissingOnesAgain() throws IOException {
    Path broken = temp.resolve("broken");
    Files.createFile(broken);
    String reward = script("mended", "[ -e " + broken + " ] && exit 5\n" + WELL);
    assertThat(score(reward).exitCode()).isEqualTo(1);
    Files.delete(broken);
    Ran ran = score(reward);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("done; 0 samples have no score");
  }

  @Test
  void oneAnswerIsHeldToTheSame() {
    String[] sample = {"sample", "Name a colour.", "-n", "2", "--max-tokens", "4", "--reward"};
    Ran none = Ran.topdraw(with(sample, "process:no-such-program"));
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err())
        .contains("process:no-such-program: 2 of 2 scores are missing: cannot start");
    assertThat(none.out()).as("nothing is the best of what nobody scored").isEmpty();
    assertThat(none.err()).contains("no completion has a score by process:no-such-program");
    Ran some = Ran.topdraw(with(sample, "negative-length", "--reward", "process:no-such-program"));
    assertThat(some.exitCode()).isEqualTo(3);
    Ran blocks = Ran.topdraw(with(sample, "process:no-such-program", "--block", "2"));
    assertThat(blocks.exitCode()).isEqualTo(1);
  }

  @Test
  void soIsARun() {
    Ran ran =
        Ran.topdraw(
            "run",
            temp.resolve("prompts.txt").toString(),
            "-n",
            "2",
            "--max-tokens",
            "4",
            "--reward",
            "negative-length",
            "--reward",
            "process:no-such-program",
            "-o",
            temp.resolve("half").toString());
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(3);
    assertThat(ran.err()).contains("process:no-such-program: 4 of 4 scores are missing");
  }

  /// What was scored later is not this run's own: longer, it lacks nothing.
  @Test
  void aLongerRunDoesNotMissWhatWasScoredLater() {
    String[] command = {
      "run",
      temp.resolve("prompts.txt").toString(),
      "-n",
      "2",
      "--max-tokens",
      "4",
      "-o",
      temp.resolve("longer").toString(),
      "--batches"
    };
    assertThat(Ran.topdraw(with(command, "1")).exitCode()).isZero();
    String folder = temp.resolve("longer").toString();
    assertThat(Ran.topdraw("score", folder, "--reward", "negative-length").exitCode()).isZero();
    Ran longer = Ran.topdraw(with(command, "2"));
    assertThat(longer.exitCode()).as(longer.err()).isZero();
    assertThat(longer.err()).doesNotContain("missing");
  }

  @Test
  void aRunTriesThemAgainWithoutDrawing() throws IOException {
    Path broken = temp.resolve("broken-run");
    Files.createFile(broken);
    String[] command = {
      "run",
      temp.resolve("prompts.txt").toString(),
      "-n",
      "2",
      "--max-tokens",
      "4",
      "--reward",
      "negative-length",
      "--reward",
      script("mended-run", "[ -e " + broken + " ] && exit 5\n" + WELL),
      "-o",
      temp.resolve("again").toString()
    };
    assertThat(Ran.topdraw(command).exitCode()).isEqualTo(3);
    Files.delete(broken);
    Ran ran = Ran.topdraw(command);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("All 4 samples are recorded already").doesNotContain("missing");
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
  }
}
