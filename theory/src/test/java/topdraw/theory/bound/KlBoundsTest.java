package topdraw.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.law.Law;
import topdraw.theory.law.Levels;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

class KlBoundsTest {
  static LongStream seeds() {
    return Tables.seeds();
  }

  /// Lemma 4.5, eq. (23) above (25), d* below both: every n, every ε, down to e^-2000.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theBoundsKeepTheirOrder(long seed) {
    RandomGenerator random = Tables.random(seed);
    double n = Math.exp(random.nextDouble(0, Math.log(1e9)));
    double logEpsilon = -Math.exp(random.nextDouble(-30, Math.log(2000)));
    double sharp = KlBounds.sharpBoundFromLog(n, logEpsilon);
    double bound = KlBounds.boundFromLog(n, logEpsilon);

    assertThat(sharp).isNotNegative();
    Near.assertAtMost(sharp, bound);
    Near.assertAtMost(bound - sharp, 0.0207);
    Near.assertAtMost(bound, KlBounds.alternateBoundFromLog(n, logEpsilon));
    Near.assertAtMost(bound, Math.min(KlBounds.analytical(n), -logEpsilon));
    Near.assertAtMost(Math.log(n) - (n - 1) / n, KlBounds.analytical(n));
  }

  /// T1, T7: d_n, d* fall with ε, rise with n; D_n and h_n rise with ε.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theBoundsFallWithTheProbabilityAndRiseWithN(long seed) {
    RandomGenerator random = Tables.random(seed);
    double n = Math.exp(random.nextDouble(Math.log(1.1), Math.log(1e6)));
    double more = n * random.nextDouble(1, 2);
    double epsilon = Math.exp(random.nextDouble(-30, 0));
    double larger = epsilon + (1 - epsilon) * random.nextDouble();

    Near.assertAtMost(KlBounds.bound(n, larger), KlBounds.bound(n, epsilon));
    Near.assertAtMost(KlBounds.sharpBound(n, larger), KlBounds.sharpBound(n, epsilon));
    Near.assertAtMost(KlBounds.gap(n, epsilon), KlBounds.gap(n, larger));
    Near.assertAtMost(KlBounds.gapShape(n, epsilon), KlBounds.gapShape(n, larger));
    Near.assertAtMost(KlBounds.bound(n, epsilon), KlBounds.bound(more, epsilon));
    Near.assertAtMost(KlBounds.sharpBound(n, epsilon), KlBounds.sharpBound(more, epsilon));
  }

  /// T3 (d) bounds h_n. That the gaps complete the bounds is in [BoundGoldenTest].
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theShapeOfTheGapStaysBelowItsBound(long seed) {
    RandomGenerator random = Tables.random(seed);
    double n = Math.exp(random.nextDouble(Math.log(1.1), Math.log(1e6)));
    double epsilon = Math.exp(random.nextDouble(-30, 0));

    Near.assertAtMost(KlBounds.gapShape(n, epsilon), KlBounds.gapShapeUpper(n, epsilon));
    assertThat(KlBounds.gapShapeUpper(n, epsilon)).isLessThanOrEqualTo(KlBounds.analytical(n));
  }

  /// T1's integral: d*_n = ∫_1^n (t-1) ((λ/2)/sinh(tλ/2))^2 dt, by Simpson's rule in log t.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theSharpBoundIsItsIntegral(long seed) {
    RandomGenerator random = Tables.random(seed);
    double n = Math.exp(random.nextDouble(0.1, Math.log(1e4)));
    double epsilon = Math.exp(random.nextDouble(-12, 0));
    double lambda = -Math.log1p(-epsilon);
    int steps = 4000;
    double width = Math.log(n) / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double t = Math.exp(i * width);
      double root = lambda / 2 / Math.sinh(Math.min(700, t * lambda / 2));
      int weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * t * (t - 1) * root * root;
    }

    Near.assertWithin(1e-7, KlBounds.sharpBound(n, epsilon), sum * width / 3);
  }

  /// Theorem 3.1, Lemma 4.1, Conjecture 4.4 (now a theorem) and T1, in one chain, n > 0.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theMeansOfTheEstimatorsBoundTheKlDivergence(long seed) {
    Tables tables = Tables.of(seed);
    OutcomeTable table = tables.table();
    for (double n :
        new double[] {tables.realN(), tables.wholeN(), tables.random().nextDouble(1e-2, 1)}) {
      double kl = Law.of(new Selection.BestOfN(n), table).kl();
      double sharp = ExpectedKlBounds.sharpBound(n, table);
      double bound = ExpectedKlBounds.bound(n, table);

      Near.assertAtMost(kl, sharp);
      Near.assertAtMost(sharp, bound);
      if (n >= 1) {
        Near.assertAtMost(bound, ExpectedKlBounds.alternateBound(n, table));
        Near.assertAtMost(ExpectedKlBounds.alternateBound(n, table), KlBounds.analytical(n));
      }
    }
  }

  /// Section 10: with the probability of the completion in place of its level's, larger still.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theProbabilityOfTheCompletionMayStandForThatOfItsLevel(long seed) {
    Tables tables = Tables.of(seed);
    double n = tables.realN();
    double[] returned = Law.of(new Selection.BestOfN(n), tables.table()).probabilities();
    double sharp = 0;
    double bound = 0;
    for (int i = 0; i < returned.length; i++) {
      double logP = Math.min(0, tables.logP()[i]);
      sharp += returned[i] * KlBounds.sharpBoundFromLog(n, logP);
      bound += returned[i] * KlBounds.boundFromLog(n, logP);
    }

    // Beside 1 a log-probability keeps 1 - p only to 1e-16; the table has it from the other masses.
    double room = 1e-14 * Math.max(1, n);
    Near.assertAtMost(ExpectedKlBounds.sharpBound(n, tables.table()), sharp + room);
    Near.assertAtMost(ExpectedKlBounds.bound(n, tables.table()), bound + room);
  }

  /// T1: at the level's share of what is not above it the mean of d* is the KL divergence.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theSharpBoundAtTheShareHasTheKlDivergenceAsItsMean(long seed) {
    Tables tables = Tables.of(seed);
    double n = tables.realN();
    Levels levels = tables.table().levels();
    double[] returned = Law.levelProbabilities(n, tables.table());
    double mean = 0;
    for (int l = 0; l < levels.count(); l++) {
      mean += returned[l] * KlBounds.sharpBound(n, levels.logShare(l), levels.logMiss(l));
    }

    double kl = Law.of(new Selection.BestOfN(n), tables.table()).kl();
    assertThat(mean).isBetween(kl - 1e-11 * (1 + kl), kl + 1e-11 * (1 + kl));
  }

  /// Lemma 4.5 and T2.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theEstimatorSpreadsByHalfTheAnalyticalFormulaAtMost(long seed) {
    Tables tables = Tables.of(seed);
    double n = tables.realN();
    double mean = ExpectedKlBounds.bound(n, tables.table());
    double variance = ExpectedKlBounds.variance(n, tables.table());
    double top = KlBounds.analytical(n);

    Near.assertAtMost(variance, top * top / 4);
    assertThat(variance).isLessThanOrEqualTo(mean * Math.max(0, top - mean) + 1e-10 * top * top);
  }

  /// Theorem 3.6, Corollary 4.2, Corollary 3.7 in the form T8, and T9.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theBestOutcomeAloneBoundsTheKlDivergence(long seed) {
    Tables tables = Tables.of(seed);
    double n = tables.realN();
    Law law = Law.of(new Selection.BestOfN(n), tables.table());
    Levels levels = tables.table().levels();
    int best = levels.count() - 1;
    double logTop = levels.logMass(best);

    Near.assertAtMost(law.kl(), KlBounds.bound(n, logTop, levels.logComplement(best)));
    Near.assertAtMost(KlBounds.gapFromMiss(n, levels.logComplement(best)), ExactGaps.kl(law));
    assertThat(ExactGaps.kl(law))
        .isGreaterThanOrEqualTo(Math.log(n) + logTop - (n - 1) / n - 1e-10);
    double kept = 0;
    for (int l = 0; l < levels.count(); l++) {
      boolean known = tables.random().nextBoolean();
      kept +=
          known
              ? Math.exp(n * levels.logCumulative(l)) * KlBounds.gapFromMiss(n, levels.logMiss(l))
              : 0;
    }
    Near.assertAtMost(law.kl(), KlBounds.analytical(n) - kept);
  }

  /// Definition 4.3: (25) is exact for one atom above a continuum.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void theBoundIsExactForOneAtomAboveAContinuum(long seed) {
    RandomGenerator random = Tables.random(seed);
    double epsilon = random.nextDouble(0.01, 0.99);
    double n = random.nextDouble(2, 20);
    var p = new double[40_001];
    Arrays.fill(p, (1 - epsilon) / 40_000);
    p[40_000] = epsilon;
    Law law = Law.of(new Selection.BestOfN(n), OutcomeTable.ofProbabilities(p));

    // Dividing by the rounded sum of 40,001 masses moves epsilon, and so the truth, by about 1e-12.
    assertThat(law.kl())
        .isBetween(KlBounds.bound(n, epsilon) - 1e-6, KlBounds.bound(n, epsilon) + 1e-11);
  }

  static LongStream fewSeeds() {
    return LongStream.range(0, 10);
  }

  @Test
  void theBoundsMeetTheirLimits() {
    for (double n : new double[] {1, 1.01, 2, 64, 1e9}) {
      double top = KlBounds.analytical(n);
      assertThat(KlBounds.bound(n, 1)).isZero();
      assertThat(KlBounds.sharpBound(n, 1)).isZero();
      assertThat(KlBounds.bound(n, 0)).isEqualTo(top);
      assertThat(KlBounds.sharpBoundFromLog(n, Double.NEGATIVE_INFINITY)).isEqualTo(top);
      assertThat(KlBounds.gap(n, 0)).isZero();
      assertThat(KlBounds.gap(n, 1)).isEqualTo(top);
      assertThat(KlBounds.gapShape(n, 1)).isEqualTo(top);
    }
  }

  @Test
  void anArgumentOutOfRangeIsNamed() {
    assertThatThrownBy(() -> KlBounds.bound(4, 20)).hasMessageContaining("epsilon");
    assertThatThrownBy(() -> KlBounds.boundFromLog(4, 0.2)).hasMessageContaining("logEpsilon");
    assertThatThrownBy(() -> KlBounds.bound(Double.NaN, 0.2)).hasMessageContaining("n must");
    assertThatThrownBy(() -> KlBounds.analytical(0)).hasMessageContaining("n must");
  }

  /// One draw is the reference itself, and an outcome that holds all or nothing leaves no room: not
  /// next to 0 but 0.
  @ParameterizedTest(name = "epsilon {0}")
  @ValueSource(doubles = {0, 1e-300, 1e-9, 0.07, 0.3, 0.45, 0.61, 0.7, 0.83, 0.95, 0.97, 1})
  void oneDrawDriftsNowhere(double epsilon) {
    double log = Math.log(epsilon);
    var atOne = new KlBoundsAt(1);

    assertThat(KlBounds.bound(1, epsilon)).isZero();
    assertThat(KlBounds.sharpBound(1, epsilon)).isZero();
    assertThat(KlBounds.boundFromLog(1, log)).isZero();
    assertThat(KlBounds.sharpBoundFromLog(1, log)).isZero();
    assertThat(KlBounds.gap(1, epsilon)).isZero();
    assertThat(KlBounds.gapShape(1, epsilon)).isZero();
    assertThat(atOne.bound(log, Math.log1p(-epsilon))).isZero();
    assertThat(atOne.sharpBound(log, Math.log1p(-epsilon))).isZero();
    assertThat(WinRateBounds.gapLower(1, epsilon)).isZero();
    assertThat(WinnerBounds.anyRuleKl(1, log)).isZero();
    assertThat(WinnerBounds.winRateUpper(1, epsilon)).isEqualTo(0.5);
  }

  @ParameterizedTest(name = "n {0}")
  @ValueSource(ints = {2, 3, 64, 1_000_000})
  void anOutcomeThatHoldsAllOrNothingMeetsItsLimit(int n) {
    double top = KlBounds.analytical(n);
    var at = new KlBoundsAt(n);

    assertThat(at.n()).isEqualTo(n);
    assertThat(at.analytical()).isEqualTo(top);
    assertThat(at.shortfall(0, Double.NEGATIVE_INFINITY)).isEqualTo(top);
    assertThat(at.shortfall(Double.NEGATIVE_INFINITY, -0.0)).isZero();
    assertThat(KlBounds.gap(n, 0)).isZero();
    assertThat(KlBounds.gap(n, 1)).isEqualTo(top);
    assertThat(KlBounds.gapShape(n, 0)).isZero();
    assertThat(KlBounds.gapShape(n, 1)).isEqualTo(top);
    assertThat(KlBounds.gapFromLog(n, Double.NEGATIVE_INFINITY)).isZero();
    assertThat(WinRateBounds.gapLower(n, 0)).isZero();
    assertThat(WinRateBounds.gapLowerFromLog(n, Double.NEGATIVE_INFINITY)).isZero();
    assertThat(WinnerBounds.anyRuleKl(n, 0)).isZero();
  }

  @Test
  void aMeanBeyondItsRangeIsRefused() {
    double top = KlBounds.analytical(4);

    assertThat(ExpectedKlBounds.varianceUpper(4, 0)).isZero();
    assertThat(ExpectedKlBounds.varianceUpper(4, top)).isZero();
    assertThatThrownBy(() -> ExpectedKlBounds.varianceUpper(4, -Double.MIN_VALUE))
        .hasMessage("a mean is in [0, K_n = " + top + "], was " + -Double.MIN_VALUE);
    assertThatThrownBy(() -> ExpectedKlBounds.varianceUpper(4, Math.nextUp(top)))
        .hasMessageContaining("a mean is in");
  }
}
