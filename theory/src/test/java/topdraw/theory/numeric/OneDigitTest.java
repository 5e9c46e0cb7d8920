package topdraw.theory.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneDigitTest {
  @ParameterizedTest
  @CsvSource({
    "0.00054, 0.0006",
    "0.0005, 0.0005",
    "5e-7, 5e-07",
    "0.00049, 0.0005",
    "0.0991, 0.1",
    "2, 2",
    "2.01, 3",
    "0, 0"
  })
  void aBoundIsRoundedUp(double bound, String said) {
    assertThat(OneDigit.atMost(bound)).isEqualTo(said);
  }
}
