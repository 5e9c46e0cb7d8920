package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Exported tables in the hands of pandas.
public class PandasTest {
  private static final Path PAGE = Path.of("..", "docs", "export.md");

  @TempDir private Path temp;

  @BeforeAll
  static void pandasIsThere() throws IOException, InterruptedException {
    assumeTrue(present(), "python3 has no pandas and pyarrow");
  }

  /// Whether python3 has pandas and pyarrow.
  ///
  /// @return whether it has
  /// @throws IOException if there is no python3
  /// @throws InterruptedException if interrupted
  public static boolean present() throws IOException, InterruptedException {
    return new ProcessBuilder("python3", "-c", "import pandas, pyarrow")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static String block(String start) throws IOException {
    Matcher block =
        Pattern.compile("(?ms)" + start + "(.*?)^(END|```)$").matcher(Files.readString(PAGE));
    assertThat(block.find()).as(start).isTrue();
    return block.group(1);
  }

  private String python(String script) throws IOException, InterruptedException {
    Process python =
        new ProcessBuilder("python3", "-c", script)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).as(said).isZero();
    return said;
  }

  private void export(Path recorded, String... formats) {
    for (String format : formats) {
      Ran ran =
          Ran.topdraw(
              "export",
              recorded.toString(),
              "--to",
              format,
              "-o",
              temp.resolve("samples." + format).toString());
      assertThat(ran.exitCode()).as(ran.err()).isZero();
    }
  }

  @Test
  void thePagesExampleReadsTablesAndPrintsWhatThePageSays()
      throws IOException, InterruptedException {
    Path judged =
        Files.writeString(temp.resolve("judged.jsonl"), block("^cat > judged.jsonl <<'END'\\n"));
    export(judged, "parquet", "csv");
    assertThat(python(block("^```python\\n"))).isEqualTo(block("^prints\\n\\n```\\n"));
  }

  @Test
  void bothTablesHoldTheSameSamplesInTheirTypes() throws IOException, InterruptedException {
    export(
        Path.of("src/test/resources/topdraw/cli/foreign/log-p.jsonl"), "parquet", "csv", "jsonl");
    String said =
        python(
            """
            import json
            import pandas as pd
            parquet = pd.read_parquet("samples.parquet")
            csv = pd.read_csv("samples.csv")
            lines = pd.read_json("samples.jsonl", lines=True, precise_float=True)
            rows = [json.loads(line) for line in open("samples.jsonl")]
            for column in ["rewards.score", "log_p", "tokens", "i", "outcome_id"]:
                assert parquet[column].tolist() == csv[column].tolist() == [r[column] for r in rows]
                assert parquet[column].dtype.kind in "fi", parquet[column].dtype
            for column in ["prompt_id", "prompt", "completion", "finish_reason", "log_p_meaning"]:
                assert parquet[column].tolist() == csv[column].tolist() == lines[column].tolist()
            print(len(parquet), parquet["prompt"].nunique(), set(parquet["log_p_meaning"]))
            """);
    assertThat(said.strip()).isEqualTo("160 10 {'exact'}");
  }
}
