package topdraw.recordings.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.estimate.Analysis;
import topdraw.recordings.Recording;
import topdraw.recordings.run.Runs;

/// DuckDB is optional: a run folder is recorded and read without it, so are CSV and JSON Lines, and
/// whoever reads Parquet or Zstandard, or joins files, is told in one line.
class WithoutDuckDbTest {
  private static final String NEEDS =
      "Parquet, Zstandard, tables and joined files need DuckDB, which is not on the class path; add"
          + " org.duckdb:duckdb_jdbc";

  /// A frame that holds `{}` and a line feed, as it is.
  private static final byte[] ZSTANDARD = {
    0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0x20, 3, 0x19, 0, 0, '{', '}', '\n'
  };

  @TempDir private Path temp;

  /// Runs in a process of its own, where DuckDB is not.
  ///
  /// @param args where a run is recorded, files of others
  public static void main(String[] args) throws IOException {
    Runs.record(Path.of(args[0]), 7, 2);
    for (String input : args) {
      try (Recording recording = Recordings.open(List.of(input), Mapping.NONE)) {
        System.out.println(Analysis.of(recording, recording.rewards().getLast()).samples());
      } catch (topdraw.input.InputException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void whatDoesNotNeedItIsReadAndWhatDoesSaysSo() throws IOException, InterruptedException {
    Path table = Files.writeString(temp.resolve("samples.csv"), "prompt,response,score\na,b,1\n");
    Path lines = temp.resolve("samples.jsonl");
    Files.writeString(lines, "{\"prompt\":\"a\",\"response\":\"b\",\"score\":1}\n".repeat(3));
    Path parquet = Files.writeString(temp.resolve("samples.parquet"), "PAR1 and so on PAR1");
    Path packed = Files.write(temp.resolve("samples.zst"), ZSTANDARD);
    String classes =
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            .filter(entry -> !entry.contains("duckdb"))
            .collect(Collectors.joining(":"));
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                WithoutDuckDbTest.class.getName(),
                temp.resolve("run").toString(),
                table.toString(),
                lines.toString(),
                parquet.toString(),
                packed.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).as(said).isZero();
    assertThat(said.lines())
        .containsExactly("24", "1", "3", parquet + ": " + NEEDS, packed + ": " + NEEDS);
  }
}
