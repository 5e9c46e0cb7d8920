package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

class ExportCommandTest {
  private static final Path FOREIGN = Path.of("src/test/resources/topdraw/cli/foreign");

  @TempDir private Path temp;

  private static Ran export(Path file, String... options) {
    List<String> args = new ArrayList<>(List.of("export", file.toString()));
    args.addAll(List.of(options));
    return Ran.topdraw(args.toArray(String[]::new));
  }

  private static JsonNode analysis(Path file) {
    Ran ran = Ran.topdraw("analyze", file.toString(), "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return Json.read(ran.out());
  }

  @ParameterizedTest
  @CsvSource({
    "log-p.jsonl, jsonl", "log-p.jsonl, csv", "log-p.jsonl, parquet",
    "judge.jsonl, jsonl", "judge.jsonl, csv", "judge.jsonl, parquet",
    "missing-rewards.jsonl, jsonl", "missing-rewards.jsonl, csv", "missing-rewards.jsonl, parquet",
    "pass-at-k.jsonl, parquet", "ties.jsonl, parquet", "one-draw.jsonl, csv"
  })
  void anExportedTableIsAnalyzedToTheSameNumbers(String name, String format) {
    Path table = temp.resolve("table." + format);
    Ran ran = export(FOREIGN.resolve(name), "--to", format, "-o", table.toString(), "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();

    JsonNode before = analysis(FOREIGN.resolve(name));
    JsonNode after = analysis(table);
    assertThat(Json.read(ran.out()).get("rows")).isEqualTo(before.get("samples"));
    for (String part : List.of("reward", "prompts", "samples", "withheld", "curve", "sentence")) {
      assertThat(after.get(part)).as(part).isEqualTo(before.get(part));
    }
  }

  @Test
  void theRuleAndWhatIsLeftOutAreTold() {
    Ran ran =
        export(
            FOREIGN.resolve("ties.jsonl"), "--to", "dpo", "-o", temp.resolve("p.jsonl").toString());
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains("nothing to write; left out: 5 prompts whose draws all score the same");

    ran =
        export(
            FOREIGN.resolve("missing-rewards.jsonl"),
            "--to=kto",
            "-o",
            temp.resolve("k.jsonl").toString());
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("label: true where score is above the median");
    assertThat(ran.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --to=csv -n=2           | -n is for sft, dpo and kto, not for --to csv
          --to=sft --threshold=1  | --threshold is for kto, not for --to sft
          --to=kto --rejected=any | --rejected is for dpo, not for --to kto
          --to=dpo --rejected=any | --rejected is worst, random, median, was any
          --to=xml                | --to is one of sft, dpo, kto, jsonl, csv, parquet, was xml
          --to=sft --reward=other | no reward 'other'; there is scores
          --to=sft --json         | name the file with -o
          --to=sft -n=0           | -n is a number of draws, at least 1, was 0
          """)
  void whatDoesNotFitIsRefusedInOneLine(String options, String said) {
    Ran ran = export(FOREIGN.resolve("judge.jsonl"), options.split(" "));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains(said).doesNotContain("Exception");
  }

  @Test
  void trainingDataOfBestOfNAreWrittenToTheFile() throws IOException {
    Path file = temp.resolve("best.jsonl");
    Ran ran = export(FOREIGN.resolve("judge.jsonl"), "--to=sft", "-n=4", "-o", file.toString());
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("rows: 12, of prompts: 12", "the best of the first 4 draws by");
    assertThat(Files.readAllLines(file))
        .hasSize(12)
        .first()
        .isEqualTo("{\"prompt\":\"q0\",\"completion\":\"c1\"}");
  }
}
