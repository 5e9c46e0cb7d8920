package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;

/// A small version of the study of `topdraw bench pilots`, seed 1.
class PilotStudyTest {
  private static final int PILOTS = 60;

  static Stream<PilotStudy.Case> cases() {
    return PilotStudy.cases().stream();
  }

  /// At most 5 % and two standard errors of 5 % are false; what can be promised is.
  @ParameterizedTest
  @MethodSource("cases")
  void promisesAreKeptAndMade(PilotStudy.Case asked) {
    PilotStudy.Row row = PilotStudy.run(asked, PILOTS, Confidence.DEFAULT, 1);
    double most = 0.05 + 2 * Math.sqrt(0.05 * 0.95 / PILOTS);
    assertThat(row.brokenShare()).as(asked.name()).isLessThanOrEqualTo(most);
    boolean fixed = asked.scope() == Scope.DRAWS;
    double promised = (double) row.promised() / PILOTS;
    switch (asked.name()) {
      case "one prompt, rate 0.1" -> assertThat(promised).isEqualTo(fixed ? 1 : 0);
      case "one prompt, rate 0.01", "one prompt, rate 0.005" ->
          assertThat(promised).isBetween(fixed ? 0.9 : 0, fixed ? 1.0 : 0);
      case "spread rates", "five stars" -> assertThat(promised).isGreaterThan(fixed ? 0.1 : 0.05);
      case "win rate, no ties" -> assertThat(promised).isGreaterThan(0.9);
      case "heavy tail, no range" -> assertThat(promised).isZero();
      default -> assertThat(promised).isBetween(0.0, 1.0);
    }
  }
}
