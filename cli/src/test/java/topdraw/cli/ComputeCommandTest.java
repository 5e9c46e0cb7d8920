package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// The contract of `topdraw compute`: a line in, a line out. The numbers are theory's to hold.
class ComputeCommandTest {
  @TempDir private Path temp;

  @Test
  void everyLineIsAnsweredInOrderAndABadOneStopsNothing() throws IOException {
    Path questions =
        Files.writeString(
            temp.resolve("questions.jsonl"),
            """
            {"id": 1, "quantity": "analytical_kl", "inputs": {"n": 2}}
            not JSON

            {"id": "pmf", "quantity": "best_of_n_pmf", "inputs": {"n": 1, "p": [0.25, 0.75]}}
            {"id": null, "quantity": "rewind_expected_trials", "inputs": {"log_z": -2000}}
            {"id": [3], "quantity": "best_of_n_log_pmf", "inputs": {"n": 2, "log_p": ["-inf", 0]}}
            {"id": 4, "quantity": "analytical_lk", "inputs": {"n": 2}}
            {"id": 5, "quantity": "analytical_kl", "inputs": {"n": "two"}}
            {"id": 6, "quantity": "analytical_kl", "inputs": {"n": 2, "k": 2}}
            {"id": 7, "quantity": "analytical_kl"}
            {"quantity": 8}
            {"id": 9, "quantity": "log_p_evidence", "inputs": {"outcomes": [["a", ["a"], "a"]], "log_p": [[-1, -1, -1]]}}
            """);

    Ran ran = Ran.topdraw("compute", questions.toString());

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err()).isEmpty();
    List<String> answers = ran.out().lines().toList();
    assertThat(answers.subList(0, 1)).containsExactly("{\"id\":1,\"value\":0.1931471805599453}");
    assertThat(answers.get(1)).startsWith("{\"id\":null,\"error\":\"not JSON: ");
    assertThat(answers.subList(2, 10))
        .containsExactly(
            "{\"id\":\"pmf\",\"value\":[0.25,0.75]}",
            "{\"id\":null,\"value\":\"inf\"}",
            "{\"id\":[3],\"value\":[\"-inf\",0.0]}",
            "{\"id\":4,\"error\":\"unknown quantity \\\"analytical_lk\\\"; near it: analytical_kl, "
                + "optimal_kl, pass_at_k; topdraw compute --list shows all\"}",
            "{\"id\":5,\"error\":\"n must be a number (or \\\"inf\\\", \\\"-inf\\\"), was \\\"two\\\"\"}",
            "{\"id\":6,\"error\":\"unknown input \\\"k\\\"; expected n\"}",
            "{\"id\":7,\"error\":\"\\\"inputs\\\" must be an object with n\"}",
            "{\"id\":null,\"error\":\"expected {\\\"id\\\": …, \\\"quantity\\\": \\\"a name\\\", "
                + "\\\"inputs\\\": {…}}, found no name of a quantity\"}");
    assertThat(Json.read(answers.get(10)).get("value").doubleValue()).isFinite();
    assertThat(answers).hasSize(11);
  }

  @Test
  void theListNamesWhatCanBeAskedWithItsInputs() {
    List<String> lines = Ran.topdraw("compute", "--list").out().lines().toList();
    List<JsonNode> objects =
        Ran.topdraw("compute", "--list", "--json").out().lines().map(Json::read).toList();

    assertThat(lines).hasSameSizeAs(objects).hasSizeGreaterThan(90);
    assertThat(lines)
        .contains(
            "kl_gap_lower                     n, epsilon|log_epsilon         D_n = K_n - d_n, Theorem 3.6");
    assertThat(objects)
        .extracting(node -> node.get("quantity").stringValue())
        .doesNotHaveDuplicates()
        .contains("win_rate_bound", "overoptimization_peak_kl");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Ran ran = Ran.topdraw("compute", temp.resolve("none").toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("there is no file ");
  }
}
