package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import topdraw.cli.Ran;
import topdraw.json.Json;

class AnalysisBenchCommandTest {
  @TempDir private Path folder;

  private static Ran bench(String... options) {
    List<String> all =
        new ArrayList<>(List.of("bench", "analysis", "--prompts=20", "--samples=60"));
    all.addAll(List.of(options));
    return Ran.topdraw(all.toArray(String[]::new));
  }

  /// Ours and the peer for real.
  @ParameterizedTest
  @CsvSource({
    "pandas, 'pandas, pyarrow, numpy', everything, 300",
    "polars, 'polars, numpy', everything, 300",
    "estimator, 'polars, numpy', rewards, 59",
    "scorio, 'scorio, polars, numpy', passes, 118",
  })
  void aPeerSaysWhatOursSays(String peer, String modules, String work, int compared)
      throws IOException, InterruptedException {
    assumeTrue(PeerPython.has(modules), "Python has no " + modules);
    Ran ran = bench("--json", "--against=" + peer);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    JsonNode json = Json.read(ran.out());
    assertThat(json.get("rows").longValue()).isEqualTo(1_200);
    assertThat(json.get("sides").size()).isEqualTo(2);
    JsonNode ours = json.get("sides").get(0);
    assertThat(ours.get("name").stringValue()).isEqualTo("topdraw analyze");
    assertThat(ours.get("ratio").isNull()).isTrue();
    JsonNode theirs = json.get("sides").get(1);
    assertThat(theirs.get("work").stringValue()).isEqualTo(work);
    assertThat(theirs.get("name").stringValue()).contains(", numpy ");
    assertThat(theirs.get("compared").intValue()).isGreaterThanOrEqualTo(compared);
    assertThat(theirs.get("largestDifference").doubleValue()).isLessThan(1e-9);
    assertThat(theirs.get("ratio").get("median").doubleValue()).isPositive();
  }

  /// The real script, in a Python that sees no installed package; and ours alone.
  @Test
  void whoIsNotInstalledIsLeftOutWithTheWayToGetThem() throws IOException {
    Path python = PeerPython.standIn(folder, "exec python3 -I -S \"$@\"");
    Ran ran = bench("--python=" + python);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains("pandas is left out: ", "polars is left out: ", "estimator is left out: ")
        .contains("scorio is left out: " + python + " lacks it (missing numpy)")
        .contains("tools/peers.sh installs it");
    assertThat(ran.out())
        .contains("1,200 rows", "machine  ", "topdraw analyze")
        .doesNotContain("its time / topdraw's");
  }

  /// In place of Python a script that says what is wrong, and that leaves most of it out.
  @Test
  void aPeerThatSaysSomethingElseIsAnError() throws IOException {
    String greeting = "[ $# -gt 3 ] || { echo wrong 1.0; exit; }; ";
    Path answer =
        Files.writeString(folder.resolve("answer"), "{\"reward, subsets\":{\"1\":[0.5]}}");
    Ran few =
        bench(
            "--against=estimator",
            "--python=" + PeerPython.standIn(folder, greeting + "cat '" + answer + "'"));
    assertThat(few.exitCode()).isEqualTo(1);
    assertThat(few.err()).contains("wrong 1.0 shares 1 numbers with topdraw, fewer than");

    StringBuilder wrong = new StringBuilder("{\"reward, subsets\":{\"1\":[9]");
    for (int n = 2; n < 60; n++) wrong.append(",\"" + n + "\":[9]");
    Files.writeString(answer, wrong.append("}}"));
    Ran far = bench("--against=estimator", "--python=" + folder.resolve("python"));
    assertThat(far.exitCode()).isEqualTo(1);
    assertThat(far.err())
        .contains("wrong 1.0 and topdraw differ by 8.")
        .contains("more than 1e-09");
  }

  @Test
  void aPeerThatFailsIsAnErrorAndNoAnswer() {
    Ran ran = bench("--python=false");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("topdraw: false ended with 1");
  }

  @ParameterizedTest
  @CsvSource({
    "--samples=1, '--samples at least 2, were 10000, 1 and 1'",
    "--rounds=0, '--prompts and --rounds are at least 1'",
    "--against=excel, 'expected one of [PANDAS, POLARS, ESTIMATOR, SCORIO]'",
  })
  void whatCannotBeMeasuredIsRefusedInALine(String argument, String said) {
    Ran ran = Ran.topdraw("bench", "analysis", argument);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains(said);
  }
}
