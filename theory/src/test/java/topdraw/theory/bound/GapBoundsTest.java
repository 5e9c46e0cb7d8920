package topdraw.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.law.Law;
import topdraw.theory.law.Levels;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

/// How far KL divergence and win rate can fall short of their formulas.
class GapBoundsTest {
  private static DoubleStream masses(Levels levels) {
    return IntStream.range(0, levels.count()).mapToDouble(levels::mass);
  }

  static LongStream seeds() {
    return Tables.seeds();
  }

  /// Theorem 3.4, Corollary 3.5, T3 and beyond's Theorem 4, whole n.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theKlGapStaysBelowItsBounds(long seed) {
    Tables tables = Tables.of(seed);
    OutcomeTable table = tables.table();
    int n = tables.wholeN();
    double gap = ExactGaps.kl(Law.of(new Selection.BestOfN(n), table));
    double delta = masses(table.levels()).max().orElseThrow();

    Near.assertAtMost(gap, KlGapBounds.upper(n, table));
    Near.assertAtMost(KlGapBounds.upper(n, table), KlGapBounds.upperFromDelta(n, delta));
    Near.assertAtMost(gap, KlGapBounds.upperLocal(n, table));
    Near.assertAtMost(gap, KlGapBounds.upperSharp(n, table));
    Near.assertAtMost(KlGapBounds.upperSharp(n, table), KlBounds.analytical(n));
    if (n >= 3) {
      double squared = n * (n - 1.0) * (n - 1) / (2 * Math.PI * Math.PI * (n - 2)) * delta * delta;
      Near.assertAtMost(gap, squared);
      double cubes = masses(table.levels()).map(p -> p * p * p).sum();
      Near.assertAtMost(gap, n * (n - 1.0) * (n - 1) / (2 * Math.PI * Math.PI) * cubes);
    }
  }

  /// T3 (a), (b) and (d) for fractional n.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theKlGapStaysBelowTheLocalBoundsForFractionalN(long seed) {
    Tables tables = Tables.of(seed);
    double n = tables.realN();
    double gap = ExactGaps.kl(Law.of(new Selection.BestOfN(n), tables.table()));

    Near.assertAtMost(gap, KlGapBounds.upperSharp(n, tables.table()));
    Near.assertAtMost(
        ExactGaps.kl(Law.of(new Selection.BestOfN(n + 1), tables.table())),
        KlGapBounds.upperLocal(n + 1, tables.table()));
  }

  /// Lemmas A.1, A.3, A.4, A.5: each level's own loss.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void eachLevelLosesWithinItsSquare(long seed) {
    Tables tables = Tables.of(seed);
    int n = tables.wholeN();
    Levels levels = tables.table().levels();
    for (int l = 0; l < levels.count(); l++) {
      double squared = levels.mass(l) * levels.mass(l);
      double lost =
          Math.exp(n * levels.logCumulative(l)) * KlBounds.gapFromMiss(n, levels.logMiss(l));
      double wins =
          Math.exp((n + 1.0) * levels.logCumulative(l))
              * WinRateBounds.gap(n, levels.logShare(l), levels.logMiss(l));

      assertThat(lost).isNotNegative();
      assertThat(wins).isNotNegative();
      Near.assertAtMost(lost, 2.0 * n * (n - 1) * squared);
      Near.assertAtMost(wins, (n - 1) / 2.0 * squared);
    }
  }

  /// Theorems 5.4 and 5.6, Corollary 5.5, T4.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theWinRateGapStaysBetweenItsBounds(long seed) {
    Tables tables = Tables.of(seed);
    OutcomeTable table = tables.table();
    int n = tables.wholeN();
    double gap = ExactGaps.winRate(Law.of(new Selection.BestOfN(n), table));
    Levels levels = table.levels();
    int best = levels.count() - 1;
    double delta = masses(levels).max().orElseThrow();

    Near.assertAtMost(gap, WinRateBounds.gapUpper(n, table));
    Near.assertAtMost(WinRateBounds.gapUpper(n, table), WinRateBounds.gapUpperFromDelta(n, delta));
    Near.assertAtMost(gap, WinRateBounds.gapUpperLocal(n, table));
    Near.assertAtMost(WinRateBounds.gap(n, levels.logMass(best), levels.logComplement(best)), gap);
  }

  /// T4 for fractional n, and equality at n = 2 and 3.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theLocalWinRateBoundHoldsForFractionalNAndIsEqualAtTwoAndThree(long seed) {
    Tables tables = Tables.of(seed);
    OutcomeTable table = tables.table();
    for (double n :
        new double[] {
          1 + tables.random().nextDouble(), 2 + tables.random().nextDouble(), 3 + tables.realN()
        }) {
      Near.assertAtMost(
          ExactGaps.winRate(Law.of(new Selection.BestOfN(n), table)),
          WinRateBounds.gapUpperLocal(n, table));
    }
    for (int n = 2; n <= 3; n++) {
      Near.assertEqual(
          ExactGaps.winRate(Law.of(new Selection.BestOfN(n), table)),
          WinRateBounds.gapUpperLocal(n, table));
    }
  }

  /// Corollary 5.7: the gap tends to half the best level's mass.
  @Test
  void theWinRateGapTendsToHalfTheBestMass() {
    Law law = Law.of(new Selection.BestOfN(1e9), OutcomeTable.ofProbabilities(0.5, 0.3, 0.2));

    assertThat(ExactGaps.winRate(law)).isBetween(0.1 - 2e-9, 0.1);
  }

  @Test
  void statementsForWholeNRefuseWhatTheyAreFalseFor() {
    OutcomeTable table = OutcomeTable.ofProbabilities(0.01, 0.99);

    assertThatThrownBy(() -> KlGapBounds.upper(1.5, table))
        .hasMessage("n must be 1 or a finite number of at least 2, was 1.5");
    assertThat(KlGapBounds.upper(1, table)).isZero();
    assertThat(KlGapBounds.upperLocal(1, table)).isZero();
    assertThat(WinRateBounds.gapUpperLocal(1, table)).isZero();
  }

  /// Fewer draws than one, a level that holds nearly all: no series, which would need 1e10 terms.
  @Test
  void theWinRateGapOfLessThanADrawIsItsClosedForm() {
    double gap = WinRateBounds.gap(0.05, Math.log1p(-1e-9), Math.log(1e-9));

    assertThat(gap).isCloseTo(-0.27497425810365384, within(1e-14));
  }
}
