package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import topdraw.cli.Ran;
import topdraw.json.Json;

class CoverageBenchCommandTest {
  private static Ran coverage(String only, String... more) {
    var args = new String[more.length + 4];
    args[0] = "bench";
    args[1] = "coverage";
    args[2] = "--only=" + only;
    args[3] = "--trials=20";
    System.arraycopy(more, 0, args, 4, more.length);
    return Ran.topdraw(args);
  }

  private static JsonNode cell(JsonNode report, int prompts, String of) {
    return StreamSupport.stream(report.get("cells").spliterator(), false)
        .filter(cell -> cell.get("prompts").intValue() == prompts)
        .filter(cell -> cell.get("of").stringValue().equals(of))
        .findFirst()
        .orElseThrow();
  }

  /// Ten times as many data sets of 20 prompts as of 200, and of one; the drift of best-of-8 where
  /// 30 % of the draws are best is 0.9347 nats.
  @Test
  void driftsAreToldWithTheirBiasAndHowOftenIntervalsHoldThem() {
    Ran ran = coverage("2 outcomes, best 0.3, N = 16", "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    JsonNode report = Json.read(ran.out());
    assertThat(report.get("cells")).hasSize(4 * 4 * 3);
    JsonNode counted = cell(report, 20, "equal rewards, n = 8");
    assertThat(counted.get("truth").doubleValue()).isBetween(0.93465, 0.93475);
    assertThat(counted.get("trials").intValue()).isEqualTo(200);
    assertThat(counted.get("coverage").doubleValue()).isBetween(0.9, 1.0);
    assertThat(Math.abs(counted.get("bias").doubleValue()))
        .isLessThan(counted.get("standard_error").doubleValue() / 3);
    assertThat(cell(report, 200, "equal rewards, n = 8").get("trials").intValue()).isEqualTo(20);
    JsonNode last = cell(report, 1, "equal rewards, n = 16");
    assertThat(last.get("trials").intValue()).isZero();
    assertThat(last.get("withheld").intValue()).isEqualTo(200);
    assertThat(last.has("coverage")).isFalse();
  }

  /// pass@8 at a rate of 0.05 is 1 - 0.95^8.
  @Test
  void meansAreToldForEveryNumberOfPrompts() {
    Ran ran = coverage("means: pass rate 0.05, N = 16", "--json", "--seed=3");
    JsonNode report = Json.read(ran.out());
    assertThat(report.get("cells")).hasSize(4 * 5);
    for (int prompts : MeanCoverage.PROMPTS) {
      JsonNode cell = cell(report, prompts, "pass@8");
      assertThat(cell.get("truth").doubleValue())
          .isBetween(1 - Math.pow(0.95, 8) - 1e-12, 1 - Math.pow(0.95, 8) + 1e-12);
      assertThat(cell.get("coverage").doubleValue()).isBetween(0.75, 1.0);
      assertThat(cell.get("width").doubleValue()).isBetween(0.01, 0.9);
    }
  }

  @Test
  void theSameSeedGivesTheSameTable() {
    Ran all = coverage("means: right answers 0.3, N = 4", "--all");
    assertThat(all.out().lines().filter(line -> line.startsWith("means  right answers")))
        .hasSize(5);
    assertThat(all.out()).contains("maj@2", "least", "median");
    assertThat(coverage("means: right answers 0.3, N = 4", "--all").out()).isEqualTo(all.out());
    assertThat(coverage("means: right answers 0.3, N = 4").out().lines().count())
        .isLessThan(all.out().lines().count());
  }

  @Test
  void whatIsNotThereAndNoTrialAreUsageErrors() {
    Ran nothing = coverage("no such law");
    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(nothing.err()).contains("no part of the study has 'no such law' in its line");
    Ran none = Ran.topdraw("bench", "coverage", "--trials=0");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("--trials must be at least 1, was 0");
  }
}
