package topdraw.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

class EvidenceWordsTest {
  @ParameterizedTest(name = "{0} with role {1} reads: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EXACT      | VALUE       | exact
          THEOREM    | UPPER_BOUND | theorem, upper bound
          ESTIMATE   | VALUE       | estimate
          ESTIMATE   | UPPER_BOUND | estimate of an upper bound
          ESTIMATE   | LOWER_BOUND | estimate of a lower bound
          CONJECTURE | LOWER_BOUND | conjecture, lower bound
          """)
  void evidenceIsSaidInWordsThatPromiseNoMoreThanItIs(Evidence evidence, Role role, String words) {
    assertThat(EvidenceWords.of(evidence, role)).isEqualTo(words);
  }

  @ParameterizedTest(name = "{0} reads: {1}")
  @CsvSource({"KL,KL divergence", "WIN_RATE,win rate", "EARLY_STOP_KL,early stop KL"})
  void quantitiesAreWords(Quantity quantity, String words) {
    assertThat(QuantityWords.of(quantity)).isEqualTo(words);
  }
}
