package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.attack.Attack;
import topdraw.attack.Mutation;
import topdraw.draw.Draw;
import topdraw.draw.Score;
import topdraw.draw.Tokens;
import topdraw.input.InputException;
import topdraw.recordings.Recording;
import topdraw.recordings.compare.RecordedComparison;
import topdraw.recordings.exports.Export;
import topdraw.recordings.exports.ExportFormat;
import topdraw.recordings.exports.TableShape;
import topdraw.recordings.prompts.PromptFile;
import topdraw.reward.Rewards;
import topdraw.theory.finding.Confidence;

/// A run's folder that somebody or something was at: an analysis, a comparison, an export, more
/// scores and the run that goes on refuse it in one line, or have the numbers of the run as it was
/// recorded. Where the end is missing, as a writer that died leaves it, they have some of them.
@Tag("attack")
class RunAttackTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final PromptFile PROMPTS = Runs.prompts("one\ntwo\nthree \"☃\"\n");
  private static final int BATCHES = 3;

  @TempDir private static Path folder;
  private static Map<String, byte[]> whole = Map.of();
  private static Map<String, byte[]> others = Map.of();
  private static List<String> numbers = List.of();

  @TempDir private Path temp;

  @BeforeAll
  static void record() throws IOException {
    whole = files(recorded(folder.resolve("run"), 7));
    others = files(recorded(folder.resolve("other"), 8));
    numbers = read(folder.resolve("run"));
    assertThat(numbers).hasSize(PROMPTS.prompts().size() * Runs.N * BATCHES);
  }

  private static Path recorded(Path run, long seed) throws IOException {
    resume(run, seed, PROMPTS);
    Scoring.score(run, Rewards.negativeLength(), _ -> {});
    Scoring.score(run, Rewards.named("regex:é"), _ -> {});
    return run;
  }

  private static void resume(Path run, long seed, PromptFile prompts) throws IOException {
    try (RunFolder open = RunFolder.open(run, Runs.manifest(prompts, seed, BATCHES), prompts)) {
      open.record(new ShuffledPolicy(seed), Runs.REWARDS, (_, _) -> {});
    }
  }

  private static Map<String, byte[]> files(Path run) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(run)) {
      for (Path file : all.filter(f -> f.toString().contains(".json")).toList()) {
        files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static byte[] bytes(Map<String, byte[]> files, String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  /// What an analysis gets: a line each draw.
  private static List<String> read(Path run) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Recording recording = RunRecording.open(run)) {
      recording.forEach(
          prompt ->
              prompt
                  .draws()
                  .forEach(draw -> lines.add(prompt.key() + prompt.prompt() + words(draw))));
      assertThat(recording.source(List.of("x"), true, List.of()).inputs()).isNotEmpty();
    }
    return lines;
  }

  private static String words(Draw draw) {
    Map<String, Score> scores = new TreeMap<>();
    for (int r = 0; r < draw.scores().names().size(); r++) {
      scores.put(draw.scores().names().get(r), draw.scores().scores().get(r));
    }
    String tokens =
        draw.tokens() instanceof Tokens.Ids ids
            ? Arrays.toString(ids.ids()) + Arrays.toString(ids.logProbabilities())
            : "";
    return tokens
        + draw.index()
        + " "
        + draw.text()
        + draw.logProbability()
        + draw.length()
        + draw.finish()
        + scores;
  }

  static LongStream seeds() {
    return Attack.seeds(30, 0.12);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aDamagedRunIsRefusedOrHasItsNumbers(long seed) throws Exception {
    Mutation mutation = new Mutation(seed);
    Path run = temp.resolve("run");
    Files.createDirectory(run);
    for (Map.Entry<String, byte[]> file : whole.entrySet())
      Files.write(run.resolve(file.getKey()), file.getValue());
    List<String> names = List.copyOf(whole.keySet());
    String done = damage(mutation, run, names.get(mutation.random().nextInt(names.size())));
    String what = "seed " + seed + ": " + done;
    Assertions.assertTimeoutPreemptively(
        LIMIT, () -> attack(run, seed, what), () -> "took too long: " + what);
  }

  private static void attack(Path run, long seed, String what) throws Exception {
    Optional<List<String>> read = tried(what, () -> read(run));
    read.ifPresent(lines -> assertRecorded(lines, "analyze, " + what));
    tried(what, () -> export(run))
        .ifPresent(
            lines ->
                assertThat(lines)
                    .as("export, %s", what)
                    .isEqualTo(read.map(List::size).orElse(-1)));
    tried(what, () -> compare(run))
        .ifPresent(difference -> assertThat(difference).as("compare, %s", what).isZero());
    boolean scores = seed % 2 == 0;
    if (scores) tried(what, () -> Scoring.score(run, Rewards.negativeLength(), _ -> {}));
    Optional<Boolean> resumed =
        tried(
            what,
            () -> {
              resume(run, 7, PROMPTS);
              return true;
            });
    if (resumed.isPresent()) {
      Optional<List<String>> again = tried(what, () -> read(run));
      again.ifPresent(lines -> assertRecorded(lines, "run again, " + what));
      again.ifPresent(lines -> assertThat(lines).as("run again, %s", what).hasSize(numbers.size()));
    }
  }

  /// Each draw is one that was recorded, but for scores that are said to be missing; none is twice.
  private static void assertRecorded(List<String> lines, String what) {
    assertThat(lines.stream().map(RunAttackTest::withoutLater)).as(what).doesNotHaveDuplicates();
    for (String line : lines) {
      String recorded =
          numbers.stream()
              .filter(n -> withoutLater(n).equals(withoutLater(line)))
              .findFirst()
              .orElse("none");
      assertThat(recorded).as("is recorded: %s, %s", line, what).isNotEqualTo("none");
      for (String later : List.of("negative-length=", "regex:é=")) {
        String score = score(line, later);
        if (!score.isEmpty() && !score.startsWith("Missing"))
          assertThat(score).as("%s %s", later, what).isEqualTo(score(recorded, later));
      }
    }
  }

  private static String score(String line, String name) {
    int at = line.indexOf(name);
    return at < 0 ? "" : line.substring(at + name.length(), line.indexOf(']', at));
  }

  /// The draw and the scores that the run itself has.
  private static String withoutLater(String line) {
    return line.replaceAll("(negative-length|regex:é)=[^\\]]*\\](, )?", "").replace(", }", "}");
  }

  private static int export(Path run) throws IOException {
    var out = new ByteArrayOutputStream();
    try (Recording recording = RunRecording.open(run)) {
      Export.toStream(recording, ExportFormat.JSONL, new TableShape(recording.rewards()), out);
    }
    return (int) out.toString(StandardCharsets.UTF_8).lines().count();
  }

  /// How much better the damaged run is than itself as it was.
  private static double compare(Path run) throws IOException {
    try (Recording one = RunRecording.open(folder.resolve("run"));
        Recording other = RunRecording.open(run)) {
      return RecordedComparison.of(one, other, "log-likelihood", Confidence.DEFAULT)
          .findings()
          .getFirst()
          .value();
    }
  }

  @FunctionalInterface
  private interface Attempt<T> {
    T made() throws Exception;
  }

  private static <T> Optional<T> tried(String what, Attempt<T> attempt) throws Exception {
    try {
      return Optional.of(attempt.made());
    } catch (InputException e) {
      assertThat(e.getMessage()).as(what).isNotBlank().doesNotContain("\n");
      return Optional.empty();
    }
  }

  /// Does something to one file.
  private static String damage(Mutation mutation, Path run, String name) throws Exception {
    Path file = run.resolve(name);
    String text = new String(bytes(whole, name), StandardCharsets.UTF_8);
    int kind = mutation.random().nextInt(18);
    switch (kind) {
      case 0 -> Files.write(file, mutation.of(bytes(whole, name)));
      case 1 -> write(file, mutation.of(text));
      case 2, 3, 4 -> write(file, mutation.linesOf(text));
      case 5 -> Files.write(file, new byte[0]);
      case 6 -> Files.delete(file);
      case 7 -> {
        Files.delete(file);
        Files.createDirectory(file);
      }
      case 8 -> {
        Files.delete(file);
        new ProcessBuilder("mkfifo", file.toString()).start().waitFor(5, TimeUnit.SECONDS);
      }
      case 9 -> Files.write(file, others.getOrDefault(name, bytes(others, "samples.jsonl")));
      case 10, 13, 14, 15 -> Files.writeString(file, edited(mutation, text));
      case 16 -> Files.writeString(file, digits(mutation, text));
      case 11 ->
          Files.write(
              file,
              Arrays.copyOf(
                  bytes(whole, name), mutation.random().nextInt(bytes(whole, name).length)));
      case 12 -> {
        String other = mutation.oneOf(whole.keySet().toArray(String[]::new));
        Files.write(file, bytes(whole, other));
      }
      default -> Files.writeString(file, foreignLine(mutation, name, text));
    }
    return "kind " + kind + " of " + name;
  }

  /// Halves of surrogate pairs are written as question marks.
  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /// One digit of what a line says of its draw is another.
  private static String edited(Mutation mutation, String text) {
    String field =
        mutation.oneOf(
            "\"sum\":", "\"value\":", "\"text\":", "\"per_token\":", "\"token_ids\":", "\"i\":");
    int from = text.indexOf(field, mutation.random().nextInt(text.length()));
    return digit(mutation, text, from < 0 ? 0 : from + field.length());
  }

  /// One digit of one number is another.
  private static String digits(Mutation mutation, String text) {
    return digit(mutation, text, mutation.random().nextInt(text.length()));
  }

  /// The first digit from here is another.
  private static String digit(Mutation mutation, String text, int from) {
    StringBuilder changed = new StringBuilder(text);
    int at = from % text.length();
    while (!Character.isDigit(text.charAt(at))) at = (at + 1) % text.length();
    changed.setCharAt(
        at, (char) ('0' + (text.charAt(at) - '0' + 1 + mutation.random().nextInt(9)) % 10));
    return changed.toString();
  }

  /// A line of another run, with its own checksum, in the place of one.
  private static String foreignLine(Mutation mutation, String name, String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    List<String> foreign =
        new String(others.getOrDefault(name, bytes(whole, name)), StandardCharsets.UTF_8)
            .lines()
            .toList();
    int at = mutation.random().nextInt(Math.min(lines.size(), foreign.size()));
    lines.set(at, foreign.get(at));
    return String.join("\n", lines) + "\n";
  }
}
