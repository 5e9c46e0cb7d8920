package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A cluster that is named wrongly, or where nobody sees that it is named. Without Spark.
class SparkMasterTest {
  private static final List<String> RUN =
      List.of("run", "../examples/prompts.txt", "--reward", "negative-length", "-o");
  private static final List<String> ANALYZE = List.of("analyze", "../examples/samples.jsonl");

  @TempDir private Path temp;
  private final Map<String, String> environment = new HashMap<>();

  private String refused(List<String> words, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Topdraw.commandLine(new PrintWriter(out, true), new PrintWriter(err, true), environment)
            .execute(Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new));
    assertThat(code).as(err.toString()).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().strip().lines()).hasSize(1);
    return err.toString().strip();
  }

  private String run(String... more) {
    return refused(
        Stream.concat(RUN.stream(), Stream.of(temp.resolve("new").toString())).toList(), more);
  }

  @ParameterizedTest
  @CsvSource({
    "'', --spark names no master",
    "' ', --spark names no master",
    "'spark://a:7077 ', --spark 'spark://a:7077 ' has a space",
    "'a b', --spark 'a b' has a space"
  })
  void whatNamesNoMasterIsRefusedWithAnExample(String given, String said) {
    String line =
        "topdraw: "
            + said
            + "; give that of a cluster, such as spark://host:7077, or local[2] for two threads of"
            + " this machine";
    assertThat(run("--spark=" + given, "--server", "http://127.0.0.1:1")).isEqualTo(line);
    assertThat(run("--spark=" + given)).isEqualTo(line);
    assertThat(refused(ANALYZE, "--spark=" + given)).isEqualTo(line);
  }

  @Test
  void whereTheEnvironmentNamesAClusterThatIsSaid() {
    environment.put("TOPDRAW_SPARK", "local[2]");
    assertThat(run())
        .isEqualTo(
            "topdraw: --spark local[2] draws from servers; name one with --server, or leave --spark"
                + " out (set by TOPDRAW_SPARK)");
    assertThat(run("--server", "http://127.0.0.1:1"))
        .startsWith("topdraw: --spark local[2] needs the module topdraw-spark")
        .endsWith(" (set by TOPDRAW_SPARK)");
    assertThat(refused(ANALYZE))
        .startsWith("topdraw: --spark local[2] needs the module topdraw-spark")
        .endsWith(" (set by TOPDRAW_SPARK)");
    assertThat(refused(ANALYZE, "--prompt", "x")).endsWith("--prompt out (set by TOPDRAW_SPARK)");
    assertThat(refused(ANALYZE, "--answer", "text"))
        .endsWith("--answer out (set by TOPDRAW_SPARK)");
    assertThat(run("--spark", "local[1]")).contains("local[1]").doesNotContain("set by");
  }

  @Test
  void whereTheFileNamesNoneThatIsSaid() throws Exception {
    Path file = Files.writeString(temp.resolve("config.toml"), "spark = \"\"\n");
    environment.put("TOPDRAW_CONFIG", file.toString());
    assertThat(run()).contains("--spark names no master").endsWith("(set by " + file + " (spark))");
  }
}
