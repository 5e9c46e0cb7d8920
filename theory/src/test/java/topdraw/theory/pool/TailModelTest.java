package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Tables;

/// The model of far pass@k, against its posterior written out: a list of points, each with its
/// share never solved, its mean and its concentration.
class TailModelTest {
  private static final double[] SHARES = {0, .02, .05, .1, .2, .3, .5, .7};

  static LongStream seeds() {
    return Tables.seeds(10);
  }

  private record Point(double value, double weight) {}

  /// Every point of the model with pass@k and its weight, by products of chances, in the order of
  /// their values.
  private static List<Point> points(int[] correct, int draws, int k) {
    var times = new int[draws + 1];
    Arrays.stream(correct).forEach(c -> times[c]++);
    var values = new ArrayList<Double>();
    var logs = new ArrayList<Double>();
    for (int i = 0; i <= 60; i++) {
      double mean = 1 / (1 + Math.exp(11 - 22 * i / 60.0));
      for (int j = 0; j <= 24; j++) {
        double both = .1 * Math.pow(30_000, j / 24.0);
        double a = mean * both;
        double b = both - a;
        double[] chances = chances(draws, a, b);
        double missed = 1;
        for (int d = 0; d < k; d++) {
          missed *= (b + d) / (both + d);
        }
        for (double share : SHARES) {
          double log = Math.log((share == 0 ? 1 / 2. : 1 / 14.) * Math.sqrt(mean * (1 - mean)));
          for (int c = 0; c <= draws; c++) {
            log += times[c] * Math.log((1 - share) * chances[c] + (c == 0 ? share : 0));
          }
          values.add((1 - share) * (1 - missed));
          logs.add(log);
        }
      }
    }
    double top = logs.stream().mapToDouble(x -> x).max().orElseThrow();
    return IntStream.range(0, logs.size())
        .mapToObj(i -> new Point(values.get(i), Math.exp(logs.get(i) - top)))
        .sorted(Comparator.comparingDouble(Point::value))
        .toList();
  }

  /// The chance of each count of a prompt that may be solved.
  private static double[] chances(int draws, double a, double b) {
    var chances = new double[draws + 1];
    for (int c = 0; c <= draws; c++) {
      double chance = 1;
      for (int i = 0; i < c; i++) {
        chance *= (draws - i) / (c - i + 0.0) * (a + i) / (a + b + draws - c + i);
      }
      for (int i = 0; i < draws - c; i++) {
        chance *= (b + i) / (a + b + i);
      }
      chances[c] = chance;
    }
    return chances;
  }

  /// The values that these shares of the weight lie below.
  private static double[] quantiles(List<Point> points, double... shares) {
    double total = points.stream().mapToDouble(Point::weight).sum();
    return Arrays.stream(shares)
        .map(
            share -> {
              double sum = 0;
              for (Point point : points) {
                sum += point.weight();
                if (sum >= share * total) {
                  return point.value();
                }
              }
              return points.getLast().value();
            })
        .toArray();
  }

  private static void assertForecast(
      int[] first, int half, int[] correct, int draws, int k, double alpha) {
    double[] ends = quantiles(points(correct, draws, k), alpha / 2, .5, 1 - alpha / 2);
    ForecastAnswer answer = TailModel.forecast(first, half, correct, draws, k, alpha);
    assertThat(answer).isInstanceOf(ForecastAnswer.Forecast.class);
    var forecast = (ForecastAnswer.Forecast) answer;
    assertThat(forecast.interval().lower()).isCloseTo(ends[0], within(1e-10));
    assertThat(forecast.value()).isCloseTo(ends[1], within(1e-10));
    assertThat(forecast.interval().upper()).isCloseTo(ends[2], within(1e-10));
    assertThat(forecast.allowance()).isZero();
  }

