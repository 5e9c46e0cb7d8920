package topdraw.theory.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tables of outcomes: what is refused, and small and large ones against their sums to 30 digits.
class OutcomeTableTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final MathContext DIGITS = new MathContext(30);

  private static void assertRefused(ThrowingCallable table, String message) {
    assertThatThrownBy(table).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void whatIsNoWeightIsRefusedByItsPlace() {
    for (double wrong : new double[] {Double.NaN, INF}) {
      String named = "logP[2] is a log-probability, finite or -∞, was " + wrong;
      assertRefused(() -> OutcomeTable.ofLogProbabilities(-1, -2, wrong, -INF), named);
      assertRefused(
          () -> OutcomeTable.of(new double[] {-1, -INF, wrong}, new double[] {1, 2, 3}), named);
    }
    String none = "a table needs an outcome of probability above 0, found none among ";
    assertRefused(OutcomeTable::ofLogProbabilities, none + 0);
    assertRefused(() -> OutcomeTable.ofLogProbabilities(-INF, -INF), none + 2);
    assertRefused(() -> OutcomeTable.ofProbabilities(0, 0, 0), none + 3);
    for (double wrong : new double[] {-1e-300, INF, Double.NaN}) {
      assertRefused(
          () -> OutcomeTable.ofProbabilities(0.5, wrong),
          "p[1] is a probability or a weight, finite and at least 0, was " + wrong);
    }
    assertThat(OutcomeTable.ofProbabilities(0, 2, 6).probabilities())
        .containsExactly(new double[] {0, 0.25, 0.75}, within(1e-16));
  }

  @Test
  void rewardsAreFiniteOrMissing() {
    double[] logP = {-1, -1, -1};
    for (double wrong : new double[] {Double.NaN, INF}) {
      assertThatThrownBy(() -> OutcomeTable.of(logP, new double[] {1, 2, wrong}))
          .hasMessageContaining(
              "rewards[2] must be finite, or -∞ for a missing score, was " + wrong);
    }
    assertRefused(
        () -> OutcomeTable.of(logP, new double[] {1, 2}),
        "each outcome needs one reward: there are 3 log-probabilities and 2 rewards");
    OutcomeTable table = OutcomeTable.of(logP, new double[] {-INF, 0.0, -0.0});
    assertThat(table.levelCount()).isEqualTo(2);
    assertThat(Arrays.stream(table.levelRewards()).map(r -> r + 0.0)).containsExactly(-INF, 0.0);
  }

  /// Three outcomes of chances 0.2, 0.5 and 0.3, of which the last two are equally good.
  private static final OutcomeTable TIED =
      OutcomeTable.of(
          new double[] {Math.log(0.2), -INF, Math.log(0.5), Math.log(0.3)},
          new double[] {3, 9, 7, 7});

  @Test
  void aTableGivesItsRewardsBack() {
    assertThat(TIED.rewards()).containsExactly(3, 9, 7, 7);
    assertThat(TIED.size()).isEqualTo(4);
    assertThat(TIED.levelRewards()).containsExactly(3, 7);
    OutcomeTable ranked = OutcomeTable.ofProbabilities(0.2, 0, 0.8);
    assertThat(ranked.rewards()).containsExactly(0, 1, 2);
    assertThat(ranked.levelRewards()).containsExactly(0, 2);
  }

  @Test
  void aPassRateIsTheChanceOfTheThresholdOrMore() {
    double[] thresholds = {2, 3, 3.5, 7, 7.5, 9, 20};
    double[] rates = {1, 1, 0.8, 0.8, 0, 0, 0};
    for (int i = 0; i < rates.length; i++) {
      assertThat(TIED.passRate(thresholds[i]))
          .as("threshold %s", thresholds[i])
          .isCloseTo(rates[i], within(1e-16));
    }
    assertThat(OutcomeTable.ofProbabilities(0.2, 0.3, 0.5).passRate(1))
        .isCloseTo(0.8, within(1e-16));
    assertThatThrownBy(() -> TIED.passRate(Double.NaN)).hasMessageContaining("threshold");
  }

  @Test
  void aPolicyIsMeasuredOnTheWholeTable() {
    assertThat(TIED.calibratedRewards())
        .containsExactly(new double[] {0.1, 1, 0.6, 0.6}, within(1e-15));
    double[] policy = {0.5, 0, 0.5, 0};
    assertThat(TIED.winRate(policy)).isCloseTo(0.5 * 0.1 + 0.5 * 0.6, within(1e-15));
    assertThat(TIED.kl(policy))
        .isCloseTo(0.5 * Math.log(0.5 / 0.2) + 0.5 * Math.log(0.5 / 0.5), within(1e-15));
    assertThat(TIED.kl(new double[] {0, 0.1, 0.9, 0})).isInfinite();
    assertThat(TIED.kl(new double[] {0, 0, 0, 1})).isCloseTo(-Math.log(0.3), within(1e-15));
    String wrong = "a policy has a probability for each of 4 outcomes, was given 3";
    assertRefused(() -> TIED.winRate(new double[3]), wrong);
    assertRefused(() -> TIED.kl(new double[3]), wrong);
    assertRefused(
        () -> TIED.winRate(new double[5]),
        "a policy has a probability for each of 4 outcomes, was given 5");
  }

  /// Weights over thirty orders of magnitude, in more than one chunk: a sum that lost what is small
  /// would be off by far more.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void sumsOfManyKeepTheirDigits(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int size = 40_000;
    double[] p = new double[size];
    for (int i = 0; i < size; i++) {
      p[i] = Math.pow(10, -30 * random.nextDouble());
    }
    // Heavy ones at the ends of chunks, and below and above nearly all others.
    p[random.nextInt(size)] = 1e4;
    p[seed == 2 ? 0 : 8_191] = 1e3;
    p[seed == 3 ? size - 1 : 16_384] = 1e3;
    Levels levels = OutcomeTable.ofProbabilities(p).levels();
    BigDecimal total =
        Arrays.stream(p).mapToObj(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal upTo = BigDecimal.ZERO;
    for (int l = 0; l < size; l++) {
      BigDecimal below = upTo;
      BigDecimal mass = new BigDecimal(p[l]);
      upTo = upTo.add(mass);
      if (l % 997 == 0 || p[l] >= 1e3 || l == size - 1 || l == 8_192 || l == 16_383) {
        close(levels.logMass(l), mass, total, "mass", l);
        close(levels.logCumulative(l), upTo, total, "cumulative", l);
        assertThat(levels.calibrated(l))
            .as("calibrated %d", l)
            .isCloseTo(
                below.add(upTo).divide(total.add(total), DIGITS).doubleValue(), within(2e-15));
        if (l > 0) {
          close(levels.logMiss(l), below, upTo, "miss", l);
        }
        close(levels.logShare(l), mass, upTo, "share", l);
      }
    }
    BigDecimal squares =
        Arrays.stream(p)
            .mapToObj(BigDecimal::new)
            .map(x -> x.multiply(x))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    close(levels.logCollision(), squares, total.multiply(total), "collision", 0);
    assertThat(IntStream.range(0, size).mapToDouble(levels::mass).sum())
        .isCloseTo(1, within(1e-12));
  }

  /// A logarithm of a ratio: as near as the ratio's own digits, and of one near 1 what it lacks.
  private static void close(double log, BigDecimal part, BigDecimal whole, String what, int l) {
    BigDecimal ratio = part.divide(whole, DIGITS);
    double near = BigDecimal.ONE.subtract(ratio).doubleValue();
    double expected = near < 0.5 ? Math.log1p(-near) : Math.log(ratio.doubleValue());
    assertThat(log)
        .as("%s %d", what, l)
        .isCloseTo(expected, within(4e-15 * Math.max(1e-3, Math.abs(expected)) + 1e-15 * near));
  }
}
