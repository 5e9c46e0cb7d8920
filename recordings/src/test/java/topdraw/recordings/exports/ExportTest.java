package topdraw.recordings.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import topdraw.draw.PromptDraws;
import topdraw.json.Json;
import topdraw.recordings.Recording;
import topdraw.recordings.exports.PairShape.Rejected;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.Recordings;
import topdraw.recordings.run.Runs;

/// What each shape makes of files that a person has.
class ExportTest {
  private static final OptionalInt ALL = OptionalInt.empty();
  private static final OptionalDouble MEDIAN = OptionalDouble.empty();

  /// A city of five, one answer not scored; a colour of four, all equal.
  private static final List<String> JUDGED =
      List.of(
          "{\"prompt\": \"city\", \"response\": \"Lima\", \"score\": 4}",
          "{\"prompt\": \"city\", \"response\": \"a city\", \"score\": null}",
          "{\"prompt\": \"city\", \"response\": \"Bern\", \"score\": 9}",
          "{\"prompt\": \"city\", \"response\": \"Rome\", \"score\": 9}",
          "{\"prompt\": \"city\", \"response\": \"no\", \"score\": 1}",
          "{\"prompt\": \"colour\", \"response\": \"red\", \"score\": 5}",
          "{\"prompt\": \"colour\", \"response\": \"blue\", \"score\": 5}",
          "{\"prompt\": \"colour\", \"response\": \"red\", \"score\": 5}",
          "{\"prompt\": \"colour\", \"response\": \"green\", \"score\": 5}");

  @TempDir private Path temp;

  private Recording recording(List<String> lines) throws IOException {
    Path file = Files.write(temp.resolve("recorded.jsonl"), lines);
    return Recordings.open(List.of(file.toString()), new Mapping(Map.of(), List.of(), false));
  }

  private ExportSummary export(List<String> recorded, ExportShape shape, List<JsonNode> rows)
      throws IOException {
    var out = new ByteArrayOutputStream();
    ExportFormat format = shape instanceof TableShape ? ExportFormat.JSONL : ExportFormat.DPO;
    try (Recording recording = recording(recorded)) {
      ExportSummary summary = Export.toStream(recording, format, shape, out);
      out.toString(StandardCharsets.UTF_8).lines().map(Json::read).forEach(rows::add);
      assertThat(rows).hasSize((int) summary.rows());
      return summary;
    }
  }

