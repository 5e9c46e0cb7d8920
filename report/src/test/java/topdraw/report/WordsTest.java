package topdraw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;

class WordsTest {
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
    assertThat(Words.known(evidence, role)).isEqualTo(words);
  }

  @ParameterizedTest(name = "{0} is printed as {1}")
  @CsvSource({
    "1.8350887,1.835",
    "0.5,0.5",
    "0,0",
    "-2.5,−2.5",
    "1.2345678e-7,0.0000001235",
    "123456,123500",
    "Infinity,∞",
    "-Infinity,−∞"
  })
  void numbersHaveFourSignificantDigits(double value, String printed) {
    assertThat(Words.number(value)).isEqualTo(printed);
  }

  @Test
  void anIntervalNamesItsConfidence() {
    assertThat(Words.interval(estimate(0.95)).replace('\u00a0', ' '))
        .isEqualTo("0.27 to 0.35 at 95 %");
    assertThat(Words.interval(estimate(0.999)).replace('\u00a0', ' ')).endsWith("at 99.9 %");
    assertThat(Words.interval(Finding.exact("kl", 1, "nats", "Lemma 3.1"))).isEmpty();
  }

  @ParameterizedTest(name = "{0} reads: {1}")
  @CsvSource({"kl,KL divergence", "win_rate,win rate", "seen_mass_kl_bound,seen mass KL bound"})
  void quantitiesAreWords(String name, String words) {
    assertThat(Words.quantity(name)).isEqualTo(words);
  }

  private static Finding estimate(double confidence) {
    return Finding.estimate(
        "kl",
        Role.VALUE,
        0.31,
        "nats",
        new Interval(0.27, 0.35),
        confidence,
        64,
        "pool",
        List.of());
  }
}
