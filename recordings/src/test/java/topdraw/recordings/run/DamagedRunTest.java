package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draw;
import topdraw.draw.Tokens;
import topdraw.input.InputException;
import topdraw.json.Json;
import topdraw.recordings.Recording;
import topdraw.recordings.prompts.PromptFile;
import topdraw.reward.Rewards;

/// What was changed in a run's folder by an editor, a bad disk or an attacker is named, and no
/// reader takes it for what was recorded.
class DamagedRunTest {
  private static final PromptFile PROMPTS = Runs.prompts("one\ntwo\n");

  @TempDir private Path temp;
  private Path run;

  @BeforeEach
  void record() throws IOException {
    run = temp.resolve("run");
    resume();
    Scoring.score(run, Rewards.negativeLength(), _ -> {});
  }

  private void resume() throws IOException {
    try (RunFolder folder = RunFolder.open(run, Runs.manifest(PROMPTS, 7, 1), PROMPTS)) {
      folder.record(new ShuffledPolicy(7), Runs.REWARDS, (_, _) -> {});
    }
  }

  /// Everything a reader gets of the run.
  private String read() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Recording recording = RunRecording.open(run)) {
      all.append(recording.provenance()).append(recording.missing()).append(recording.rewards());
      recording.forEach(
          prompt -> {
            all.append(prompt.key()).append(prompt.prompt());
            prompt.draws().forEach(draw -> all.append('\n').append(words(draw)));
          });
    }
    return all.toString();
  }

  private static String words(Draw draw) {
    String tokens = draw.tokens() instanceof Tokens.Ids ids ? Arrays.toString(ids.ids()) : "";
    return draw.index()
        + tokens
        + List.of(draw.text(), draw.logProbability(), draw.length(), draw.finish(), draw.origin())
        + draw.scores().names()
        + draw.scores().scores();
  }

  private List<Path> lineFiles() throws IOException {
    List<Path> files = new ArrayList<>(ScoreFile.paths(run));
    assertThat(files).hasSize(1);
    files.add(run.resolve("samples.jsonl"));
    return files;
  }

  /// Every other byte by each seed.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void aByteChangedAnywhereInALineIsAnErrorOrChangesNothing(long seed) throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    String before = read();
    int errors = 0;
    for (Path file : lineFiles()) {
      byte[] whole = Files.readAllBytes(file);
      for (int at = (int) seed % 2; at < whole.length; at += 2) {
        byte[] changed = whole.clone();
        changed[at] ^= (byte) random.nextInt(1, 256);
        Files.write(file, changed);
        String what = file.getFileName() + ", byte " + at + " is " + changed[at];
        Optional<String> after = readOrRefused(what);
        errors += after.isEmpty() ? 1 : 0;
        after.ifPresent(read -> assertThat(read).as(what).isEqualTo(before));
      }
      Files.write(file, whole);
    }
    assertThat(errors).isGreaterThan(3_000);
  }

  private Optional<String> readOrRefused(String what) throws IOException {
    try {
      return Optional.of(read());
    } catch (InputException e) {
      assertThat(e).as(what).hasMessageMatching("(?s)" + run + "/s[^:]+jsonl:\\d+: .*");
      return Optional.empty();
    }
  }

  /// The last line may be one that a dying writer left: it is drawn anew, with the same bytes.
  @Test
  void aByteChangedAnywhereIsAnErrorToWhoeverGoesOnOrIsMended() throws IOException {
    Path file = run.resolve("samples.jsonl");
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 37) {
      byte[] changed = whole.clone();
      changed[at] ^= 4;
      Files.write(file, changed);
      try {
        resume();
        assertThat(Files.readAllBytes(file)).as("byte " + at).isEqualTo(whole);
      } catch (InputException e) {
        assertThat(e).as("byte " + at).hasMessageContaining(file + ":");
        assertThat(Files.readAllBytes(file)).as("byte " + at).isEqualTo(changed);
      }
    }
  }

  @Test
  void anEditedRewardTextOrLogProbabilityIsNamedWithItsLine() throws IOException {
    Path file = run.resolve("samples.jsonl");
    String whole = Files.readString(file);
    List<String> edited =
        List.of(
            whole.replaceFirst("\"sum\":-[0-9.]+", "\"sum\":-0.5"),
            whole.replaceFirst("\"value\":-[0-9.]+", "\"value\":9"),
            whole.replaceFirst("\"text\":\"é", "\"text\":\"x"),
            whole.replaceFirst(",\"check\":\"\\w+\"", ""),
            whole.replaceFirst("\"v\":1", "\"v\": 1"));
    for (String text : edited) {
      assertThat(text).isNotEqualTo(whole);
      Files.writeString(file, text);
      assertThatThrownBy(this::read)
          .isInstanceOf(InputException.class)
          .hasMessageContaining(file + ":1: ")
          .hasMessageContaining("checksum");
      assertThatThrownBy(this::resume)
          .isInstanceOf(InputException.class)
          .hasMessageContaining(file + ":1: ")
          .hasMessageContaining("checksum");
    }
  }

  @Test
  void aRunWithoutChecksumsIsHeldToTheOrderOfItsLinesByEveryReader() throws IOException {
    unchecked();
    String before = read();
    Path file = run.resolve("samples.jsonl");
    List<String> lines = Files.readAllLines(file);
    List<String> without = new ArrayList<>(lines);
    without.remove(1);
    without.add(lines.get(1));
    lines(file, without);
    assertThatThrownBy(this::read)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file + ":2: a line is missing, doubled or out of place");
    List<String> swapped = new ArrayList<>(lines.subList(3, 6));
    swapped.addAll(lines.subList(3, 6));
    lines(file, swapped);
    assertThatThrownBy(this::read)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("out of place");
    List<String> more = new ArrayList<>(lines);
    more.addAll(lines.subList(0, 3));
    lines(file, more);
    assertThatThrownBy(this::read)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file + ":7: more lines than the run's 6");
    lines(file, lines);
    assertThat(read()).isEqualTo(before);
  }

  private static void lines(Path file, List<String> lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  /// Makes the run one of an earlier version.
  private void unchecked() throws IOException {
    for (Path file : lineFiles()) {
      Files.writeString(file, Files.readString(file).replaceAll(",\"check\":\"\\w+\"}", "}"));
    }
    Path manifest = run.resolve("run.json");
    Files.writeString(
        manifest, Files.readString(manifest).replaceAll(",\\s+\"check\" : \"\\w+\"", ""));
  }

  @ParameterizedTest(name = "run.json is {0}")
  @ValueSource(
      strings = {
        "null",
        "7",
        "[]",
        "\"run\"",
        "{}",
        "{\"v\":1}",
        "{\"v\":1,\"settings\":null}",
        "{\"v\":2}",
        "{\"v\":{}}",
        "",
        "{",
        "\u0000"
      })
  void whateverRunJsonHoldsIsSaidInOneLine(String text) throws IOException {
    Files.writeString(run.resolve("run.json"), text);
    refusedInOneLine("run.json");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "\"batches\" : 1 -> \"batches\" : -3",
        "\"batches\" : 1 -> \"batches\" : 0",
        "\"batches\" : 1 -> \"batches\" : 2000000000",
        "\"batches\" : 1 -> \"batches\" : 99999999999999999999",
        "\"batches\" : 1 -> \"batches\" : 1e400",
        "\"batches\" : 1 -> \"batches\" : null",
        "\"batches\" : 1 -> \"batches\" : 2",
        "\"prompts\" : 2 -> \"prompts\" : -1",
        "\"prompts\" : 2 -> \"prompts\" : 1",
        "\"n\" : 3 -> \"n\" : 0",
        "\"n\" : 3 -> \"n\" : 2147483647",
        "\"name\" : \"log-likelihood\" -> \"name\" : null",
        "\"rewards\" -> \"r\""
      })
  void countsAndSettingsThatNoRunHasAreSaidInOneLine(String edit) throws IOException {
    String[] words = edit.split(" -> ");
    Path manifest = run.resolve("run.json");
    String whole = Files.readString(manifest);
    assertThat(whole).contains(words[0]);
    Files.writeString(manifest, whole.replace(words[0], words[1]));
    refusedInOneLine("run.json");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"run.json", "samples.jsonl", "lock", "scores-"})
  void aPipeOrAFolderInTheStandOfAFileIsSaidInTime(String name) throws Exception {
    Path file = name.equals("scores-") ? ScoreFile.paths(run).getFirst() : run.resolve(name);
    Files.delete(file);
    Assumptions.assumeTrue(
        new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0, "needs mkfifo");
    refusedInOneLine(String.valueOf(file.getFileName()));
    Files.delete(file);
    Files.createDirectory(file);
    refusedInOneLine(String.valueOf(file.getFileName()));
  }

  private void refusedInOneLine(String name) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          if (!name.equals("lock")) {
            assertThatThrownBy(this::read)
                .isInstanceOf(InputException.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining("\n");
          }
          assertThatThrownBy(
                  () -> {
                    resume();
                    Scoring.score(run, Rewards.negativeLength(), _ -> {});
                  })
              .isInstanceOf(InputException.class)
              .hasMessageContaining(name)
              .hasMessageNotContaining("\n");
        });
  }

  @Test
  void linesKeepTheirFieldsAndTheChecksumCanBeComputedByAnyone() throws IOException {
    for (Path file : lineFiles()) {
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split(",\"check\":\"");
        String bare = parts[0] + "}";
        assertThat(parts[1]).isEqualTo(Json.sha256(bare).substring(0, 16) + "\"}");
        assertThat(Json.read(line).path("check").asString()).hasSize(16);
      }
    }
  }

  @Test
  void scoresUnderAnotherRewardsNameAreRefused() throws IOException {
    Path scores = ScoreFile.paths(run).getFirst();
    Path copy = ScoreFile.path(run, Rewards.named("regex:é").identity());
    Files.copy(scores, copy);
    assertThatThrownBy(this::read)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            copy + ":1: scores by negative-length, which are kept in " + scores.getFileName());
    Files.delete(scores);
    assertThatThrownBy(() -> Scoring.score(run, Rewards.named("regex:é"), _ -> {}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("scores by negative-length");
  }

  @Test
  void aTailThatNoWriterLeavesIsNamed() throws IOException {
    Path file = run.resolve("samples.jsonl");
    byte[] whole = Files.readAllBytes(file);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    Files.write(file, cut);
    Files.delete(ScoreFile.paths(run).getFirst());
    assertThat(read()).as("a line feed is missing, as where a writer died").contains("3[");
    Files.write(
        file, (new String(cut, StandardCharsets.UTF_8) + "x").getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(this::read)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file + ":6: something follows the end of the line");
  }
}