  private List<JsonNode> rows(List<String> recorded, ExportShape shape) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    export(recorded, shape, rows);
    return rows;
  }

  @Test
  void theWinnerIsTheFirstOfTheBestAndNeverOneWithoutAScore() throws IOException {
    assertThat(rows(JUDGED, new WinnerShape("score", ALL)))
        .containsExactly(
            Json.read("{\"prompt\":\"city\",\"completion\":\"Bern\"}"),
            Json.read("{\"prompt\":\"colour\",\"completion\":\"red\"}"));
  }

  @Test
  void onlyTheFirstNDrawsTakePart() throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    ExportSummary summary = export(JUDGED, new WinnerShape("score", OptionalInt.of(2)), rows);
    assertThat(rows.getFirst().get("completion").stringValue()).isEqualTo("Lima");
    assertThat(summary.leftOut()).isEmpty();

    rows.clear();
    summary = export(JUDGED, new WinnerShape("score", OptionalInt.of(5)), rows);
    assertThat(rows).hasSize(1);
    assertThat(summary.leftOut())
        .containsExactly(Map.entry("prompts without a score, or with fewer draws than -n", 1L));
  }

  @ParameterizedTest
  @CsvSource({"WORST, no, 8", "MEDIAN, no, 8"})
  void aPairIsTheBestAndAWorseOneWithItsMargin(Rejected which, String text, double margin)
      throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    ExportSummary summary = export(JUDGED, new PairShape("score", ALL, which, 0), rows);
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().get("chosen").stringValue()).isEqualTo("Bern");
    assertThat(rows.getFirst().get("rejected").stringValue()).isEqualTo(text);
    assertThat(rows.getFirst().get("margin").doubleValue()).isEqualTo(margin);
    assertThat(summary.leftOut())
        .containsExactly(Map.entry("prompts whose draws all score the same", 1L));
  }

  /// Random scores with ties and holes.
  private static List<String> random(long seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int prompt = 0; prompt < 6; prompt++) {
      for (int i = 0; i < 1 + random.nextInt(12); i++) {
        String score = random.nextInt(5) == 0 ? "null" : Integer.toString(random.nextInt(4));
        lines.add(
            "{\"prompt\": \"p%d\", \"response\": \"r%d\", \"score\": %s}"
                .formatted(prompt, random.nextInt(20), score));
      }
    }
    return lines;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  void whateverTheScoresAPairsMarginIsAboveZeroAndItsSeedDecidesIt(long seed) throws IOException {
    List<String> recorded = random(seed);
    for (Rejected which : Rejected.values()) {
      List<JsonNode> rows = rows(recorded, new PairShape("score", ALL, which, seed));
      assertThat(rows).isEqualTo(rows(recorded, new PairShape("score", ALL, which, seed)));
      for (JsonNode row : rows) {
        assertThat(row.get("margin").doubleValue())
            .isPositive()
            .isEqualTo(
                row.get("score_chosen").doubleValue() - row.get("score_rejected").doubleValue());
        assertThat(row.get("chosen")).isNotEqualTo(row.get("rejected"));
      }
    }
  }

  @Test
  void labelsAreByTheThresholdOrByTheSideOfTheMedian() throws IOException {
    assertThat(rows(JUDGED, new LabelShape("score", ALL, OptionalDouble.of(5))))
        .extracting(row -> row.get("completion").stringValue() + row.get("label"))
        .containsExactly(
            "Limafalse",
            "Berntrue",
            "Rometrue",
            "nofalse",
            "redtrue",
            "bluetrue",
            "redtrue",
            "greentrue");

    List<JsonNode> rows = new ArrayList<>();
    ExportSummary summary = export(JUDGED, new LabelShape("score", ALL, MEDIAN), rows);
    assertThat(rows)
        .extracting(row -> row.get("completion").stringValue() + row.get("label"))
        .containsExactly("Limafalse", "Berntrue", "Rometrue", "nofalse");
    assertThat(summary.leftOut())
        .containsExactly(Map.entry("draws at the median of their prompt", 4L));
  }

  @Test
  void messagesStayMessages() throws IOException {
    String prompt = "[{\"role\":\"system\",\"content\":\"Be brief.\"},";
    prompt += "{\"role\":\"user\",\"content\":\"A city?\"}]";
    List<String> chat =
        List.of(
            "{\"prompt\": " + prompt + ", \"response\": \"Bern\", \"score\": 1}",
            "{\"prompt\": " + prompt + ", \"response\": \"no\", \"score\": 0}");
    JsonNode row = rows(chat, new PairShape("score", ALL, Rejected.WORST, 0)).getFirst();
    assertThat(row.get("prompt")).isEqualTo(Json.read(prompt));
    assertThat(row.get("chosen"))
        .isEqualTo(Json.read("[{\"role\":\"assistant\",\"content\":\"Bern\"}]"));
  }

  @Test
  void whatATrainerCannotReadIsRefusedWithTheWayOut() {
    assertThat(refusal(List.of("{\"prompt\": \"p\", \"score\": 1}")))
        .hasMessageContaining("recorded.jsonl:1: no completion to train on")
        .hasMessageContaining("map text=COLUMN");
    assertThat(refusal(List.of("{\"prompt_id\": \"a\", \"response\": \"x\", \"score\": 1}")))
        .hasMessageContaining("prompt a: only its id is recorded")
        .hasMessageContaining("map prompt=COLUMN");
    assertThat(
            refusal(
                List.of(
                    "{\"prompt\": \"p\", \"response\": \"x\", \"score\": 1}",
                    "{\"prompt\": [{\"role\": \"user\", \"content\": \"q\"}], \"response\": \"x\","
                        + " \"score\": 1}")))
        .hasMessageContaining("some prompts are messages and some plain texts");
    assertThat(refusal(List.of("{\"prompt\": \"p\", \"response\": \"x\", \"score\": null}")))
        .hasMessageContaining("nothing to write");
  }

  private Throwable refusal(List<String> lines) {
    return catchThrowable(() -> rows(lines, new WinnerShape("score", ALL)));
  }

  /// A run of ours: two rewards, equal completions, token ids, log-probabilities.
  private Recording run() throws IOException {
    Runs.record(temp.resolve("run"), 3, 4);
    return Recordings.open(
        List.of(temp.resolve("run").toString()), new Mapping(Map.of(), List.of(), false));
  }

  @ParameterizedTest
  @EnumSource(names = {"JSONL", "CSV", "PARQUET"})
  void aTableReadsBackAsWhatItWas(ExportFormat format) throws IOException {
    Path file = temp.resolve("it's \"a\" table." + format.word());
    List<PromptDraws> before = new ArrayList<>();
    try (Recording run = run()) {
      run.forEach(before::add);
      Export.toFile(run, format, new TableShape(run.rewards()), file);
    }
    List<PromptDraws> after = new ArrayList<>();
    try (Recording table =
        Recordings.open(List.of(file.toString()), new Mapping(Map.of(), List.of(), false))) {
      assertThat(table.rewards()).containsExactly("log-likelihood", "regex:^é[1-4]");
      assertThat(table.columns()).noneMatch(line -> line.contains("not used"));
      table.forEach(after::add);
    }
    assertThat(after).hasSameSizeAs(before);
    for (int p = 0; p < before.size(); p++) {
      assertThat(after.get(p).key()).isEqualTo(before.get(p).key());
      assertThat(after.get(p).prompt()).isEqualTo(before.get(p).prompt());
      assertThat(after.get(p).outcomes()).isEqualTo(before.get(p).outcomes());
      for (int i = 0; i < before.get(p).draws().size(); i++) {
        var was = before.get(p).draws().get(i);
        var is = after.get(p).draws().get(i);
        assertThat(is.index()).isEqualTo(was.index());
        assertThat(is.scores()).isEqualTo(was.scores());
        assertThat(is.logProbability()).isEqualTo(was.logProbability());
        assertThat(is.length()).isEqualTo(was.length());
        assertThat(is.text()).isEqualTo(was.text());
        assertThat(is.finish()).isEqualTo(was.finish());
      }
    }
  }

  @Test
  void aTextThatASpreadsheetWouldRunIsMadeInert() throws IOException {
    List<String> hostile = new ArrayList<>();
    for (String start : List.of("=", "+", "-", "@", "\\t", "\\r")) {
      hostile.add(
          "{\"prompt\": \"p\", \"response\": \"%s1+2\", \"score\": -1, \"note\": 0}"
              .formatted(start));
    }
    Path file = temp.resolve("table.csv");
    try (Recording recording = recording(hostile)) {
      Export.toFile(recording, ExportFormat.CSV, new TableShape(List.of("score")), file);
    }
    String csv = Files.readString(file);
    assertThat(csv.lines().skip(1))
        .hasSizeGreaterThanOrEqualTo(6)
        .allMatch(l -> !l.startsWith("="));
    assertThat(csv).contains(",'=1+2,", ",'+1+2,", ",'-1+2,", ",'@1+2,", "'\t1+2", "'\r1+2");
    assertThat(csv).contains(",-1.0,");
  }

  @Test
  void aFileThatIsThereIsLeftAloneAndAFailureLeavesNone() throws IOException {
    Path there = Files.writeString(temp.resolve("there.jsonl"), "mine");
    WinnerShape shape = new WinnerShape("score", ALL);
    try (Recording recording = recording(JUDGED)) {
      assertThatThrownBy(() -> Export.toFile(recording, ExportFormat.SFT, shape, there))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("there.jsonl is there already");
      assertThat(there).hasContent("mine");
    }
    Path none = temp.resolve("none.jsonl");
    try (Recording recording = recording(JUDGED)) {
      assertThatThrownBy(
          () -> Export.toFile(recording, ExportFormat.SFT, new WinnerShape("other", ALL), none));
    }
    try (var entries = Files.list(temp)) {
      assertThat(entries.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("there.jsonl", "recorded.jsonl");
    }
  }
}
