package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.Scope;
import topdraw.theory.confidence.SuccessStatistic;
import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Quantiles;

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

  /// 64 rounds of the correction, `e ← e + (g - B e)`, written out; then every part of the interval
  /// by its definition. The same `k` is asked for of several pools.
  @ParameterizedTest
  @CsvSource({
    "1, 2, 10", "1, 3, 14", "1, 4, 60", "2, 3, 20", "2, 4, 300", "2, 8, 80", "3, 4, 12",
    "5, 8, 40", "5, 20, 90", "8, 9, 30", "8, 16, 60", "8, 32, 100", "16, 32, 40", "16, 17, 200"
  })
  void aForecastIsWhatItsDefinitionSays(int draws, int k, int prompts) {
    double[] misses = corrected(draws, k);
    double allowance = 0;
    for (int i = 0; i < 300; i++) {
      double w = Math.pow(10, -4 + 4 * i / 299.);
      double mean = 0;
      for (int c = 0; c <= draws; c++) {
        mean += binomial(draws, c, w) * misses[c];
      }
      allowance = Math.max(allowance, Math.abs(mean - Math.pow(1 - w, k)));
    }
    assertThat(PassForecast.allowance(draws, k)).isCloseTo(allowance, within(1e-12));

    RandomGenerator random = Tables.random(draws + 100L * k);
    int most = draws;
    List<int[]> pools =
        List.of(
            // Nearly all alike, nearly all solved, of all kinds, half of them hopeless.
            IntStream.range(0, prompts).map(j -> j == 0 ? 0 : 1).toArray(),
            IntStream.range(0, prompts).map(_ -> random.nextInt(most / 2, most + 1)).toArray(),
            IntStream.range(0, prompts).map(j -> 1 + j * most / prompts).toArray(),
            IntStream.range(0, prompts)
                .map(j -> j % 2 == 0 ? 0 : random.nextInt(1, most + 1))
                .toArray(),
            IntStream.range(0, prompts).map(_ -> 1).toArray(),
            IntStream.range(0, prompts).map(_ -> most).toArray());
    for (int[] correct : pools) {
      for (double alpha : new double[] {.01, .05, .5}) {
        assertThat(PassForecast.at(correct, draws, k, alpha))
            .satisfies(answer -> assertForecast(answer, correct, draws, k, misses, alpha));
      }
    }
  }

  private static double[] corrected(int draws, int k) {
    double[] aim =
        IntStream.rangeClosed(0, draws)
            .mapToDouble(c -> Math.pow(1 - (double) c / draws, k))
            .toArray();
    double[] corrected = aim.clone();
    for (int round = 0; round < 64; round++) {
      double[] known = corrected;
      corrected =
          IntStream.rangeClosed(0, draws)
              .mapToDouble(
                  c ->
                      known[c]
                          + aim[c]
                          - IntStream.rangeClosed(0, draws)
                              .mapToDouble(j -> binomial(draws, j, (double) c / draws) * known[j])
                              .sum())
              .toArray();
    }
    return corrected;
  }

  private static double binomial(int draws, int count, double rate) {
    double chance = 1;
    for (int i = 0; i < count; i++) {
      chance *= rate * (draws - i) / (count - i);
    }
    return chance * Math.pow(1 - rate, draws - count);
  }

  private static void assertForecast(
      ForecastAnswer answer, int[] correct, int draws, int k, double[] misses, double alpha) {
    int prompts = correct.length;
    double allowance = PassForecast.allowance(draws, k);
    double mean = 0;
    double pairs = 0;
    double solved = 0;
    for (int c : correct) {
      mean += (1 - misses[c]) / prompts;
      solved += c > 0 ? 1 : 0;
      for (int d : correct) {
        pairs += (misses[c] - misses[d]) * (misses[c] - misses[d]);
      }
    }
    solved /= prompts;
    double variance = pairs / 2 / prompts / (prompts - 1);
    double half =
        Quantiles.student(alpha, prompts - 1.) * Math.sqrt(variance / prompts) + allowance;
    Interval all = passAt(draws, correct, draws, alpha);
    double envelope = 1;
    if (draws > 1) {
      double before = passAt(draws - 1, correct, draws, alpha).lower();
      double ratio = (1 - all.upper()) / (1 - before);
      envelope = ratio < 1 ? 1 - (1 - all.upper()) * Math.pow(ratio, k - draws) : all.upper();
    }
    double low = Math.max(all.lower(), Math.min(1, mean - half));
    double high = Math.max(low, Math.min(mean + half, envelope));
    if (high - low > .6) {
      assertRefused(ForecastAnswer.Reason.TOO_WIDE, answer);
      return;
    }
    var forecast = (ForecastAnswer.Forecast) answer;
    double top = Math.max(high, solved);
    assertThat(forecast.interval().lower()).isCloseTo(low, within(1e-12));
    assertThat(forecast.interval().upper()).isCloseTo(top, within(1e-12));
    assertThat(forecast.value())
        .isCloseTo(Math.min(top, Math.max(mean, Math.max(low, solved))), within(1e-12));
    assertThat(forecast.allowance()).isEqualTo(allowance);
  }

  private static Interval passAt(int k, int[] correct, int draws, double alpha) {
    var all = new int[correct.length];
    Arrays.fill(all, draws);
    return ((MeanInterval.Found)
            new MeanIntervals(Scope.PROMPTS, alpha)
                .ofSuccesses(new SuccessStatistic.AnyOf(k), correct, all))
        .interval();
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

  /// Where pass@(N-1) is not below pass@N nothing more is gained, to the last digit.
  @Test
  void theEnvelopeIsFlatWhereItHasNoSlope() {
    assertThat(PassForecast.atMost(.1, .1, 3)).isEqualTo(.1);
    assertThat(PassForecast.atMost(.5, .3, 5)).isEqualTo(.3);
    assertThat(PassForecast.atMost(.5, 1, 5)).isOne();
    assertThat(PassForecast.atMost(1, 1, 5)).isOne();
    assertThat(PassForecast.atMost(0, 0, 5)).isZero();
    assertThat(PassForecast.atMost(0, .5, 0)).isEqualTo(.5);
    assertThat(PassForecast.atMost(0, .5, 2)).isEqualTo(.875);
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
    assertRefused(
        ForecastAnswer.Reason.FEW_PROMPTS, PassForecast.at(new int[] {1, 2, 3}, 16, 65, .05));
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
