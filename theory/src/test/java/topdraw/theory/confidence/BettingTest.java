package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.Coverage;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.finding.Interval;

/// Bounds on a mean by betting: what makes them valid, and how often they fail. Their end points
/// are in [ConfidenceGoldenTest].
class BettingTest {
  private static final double[] VALUES = {0, 0.25, 1};

  static LongStream seeds() {
    return Tables.seeds();
  }

  /// The premise of Ville's inequality, over every sequence of seven values: the capital at the
  /// true mean is 1 on average, after every value. A bet that looks at the value it bets on is paid
  /// more.
  @ParameterizedTest(name = "chances {0}, {1}")
  @CsvSource({"0.3, 0.3", "0.05, 0.05", "0.1, 0.8", "0.9, 0.05"})
  void theCapitalAtTheTrueMeanIsOneOnAverage(double first, double second) {
    double[] chances = {first, second, 1 - first - second};
    double mean = 0.25 * second + chances[2];
    for (Betting.Horizon horizon : new Betting.Horizon[] {_ -> 7, Betting.ANYTIME}) {
      for (double alpha : new double[] {0.01, 0.3}) {
        var capital = new double[7];
        Tables.forEachTuple(
            3,
            7,
            t -> {
              double[] values = Arrays.stream(t).mapToDouble(i -> VALUES[i]).toArray();
              double chance =
                  Arrays.stream(t).mapToDouble(i -> chances[i]).reduce(1, (a, b) -> a * b);
              double[] bets = Betting.bets(values, alpha, horizon);
              for (int read = 1; read <= 7; read++) {
                double log = Betting.logCapital(Arrays.copyOf(values, read), bets, mean);
                capital[read - 1] += chance * Math.exp(log);
              }
            });
        for (double average : capital) {
          Near.assertWithin(1e-12, average, 1);
        }
      }
    }
  }

