package topdraw.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.cli.Ran;
import topdraw.input.InputException;
import topdraw.servers.WordServer;

/// A cluster that there is not is the user's to mend.
@Timeout(120)
class NoClusterTest {
  private static final String FILE = "../examples/samples.jsonl";

  @TempDir private Path temp;

  /// Where a session is, no other begins.
  @BeforeEach
  void noSession() {
    assertThat(SparkSession.getDefaultSession().isDefined()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nope",
        "local[x]",
        "local[0]",
        "spark://host",
        "spark://127.0.0.1:1",
        "spark://127.0.0.1:99999"
      })
  void whatIsNoClusterIsRefusedInOneLine(String master) {
    refusedInOneLine(master, Ran.topdraw("analyze", FILE, "--spark", master));
    try (WordServer server = WordServer.start()) {
      refusedInOneLine(master, run(master, server.url()));
      assertThat(server.asked()).isEmpty();
    }
    assertThat(temp).isEmptyDirectory();
  }

  private static void refusedInOneLine(String master, Ran ran) {
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().strip().lines()).hasSize(1);
    assertThat(ran.err())
        .startsWith("topdraw: --spark " + master + ": ")
        .contains("; give a cluster that runs, such as spark://host:7077, or local[2]")
        .doesNotContain("bug");
  }

  private Ran run(String master, String server) {
    return Ran.topdraw(
        "run",
        "../examples/prompts.txt",
        "-o",
        temp.resolve("run").toString(),
        "--reward",
        "negative-length",
        "--server",
        server,
        "--spark",
        master);
  }

  /// Where no server answers, the cluster that was opened before is closed.
  @Test
  void noSessionOutlivesAServerThatIsNotThere() {
    Ran ran = run("local[1]", "http://127.0.0.1:1");
    assertThat(ran.exitCode()).as(ran.err()).isNotZero();
    assertThat(ran.err()).contains("127.0.0.1:1");
    assertThat(SparkSession.getDefaultSession().isDefined()).isFalse();
  }

  /// As Spark says it after a minute of asking.
  @Test
  void aClusterThatDoesNotAnswerIsSaidNotTo() {
    InputException refused =
        Failure.unanswered(
            "spark://host:7077",
            new IllegalStateException("Cannot call methods on a stopped SparkContext.\nat"));
    assertThat(refused)
        .hasMessageStartingWith("--spark spark://host:7077: no cluster answers there; give")
        .hasMessageNotContaining("\n");
  }
}
