package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;

/// Forecasts, against what is true and what was hidden.
class PassForecastTest {
  @ParameterizedTest
  @CsvSource({
    "16, 24, .006",
    "16, 32, .023",
    "16, 48, .086",
    "16, 64, .162",
    "64, 96, .006",
    "64, 128, .021",
    "64, 192, .080",
    "64, 256, .153"
  })
  void theAllowanceIsAFunctionOfTheRatio(int draws, int k, double expected) {
    assertThat(PassForecast.allowance(draws, k)).isBetween(expected - 6e-4, expected + 6e-4);
  }

  @Test
  void aForecastHasItsValue() {
    int[] kinds = {0, 0, 1, 3, 5, 16, 2, 0, 1, 8, 4, 0};
    int[] correct = IntStream.range(0, 60).map(j -> kinds[j % 12]).toArray();
    var forecast = (ForecastAnswer.Forecast) PassForecast.at(correct, 16, 32, .05);
    Near.assertWithin(1e-9, forecast.value(), .7785529359396);
    double half = 2.00099537808827 * .0836192417009167 + PassForecast.allowance(16, 32);
    assertThat(forecast.interval().lower()).isCloseTo(.7785529359396 - half, within(1e-9));
    assertThat(forecast.interval().upper()).isBetween(.8, .7785529359396 + half + 1e-9);
  }

  /// Rates of three laws; half the draws of each prompt are hidden from the forecast.
  @ParameterizedTest
  @CsvSource({"beta", "two", "alike"})
  void whatIsHiddenIsForetold(String law) {
    RandomGenerator random = Tables.random(8);
    int files = 200;
    int held = 0;
    double missed = 0;
    for (int i = 0; i < files; i++) {
      double[] rates = IntStream.range(0, 100).mapToDouble(_ -> rate(law, random)).toArray();
      int[] seen = Arrays.stream(rates).mapToInt(p -> binomial(16, p, random)).toArray();
      double all =
          IntStream.range(0, 100)
                  .filter(j -> seen[j] > 0 || binomial(16, rates[j], random) > 0)
                  .count()
              / 100.0;
      var answer = PassForecast.at(seen, 16, 32, .05);
      if (answer instanceof ForecastAnswer.Forecast forecast) {
        held += forecast.interval().lower() <= all && all <= forecast.interval().upper() ? 1 : 0;
        missed += (forecast.value() - all) / files;
      }
    }
    assertThat(held).isGreaterThanOrEqualTo(188);
    assertThat(missed).isBetween(-.03, .03);
  }

  private static double rate(String law, RandomGenerator random) {
    return switch (law) {
      case "beta" -> Math.pow(random.nextDouble(), 5);
      case "two" -> random.nextBoolean() ? .02 : .4;
      default -> .05;
    };
  }

  private static int binomial(int draws, double p, RandomGenerator random) {
    return (int) random.doubles(draws).filter(u -> u < p).count();
  }

  @Test
  void theEnvelopeHoldsForEveryLawOfRates() {
    double[][] laws = {{.1, .5, .9}, {0, .02, .3}, {.2, .2, .2}, {0, 0, 1}};
    for (double[] rates : laws) {
      for (int further = 0; further < 60; further += 7) {
        double bound = PassForecast.atMost(passAt(7, rates), passAt(8, rates), further);
        assertThat(bound).isGreaterThanOrEqualTo(passAt(8 + further, rates) - 1e-14);
      }
    }
    // Where all rates are alike it is the truth.
    double[] alike = {.2, .2};
    assertThat(PassForecast.atMost(passAt(7, alike), passAt(8, alike), 20))
        .isCloseTo(passAt(28, alike), within(1e-13));
  }

  private static double passAt(int k, double[] rates) {
    return Arrays.stream(rates).map(p -> 1 - Math.pow(1 - p, k)).average().orElseThrow();
  }

  @Test
  void whatCannotBeForetoldIsRefused() {
    int[] many = IntStream.range(0, 40).map(i -> i % 5).toArray();
    assertRefused(ForecastAnswer.Reason.TOO_FAR, PassForecast.at(many, 16, 65, .05));
    assertRefused(
        ForecastAnswer.Reason.FEW_PROMPTS, PassForecast.at(new int[] {1, 2, 3}, 16, 20, .05));
    int[] rare = new int[40];
    Arrays.fill(rare, 0, 4, 1);
    assertRefused(ForecastAnswer.Reason.FEW_SUCCESSES, PassForecast.at(rare, 16, 20, .05));
    int[] few = {1, 1, 2, 1, 0, 0, 1, 0, 0, 0};
    assertRefused(ForecastAnswer.Reason.TOO_WIDE, PassForecast.at(few, 16, 64, .05));
    assertThatThrownBy(() -> PassForecast.at(many, 16, 16, .05)).hasMessageContaining("k - draws");
  }

  private static void assertRefused(ForecastAnswer.Reason reason, ForecastAnswer answer) {
    assertThat(answer).isEqualTo(new ForecastAnswer.Refused(reason));
    assertThat(reason.words()).isNotBlank();
  }

  /// Rates of a beta law, which the model has, and of two kinds of prompt, of which one is so rare
  /// to succeed that the first draws do not show it.
  @Test
  void theTailModelIsHeldToTheSecondHalf() {
    RandomGenerator random = Tables.random(31);
    int held = 0;
    int made = 0;
    for (int i = 0; i < 60; i++) {
      double[] rates = IntStream.range(0, 60).mapToDouble(_ -> rate("beta", random)).toArray();
      int[] first = Arrays.stream(rates).mapToInt(p -> binomial(8, p, random)).toArray();
      int[] all =
          IntStream.range(0, 60).map(j -> first[j] + binomial(8, rates[j], random)).toArray();
      if (TailModel.forecast(first, 8, all, 16, 160, .05)
          instanceof ForecastAnswer.Forecast forecast) {
        made++;
        // E (1-u^5)^160 by the midpoint rule.
        double truth =
            1
                - IntStream.range(0, 20_000)
                    .mapToDouble(k -> Math.pow(1 - Math.pow((k + .5) / 20_000, 5), 160))
                    .average()
                    .orElseThrow();
        held +=
            forecast.interval().lower() <= truth && truth <= forecast.interval().upper() ? 1 : 0;
      }
    }
    assertThat(made).isGreaterThan(48);
    assertThat((double) held / made).isBetween(.85, 1.0);
    // Prompts solved in the second half alone, against the model of the first.
    var nothing = new int[20];
    var most = IntStream.generate(() -> 8).limit(20).toArray();
    assertRefused(
        ForecastAnswer.Reason.MODEL_FAILS, TailModel.forecast(nothing, 8, most, 16, 160, .05));
    assertRefused(ForecastAnswer.Reason.TOO_FAR, TailModel.forecast(most, 8, most, 16, 1601, .05));
  }
}
