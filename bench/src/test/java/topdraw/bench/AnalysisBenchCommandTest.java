package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import topdraw.cli.PandasTest;
import topdraw.cli.Ran;
import topdraw.json.Json;

class AnalysisBenchCommandTest {
  @TempDir private Path folder;

  private static Ran bench(String... options) {
    String[] all = {"bench", "analysis", "--prompts=20", "--samples=60"};
    String[] args = java.util.Arrays.copyOf(all, all.length + options.length);
    System.arraycopy(options, 0, args, all.length, options.length);
    return Ran.topdraw(args);
  }

  @Test
  void bothSidesGiveTheSameNumbers() throws IOException, InterruptedException {
    assumeTrue(PandasTest.present(), "python3 has no pandas and pyarrow");
    Ran ran = bench("--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    JsonNode json = Json.read(ran.out());
    assertThat(json.get("rows").longValue()).isEqualTo(1_200);
    assertThat(json.get("compared").intValue()).isGreaterThan(300);
    assertThat(json.get("largest_difference").doubleValue()).isLessThan(1e-8);
  }

  @Test
  void withoutPandasTheWayToGetItIsTold() throws IOException {
    Path python = Files.writeString(folder.resolve("python"), "#!/bin/sh\necho missing\n");
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
    Ran ran = bench("--python=" + python);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("1,200 rows", "topdraw analyze", "pip install pandas pyarrow")
        .doesNotContain("peer / topdraw");
  }

  @Test
  void aPeerThatFailsIsAnErrorAndNoAnswer() {
    Ran ran = bench("--python=false");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("topdraw: false ended with 1");
  }
}
