package topdraw.recordings.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.recordings.Recording;

/// The formats of others, each read into the same samples.
class ImportedRecordingTest {
  private static final Mapping NOTHING_TOLD = new Mapping(Map.of(), List.of(), false);

  @TempDir private Path folder;

  private static final Mapping LENIENT =
      new Mapping(
          Map.<String, List<String>>of(), List.of(), false, Map.of(), true, Optional.empty());

  private List<PromptDraws> read(String... inputs) throws IOException {
    List<PromptDraws> prompts = new ArrayList<>();
    try (Recording recording = Recordings.open(List.of(inputs), NOTHING_TOLD)) {
      assertThat(recording.bad().first()).isEmpty();
      recording.forEach(prompts::add);
    }
    return prompts;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private List<PromptDraws> lines(String text) throws IOException {
    return read(write("rows.jsonl", text).toString());
  }

  private static List<String> said(PromptDraws prompt) {
    return prompt.draws().stream().map(s -> s.text().orElseThrow()).toList();
  }

  private static List<Double> scores(PromptDraws prompt, String reward) {
    return prompt.draws().stream().map(s -> s.scores().rank(reward)).toList();
  }

  /// Two prompts whose rows alternate, written by DuckDB in the format asked for.
  private void writeByDuck(Path file, String options) throws SQLException {
    try (var duck = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duck.createStatement()) {
      statement.execute(
          "copy (select 'q' || i % 2 as prompt, 'a' || i as response, i / 4 as score"
              + " from range(6) t(i)) to '"
              + file.toString().replace("'", "''")
              + "' "
              + options);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          it's.parquet   | (format parquet)
          a[1].parquet   | (format parquet, codec zstd)
          a.csv          | (format csv, header)
          it's.csv.gz    | (format csv, header, compression gzip)
          a.csv.zst      | (format csv, header, compression zstd)
          a.tsv          | (format csv, header, delimiter '\t')
          a.jsonl        | (format json)
          it's.jsonl.gz  | (format json, compression gzip)
          it's.jsonl.zst | (format json, compression zstd)
          a.json         | (format json, array true)
          a.json.gz      | (format json, array true, compression gzip)
          """)
  void everyFormatGivesTheSameSamples(String name, String options) throws Exception {
    Path file = folder.resolve(name);
    writeByDuck(file, options);
    List<PromptDraws> prompts = read(file.toString());
    assertThat(prompts)
        .extracting(PromptDraws::prompt)
        .containsExactly(Optional.of(text("q0")), Optional.of(text("q1")));
    assertThat(said(prompts.get(0))).containsExactly("a0", "a2", "a4");
    assertThat(said(prompts.get(1))).containsExactly("a1", "a3", "a5");
    assertThat(scores(prompts.get(1), "score")).containsExactly(0.25, 0.75, 1.25);
  }

  private static Prompt text(String text) {
    return new Prompt.Text(text);
  }

  /// Many enough that they are written to disk while the file is still read.
  @ParameterizedTest
  @ValueSource(strings = {"many.csv", "many.jsonl.zst", "many.json.zst"})
  void manyRowsAreReadWhileOthersAreWritten(String name) throws Exception {
    Path file = folder.resolve(name);
    try (var duck = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duck.createStatement()) {
      statement.execute(
          "copy (select 'q' || i % 40 as prompt, 'a' || i as response, i % 7 as score"
              + " from range(20000) t(i)) to '"
              + file
              + (name.endsWith(".csv") ? "' (header)" : "' (format json, compression zstd)"));
    }
    List<PromptDraws> prompts = read(file.toString());
    assertThat(prompts).hasSize(40).allMatch(prompt -> prompt.draws().size() == 500);
    assertThat(said(prompts.get(3))).startsWith("a3", "a43").endsWith("a19963");
  }

  @Test
  void aPatternMayGoThroughFoldersAndABrokenOneIsRefusedInOneLine() throws IOException {
    String row = "{\"prompt\": \"q\", \"text\": \"a\", \"score\": 1}\n";
    for (String name : List.of("a/one.jsonl", "b/one.jsonl", "b/c/two.jsonl", "b/c/notes.txt")) {
      Files.createDirectories(folder.resolve(name).getParent());
      write(name, row);
    }
    assertThat(read(folder + "/*/one.jsonl").getFirst().draws()).hasSize(2);
    assertThat(read(folder + "/**/*.jsonl").getFirst().draws()).hasSize(3);
    assertThat(read(folder + "/b/{c,d}/*.jsonl").getFirst().draws()).hasSize(1);
    String broken = folder + "/a[b.jsonl";
    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(broken + ": no such file, and no pattern: Missing ']");
    assertThatThrownBy(() -> read(folder + "/z/*.jsonl"))
        .hasMessageContaining("no such file, and no recording in it");
  }

  @Test
  void aRunBesideOtherFilesIsRefused() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("run.json"), "{}");
    Path file = write("a.jsonl", "{\"prompt\": \"q\", \"text\": \"a\", \"score\": 1}\n");
    assertThatThrownBy(() -> read(file.toString(), run.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(run + " is a run, which is read alone; or name its samples.jsonl");
  }

  @Test
  void aFileNamedTwiceIsRefusedHoweverItIsNamed() throws IOException {
    Path file = write("a.jsonl", "{\"prompt\": \"q\", \"text\": \"a\", \"score\": 1}\n");
    Path again = folder.resolve("..").resolve(folder.getFileName()).resolve("a.jsonl");
    for (String second : List.of(folder.toString(), again.toString())) {
      assertThatThrownBy(() -> read(file.toString(), second))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith(
              "a.jsonl is named twice, and its samples would count twice; name it once");
    }
  }

  @Test
  void aBrokenLineIsNamedWithoutTheParsersOwnWords() throws IOException {
    Path file =
        write(
            "torn.jsonl",
            "{\"prompt\": \"q\", \"text\": \"a\", \"score\": 1}\n{\"prompt\": \"q\"\n");
    try (Recording recording = Recordings.open(List.of(file.toString()), LENIENT)) {
      assertThat(recording.bad().first())
          .containsExactly(
              file + ":2: not JSON: Unexpected end-of-input: expected close marker for Object");
    }
  }

  @Test
  void aFolderAndAPatternReadTheirFilesInOrderOfName() throws Exception {
    writeByDuck(folder.resolve("s-2.parquet"), "(format parquet)");
    writeByDuck(folder.resolve("s-1.jsonl"), "(format json)");
    write("notes.txt", "not a recording");
    for (String input : List.of(folder.toString(), folder.resolve("s-*").toString())) {
      assertThat(said(read(input).getFirst())).containsExactly("a0", "a2", "a4", "a0", "a2", "a4");
    }
    assertThatThrownBy(() -> read(folder.resolve("t-*").toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void longTextsAfterManyShortOnesAreReadInTheOrderOfTheirPrompts() throws IOException {
    int rows = 3_000;
    Path file = folder.resolve("long.jsonl");
    try (var out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < rows; i++) {
        String text = i + " " + "x".repeat(i < 2_100 ? 5 : 60_000);
        out.write("{\"prompt\":\"q%d\",\"response\":\"%s\",\"score\":1}\n".formatted(i % 3, text));
      }
    }
    List<PromptDraws> prompts = read(file.toString());
    assertThat(prompts).hasSize(3);
    for (int p = 0; p < 3; p++) {
      List<String> texts = said(prompts.get(p));
      assertThat(texts).hasSize(rows / 3);
      for (int k = 0; k < texts.size(); k++) {
        int row = 3 * k + p;
        assertThat(texts.get(k)).startsWith(row + " x");
        assertThat(texts.get(k).chars().filter(c -> c == 'x').count())
            .isEqualTo(row < 2_100 ? 5 : 60_000);
      }
    }
  }

  /// More rows than one file is put in order of: short ones, long ones, of many prompts.
  @ParameterizedTest
  @CsvSource({
    "x, 400, 30000, 300",
    "x, 3900, 6000, 300",
    "界, 1300, 6000, 300",
    "x, 350, 40000, 40000"
  })
  void manyRowsOfALengthAreRead(String letter, int letters, int rows, int prompts)
      throws IOException {
    Path file = folder.resolve("many.jsonl");
    String said = letter.repeat(letters);
    String asked = letter.repeat(letters / 2);
    try (var out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < rows; i++) {
        out.write(
            "{\"prompt\":\"%d %s\",\"response\":\"%d%s\",\"score\":%d}\n"
                .formatted(i % prompts, asked, i, said, i % 7));
      }
    }
    int[] seen = new int[2];
    try (Recording recording = Recordings.open(List.of(file.toString()), NOTHING_TOLD)) {
      recording.forEach(
          prompt -> {
            for (int k = 0; k < prompt.draws().size(); k++) {
              int row = prompts * k + seen[0];
              assertThat(prompt.draws().get(k).text()).contains(row + said);
              seen[1]++;
            }
            seen[0]++;
          });
    }
    assertThat(seen).containsExactly(prompts, rows);
  }

  @Test
  void badRowsAreCountedAndTheFirstFiveNamedByFileAndLine() throws IOException {
    Path file =
        write(
            "bad.jsonl",
            "{\"prompt\": \"q\", \"response\": \"a\", \"score\": 1}\n".repeat(3)
                + "{\"prompt\": \"q\", \"score\": \"high\"}\n"
                + "[1]\n"
                + "not json\n"
                + "{}\n"
                + "{\n"
                + "{\"prompt\": \"\"}\n");
    try (Recording recording = Recordings.open(List.of(file.toString()), LENIENT)) {
      assertThat(recording.bad().count()).isEqualTo(5);
      assertThat(recording.bad().first())
          .hasSize(5)
          .allMatch(line -> line.startsWith(file + ":"))
          .anyMatch(line -> line.startsWith(file + ":5: "));
      assertThat(recording.columns())
          .anyMatch(
              line ->
                  line.contains("1 of 9 rows have a score that cannot be read")
                      && line.contains(file + ":4: 'score' is not a number but 'high'"));
    }
    assertThatThrownBy(() -> Recordings.open(List.of(file.toString()), NOTHING_TOLD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("6 of 9 rows cannot be read, more than 1 %")
        .hasMessageContaining("--lenient");
  }

  /// Whether it stands among the rows that are looked at first or far behind them.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3   | "outcome_id":{"a":1} | outcome_id is a word or a number, was {"a":1}
          300 | "outcome_id":{"a":1} | outcome_id is a word or a number, was {"a":1}
          300 | "outcome_id":[7]     | outcome_id is a word or a number, was [7]
          300 | "scores":[{"name":{"a":1},"score":1}] | the name of a score is a word or a number, was {"a":1}
          """)
  void aNameThatIsNoWordIsTheRowsFault(int line, String wrong, String why) throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= 400; i++) {
      rows.append(
          "{\"prompt\":\"q%d\",\"response\":\"a%d\",%s,\"outcome_id\":%d%s}\n"
              .formatted(
                  i % 7,
                  i,
                  "\"scores\":[{\"name\":\"m\",\"score\":1}]",
                  i,
                  i == line ? "," + wrong : ""));
    }
    Path file = write("named.jsonl", rows.toString());
    try (Recording recording = Recordings.open(List.of(file.toString()), NOTHING_TOLD)) {
      assertThat(recording.bad().first()).containsExactly(file + ":" + line + ": " + why);
      assertThat(recording.bad().count()).isEqualTo(1);
    }
  }