  /// A bet is the same whatever comes at its turn or after it.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aBetKnowsOnlyTheValuesBeforeIt(long seed) {
    RandomGenerator random = Tables.random(seed);
    double[] values = random.doubles(12).toArray();
    int turn = random.nextInt(12);
    double[] otherwise = values.clone();
    for (int t = turn; t < 12; t++) {
      otherwise[t] = random.nextDouble();
    }
    for (Betting.Horizon horizon : new Betting.Horizon[] {_ -> 12, Betting.ANYTIME}) {
      double[] bets = Betting.bets(values, 0.1, horizon);
      double[] others = Betting.bets(otherwise, 0.1, horizon);
      assertThat(Arrays.copyOf(bets, turn + 1)).isEqualTo(Arrays.copyOf(others, turn + 1));
      assertThat(turn == 11 || bets[turn + 1] != others[turn + 1]).isTrue();
    }
  }

  /// Every sequence of ten values of a two-point law: the chance of failing, summed.
  @ParameterizedTest(name = "p = {0}")
  @ValueSource(doubles = {0.02, 0.1, 0.3, 0.5, 0.8, 0.95, 0.99})
  void bettingFailsNoMoreOftenThanItSays(double p) {
    double alpha = 0.2;
    double mean = p + 0.25 * (1 - p);
    assertThat(chance(0.25, p, v -> Betting.lower(v, alpha) > mean)).isLessThanOrEqualTo(alpha);
    assertThat(chance(0.25, p, v -> Betting.upper(v, alpha) < mean)).isLessThanOrEqualTo(alpha);
    assertThat(chance(0.25, p, v -> everAbove(v, alpha, mean))).isLessThanOrEqualTo(alpha);
  }

  private static boolean everAbove(double[] values, double alpha, double mean) {
    return IntStream.rangeClosed(1, values.length)
        .anyMatch(t -> Betting.lowerAnytime(Arrays.copyOf(values, t), alpha) > mean);
  }

  private static double chance(double low, double p, Predicate<double[]> fails) {
    int length = 10;
    double sum = 0;
    for (int bits = 0; bits < 1 << length; bits++) {
      int sequence = bits;
      double[] values =
          IntStream.range(0, length).mapToDouble(i -> (sequence >> i & 1) == 1 ? 1 : low).toArray();
      int ones = Integer.bitCount(bits);
      sum += fails.test(values) ? Math.pow(p, ones) * Math.pow(1 - p, length - ones) : 0;
    }
    return sum;
  }

  /// Read at every value, a bound fails about as often as it says.
  @Test
  void atAnyTimeBettingIsNearlyExact() {
    Coverage.assertNearlyExact(
        0.1, alpha -> chance(0, 0.5, values -> everAbove(values, alpha, 0.5)));
    Coverage.assertNearlyExact(
        0.1,
        alpha ->
            chance(
                0,
                0.5,
                values ->
                    IntStream.rangeClosed(1, values.length)
                        .anyMatch(
                            t -> Betting.upperAnytime(Arrays.copyOf(values, t), alpha) < 0.5)));
  }

  /// Fifty uniform numbers, 4,000 times: read once, a bound of 80 % fails in 3.4 % of them (a
  /// calculation apart, with numpy, in 3.38 % of 20,000).
  @Test
  void readOnceBettingKeepsWithinItsLimitsOnBothSides() {
    Coverage.assertBetween(0.026, 0.045, 0.2, rate(50, 0.5, RandomGenerator::nextDouble, LOWER));
    Coverage.assertBetween(0.026, 0.045, 0.2, rate(50, 0.5, RandomGenerator::nextDouble, UPPER));
    Coverage.assertBetween(
        0.026 * 2, 0.045 * 2, 0.4, rate(50, 0.5, RandomGenerator::nextDouble, BOTH));
  }

  @FunctionalInterface
  private interface Fails {
    boolean at(double[] values, double alpha, double mean);
  }

  private static final Fails LOWER = (values, alpha, mean) -> Betting.lower(values, alpha) > mean;
  private static final Fails UPPER = (values, alpha, mean) -> Betting.upper(values, alpha) < mean;
  private static final Fails BOTH =
      (values, alpha, mean) -> {
        Interval interval = Betting.interval(values, alpha);
        return mean < interval.lower() || mean > interval.upper();
      };

  @FunctionalInterface
  private interface Draw {
    double from(RandomGenerator random);
  }

  private static DoubleUnaryOperator rate(int length, double mean, Draw draw, Fails fails) {
    return alpha -> {
      RandomGenerator random = Tables.random(11);
      int failed = 0;
      for (int sample = 0; sample < 4_000; sample++) {
        double[] values = IntStream.range(0, length).mapToDouble(_ -> draw.from(random)).toArray();
        failed += fails.at(values, alpha, mean) ? 1 : 0;
      }
      return failed / 4_000.0;
    };
  }

  /// Rare low-entropy prompts, where a bootstrap fails: 400 samples of 50 prompts.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void bettingCoversTheHardCaseAndIsNarrowerThanTheClassicalIntervals(long seed) {
    RandomGenerator random = Tables.random(seed);
    double mean = 0.98 + 0.02 * 0.45;
    int covered = 0;
    double betting = 0;
    double hoeffding = 0;
    double bernstein = 0;
    for (int sample = 0; sample < 400; sample++) {
      double[] values =
          IntStream.range(0, 50)
              .mapToDouble(_ -> random.nextDouble() < 0.02 ? random.nextDouble(0.2, 0.7) : 1)
              .toArray();
      Interval interval = Betting.interval(values, 0.05);
      covered += interval.lower() <= mean && mean <= interval.upper() ? 1 : 0;
      betting += width(interval);
      hoeffding += width(ReferenceIntervals.hoeffding(values, 0.05));
      bernstein += width(ReferenceIntervals.empiricalBernstein(values, 0.05));
    }
    assertThat(covered).isGreaterThanOrEqualTo(380);
    assertThat(betting).isLessThan(hoeffding).isLessThan(bernstein);
  }

  private static double width(Interval interval) {
    return interval.upper() - interval.lower();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void boundsStandOnTheirSideOfTheMeanAndMirrorEachOther(long seed) {
    RandomGenerator random = Tables.random(seed);
    double[] values = random.doubles(random.nextInt(1, 60)).toArray();
    double alpha = random.nextDouble(0.001, 0.5);
    double mean = Arrays.stream(values).average().orElseThrow();

    assertThat(Betting.lower(values, alpha)).isBetween(0.0, mean);
    assertThat(Betting.upper(values, alpha)).isBetween(mean, 1.0);
    assertThat(Betting.lowerAnytime(values, alpha)).isBetween(0.0, mean);
    assertThat(Betting.upperAnytime(values, alpha)).isBetween(mean, 1.0);
    Near.assertAtMost(Betting.lower(values, alpha / 2), Betting.lower(values, alpha));
    double[] mirrored = Arrays.stream(values).map(x -> 1 - x).toArray();
    Near.assertEqual(Betting.upper(mirrored, alpha), 1 - Betting.lower(values, alpha));
  }

  /// The search by itself: where equality is met it is met; next to 0 half the least number above
  /// it is rounded down to 0, and three halves of it up to two.
  @Test
  void theLastMeanIsFoundWhereverItIs() {
    assertThat(Betting.last(m -> -m, -0.25, 1)).isEqualTo(0.25);
    assertThat(Betting.last(m -> -m, 0, 1)).isZero();
    assertThat(Betting.last(m -> -m, -Double.MIN_VALUE, 1)).isEqualTo(Double.MIN_VALUE);
  }

  /// `2^-52` is the first width below `1e-15` of a third.
  @Test
  void itIsHalvedUntilItIsNarrowEnough() {
    var steps = new int[1];
    double found =
        Betting.last(
            m -> {
              steps[0]++;
              return -m;
            },
            -1 / 3.0,
            1);
    assertThat(found).isBetween(1 / 3.0 * (1 - 1e-15), 1 / 3.0);
    assertThat(steps[0]).isEqualTo(52);
  }

  @Test
  void whatIsNoNumberBetweenZeroAndOneIsRefused() {
    for (double[] values : new double[][] {{0.5, 1.5}, {0.5, -0.5}, {0.5, Double.NaN}}) {
      assertThatThrownBy(() -> Betting.lower(values, 0.05))
          .hasMessage("values[1] must be in [0, 1], was " + values[1] + "; divide by its range");
      assertThatThrownBy(() -> Betting.upper(values, 0.05)).hasMessageContaining("values[1]");
      assertThatThrownBy(() -> Betting.lowerAnytime(values, 0.05))
          .hasMessageContaining("values[1]");
    }
    assertThatThrownBy(() -> Betting.lower(new double[0], 0.05)).hasMessageContaining("none");
    for (double alpha : new double[] {0, 1, Double.NaN}) {
      assertThatThrownBy(() -> Betting.lower(new double[] {0.5}, alpha))
          .hasMessageContaining("alpha must be in (0, 1)");
    }
  }
}
