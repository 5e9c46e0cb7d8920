package topdraw.recordings.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.recordings.Recording;

/// Files written by pandas, pyarrow, polars, DuckDB and zstd; `make.py` beside them made them.
class ForeignToolsTest {
  private static final Path FOLDER = Path.of("src/test/resources/topdraw/recordings/foreign-tools");

  @TempDir private Path temp;

  static Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("make.py") && !name.equals("pandas-nan.parquet"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static List<PromptDraws> read(String... inputs) throws IOException {
    try (Recording recording =
        Recordings.open(Arrays.asList(inputs), new Mapping(Map.of(), List.of(), false))) {
      assertThat(recording.bad().first()).isEmpty();
      List<PromptDraws> prompts = new ArrayList<>();
      recording.forEach(prompts::add);
      return prompts;
    }
  }

  private static List<PromptDraws> read(Path... inputs) throws IOException {
    return read(Arrays.stream(inputs).map(Path::toString).toArray(String[]::new));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void allHoldTheSameTwelveSamplesOfThreePrompts(String file) throws IOException {
    List<PromptDraws> prompts = read(FOLDER.resolve(file));
    assertThat(prompts).extracting(PromptDraws::display).containsExactly("q0", "q1", "q2");
    for (int q = 0; q < 3; q++) {
      List<Draw> samples = prompts.get(q).draws();
      int from = q;
      assertThat(samples)
          .extracting(s -> s.text().orElseThrow())
          .containsExactlyElementsOf(
              IntStream.range(0, 4).mapToObj(i -> "a" + (from + 3 * i)).toList());
      assertThat(samples)
          .extracting(s -> s.score().rank())
          .containsExactlyElementsOf(
              IntStream.range(0, 4).mapToObj(i -> (from + 3 * i) * 7 % 5 / 4.0).toList());
    }
  }

  @Test
  void aNaNIsAMissingRewardAndANullTextANamelessSample() throws IOException {
    PromptDraws prompt = read(FOLDER.resolve("pandas-nan.parquet")).getFirst();
    assertThat(prompt.draws().get(0).scores()).isEqualTo(Scores.none());
    assertThat(prompt.draws().get(1).scores().of("score")).isEqualTo(new Score.Value(1));
    assertThat(prompt.draws().get(2).text()).isEmpty();
    assertThat(prompt.outcomes()).containsExactly(0, 1, 2);
  }

  @Test
  void aFolderMayMixFormats() throws IOException {
    for (String name : List.of("polars.ndjson", "pandas-flat-gzip.parquet", "pandas-index.csv")) {
      Files.copy(FOLDER.resolve(name), temp.resolve(name));
    }
    Files.copy(FOLDER.resolve("make.py"), temp.resolve("make.py"));
    List<PromptDraws> prompts = read(temp);
    assertThat(prompts)
        .extracting(PromptDraws::prompt)
        .contains(Optional.of(new Prompt.Text("q2")));
    assertThat(prompts).allMatch(prompt -> prompt.draws().size() == 12);
    assertThat(read(temp.resolve("p*.[np]*"))).allMatch(p -> p.draws().size() == 8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pandas-flat-snappy.parquet",
        "pandas-lines.jsonl.gz",
        "zstd-lines.jsonl.zst",
        "pandas-tab.tsv.gz",
        "pandas-records.json"
      })
  void aFileThatEndsEarlyIsAnErrorThatNamesIt(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FOLDER.resolve(name));
    Path torn = Files.write(temp.resolve(name), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> read(torn))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(torn.toString());
  }

  /// DuckDB reads what is there of such a file, and says nothing.
  @Test
  void whereverAZstandardFileEndsEarlyItIsAnError() throws IOException {
    byte[] whole = Files.readAllBytes(FOLDER.resolve("zstd-lines.jsonl.zst"));
    for (int length = 1; length < whole.length; length++) {
      Path torn = Files.write(temp.resolve("torn.jsonl.zst"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ZstdFrames.requireWhole(torn)).isInstanceOf(EOFException.class);
    }
    byte[] twice = Arrays.copyOf(whole, 2 * whole.length);
    System.arraycopy(whole, 0, twice, whole.length, whole.length);
    ZstdFrames.requireWhole(Files.write(temp.resolve("twice.jsonl.zst"), twice));
    Path torn = Files.write(temp.resolve("torn.jsonl.zst"), Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> read(torn))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(torn + ": cannot be read: Unexpected end of Zstandard input");
  }

  @Test
  void aFilesFirstBytesSayHowItIsPackedWhateverItIsCalled() throws IOException {
    String row = "{\"prompt\": \"q\", \"response\": \"a\", \"score\": 1}\n";
    Path plain = Files.writeString(temp.resolve("plain.jsonl.zst"), row);
    Path zstd = Files.copy(FOLDER.resolve("zstd-lines.jsonl.zst"), temp.resolve("lines.csv"));
    Path gzip = Files.copy(FOLDER.resolve("pandas-lines.jsonl.gz"), temp.resolve("lines"));
    Path parquet = Files.copy(FOLDER.resolve("duckdb-gzip.parquet"), temp.resolve("table.json"));
    Path wide = Files.write(temp.resolve("wide.jsonl"), row.getBytes(StandardCharsets.UTF_16));
    for (Path file : List.of(plain, zstd, gzip, parquet, wide)) {
      assertThat(read(file).getFirst().draws()).as(file.toString()).isNotEmpty();
    }
  }

  @Test
  void aDamagedMemberOfAGzipFileIsAnErrorAndNotItsEnd() throws IOException {
    byte[] member = Files.readAllBytes(FOLDER.resolve("pandas-lines.jsonl.gz"));
    byte[] twice = Arrays.copyOf(member, 2 * member.length);
    System.arraycopy(member, 0, twice, member.length, member.length);
    Path file = temp.resolve("twice.jsonl.gz");
    Files.write(file, twice);
    int draws = read(file).stream().mapToInt(p -> p.draws().size()).sum();
    Files.write(file, member);
    assertThat(draws).isEqualTo(2 * read(file).stream().mapToInt(p -> p.draws().size()).sum());
    for (int at = member.length; at < twice.length; at++) {
      byte[] cut = Arrays.copyOf(twice, at + (at == member.length ? 1 : 0));
      Files.write(file, cut);
      assertThatThrownBy(() -> read(file)).isInstanceOf(IllegalArgumentException.class);
    }
    twice[twice.length - 5] ^= 1;
    Files.write(file, twice);
    assertThatThrownBy(() -> read(file))
        .hasMessage(
            file + ": cannot be read: the gzip data are damaged in member 2: wrong checksum");
  }

  @Test
  void whatGoesOnBehindAListIsAnError() throws IOException {
    String row = "{\"prompt\": \"q\", \"response\": \"a\", \"score\": 1}";
    Path file = Files.writeString(temp.resolve("more.json"), "[" + row + "] " + row);
    assertThatThrownBy(() -> read(file))
        .hasMessage(file + ": the document ends after row 1, and the file goes on behind it");
    Path early = Files.writeString(temp.resolve("early.jsonl"), row + "\n" + row.substring(0, 30));
    assertThatThrownBy(() -> read(early))
        .hasMessageContaining(early + ":2: the file ends early, within this line");
    Path quoted = Files.writeString(temp.resolve("early.csv"), "prompt,response,score\nq,\"a,1\n");
    assertThatThrownBy(() -> read(quoted))
        .hasMessageContaining("ends within the quotes that open on line 2");
  }

  @Test
  void aJsonListThatEndsBetweenTwoRowsIsAnErrorToo() throws IOException {
    String row = "{\"prompt\": \"q\", \"response\": \"a\", \"score\": NaN}";
    Path torn = Files.writeString(temp.resolve("torn.json"), "[" + row + ",\n" + row);
    assertThatThrownBy(() -> read(torn))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(torn + ": cannot be read: ");
    Path lines = Files.writeString(temp.resolve("lines.json"), row + "\n" + row + "\n");
    assertThat(read(lines).getFirst().draws()).hasSize(2);
  }

  @Test
  void aByteOrderMarkCostsNoRow() throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("windows.jsonl"),
            "\uFEFF{\"prompt\": \"q\", \"response\": \"a\", \"score\": 1}\r\n");
    assertThat(read(file).getFirst().draws()).hasSize(1);
  }

  @Test
  void aFileOfAnUnknownKindIsRefused() throws IOException {
    Path file = Files.writeString(temp.resolve("samples.txt"), "hello\n");
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("samples.txt: recordings are .jsonl");
  }
}
