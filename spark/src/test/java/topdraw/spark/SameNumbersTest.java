package topdraw.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.cli.Ran;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.GoldQuestion;
import topdraw.estimate.GoldStudy;
import topdraw.estimate.Measurements;
import topdraw.estimate.OneSet;
import topdraw.estimate.Overoptimization;
import topdraw.estimate.Protocol;
import topdraw.estimate.Questions;
import topdraw.input.InputException;
import topdraw.recordings.Recording;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.Recordings;
import topdraw.recordings.prompts.PromptFile;
import topdraw.recordings.run.Run;
import topdraw.reference.TablePolicy;
import topdraw.reward.Rewards;
import topdraw.theory.finding.Confidence;
import topdraw.theory.law.OutcomeTable;

/// What Spark says of a recording is what one machine says of it.
class SameNumbersTest {
  private static final String MASTER = "local[2]";
  private static final long SEED = 20261130;

  @TempDir private static Path temp;
  private static SparkSession session;

  /// One session for all tests: each would start another.
  @BeforeAll
  static void start() {
    session = Session.open(MASTER).spark();
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  /// All that is known of a recording.
  private record Known(
      Analysis analysis,
      Optional<Overoptimization> study,
      List<String> rewards,
      List<String> columns,
      List<String> mappings,
      List<String> unused,
      Object bad,
      long taken,
      long leftOut) {
    static Known of(Recording opened, AnalysisQuestion question) throws IOException {
      try (Recording recording = opened) {
        OneSet set = new OneSet(question.grid());
        Optional<GoldQuestion> gold =
            question
                .gold()
                .map(name -> new GoldQuestion(question.reward(), name, Optional.empty()));
        Questions questions =
            gold.map(study -> Questions.of(question, study))
                .orElseGet(() -> Questions.of(question));
        Measurements measured = recording.measure(questions, set, true);
        return new Known(
            Analysis.of(measured, question, Confidence.DEFAULT),
            gold.flatMap(study -> GoldStudy.possible(measured, study, 0, Confidence.DEFAULT)),
            recording.rewards(),
            recording.columns(),
            recording.mappings(),
            recording.unused(),
            recording.bad(),
            set.taken(),
            set.leftOut());
      }
    }
  }

  private static AnalysisQuestion question(String reward, String gold, Integer... grid) {
    return new AnalysisQuestion(
        reward,
        Optional.of(gold).filter(name -> !name.isEmpty()),
        OptionalDouble.of(0.5),
        List.of(grid),
        Protocol.SUBSETS);
  }

  private static void assertAlike(List<Path> files, AnalysisQuestion question) throws IOException {
    List<String> inputs = files.stream().map(Path::toString).toList();
    Known one = Known.of(Recordings.open(inputs, Mapping.NONE), question);
    Known many = Known.of(Recordings.onCluster(MASTER, inputs, Mapping.NONE), question);
    assertThat(many)
        .usingRecursiveComparison()
        .withComparatorForType(SameNumbersTest::close, Double.class)
        .isEqualTo(one);
    assertThat(one.analysis().curve()).isNotEmpty();
  }

  private static int close(Double a, Double b) {
    return a.equals(b) || Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a))
        ? 0
        : Double.compare(a, b);
  }

  @Test
  void linesInSlicesWithRowsThatCannotBeRead() throws IOException {
    List<String> rows = Samples.torn(Samples.rows(SEED, 4_000, 500), SEED);
    Path file = Samples.write(temp.resolve("lines.jsonl"), rows);
    assertThat(TextSlice.of(InputFiles.of(session, List.of(file.toString())).all(), 2))
        .hasSizeGreaterThan(2);
    assertAlike(List.of(file), question("score", "correct"));
  }

  @Test
  void severalFilesOneOfThemPackedWhosePromptsGoOnInTheNext() throws IOException {
    List<String> rows = Samples.rows(SEED + 1, 900, 20);
    Path first = Samples.write(temp.resolve("b.jsonl"), rows.subList(0, 500));
    Path second = temp.resolve("a.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(second))) {
      out.write(String.join("\n", rows.subList(500, 900)).getBytes(StandardCharsets.UTF_8));
    }
    assertAlike(List.of(first, second), question("score", "", 1, 4, 30));
  }

  @Test
  void parquetInGroupsOfRows() throws IOException {
    Path lines = Samples.write(temp.resolve("p.jsonl"), Samples.rows(SEED + 2, 6_000, 20));
    Path file = Samples.parquet(lines, temp.resolve("p.parquet"));
    assertAlike(List.of(file), question("correct", "score"));
  }

  @Test
  void columnsThatTellQuestionsOrPoliciesApart() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int prompt = 0; prompt < 14; prompt++) {
      for (int i = 0; i < 12; i++) {
        rows.add(
            "{\"question\": \"q%d\", \"response\": \"r%d\", \"score\": %d, \"part_id\": \"%d-%d\", \"arm\": \"%s\"}"
                .formatted(prompt, i * 7 % 5, i * 5 % 7, prompt, i / 6, i % 2 == 0 ? "x" : "y"));
      }
    }
    Path file = Samples.write(temp.resolve("marks.jsonl"), rows);
    assertAlike(List.of(file), question("score", ""));
  }

  @Test
  void theExperimentOfThePaper() throws IOException {
    Path file = Path.of("../docs/experiments/samples.parquet");
    List<String> rewards;
    try (Recording recording = Recordings.open(List.of(file.toString()), Mapping.NONE)) {
      rewards = recording.rewards();
    }
    assertAlike(List.of(file), question(rewards.getFirst(), ""));
  }

  /// Of the first ten prompts some have too few draws, and fewer than ten are left: what is said of
  /// them rests on their own draws.
  @Test
  void promptsWithTooFewDrawsAmongTheFirst() throws IOException {
    List<String> rows = new ArrayList<>();
    Random random = new Random(SEED);
    for (int prompt = 0; prompt < 14; prompt++) {
      for (int i = 0; i < (prompt % 2 == 0 && prompt < 10 ? 2 : 9); i++) {
        rows.add(
            "{\"prompt\": \"q%d\", \"completion\": \"r%d\", \"score\": %d}"
                .formatted(prompt, random.nextInt(1_000_000), random.nextInt(20)));
      }
    }
    Path file = Samples.write(temp.resolve("few.jsonl"), rows);
    assertAlike(List.of(file), question("score", "", 1, 2, 4));
  }

  @Test
  void aRunFolder() throws IOException {
    Path folder = temp.resolve("run");
    PromptFile prompts =
        PromptFile.of(IntStream.range(0, 17).mapToObj(i -> "prompt " + i).toList());
    try (TablePolicy policy =
        new TablePolicy(OutcomeTable.ofProbabilities(0.4, 0.3, 0.2, 0.1), SEED, 8)) {
      Run.record(
          folder,
          policy,
          List.of(Rewards.logLikelihood(), Rewards.named("regex:[02]")),
          prompts,
          4,
          5);
    }
    assertAlike(List.of(folder), question("regex:[02]", "log-likelihood"));
    assertAlike(
        List.of(Path.of("../recordings/src/test/resources/topdraw/recordings/run-v1")),
        AnalysisQuestion.of("log-likelihood"));
  }

  @Test
  void theScreenIsThatOfOneMachine() throws IOException {
    String file = Path.of("../examples/samples.jsonl").toString();
    Ran one = Ran.topdraw("analyze", file, "--verbose");
    Ran many = Ran.topdraw("analyze", file, "--verbose", "--spark", MASTER);
    assertThat(many).isEqualTo(one);
    assertThat(one.exitCode()).isZero();
    Ran lines = Ran.topdraw("analyze", file, "--json", "-n", "2,8");
    assertThat(Ran.topdraw("analyze", file, "--json", "-n", "2,8", "--spark", MASTER))
        .isEqualTo(lines);
  }

  @Test
  void whatIsNotReadOverSparkIsRefusedInOneLine() throws IOException {
    Path table = Files.writeString(temp.resolve("t.csv"), "question,answer,score\na,b,1\n");
    Path document =
        Files.writeString(
            temp.resolve("d.json"), "[\n{\"question\": \"a\", \"answer\": \"b\", \"score\": 1}]");
    Path raters =
        Samples.write(
            temp.resolve("raters.jsonl"),
            IntStream.range(0, 40)
                .mapToObj(
                    i ->
                        "{\"question\": \"q%d\", \"response\": \"r%d\", \"rater\": \"%s\", \"score\": %d}"
                            .formatted(i / 8, i / 2, "ab".charAt(i % 2), i % 5))
                .toList());
    for (Map.Entry<Path, String> refused :
        Map.of(table, "leave --spark out", document, "leave --spark out", raters, "rater's view")
            .entrySet()) {
      assertThatThrownBy(
              () ->
                  Recordings.onCluster(MASTER, List.of(refused.getKey().toString()), Mapping.NONE))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(refused.getKey().toString())
          .hasMessageContaining(refused.getValue())
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aNameOfNoFileSystemIsRefusedInOneLine() {
    for (Map.Entry<String, String> refused :
        Map.of(
                "s3://bucket/x.jsonl",
                "no file system of that name here",
                "a:b.jsonl",
                "rename a file whose name has a colon",
                "[.jsonl",
                "close each [",
                "none.jsonl",
                "no such file")
            .entrySet()) {
      Ran ran = Ran.topdraw("analyze", refused.getKey(), "--spark", MASTER);
      assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err().strip().lines()).hasSize(1);
      assertThat(ran.err())
          .startsWith("topdraw: " + refused.getKey() + ": ")
          .contains(refused.getValue());
    }
  }

  @Test
  void aFileWhoseNameHasAColonIsRefusedInOneLine() throws IOException {
    String file =
        Samples.write(temp.resolve("a:b.jsonl"), Samples.rows(SEED + 4, 200, 20)).toString();
    assertThat(refusal(() -> Recordings.onCluster(MASTER, List.of(file), Mapping.NONE)))
        .startsWith(file + ": ")
        .contains("rename a file whose name has a colon")
        .doesNotContain("\n");
    try (Recording one = Recordings.open(List.of(file), Mapping.NONE)) {
      assertThat(one.rewards()).contains("score");
    }
  }

  @Test
  void aFileThatEndsEarlyIsRefusedAsOnOneMachine() throws IOException {
    String rows = String.join("\n", Samples.rows(SEED + 3, 200, 20));
    Path file = Files.writeString(temp.resolve("cut.jsonl"), rows.substring(0, rows.length() - 9));
    String one = refusal(() -> Recordings.open(List.of(file.toString()), Mapping.NONE));
    assertThat(refusal(() -> Recordings.onCluster(MASTER, List.of(file.toString()), Mapping.NONE)))
        .isEqualTo(one)
        .contains("the file ends early");
  }

  @Test
  void aFileWithoutASampleIsRefusedAsOnOneMachine() throws IOException {
    for (String text : List.of("", "\n \n", "\nwords\n{}\n", "7\n\"a\"\n")) {
      Path file = Files.writeString(temp.resolve("none.jsonl"), text);
      String one = refusal(() -> Recordings.open(List.of(file.toString()), Mapping.NONE));
      assertThat(
              refusal(() -> Recordings.onCluster(MASTER, List.of(file.toString()), Mapping.NONE)))
          .as(text)
          .isEqualTo(one)
          .startsWith(file + ": no");
    }
  }

  /// Of two members the second is damaged, which Java's own reader takes for the end.
  @Test
  void aDamagedPackedFileIsRefusedAsOnOneMachine() throws IOException {
    List<String> rows = Samples.rows(SEED + 5, 400, 20);
    var packed = new ByteArrayOutputStream();
    for (List<String> half : List.of(rows.subList(0, 200), rows.subList(200, 400))) {
      try (OutputStream out = new GZIPOutputStream(packed)) {
        out.write((String.join("\n", half) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] bytes = packed.toByteArray();
    String whole = Files.write(temp.resolve("two.jsonl.gz"), bytes).toString();
    assertAlike(List.of(Path.of(whole)), question("score", ""));
    for (int at : new int[] {40, bytes.length / 2 - 300, bytes.length - 700, bytes.length - 5}) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x55;
      String file = Files.write(temp.resolve("at" + at + ".jsonl.gz"), damaged).toString();
      String one = refusal(() -> Recordings.open(List.of(file), Mapping.NONE));
      assertThat(refusal(() -> Recordings.onCluster(MASTER, List.of(file), Mapping.NONE)))
          .isEqualTo(one)
          .startsWith(file + ": cannot be read: the gzip data are damaged in member ");
    }
    String cut =
        Files.write(temp.resolve("cut.jsonl.gz"), Arrays.copyOf(bytes, bytes.length - 20))
            .toString();
    String one = refusal(() -> Recordings.open(List.of(cut), Mapping.NONE));
    assertThat(refusal(() -> Recordings.onCluster(MASTER, List.of(cut), Mapping.NONE)))
        .isEqualTo(one)
        .contains("Unexpected end of gzip input, in member 2");
  }

  @Test
  void aDamagedParquetFileIsRefusedByItsName() throws IOException {
    Path lines = Samples.write(temp.resolve("whole.jsonl"), Samples.rows(SEED + 6, 300, 20));
    byte[] bytes = Files.readAllBytes(Samples.parquet(lines, temp.resolve("whole.parquet")));
    byte[] page = bytes.clone();
    Arrays.fill(page, 4, 40, (byte) 0xff);
    byte[] footer = bytes.clone();
    Arrays.fill(footer, bytes.length - 400, bytes.length - 300, (byte) 0xff);
    for (byte[] damaged : List.of(Arrays.copyOf(bytes, bytes.length - 9), page, footer)) {
      String file = Files.write(temp.resolve("damaged.parquet"), damaged).toString();
      assertThat(refusal(() -> Recordings.open(List.of(file), Mapping.NONE))).startsWith(file);
      assertThat(refusal(() -> Recordings.onCluster(MASTER, List.of(file), Mapping.NONE)))
          .startsWith(file + ": cannot be read: ")
          .doesNotContain("\n");
    }
  }

  private interface Opening {
    Recording open() throws IOException;
  }

  private static String refusal(Opening opening) throws IOException {
    try (Recording recording = opening.open()) {
      throw new AssertionError("read " + Arrays.toString(recording.rewards().toArray()));
    } catch (InputException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
