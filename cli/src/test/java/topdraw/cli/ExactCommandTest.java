package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// A small table, and everything exact about it.
class ExactCommandTest {
  @TempDir private Path temp;

  @Test
  void aTableInCsvSaysTheSameAsInJson() throws IOException {
    Path csv =
        Files.writeString(temp.resolve("t.csv"), "p,reward,name\n0.5,1,a\n0.3,2,b\n0.2,3,c\n");
    Path json =
        Files.writeString(
            temp.resolve("t.json"), "{\"p\": [0.5, 0.3, 0.2], \"rewards\": [1, 2, 3]}");
    String said = Ran.topdraw("exact", csv.toString(), "-n", "4").out();
    assertThat(said).contains("KL divergence  0.5598 nats", "exact", "* KL divergence");
    assertThat(said.lines().filter(line -> line.contains("nats")).toList())
        .isEqualTo(
            Ran.topdraw("exact", json.toString(), "-n", "4")
                .out()
                .lines()
                .filter(line -> line.contains("nats"))
                .toList());
  }

  @Test
  void aBrokenTableIsNamedWithItsPlace() throws IOException {
    Path negative = Files.writeString(temp.resolve("negative.json"), "{\"p\": [0.5, -0.1]}");
    Path empty = Files.writeString(temp.resolve("empty.csv"), "");
    for (Path table : new Path[] {negative, empty}) {
      Ran ran = Ran.topdraw("exact", table.toString());
      assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
      assertThat(ran.err().strip().lines()).hasSize(1);
      assertThat(ran.err()).contains(table.getFileName().toString()).doesNotContain("Exception");
    }
  }

  @Test
  void jsonHoldsTheExactNumber() throws IOException {
    Path table = Files.writeString(temp.resolve("t.json"), "{\"p\": [0.5, 0.3, 0.2]}");
    JsonNode said = Json.read(Ran.topdraw("exact", table.toString(), "-n", "4", "--json").out());
    assertThat(said.toString()).contains("0.5597505603574", "\"exact\"", "\"theorem\"");
  }
}
