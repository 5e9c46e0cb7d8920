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

/// DuckDB is optional: a run folder is recorded and read without it, and whoever reads files of
/// others is told in one line.
class WithoutDuckDbTest {
  @TempDir private Path temp;

  /// Runs in a process of its own, where DuckDB is not.
  ///
  /// @param args where a run is recorded, a file of others
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
  void runFoldersDoNotNeedItAndOthersFilesSaySo() throws IOException, InterruptedException {
    Path file = Files.writeString(temp.resolve("samples.csv"), "prompt,response,score\na,b,1\n");
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
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).as(said).isZero();
    assertThat(said.lines())
        .containsExactly(
            "24",
            "files of others need DuckDB, which is not on the class path; add org.duckdb:duckdb_jdbc");
  }
}
