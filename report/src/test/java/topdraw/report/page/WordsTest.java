package topdraw.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

class WordsTest {
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
    assertThat(Words.interval(Finding.exact(Quantity.KL, 1, new Estimator("any", "Lemma 3.1"))))
        .isEmpty();
  }

  private static Finding estimate(double confidence) {
    return Finding.estimate(
        Quantity.KL,
        Role.VALUE,
        0.31,
        new Interval(0.27, 0.35),
        new Confidence(confidence),
        64,
        new Estimator("any", "pool"),
        List.of());
  }
}
