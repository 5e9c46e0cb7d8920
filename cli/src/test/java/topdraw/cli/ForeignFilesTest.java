package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// What others recorded, scored and compared as a person does it.
class ForeignFilesTest {
  @TempDir private Path temp;
  private Path short4 = Path.of("");
  private Path long4 = Path.of("");

  private record Result(int code, String out, String err) {}

  private static Result topdraw(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
    int code =
        Topdraw.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(words);
    return new Result(code, out.toString(), err.toString());
  }

  @BeforeEach
  void files() throws IOException {
    short4 = Files.write(temp.resolve("short.jsonl"), rows("Paris", 4));
    long4 = Files.write(temp.resolve("long.jsonl"), rows("It may well be Paris", 9));
  }

  /// Two prompts of two draws each; one draw lacks its length.
  private static List<String> rows(String answer, int tokens) {
    return List.of(
        "{\"prompt\": \"capital?\", \"response\": \"" + answer + "\", \"tokens\": " + tokens + "}",
        "{\"prompt\": \"capital?\", \"response\": \"Rome\", \"tokens\": 40}",
        "{\"prompt\": \"again?\", \"response\": \"" + answer + "\", \"tokens\": " + tokens + "}",
        "{\"prompt\": \"again?\", \"response\": \"Rome\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "parquet"})
  void samplesOfOthersGetScoresInATableThatEveryCommandReads(String format) {
    Path table = temp.resolve("scored." + format);
    Result scored =
        topdraw(
            "score", short4, "-o", table, "--reward", "regex:Paris", "--reward", "negative-length");
    assertThat(scored.code()).as(scored.err()).isEqualTo(3); // a length is missing
    assertThat(scored.err())
        .contains("regex:Paris: done; 0 samples have no score")
        .contains("negative-length: done; 1 sample has no score")
        .contains("rows: 4, of prompts: 2, in " + table);

    Result analyzed = topdraw("analyze", table, "--json");
    assertThat(analyzed.code()).as(analyzed.err()).isZero();
    JsonNode analysis = Json.read(analyzed.out());
    assertThat(analysis.get("reward").stringValue()).isEqualTo("regex:Paris");
    assertThat(analysis.get("samples").intValue()).isEqualTo(4);
  }

  @Test
  void twoFilesAreComparedPromptByPrompt() {
    for (Path file : List.of(short4, long4)) {
      assertThat(
              topdraw("score", file, "-o", file + ".jsonl", "--reward", "negative-length").code())
          .isEqualTo(3);
    }
    Result compared = topdraw("compare", short4 + ".jsonl", long4 + ".jsonl", "--json");
    assertThat(compared.code()).as(compared.err()).isZero();
    JsonNode comparison = Json.read(compared.out());
    assertThat(comparison.get("prompts").intValue()).isEqualTo(2);
    assertThat(comparison.at("/findings/0/quantity").stringValue()).isEqualTo("reward_difference");
    assertThat(comparison.at("/findings/0/value").doubleValue()).isEqualTo(-5);
    assertThat(comparison.at("/findings/1/value").doubleValue()).isZero();
  }

  @Test
  void aTableNeedsANameAndIsNeverWrittenOver() throws IOException {
    Result nowhere = topdraw("score", short4, "--reward", "regex:Paris");
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.err()).contains("say with -o where");
    Result odd = topdraw("score", short4, "--reward", "regex:Paris", "-o", temp.resolve("x.txt"));
    assertThat(odd.code()).isEqualTo(2);
    assertThat(odd.err()).contains(".jsonl, .csv or .parquet");
    Path there = Files.writeString(temp.resolve("there.jsonl"), "mine");
    assertThat(topdraw("score", short4, "--reward", "regex:Paris", "-o", there).code())
        .isEqualTo(2);
    assertThat(there).hasContent("mine");
  }

  @Test
  void aRewardThatIsThereIsNotAddedTwice() {
    Path once = temp.resolve("once.jsonl");
    topdraw("score", short4, "--reward", "regex:Paris", "-o", once);
    Result twice =
        topdraw("score", once, "--reward", "regex:Paris", "-o", temp.resolve("twice.jsonl"));
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.err()).contains("has scores of regex:Paris already");
    assertThat(temp.resolve("twice.jsonl")).doesNotExist();
  }
}
