package topdraw.words.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.json.Json;

/// The mean over prompts; single prompts are held by the golden vectors.
class ComputeLineTest {
  private static final double COIN = 0.130812035941136959;
  private static final double THREE = 0.140638467367098026;
  private static final String PROMPTS = "[{\"p\": [0.5, 0.5]}, {\"p\": [0.5, 0.3, 0.2]}]";

  private static String answer(String question) {
    return ComputeLine.answer(question);
  }

  private static double value(String rest) {
    String answer =
        answer("{\"quantity\": \"best_of_n_kl\", \"inputs\": {\"n\": 2}, " + rest + "}");
    assertThat(Json.read(answer).has("value")).as(answer).isTrue();
    return Json.read(answer).get("value").doubleValue();
  }

  @Test
  void aMeanOverPromptsWeighsThemAlikeOrAsToldAndStaysBelowTheTextbook() {
    assertThat(value("\"prompts\": " + PROMPTS)).isCloseTo((COIN + THREE) / 2, within(1e-15));
    assertThat(value("\"prompts\": " + PROMPTS + ", \"weights\": [3, 1]"))
        .isCloseTo((3 * COIN + THREE) / 4, within(1e-15))
        .isLessThan(0.193147180559945309);
  }

  @Test
  void aPromptThatIsNeverAskedNeedsNoValue() {
    String question =
        "{\"quantity\": \"rewind_kl\", \"prompts\": [{\"z\": 0}, {\"z\": 0.5}], \"weights\": [0, 1]}";
    assertThat(Json.read(answer(question)).get("value").doubleValue())
        .isCloseTo(Math.log(2), within(1e-15));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "best_of_n_kl  | []                                   | [1]     | must be a list of objects",
        "best_of_n_kl  | 3                                    | [1]     | must be a list of objects",
        "best_of_n_kl  | [3]                                  | [1]     | must be a list of objects",
        "best_of_n_pmf | [{\"n\": 2, \"p\": [1]}]             | [1]     | is a list",
        "best_of_n_kl  | [{\"n\": 2, \"p\": [1]}]             | [1, 2]  | each of the 1 prompts",
        "best_of_n_kl  | [{\"n\": 2, \"p\": [1]}]             | [0]     | one of them above 0",
        "best_of_n_kl  | [{\"n\": 2, \"p\": [1]}]             | [\"x\"] | a number of at least 0",
        "best_of_n_kl  | [{\"n\": 2, \"p\": [1], \"q\": 0.5}] | [1]     | q"
      })
  void whatCannotBeAveragedIsToldSo(String name, String prompts, String weights, String words) {
    String question =
        "{\"id\": 7, \"quantity\": \"%s\", \"prompts\": %s, \"weights\": %s}"
            .formatted(name, prompts, weights);
    assertThat(Json.read(answer(question)).get("id").intValue()).isEqualTo(7);
    assertThat(Json.read(answer(question)).get("error").stringValue()).contains(words);
  }
}
