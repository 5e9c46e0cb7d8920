package topdraw.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.law.Law;
import topdraw.theory.law.OptimalFrontier;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Rewind;
import topdraw.theory.law.Selection;
import topdraw.theory.law.TiltedPolicy;

/// Win rate against KL divergence: the curves around best-of-n, and the optimum above it.
class TradeoffTest {
  static LongStream seeds() {
    return Tables.seeds();
  }

  /// Theorems A.6 and A.7, their points with T4 and T3, and Definition 7.1 by their hulls.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void bestOfNRunsBetweenItsCurves(long seed) {
    Tables tables = Tables.of(seed);
    OutcomeTable table = tables.table();
    int n = tables.wholeN();
    Law law = Law.of(new Selection.BestOfN(n), table);

    for (Tradeoff below :
        new Tradeoff[] {Tradeoff.lower(n, table), Tradeoff.sharpLower(n, table)}) {
      Near.assertAtMost(law.kl(), below.kl());
      Near.assertAtMost(below.winRate(), law.winRate());
    }
    for (Tradeoff above :
        new Tradeoff[] {Tradeoff.upper(n, table), Tradeoff.sharpUpper(n, table)}) {
      assertThat(above.kl()).isLessThanOrEqualTo(law.kl() + 1e-11 * KlBounds.analytical(n));
      Near.assertAtMost(law.winRate(), above.winRate());
    }
    Near.assertAtMost(Tradeoff.winRateLower(law.kl(), table), law.winRate());
    double withRoom = law.kl() + 1e-12 * KlBounds.analytical(n);
    Near.assertAtMost(law.winRate(), Tradeoff.winRateUpper(withRoom, table));
  }

  /// The hulls are the running extremes of the points, found by looking at every one.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theHullsAreTheRunningExtremesOfTheirPoints(long seed) {
    Tables tables = Tables.of(seed);
    double[] flat = new double[1 + (int) Math.exp(tables.random().nextDouble(0, 10))];
    OutcomeTable table = OutcomeTable.ofLogProbabilities(flat);
    double kl = tables.random().nextDouble(0, 3);
    double low = 0.5;
    double high = 0.5;
    boolean within = true;
    for (int t = 1; t < 2_000; t++) {
      low = KlBounds.analytical(t) <= kl ? Math.max(low, Tradeoff.lower(t, table).winRate()) : low;
      within &= Tradeoff.upper(t, table).kl() <= kl;
      high = within ? Tradeoff.upper(t, table).winRate() : high;
    }

    Near.assertEqual(Tradeoff.winRateLower(kl, table), low);
    double hull = Tradeoff.winRateUpper(kl, table);
    double next = high / (1 - high) + 1;
    assertThat(hull).isGreaterThanOrEqualTo(within ? 1 : high - 1e-12);
    if (hull < 1) {
      assertThat(hull).isLessThanOrEqualTo(next / (next + 1) + 1e-12);
    }
  }

  /// Example 3: the three families in the limit, and Conjecture 7.2's curve between two of them.
  @ParameterizedTest(name = "n = {0}")
  @ValueSource(doubles = {1, 1.0001, 1.5, 2, 4, 16, 1e3, 1e9})
  void inTheLimitTheOptimumIsAboveBestOfNAndBestOfNAboveRewind(double n) {
    double kl = Tradeoff.limit(n).kl();
    double best = Tradeoff.limit(n).winRate();

    Near.assertWithin(1e-9, Tradeoff.conjecturedWinRate(kl), best);
    Near.assertAtMost(Rewind.winRate(Rewind.passRateForKl(kl)), best);
    assertThat(OptimalFrontier.winRate(kl) - best).isBetween(-1e-12, 0.00947298 + 1e-8);
  }

  /// Conjecture 7.2 as we read it is false.
  @Test
  void fourOutcomesAreAboveTheConjecturedCurve() {
    OutcomeTable table = OutcomeTable.ofProbabilities(0.4, 0.2, 0.2, 0.2);
    Law law = Law.of(new Selection.BestOfN(2), table);

    Near.assertEqual(law.winRate(), 0.652);
    Near.assertEqual(law.kl(), 0.159208908518837653);
    Near.assertEqual(Tradeoff.conjecturedWinRate(law.kl()), 0.650839707475360058);
  }

  @ParameterizedTest(name = "slope {0}")
  @ValueSource(doubles = {1e-150, 1e-8, 0.3, 0.999999, 1, 1.000001, 7, 699, 701, 1e12, 1e300})
  void theCeilingIsFoundFromEitherSide(double slope) {
    double kl = OptimalFrontier.tiltKl(slope);
    double winRate = OptimalFrontier.tiltWinRate(slope);

    Near.assertWithin(1e-12, OptimalFrontier.winRate(kl), winRate);
    if (winRate < 1 - 1e-9 && winRate > 0.5 + 1e-6) {
      Near.assertWithin(1e-9, OptimalFrontier.kl(winRate), kl);
    }
    assertThat(OptimalFrontier.winRate(0)).isEqualTo(0.5);
    assertThat(OptimalFrontier.winRate(Double.POSITIVE_INFINITY)).isEqualTo(1);
  }

  /// Example 2 at β = 0.25.
  @Test
  void theOptimumOfExampleTwoIsItsPoint() {
    OutcomeTable table = OutcomeTable.ofProbabilities(0.5, 0.3, 0.2);
    TiltedPolicy optimum = TiltedPolicy.byCalibratedReward(table, 4);

    assertThat(optimum.probabilities())
        .usingComparatorWithPrecision(1e-14)
        .containsExactly(0.106868266742341136, 0.317593194188233042, 0.575538539069425821);
    Near.assertEqual(optimum.kl(), 0.461538137890498468);
    Near.assertEqual(optimum.winRate(), 0.751137328070420001);
  }

  /// Eq. (1) and (2): no policy has more of `E[r] - β KL`; T5 holds for it.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theOptimumIsBestAndStaysBelowTheCeiling(long seed) {
    Tables tables = Tables.of(seed);
    OutcomeTable table = tables.table();
    double beta = Math.exp(tables.random().nextDouble(-5, 8));
    TiltedPolicy optimum = TiltedPolicy.byReward(table, beta);
    Law other = Law.of(new Selection.BestOfN(tables.wholeN()), table);
    double scale = beta * other.kl() + Math.abs(other.expectedReward()) + optimum.expectedReward();

    Near.assertEqual(Arrays.stream(optimum.probabilities()).sum(), 1);
    assertThat(other.expectedReward() - beta * other.kl())
        .isLessThanOrEqualTo(optimum.expectedReward() - beta * optimum.kl() + 1e-11 * scale);
    Near.assertAtMost(
        optimum.winRate(), OptimalFrontier.winRate(optimum.kl() * (1 + 1e-11) + 1e-300));
  }

  /// β → ∞ gives the reference, β → 0 the reference given the best level.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theOptimumMeetsItsLimits(long seed) {
    Tables tables = Tables.small(seed);
    OutcomeTable table = tables.table();
    double best = Arrays.stream(tables.rewards()).max().orElseThrow();
    Law given = Law.of(new Selection.RewindAndRepeat(best), table);
    double[] cold = TiltedPolicy.byReward(table, 1e-3).probabilities();
    double[] hot = TiltedPolicy.byReward(table, 1e13).probabilities();
    double[] p = table.probabilities();

    IntStream.range(0, p.length)
        .forEach(
            i -> {
              Near.assertWithin(1e-11, hot[i], p[i]);
              Near.assertWithin(1e-11, cold[i], given.probabilities()[i]);
            });
    assertThat(TiltedPolicy.byReward(table, 1e13).kl()).isBetween(0.0, 1e-20);
  }

  @Test
  void anOptimumWithoutFiniteRewardsIsRefused() {
    OutcomeTable missing =
        OutcomeTable.of(new double[] {-1, -1}, new double[] {Double.NEGATIVE_INFINITY, 1});

    assertThatThrownBy(() -> TiltedPolicy.byReward(missing, 1))
        .hasMessageContaining("finite rewards");
    assertThatThrownBy(() -> OptimalFrontier.winRate(-0.1))
        .hasMessage("kl is a divergence in nats, at least 0, was -0.1");
  }

  /// T2, the better half of Lemma 4.5.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theVarianceStaysBelowItsBound(long seed) {
    Tables tables = Tables.of(seed);
    OutcomeTable table = tables.table();
    double n = tables.realN();
    double top = KlBounds.analytical(n);
    double mean = Math.min(top, ExpectedKlBounds.bound(n, table));
    double upper = ExpectedKlBounds.varianceUpper(n, mean);

    assertThat(ExpectedKlBounds.variance(n, table)).isLessThanOrEqualTo(upper + 1e-11 * top * top);
    Near.assertAtMost(upper, top * top / 4);
  }

  /// Theorem B.1 in numbers.
  @Test
  void theBlockwiseBoundCountsBlocksBegun() {
    Near.assertEqual(
        BlockwiseEstimate.klFromLengths(4, 8, 1, 8, 9), 4 / 3.0 * KlBounds.analytical(4));
    assertThatThrownBy(() -> BlockwiseEstimate.klFromLengths(4, 8))
        .hasMessage("lengths needs at least one response, found none");
  }

  /// The upper curve turns back at `t` where `exp(-H_2) = (t-1) / (2 t^2 (2t-1))`: next to there it
  /// says the win rate of the `t` before, beyond it nothing.
  @ParameterizedTest(name = "turns back at t = {0}")
  @ValueSource(doubles = {3, 5, 12.5})
  void theUpperCurveSaysNothingBeyondItsLargestDrift(double t) {
    double squares = (t - 1) / (2 * t * t * (2 * t - 1));
    OutcomeTable table = withSquares(squares);
    double before = t * (1 - 1e-5);
    double drift = KlBounds.analytical(before) - 2 * before * (before - 1) * squares;
    double most = KlBounds.analytical(t) - 2 * t * (t - 1) * squares;

    Near.assertWithin(1e-7, Tradeoff.winRateUpper(drift, table), before / (before + 1));
    assertThat(Tradeoff.winRateUpper(most * (1 + 1e-9), table)).isOne();
  }

  /// One outcome apart and 2,000 alike, with this sum of squares.
  private static OutcomeTable withSquares(double squares) {
    double m = 2_000;
    double apart = (1 + Math.sqrt(1 - (m + 1) * (1 - m * squares))) / (m + 1);
    var p = new double[2_001];
    Arrays.fill(p, (1 - apart) / m);
    p[0] = apart;
    return OutcomeTable.ofProbabilities(p);
  }

  @Test
  void theUpperCurveBeginsAtItsSecondPoint() {
    OutcomeTable table = withSquares(0.01);
    double second = Tradeoff.upper(2, table).kl();

    assertThat(Tradeoff.winRateUpper(second, table)).isEqualTo(2.0 / 3);
    assertThat(Tradeoff.winRateUpper(Math.nextDown(second), table)).isEqualTo(0.5);
  }

  @Test
  void aDriftBeyondEveryNWinsAlways() {
    assertThat(Tradeoff.conjecturedWinRate(1e4)).isOne();
  }
}
