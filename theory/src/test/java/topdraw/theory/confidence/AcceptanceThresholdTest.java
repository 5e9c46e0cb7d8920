package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;

/// Thresholds and their promises, on answers that are right with chance 0.2 + 0.75 score; and
/// ratios.
class AcceptanceThresholdTest {
  private static AcceptanceThreshold pilot(int prompts, RandomGenerator random) {
    double[] scores = random.doubles(prompts).toArray();
    var wrong = new boolean[prompts];
    for (int j = 0; j < prompts; j++) {
      wrong[j] = random.nextDouble() >= .2 + .75 * scores[j];
    }
    return new AcceptanceThreshold(scores, wrong);
  }

  /// `P(score >= t and wrong)`.
  private static double jointRisk(double t) {
    double from = Math.max(0, t);
    return .8 * (1 - from) - .375 * (1 - from * from);
  }

  @ParameterizedTest
  @CsvSource({"50, .085, .1", "200, .09, .1"})
  void theJointRiskIsKeptOnAverage(int prompts, double least, double most) {
    RandomGenerator random = Tables.random(6);
    double sum = 0;
    for (int i = 0; i < 2000; i++) {
      OptionalDouble threshold = pilot(prompts, random).forJointRisk(.1);
      sum += threshold.isPresent() ? jointRisk(threshold.getAsDouble()) : 0;
    }
    assertThat(sum / 2000).isBetween(least, most);
  }

  @Test
  void precisionIsPromisedAndKept() {
    RandomGenerator random = Tables.random(7);
    int broken = 0;
    int given = 0;
    for (int i = 0; i < 1000; i++) {
      AcceptanceThreshold pilot = pilot(400, random);
      OptionalDouble threshold = pilot.forPrecision(.2, .05);
      if (threshold.isPresent()) {
        double t = threshold.getAsDouble();
        given++;
        broken += jointRisk(t) / (1 - t) > .2 ? 1 : 0;
      }
    }
    assertThat(broken).isBetween(2, 50);
    assertThat(given).isBetween(300, 1000);
  }

  @Test
  void thresholdsAreWhatTheyAre() {
    double[] scores = {9, 8, 8, 7, 6, 5, 4, 3, 2};
    boolean[] wrong = {false, false, false, false, true, false, true, true, true};
    var answers = new AcceptanceThreshold(scores, wrong);
    assertThat(answers.forJointRisk(.2)).hasValue(5); // (1 + 1)/10, and (2 + 1)/10 at 4
    assertThat(answers.forJointRisk(.1)).hasValue(7);
    assertThat(answers.forJointRisk(.09)).isEmpty();
    assertThat(answers.forJointRisk(.5)).hasValue(Double.NEGATIVE_INFINITY);
    assertThat(answers.withheld(7)).isEqualTo(5);
    assertThat(AcceptanceThreshold.promptsNeeded(.1)).isEqualTo(9);
    assertThat(answers.forPrecision(.2, .05)).isEmpty();
    // 28 right answers prove a share of 0.2, not the 27 that are tested at first twice 14.
    var right =
        new AcceptanceThreshold(IntStream.range(0, 28).asDoubleStream().toArray(), new boolean[28]);
    assertThat(right.forPrecision(.2, .05)).hasValue(0);
    var fewer =
        new AcceptanceThreshold(IntStream.range(0, 27).asDoubleStream().toArray(), new boolean[27]);
    assertThat(fewer.forPrecision(.2, .05)).isEmpty();
    assertThatThrownBy(() -> new AcceptanceThreshold(scores, new boolean[2]))
        .hasMessageContaining("2 and 9");
  }

  /// Numbered from the top: those between are wrong.
  private static AcceptanceThreshold wrongBetween(int count, int from, int to) {
    double[] scores = IntStream.range(0, count).mapToDouble(i -> count - i).toArray();
    var wrong = new boolean[count];
    Arrays.fill(wrong, from, to, true);
    return new AcceptanceThreshold(scores, wrong);
  }

  /// Of 400 answers tests begin at 40 and go on by ten: a bound on 3 wrong of 50 is 0.148, on 13 of
  /// 60 0.322, on none of 40 0.072. The first that fails ends them.
  @Test
  void precisionIsTestedAtATenthAndFromThereByFortieths() {
    assertThat(wrongBetween(400, 47, 400).forPrecision(.2, .05)).hasValue(351);
    assertThat(wrongBetween(400, 40, 70).forPrecision(.2, .05)).hasValue(361);
    assertThat(wrongBetween(400, 0, 0).forPrecision(.2, .05)).hasValue(1);
    assertThat(wrongBetween(400, 0, 20).forPrecision(.2, .05)).isEmpty();
  }

  /// Of 3 wrong among 60 the bound is what is allowed, to the last digit.
  @Test
  void aBoundThatIsWhatIsAllowedIsEnough() {
    double most = ReferenceIntervals.clopperPearsonUpper(3, 60, .05);
    assertThat(wrongBetween(60, 57, 60).forPrecision(most, .05)).hasValue(1);
    assertThat(wrongBetween(60, 57, 60).forPrecision(Math.nextDown(most), .05)).hasValue(2);
  }

