package topdraw.recordings.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draw;
import topdraw.draw.Place;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.recordings.Recording;
import topdraw.recordings.file.ScratchDatabase;

/// The reader of columns says what the reader of rows says of the same file.
class ParquetRecordingTest {
  private static final Mapping GUESSED = new Mapping(Map.of(), List.of(), false);

  @TempDir private Path temp;

  private Path parquet(String name, String select) throws IOException, SQLException {
    Path file = temp.resolve(name);
    try (ScratchDatabase scratch = ScratchDatabase.open();
        Statement statement = scratch.duck().createStatement()) {
      statement.execute("copy (" + select + ") to '" + file + "' (format parquet)");
    }
    return file;
  }

  private static List<PromptDraws> all(Recording recording) throws IOException {
    List<PromptDraws> prompts = new ArrayList<>();
    try (recording) {
      recording.forEach(prompts::add);
    }
    return prompts;
  }

  private static List<PromptDraws> withoutTexts(List<Path> files) throws IOException {
    List<PromptDraws> prompts = new ArrayList<>();
    try (Recording recording = ParquetRecording.open(files, GUESSED).orElseThrow()) {
      recording.forEachWithoutTexts(prompts::add);
    }
    return prompts;
  }

  private static void assertReadAlike(List<Path> files) throws IOException {
    List<PromptDraws> rows = all(ImportedRecording.read(files, GUESSED));
    List<PromptDraws> columns = all(ParquetRecording.open(files, GUESSED).orElseThrow());
    List<PromptDraws> numbers = withoutTexts(files);
    assertThat(columns).hasSameSizeAs(rows);
    for (int p = 0; p < rows.size(); p++) {
      assertThat(columns.get(p).key()).isEqualTo(rows.get(p).key());
      assertThat(columns.get(p).prompt()).isEqualTo(rows.get(p).prompt());
      assertThat(columns.get(p).outcomes()).isEqualTo(rows.get(p).outcomes());
      assertThat(numbers.get(p).outcomes()).isEqualTo(rows.get(p).outcomes());
      assertThat(columns.get(p).draws())
          .usingRecursiveFieldByFieldElementComparator(allBut("outcome"))
          .isEqualTo(rows.get(p).draws());
      assertThat(numbers.get(p).draws())
          .usingRecursiveFieldByFieldElementComparator(allBut("outcome", "text"))
          .isEqualTo(rows.get(p).draws());
    }
  }

  private static RecursiveComparisonConfiguration allBut(String... fields) {
    return RecursiveComparisonConfiguration.builder()
        .withIgnoredFields(fields)
        .withEqualsForType(Place::equals, Place.class)
        .build();
  }

  private static String number(double value) {
    return value + "::double";
  }

