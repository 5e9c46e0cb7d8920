package topdraw.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlternativesTest {
  private static final List<String> KNOWN =
      List.of("judge", "correct", "log-likelihood", "negative-length", "rm");

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "corect, correct",
    "corretc, correct",
    "Judge, judge",
    "juge, judge",
    "loglikelihood, log-likelihood",
    "negative_lenght, negative-length",
    "mr, rm",
    "r, rm"
  })
  void aSlipOfTheKeyboardIsUnderstood(String wrong, String meant) {
    assertThat(Alternatives.nearest(wrong, KNOWN)).hasValue(meant);
  }

  @Test
  void whatIsFarFromEverythingIsNotGuessed() {
    assertThat(Alternatives.nearest("gold", KNOWN)).isEmpty();
    assertThat(Alternatives.nearest("length", KNOWN)).isEmpty();
    assertThat(Alternatives.nearest("", KNOWN)).isEmpty();
    assertThat(Alternatives.told("gold", List.of("judge", "rm"))).isEqualTo("; there is judge, rm");
    assertThat(Alternatives.told("jugde", List.of("judge", "rm")))
        .isEqualTo("; did you mean judge? There is judge, rm");
  }
}
