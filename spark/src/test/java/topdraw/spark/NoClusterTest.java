package topdraw.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.cli.Ran;
import topdraw.input.InputException;

/// A cluster that there is not is the user's to mend.
class NoClusterTest {
  private static final String FILE = "../examples/samples.jsonl";

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
    Ran ran = Ran.topdraw("analyze", FILE, "--spark", master);
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().strip().lines()).hasSize(1);
    assertThat(ran.err())
        .startsWith("topdraw: --spark " + master + ": ")
        .contains("; give a cluster that runs, such as spark://host:7077, or local[2]")
        .doesNotContain("bug");
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
