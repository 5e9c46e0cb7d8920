package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import topdraw.bench.CoverageStudy.Cell;
import topdraw.bench.CoverageStudy.Method;
import topdraw.golden.Criterion;
import topdraw.golden.Golden;

class CoverageStudyTest {
  private static final int TRIALS = 400;

  /// Seed 11: where a prompt in fifty holds all of the spread, 20 prompts show it one time in
  /// three, and the interval, which would hold the mean only then, is withheld.
  @Test
  void bcaIsWithheldWhereItWouldHoldOneTimeInThree() {
    CoverageStudy.Case rare = CoverageStudy.hardCases().get(1);
    CoverageStudy.Row row = CoverageStudy.run(rare, 20, TRIALS, 200, 0.05, 11);
    Cell bca = row.cells().get(Method.BCA.ordinal());
    assertThat(bca.method()).isEqualTo(Method.BCA);
    double shown = 1 - Math.pow(0.98, 20);
    assertThat(bca.coverage()).isBetween(shown - 0.1, shown + 0.1);
    assertThat(bca.withheld()).isEqualTo(1);
    assertThat(CoverageStudy.run(rare, 20, TRIALS, 200, 0.05, 11)).isEqualTo(row);
  }

  /// Seed 11: coverage and width on the data that certificates meet, within what 400 trials leave
  /// open of what 6,000 found.
  @Test
  void fiveIntervalsOnHardCasesCoverAndAreAsWideAsTheyMust() {
    JsonNode entry = named(Golden.read("coverage"), "name", "hard cases");
    double known = entry.get("runs").doubleValue();
    assertThat(CoverageStudy.hardCases()).hasSameSizeAs(entry.get("rows").values());
    for (CoverageStudy.Case law : CoverageStudy.hardCases()) {
      JsonNode expected = named(entry.get("rows"), "law", law.name());
      CoverageStudy.Row row =
          CoverageStudy.run(
              law,
              entry.get("prompts").intValue(),
              TRIALS,
              entry.get("resamples").intValue(),
              entry.get("alpha").doubleValue(),
              11);
      assertThat(row.cells()).extracting(Cell::method).containsExactly(Method.values());
      for (Cell cell : row.cells()) {
        check(law, cell, expected.get("cells").get(cell.method().name()), known);
      }
      double withheld = expected.get("withheld").doubleValue();
      checkShare(law, row.cells().getLast(), row.cells().getLast().withheld(), withheld, known);
    }
  }

  private static JsonNode named(JsonNode list, String field, String name) {
    return list.values().stream()
        .filter(one -> one.get(field).stringValue().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void check(CoverageStudy.Case law, Cell cell, JsonNode expected, double known) {
    checkShare(law, cell, cell.coverage(), expected.get("coverage").doubleValue(), known);
    double room = 4 * expected.get("width_sd").doubleValue() * Math.sqrt(1.0 / TRIALS + 1 / known);
    assertThat(cell.width())
        .as("%s: %s", law.name(), cell)
        .isCloseTo(expected.get("width").doubleValue(), Offset.offset(room + 1e-9));
  }

  private static void checkShare(
      CoverageStudy.Case law, Cell cell, double share, double expected, double known) {
    assertThat(new Criterion(expected, TRIALS, known).accepts(Math.round(share * TRIALS)))
        .as("%s: %s, must be %s", law.name(), cell, expected)
        .isTrue();
  }
}