  /// Prompts by turns or together, ties, repeats, holes of every kind.
  private static String random(long seed, boolean together, String more) {
    Random random = new Random(seed);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int prompt = together ? i / 40 : random.nextInt(12);
      rows.add(
          "(%d, 'question %d', %s, %s, %s, %s, %s, %s, %s, %s)"
              .formatted(
                  prompt,
                  prompt,
                  random.nextInt(20) == 0 ? "null" : "'r" + random.nextInt(15) + "'",
                  random.nextInt(10) == 0 ? "null" : number(random.nextInt(5) - 2.5),
                  random.nextInt(10) == 0 ? "'nan'::double" : number(random.nextGaussian()),
                  random.nextInt(10) == 0 ? "null" : number(-random.nextDouble() * 30),
                  random.nextInt(10) == 0 ? "null" : Integer.toString(random.nextInt(90)),
                  random.nextInt(10) == 0 ? "null" : random.nextBoolean() ? "'stop'" : "'length'",
                  random.nextInt(10) == 0 ? "null" : Integer.toString(random.nextInt(9)),
                  random.nextInt(10) == 0 ? "null" : "'m" + random.nextInt(2) + "'"));
    }
    return "select * "
        + more
        + " from (values "
        + String.join(", ", rows)
        + ") t(prompt_id, question, response, score, acc, logp, n_tokens, finish_reason, seed, model)";
  }

  @ParameterizedTest(name = "seed {0}, together: {1}, {2}")
  @CsvSource({
    "0, true, ''",
    "1, false, ''",
    "2, false, exclude (prompt_id)",
    "3, true, exclude (question)",
    "4, false, exclude (response)",
    "5, false, exclude (logp)",
    "6, true, exclude (model)",
    "7, false, ', nullif(seed, 3)::bigint as outcome_id'"
  })
  void columnsSayWhatRowsSay(long seed, boolean together, String more)
      throws IOException, SQLException {
    Path file = parquet("it is [a] table*.parquet", random(seed, together, more));
    assertReadAlike(List.of(file));
  }

  @Test
  void aPromptMayGoOnInTheNextFile() throws IOException, SQLException {
    Path one = parquet("part-0.parquet", random(7, false, ""));
    Path two = parquet("part-1.parquet", random(8, false, ""));
    assertReadAlike(List.of(one, two));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'p' as prompt, ['a', 'b'] as responses, [1.0, 2.0] as scores",
        "select 'p' as prompt, {'text': 'a'} as completion, 1.0::double as score",
        "select 'p' as prompt, 'a' as response, '0.5' as score",
        "select 'p' as prompt, 'a' as response, 'inf'::double as score",
        "select '' as prompt, 'a' as response, 1.0::double as score",
        "select 'p' as prompt, 'a' as chosen, 'b' as rejected"
      })
  void whatDoesNotFitInPlainColumnsIsLeftToTheReaderOfRows(String select)
      throws IOException, SQLException {
    assertThat(ParquetRecording.open(List.of(parquet("other.parquet", select)), GUESSED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneIdOfTwoPromptsIsTwoPrompts(boolean together) throws IOException, SQLException {
    Path file =
        parquet(
            "ids.parquet",
            "select 'id ' || i % 3 as task_id, 'question ' || i % 6 as prompt, 'a' || i as response,"
                + " i::double as score from range(48) t(i) order by "
                + (together ? "i % 6, i" : "i"));
    assertReadAlike(List.of(file));
    assertThat(all(ParquetRecording.open(List.of(file), GUESSED).orElseThrow()))
        .extracting(PromptDraws::key)
        .containsExactly("id 0", "id 1", "id 2", "id 0#2", "id 1#2", "id 2#2");
  }

  @Test
  void aFileWithoutRowsBesideOthersIsPassedOver() throws IOException, SQLException {
    String columns = "select 'p' as prompt, 'a' as response, 1.0::double as score";
    Path none = parquet("part-0.parquet", columns + " limit 0");
    Path one = parquet("part-1.parquet", columns);
    assertThat(all(Recordings.open(List.of(temp.toString()), GUESSED))).hasSize(1);
    assertThat(ParquetRecording.open(List.of(none), GUESSED)).isEmpty();
    assertThat(ParquetRecording.open(List.of(one), GUESSED)).isPresent();
  }

  @Test
  void aColumnMayHaveAnyName() throws IOException, SQLException {
    String hostile = "\"; drop table x --";
    Path file =
        parquet(
            "hostile.parquet",
            "select 'p' as prompt, 'a' as response, 2.0::double as \""
                + hostile.replace("\"", "\"\"")
                + '"');
    Mapping mapping = new Mapping(Map.of("reward", hostile), List.of(), false);
    try (Recording recording = ParquetRecording.open(List.of(file), mapping).orElseThrow()) {
      assertThat(recording.rewards()).containsExactly(hostile);
      recording.forEach(
          prompt ->
              assertThat(prompt.draws().stream().map(Draw::scores))
                  .containsExactly(new Scores(List.of(hostile), List.of(new Score.Value(2)))));
    }
  }
}
