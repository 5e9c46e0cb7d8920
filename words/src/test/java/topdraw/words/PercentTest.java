package topdraw.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentTest {
  /// Shares of a chance of failing give endless fractions; no more is said than holds.
  @ParameterizedTest
  @CsvSource({
    "0.95, 95 %",
    "0.5, 50 %",
    "0.9, 90 %",
    "0.975, 97.5 %",
    "0.99375, 99.375 %",
    "0.9833333333333333, 98.3333 %",
    "0.99999999, 99.9999 %"
  })
  void aConfidenceIsNeverRoundedUp(double confidence, String words) {
    assertThat(Percent.of(confidence)).isEqualTo(words);
  }
}
