package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import topdraw.cli.Ran;
import topdraw.json.Json;

class CertificatesBenchCommandTest {
  private static final String[] SMALL = {
    "bench", "certificates", "--trials", "40", "--resamples", "100", "--prompts", "20,50"
  };

  private static Ran small(String... more) {
    String[] args = Arrays.copyOf(SMALL, SMALL.length + more.length);
    System.arraycopy(more, 0, args, SMALL.length, more.length);
    return Ran.topdraw(args);
  }

  /// Betting holds the truth on every case; on the hardest the percentile bootstrap does not.
  @Test
  void theTableShowsWhichIntervalsHoldAndHowWideTheyAre() {
    Ran ran = small("--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    JsonNode rows = Json.read(ran.out()).get("rows");
    assertThat(rows).hasSize(8);
    double least = 1;
    for (JsonNode row : rows) {
      for (JsonNode cell : row.get("cells")) {
        assertThat(cell.get("coverage").doubleValue()).isBetween(0.0, 1.0);
        assertThat(cell.get("width").doubleValue()).isGreaterThanOrEqualTo(0);
      }
      assertThat(cell(row, "BETTING", "coverage")).isGreaterThanOrEqualTo(0.9);
      assertThat(cell(row, "BETTING", "width")).isLessThan(cell(row, "HOEFFDING", "width"));
      least = Math.min(least, cell(row, "PERCENTILE", "coverage"));
    }
    assertThat(least).isLessThan(0.6);
  }

  private static double cell(JsonNode row, String method, String number) {
    for (JsonNode cell : row.get("cells")) {
      if (cell.get("method").stringValue().equals(method)) {
        return cell.get(number).doubleValue();
      }
    }
    throw new AssertionError("no " + method);
  }

  @Test
  void theSameSeedGivesTheSameTable() {
    Ran first = small("--seed", "3");
    assertThat(first.out().lines()).hasSize(10);
    assertThat(first.out()).contains("betting", "BCa withheld", "2 % low-entropy prompts (0.989)");
    assertThat(small("--seed", "3").out()).isEqualTo(first.out());
    assertThat(small("--seed", "4").out()).isNotEqualTo(first.out());
  }

  @ParameterizedTest
  @CsvSource({"0.8, 80 %", "0.995, 99.5 %", "0.5, 50 %"})
  void itSaysHowSureTheIntervalsAreToBe(String confidence, String words) {
    String[] args = {
      "bench",
      "certificates",
      "--trials=2",
      "--resamples=5",
      "--prompts=20",
      "--confidence",
      confidence
    };
    Ran ran = Ran.topdraw(args);
    assertThat(ran.out()).contains("width of " + words + " intervals");
  }

  @Test
  void nothingToDrawIsAUsageError() {
    for (List<String> bad : List.of(List.of("--trials", "0"), List.of("--prompts", "1"))) {
      Ran ran = Ran.topdraw("bench", "certificates", bad.getFirst(), bad.getLast());
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err()).contains("--trials and --resamples must be at least 1");
    }
  }
}