  /// Prompts of a beta law, some of them never solved.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aForecastIsTheQuantilesOfThePosterior(long seed) {
    RandomGenerator random = Tables.random(seed);
    int draws = 2 * random.nextInt(1, 5);
    int prompts = random.nextInt(12, 40);
    var first = new int[prompts];
    var correct = new int[prompts];
    for (int j = 0; j < prompts; j++) {
      double rate = random.nextInt(4) == 0 ? 0 : random.nextDouble();
      first[j] = (int) random.doubles(draws / 2).filter(u -> u < rate).count();
      correct[j] = first[j] + (int) random.doubles(draws / 2).filter(u -> u < rate).count();
    }
    assertForecast(first, draws / 2, correct, draws, 100 * draws, .05);
    assertForecast(first, draws / 2, correct, draws, draws + 1, .4);
  }

  /// 2,700 prompts leave weights whose logarithms are below -5,000.
  @Test
  void manyPromptsLeaveTheirQuantiles() {
    int[] first = IntStream.range(0, 2700).map(j -> j % 5).toArray();
    int[] correct = IntStream.range(0, 2700).map(j -> j % 9).toArray();
    assertForecast(first, 4, correct, 8, 200, .05);
  }

  /// With hardly a chance of missing, the upper end is as good as the largest value of the model.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theEndsHoldAllThereIs(long seed) {
    RandomGenerator random = Tables.random(seed);
    int[] first = random.ints(20, 0, 3).toArray();
    int[] correct = IntStream.range(0, 20).map(j -> first[j] + j % 2).toArray();
    var forecast =
        (ForecastAnswer.Forecast) TailModel.forecast(first, 2, correct, 4, 40, Double.MIN_NORMAL);
    List<Point> points = points(correct, 4, 40);
    assertThat(forecast.interval().lower()).isLessThan(quantiles(points, 1e-9)[0]);
    assertThat(forecast.interval().upper())
        .isBetween(quantiles(points, 1 - 1e-9)[0], points.getLast().value() + 1e-12);
  }

  /// Whatever share of 40 prompts is solved in the end: refused where the model of the first half
  /// misses it by more than its standard error.
  @Test
  void theModelIsHeldToItsStandardError() {
    int[] first = IntStream.range(0, 40).map(j -> j % 2 * 3).toArray();
    double[] ends = quantiles(points(first, 8, 16), .1, .9);
    int early = 0;
    int late = 0;
    for (int solved = 5; solved <= 40; solved++) {
      int most = solved;
      int[] correct = IntStream.range(0, 40).map(j -> j < most ? 7 : 0).toArray();
      double share = solved / 40.;
      double error = Math.sqrt(share * (1 - share) / 40);
      ForecastAnswer answer = TailModel.forecast(first, 8, correct, 16, 160, .2);
      if (share + error < ends[0] || share - error > ends[1]) {
        assertThat(answer).isEqualTo(new ForecastAnswer.Refused(ForecastAnswer.Reason.MODEL_FAILS));
        early += share < ends[0] ? 1 : 0;
        late += share > ends[1] ? 1 : 0;
      } else {
        assertThat(answer).isInstanceOf(ForecastAnswer.Forecast.class);
      }
    }
    assertThat(early).isGreaterThan(2);
    assertThat(late).isGreaterThan(2);
  }

  /// 100,000 prompts of one draw each, all solved: in most of what is left of the model pass@200 is
  /// 1 to the last digit, at the lower end too, and all solved is what comes.
  @Test
  void whatIsCertainIsForetold() {
    int[] first = IntStream.generate(() -> 1).limit(100_000).toArray();
    int[] correct = IntStream.generate(() -> 200).limit(10).toArray();
    assertThat(quantiles(points(first, 1, 200), .45)[0]).isOne();
    assertThat(TailModel.forecast(first, 1, correct, 200, 400, .99))
        .isInstanceOf(ForecastAnswer.Forecast.class);
  }

  /// Few prompts, then a distance too far, then a model that fails: of several reasons the one
  /// named earlier here.
  @Test
  void theReasonIsTheOneThatComesFirst() {
    var nothing = new int[20];
    int[] all = IntStream.generate(() -> 8).limit(20).toArray();
    int[] few = Arrays.copyOf(all, 3);
    assertRefused(
        ForecastAnswer.Reason.FEW_PROMPTS, TailModel.forecast(new int[3], 8, few, 16, 1601, .05));
    assertRefused(
        ForecastAnswer.Reason.FEW_PROMPTS, TailModel.forecast(new int[3], 8, few, 16, 1600, .05));
    assertRefused(
        ForecastAnswer.Reason.TOO_FAR, TailModel.forecast(nothing, 8, all, 16, 1601, .05));
    assertRefused(
        ForecastAnswer.Reason.MODEL_FAILS, TailModel.forecast(nothing, 8, all, 16, 1600, .05));
    assertThat(TailModel.forecast(all, 8, all, 16, 1600, .05))
        .isInstanceOf(ForecastAnswer.Forecast.class);
    assertThatThrownBy(() -> TailModel.forecast(all, 8, all, 16, 16, .05))
        .hasMessageContaining("k - draws");
  }

  private static void assertRefused(ForecastAnswer.Reason reason, ForecastAnswer answer) {
    assertThat(answer).isEqualTo(new ForecastAnswer.Refused(reason));
  }
}