  /// Ten answers of one score stand at the first place that is tested, the last four of them wrong:
  /// the bound on 4 of 36 is 0.236. One by one the first 34 would be given: the bounds are 0.172 on
  /// 2 of 34 and 0.204 on 3 of 35.
  @Test
  void answersOfEqualScoreAreJudgedTogether() {
    double[] scores = IntStream.range(0, 60).mapToDouble(i -> -i).toArray();
    var wrong = new boolean[60];
    Arrays.fill(wrong, 32, 36, true);
    assertThat(new AcceptanceThreshold(scores, wrong).forPrecision(.2, .05)).hasValue(-33);
    Arrays.fill(scores, 26, 36, -26);
    assertThat(new AcceptanceThreshold(scores, wrong).forPrecision(.2, .05)).isEmpty();
  }

  @Test
  void answersWithoutVerdictsOrScoresAreRefused() {
    assertThatThrownBy(() -> new AcceptanceThreshold(new double[0], new boolean[0]))
        .hasMessageContaining("at least one; found 0 and 0");
    assertThatThrownBy(() -> new AcceptanceThreshold(new double[] {1, Double.NaN}, new boolean[2]))
        .hasMessageContaining("scores[1]");
  }

  @Test
  void aRatioHasFiellersInterval() {
    double[] above = {.3, .1, .5, .2, .4, .25};
    double[] below = {.6, .3, .9, .2, .7, .5};
    var found = (RatioInterval.Found) RatioInterval.overPrompts(above, below, .05);
    Near.assertWithin(1e-12, found.ratio(), .546875);
    Near.assertWithin(1e-10, found.interval().lower(), 0.436514608624623);
    Near.assertWithin(1e-10, found.interval().upper(), 0.679415816360844);
    assertThat(RatioInterval.overPrompts(below, below, .05))
        .isEqualTo(new RatioInterval.Constant(1));
    assertThat(RatioInterval.overPrompts(above, new double[] {.6, -.5, .9, -.8, .1, -.2}, .05))
        .isEqualTo(new RatioInterval.WithinNoise());
    assertThat(RatioInterval.overPrompts(new double[6], below, .05))
        .isEqualTo(new RatioInterval.Constant(0));
    assertThatThrownBy(() -> RatioInterval.overPrompts(above, new double[2], .05))
        .hasMessageContaining("6 and 2");
  }

  /// `ratio ± half`, where only the mean above varies and the one below is 1.
  private static RatioInterval above(double ratio, double half) {
    return RatioInterval.of(ratio, 1, half * half, 0, 0, 1);
  }

  @Test
  void aRatioThatVariesByRoundingAloneIsConstant() {
    assertThat(above(.5, .3e-7)).isEqualTo(new RatioInterval.Constant(.5));
    assertThat(above(.5, 1e-7)).isInstanceOf(RatioInterval.Found.class);
    assertThat(above(-10, .3e-6)).isEqualTo(new RatioInterval.Constant(-10));
    assertThat(above(-10, 1e-6)).isInstanceOf(RatioInterval.Found.class);
    var found = (RatioInterval.Found) above(2, .25);
    Near.assertWithin(1e-14, found.interval().lower(), 1.75);
    Near.assertWithin(1e-14, found.interval().upper(), 2.25);
  }

  /// `1.5² > t² v` no longer: where they are equal the ratio may be any number.
  @Test
  void aMeanBelowAtTheEdgeOfItsNoiseHasNoRatio() {
    assertThat(RatioInterval.of(1, 1.5, 0, 2.25, 0, 1)).isEqualTo(new RatioInterval.WithinNoise());
    assertThat(RatioInterval.of(1, 1.5, 0, 2, 0, 1)).isInstanceOf(RatioInterval.Found.class);
    assertThatThrownBy(() -> RatioInterval.of(Double.NaN, 1, 0, 0, 0, 1))
        .hasMessageContaining("above");
    assertThatThrownBy(() -> RatioInterval.of(1, Double.NaN, 0, 0, 0, 1))
        .hasMessageContaining("below");
  }

  /// A half gained of a gain that varies.
  @Test
  void theIntervalOfARatioCovers() {
    RandomGenerator random = Tables.random(9);
    int held = 0;
    for (int i = 0; i < 2000; i++) {
      double[] below = IntStream.range(0, 20).mapToDouble(_ -> 2 + random.nextGaussian()).toArray();
      double[] above =
          IntStream.range(0, 20).mapToDouble(j -> below[j] / 2 + random.nextGaussian()).toArray();
      held +=
          RatioInterval.overPrompts(above, below, .05) instanceof RatioInterval.Found found
                  && found.interval().lower() <= .5
                  && .5 <= found.interval().upper()
              ? 1
              : 0;
    }
    assertThat(held / 2000.0).isBetween(.935, .965);
  }
}