  private static Set<Path> scratch() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<Path> found = Files.list(temporary)) {
      return found
          .filter(path -> String.valueOf(path.getFileName()).startsWith("topdraw-"))
          .collect(Collectors.toSet());
    }
  }

  /// As programs do that tidy up the system's temporary folder: the machine's fault, in one line.
  @Test
  void whatWasRemovedFromTheTemporaryFolderIsSaid() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      rows.append("{\"prompt\":\"q%d\",\"response\":\"a\",\"score\":1}\n".formatted(i % 3));
    }
    Path file = write("apart.jsonl", rows.toString());
    Set<Path> before = scratch();
    try (Recording recording = Recordings.open(List.of(file.toString()), NOTHING_TOLD)) {
      Set<Path> own = scratch();
      own.removeAll(before);
      assertThat(own).hasSize(1);
      Path removed = own.iterator().next();
      try (Stream<Path> inside = Files.walk(removed)) {
        for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
      assertThatThrownBy(() -> recording.forEach(prompt -> {}))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "cannot keep rows in the temporary folder "
                  + removed
                  + ": it, or what was in it, was removed meanwhile");
    }
  }

  @Test
  void aFileToJoinThatIsNotThereIsTheUsersToMend() throws IOException {
    Path file = write("first.jsonl", "{\"id\":1,\"prompt\":\"q\",\"response\":\"a\"}\n");
    for (Map.Entry<Path, String> other :
        Map.of(
                folder.resolve("none.jsonl"),
                "there is no file " + folder.resolve("none.jsonl"),
                folder,
                folder + " is a folder, and is read more than once; give a file")
            .entrySet()) {
      Mapping joined =
          new Mapping(
              Map.<String, List<String>>of(),
              List.of(),
              false,
              Map.of(),
              false,
              Optional.of(Join.of(other.getKey(), List.of("id"))));
      assertThatThrownBy(() -> Recordings.open(List.of(file.toString()), joined))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(other.getValue());
    }
  }

  /// A generated name stands right before a prompt that is really called so.
  @Test
  void promptsOfOneNameAreNeverOnePrompt() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (String[] prompt : new String[][] {{"a", "x"}, {"a", "y"}, {"a#2", "z"}, {"a", "x"}}) {
      for (int i = 0; i < 2; i++) {
        rows.append(
            "{\"prompt_id\":\"%s\",\"prompt\":\"%s\",\"response\":\"%s %d\",\"score\":%d}\n"
                .formatted(prompt[0], prompt[1], prompt[1], i, i));
      }
    }
    List<PromptDraws> prompts = lines(rows.toString());
    assertThat(prompts).extracting(PromptDraws::key).containsExactly("a", "a#2", "a#2#2");
    assertThat(prompts).extracting(prompt -> prompt.draws().size()).containsExactly(4, 2, 2);
    assertThat(said(prompts.get(2))).containsExactly("z 0", "z 1");
  }

  @Test
  void samplesKnowTheirPlace() throws IOException {
    assertThat(lines("{\"prompt\": \"q\", \"responses\": [\"a\", \"b\"], \"scores\": [1, 2]}\n"))
        .flatExtracting(PromptDraws::draws)
        .extracting(s -> s.place().toString())
        .containsExactly(
            folder.resolve("rows.jsonl") + ":1[0]", folder.resolve("rows.jsonl") + ":1[1]");
  }

  @Test
  void aPipeOrADeviceIsNoRecording() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe.jsonl");
    int code;
    try {
      code = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    } catch (IOException e) {
      code = -1;
    }
    Assumptions.assumeTrue(code == 0, "needs mkfifo");
    Path device = Files.createSymbolicLink(folder.resolve("zero.jsonl"), Path.of("/dev/zero"));
    assertThatThrownBy(() -> NamedFiles.of(List.of(pipe.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(pipe + " is a pipe, and is read more than once; give a file");
    assertThatThrownBy(() -> NamedFiles.of(List.of(device.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a device or socket, not a file, and is read more than once");
    Files.delete(device);
  }
}
