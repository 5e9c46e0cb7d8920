package topdraw.theory.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.bound.ExactGaps;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.numeric.LogSpace;

class LawTest {
  static LongStream seeds() {
    return Tables.seeds();
  }

  private static Law bestOf(double n, OutcomeTable table) {
    return Law.of(new Selection.BestOfN(n), table);
  }

  /// Lemma 2.3, Lemma 5.1 and 5.2, with equal rewards: by every tuple of draws.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theLawOfBestOfNIsThatOfTheFirstBestOfEveryTuple(long seed) {
    Tables tables = Tables.small(seed);
    int n = tables.random().nextInt(1, 5);
    var pmf = new double[tables.logP().length];
    Tables.forEachTuple(pmf.length, n, t -> pmf[tables.best(t, n)] += tables.probability(t));

    Law law = bestOf(n, tables.table());

    assertMatches(law, pmf, tables);
    assertThat(law.expectedDraws()).isEqualTo(n);
  }

  /// Early stop by every tuple: the first draw that passes, else the first best.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theLawOfEarlyStopIsThatOfEveryTuple(long seed) {
    Tables tables = Tables.small(seed);
    int n = tables.random().nextInt(1, 5);
    double threshold = tables.rewards()[tables.random().nextInt(tables.logP().length)];
    var pmf = new double[tables.logP().length];
    var draws = new double[1];
    Tables.forEachTuple(
        pmf.length,
        n,
        t -> {
          int stop =
              IntStream.range(0, n)
                  .filter(i -> tables.rewards()[t[i]] >= threshold)
                  .findFirst()
                  .orElse(n);
          pmf[stop < n ? t[stop] : tables.best(t, n)] += tables.probability(t);
          draws[0] += tables.probability(t) * Math.min(n, stop + 1);
        });

    Law law = Law.of(new Selection.EarlyStop(n, threshold), tables.table());

    assertMatches(law, pmf, tables);
    Near.assertEqual(law.expectedDraws(), draws[0]);
  }

  private static void assertMatches(Law law, double[] pmf, Tables tables) {
    double kl = 0;
    double wins = 0;
    double reward = 0;
    for (int i = 0; i < pmf.length; i++) {
      Near.assertEqual(law.probabilities()[i], pmf[i]);
      kl += pmf[i] == 0 ? 0 : pmf[i] * (Math.log(pmf[i]) - tables.logP()[i]);
      reward += pmf[i] * tables.rewards()[i];
      for (int j = 0; j < pmf.length; j++) {
        double win = (1 + Math.signum(tables.rewards()[i] - tables.rewards()[j])) / 2;
        wins += pmf[i] * Math.exp(tables.logP()[j]) * win;
      }
    }
    assertThat(law.kl()).isBetween(kl - 1e-13, kl + 1e-13);
    Near.assertEqual(law.winRate(), wins);
    assertThat(law.expectedReward()).isBetween(reward - 1e-13, reward + 1e-13);
  }

  /// Early stop is best-of-n of the reward clipped at the threshold.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void earlyStopIsBestOfNOfTheClippedReward(long seed) {
    Tables tables = Tables.of(seed);
    double n = tables.realN();
    double threshold = tables.rewards()[tables.random().nextInt(tables.logP().length)];
    double[] clipped = Arrays.stream(tables.rewards()).map(r -> Math.min(r, threshold)).toArray();

    Law stopped = Law.of(new Selection.EarlyStop(n, threshold), tables.table());
    Law best = bestOf(n, OutcomeTable.of(tables.logP(), clipped));

    Near.assertEqual(stopped.kl(), best.kl());
    Near.assertAtMost(stopped.kl(), bestOf(n, tables.table()).kl());
    Near.assertEqual(ExactGaps.kl(stopped), ExactGaps.kl(best));
    for (int i = 0; i < clipped.length; i++) {
      Near.assertEqual(stopped.probabilities()[i], best.probabilities()[i]);
    }
  }

  /// Lemma 6.1 and 6.2.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void rewindAndRepeatIsTheReferenceGivenThatItPasses(long seed) {
    Tables tables = Tables.of(seed);
    double threshold = tables.rewards()[tables.random().nextInt(tables.logP().length)];
    double[] passing =
        IntStream.range(0, tables.logP().length)
            .filter(i -> tables.rewards()[i] >= threshold)
            .mapToDouble(i -> tables.logP()[i])
            .toArray();
    double logZ = Math.min(0, LogSpace.logSumExp(passing));

    Law law = Law.of(new Selection.RewindAndRepeat(threshold), tables.table());

    assertThat(law.kl()).isBetween(-logZ - 1e-12 * (1 - logZ), -logZ + 1e-12 * (1 - logZ));
    Near.assertEqual(law.winRate(), 1 - Math.exp(logZ) / 2);
    // 1/z leaves the doubles before log z does.
    Near.assertWithin(1e-9, Math.min(700, Math.log(law.expectedDraws())), Math.min(700, law.kl()));
    Near.assertEqual(Arrays.stream(law.probabilities()).sum(), 1);
    Near.assertEqual(ExactGaps.winRate(law), Math.exp(logZ) / 2);
    assertThat(ExactGaps.kl(law)).isEqualTo(Double.POSITIVE_INFINITY);
    Law late = Law.of(new Selection.EarlyStop(1e9, threshold), tables.table());
    Near.assertAtMost(late.kl(), law.kl());
  }

  /// Theorem 3.1 (every real n > 0) and Theorem 5.3, with the gaps of eq. (14) and (33).
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void klAndWinRateStayBelowTheirFormulasByTheirGaps(long seed) {
    Tables tables = Tables.of(seed);
    double n = tables.realN();
    Law law = bestOf(n, tables.table());

    assertThat(law.kl()).isNotNegative();
    assertThat(ExactGaps.kl(law)).isNotNegative();
    assertThat(ExactGaps.winRate(law)).isNotNegative();
    Near.assertAtMost(law.kl(), KlBounds.analytical(n));
    Near.assertAtMost(law.winRate(), WinRateBounds.analytical(n));
    Near.assertWithin(1e-9, law.kl() + ExactGaps.kl(law), KlBounds.analytical(n));
    Near.assertEqual(law.winRate() + ExactGaps.winRate(law), WinRateBounds.analytical(n));
    double few = 1 / n;
    Near.assertAtMost(bestOf(few, tables.table()).kl(), KlBounds.analytical(few));
    Near.assertAtMost(few / (few + 1), bestOf(few, tables.table()).winRate());
  }

  /// T7: the KL divergence rises with n >= 1, the win rate with n > 0.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void moreDrawsMeanMoreDriftAndMoreWins(long seed) {
    Tables tables = Tables.of(seed);
    double n = tables.realN();
    double more = n * tables.random().nextDouble(1, 3);
    Law law = bestOf(n, tables.table());
    Law later = bestOf(more, tables.table());

    Near.assertAtMost(law.kl(), later.kl());
    Near.assertAtMost(law.winRate(), later.winRate());
    Near.assertAtMost(bestOf(1 / more, tables.table()).winRate(), law.winRate());
  }

  /// Section 10: a fixed order among equals drifts at least as far and wins as often.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anOrderAmongEqualsDriftsFurtherAndWinsAsOften(long seed) {
    Tables tables = Tables.of(seed);
    double n = tables.realN();
    double[] refined =
        IntStream.range(0, tables.logP().length)
            .mapToDouble(i -> tables.rewards()[i] + i * 1e-6)
            .toArray();
    Law tied = bestOf(n, tables.table());
    Law ordered = bestOf(n, OutcomeTable.of(tables.logP(), refined));
    double wins = 0;
    double[] calibrated = tables.table().calibratedRewards();
    for (int i = 0; i < refined.length; i++) {
      wins += ordered.probabilities()[i] * calibrated[i];
    }

    Near.assertAtMost(tied.kl(), ordered.kl());
    Near.assertEqual(wins, tied.winRate());
  }

  /// Log-probabilities to -2000 and n to 1e9 leave no NaN and a law that sums to 1.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatUnderflowsKeepsItsLogarithm(long seed) {
    Tables tables = Tables.of(seed);
    double n = Math.exp(tables.random().nextDouble(Math.log(1e-3), Math.log(1e9)));
    Law law = bestOf(n, tables.table());

    assertThat(Arrays.stream(law.logProbabilities())).allMatch(x -> x <= 1e-13);
    Near.assertEqual(Arrays.stream(law.probabilities()).sum(), 1);
    assertThat(law.logProbabilities()[0]).isLessThanOrEqualTo(0);
    double bottom = n * tables.logP()[0];
    if (tables.rewards()[0] == 0 && tables.table().levelCount() == tables.logP().length) {
      Near.assertWithin(1e-12, law.logProbabilities()[0], bottom);
    }
  }

  /// Eq. (30): the calibrated rewards have mean 1/2 under the reference.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theReferenceWinsHalfTheTimeAgainstItself(long seed) {
    Tables tables = Tables.of(seed);
    double[] p = tables.table().probabilities();
    double[] c = tables.table().calibratedRewards();

    Near.assertEqual(IntStream.range(0, p.length).mapToDouble(i -> p[i] * c[i]).sum(), 0.5);
    assertThat(bestOf(1, tables.table()).kl()).isZero();
    Near.assertEqual(bestOf(1, tables.table()).winRate(), 0.5);
  }

  /// Eq. (5), Example 1.
  @ParameterizedTest(name = "n = {0}")
  @ValueSource(ints = {1, 2, 4, 8, 40})
  void theFairCoinFollowsItsClosedForm(int n) {
    Law law = bestOf(n, OutcomeTable.ofProbabilities(1, 1));
    double miss = Math.pow(2, -n);

    Near.assertEqual(law.kl(), Math.log(2) - LogSpace.binaryEntropy(miss));
    Near.assertEqual(law.winRate(), 0.75 - miss / 2);
  }

  @Test
  void anOutcomeThatCannotBeDrawnKeepsItsPlaceAndChangesNothing() {
    Law with = bestOf(4, OutcomeTable.ofProbabilities(0, 0.5, 0.3, 0, 0.2, 0));
    Law without = bestOf(4, OutcomeTable.ofProbabilities(0.5, 0.3, 0.2));

    assertThat(with.kl()).isEqualTo(without.kl());
    assertThat(with.probabilities()[3]).isZero();
    assertThat(with.probabilities()[4]).isEqualTo(without.probabilities()[2]);
    assertThat(OutcomeTable.ofProbabilities(0, 0.5, 0, 0.5, 0).calibratedRewards())
        .containsExactly(0, 0.25, 0.5, 0.75, 1);
  }

  @Test
  void aMillionOutcomesAgreeWithTheirLimit() {
    var logP = new double[1_000_000];
    OutcomeTable table = OutcomeTable.ofLogProbabilities(logP);
    Law law = bestOf(16, table);

    Near.assertWithin(1e-5, ExactGaps.kl(law) * 1e12, 16 * 15 * 15 / (24.0 * 14));
    Near.assertWithin(1e-11, law.kl(), KlBounds.analytical(16));
    assertThat(bestOf(16, OutcomeTable.ofLogProbabilities(logP)).kl()).isEqualTo(law.kl());
  }

  @Test
  void aThresholdThatNothingReachesIsRefusedByName() {
    OutcomeTable table = OutcomeTable.of(new double[] {-1, -1}, new double[] {3, 5});

    assertThatThrownBy(() -> Law.of(new Selection.RewindAndRepeat(6), table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("threshold 6.0")
        .hasMessageContaining("largest reward is 5.0");
    Law never = Law.of(new Selection.EarlyStop(4, 6), table);
    assertThat(never.kl()).isEqualTo(bestOf(4, table).kl());
    assertThat(never.expectedDraws()).isEqualTo(4);
    assertThat(never.levels().count()).isEqualTo(2);
  }

  /// Of pairs of draws: the differences of the squares of 0.5, 0.7 and 1.
  @Test
  void aLevelIsReturnedAsOftenAsItIsTheBestOfAPair() {
    OutcomeTable table =
        OutcomeTable.of(
            new double[] {Math.log(0.1), Math.log(0.5), Math.log(0.2), Math.log(0.2)},
            new double[] {3, 1, 3, 2});
    double[] levels = Law.levelProbabilities(2, table);
    assertThat(levels).hasSize(3);
    Near.assertEqual(levels[0], 0.25);
    Near.assertEqual(levels[1], 0.49 - 0.25);
    Near.assertEqual(levels[2], 1 - 0.49);
  }

  /// An outcome of probability e^-690 and as many draws as make it likely, at 400 digits.
  @Test
  void moreDrawsThanADoubleHasDigitsFindWhatUnderflowsNearly() {
    Law law = bestOf(1e300, OutcomeTable.ofLogProbabilities(0, -690));
    Near.assertWithin(1e-12, law.kl(), 610.9995166016806);
    Near.assertWithin(1e-12, law.winRate(), 0.9430103417574361);
  }

  /// Of a mass of 1e-315, which a double holds to 8 digits, the logarithm is taken: at 500 digits.
  @Test
  void aMassThatLosesItsDigitsKeepsThoseOfItsLogarithm() {
    Law law = bestOf(1e308, OutcomeTable.ofLogProbabilities(0, -725));
    assertThat(law.kl()).isCloseTo(9.697374946593953e-5, withinPercentage(1e-10));
  }

  /// `log(1 - 0.9513^0.8)`, at 40 digits: within the last digit but one.
  @Test
  void aThinBestLevelHasItsLogarithm() {
    Law law = bestOf(0.8, OutcomeTable.ofProbabilities(0.9513, 0.0487));
    assertThat(law.logProbabilities()[1]).isCloseTo(-3.2402646068529504, within(3e-15));
  }

  /// `q log(q/0.3) + (1-q) log((1-q)/0.7)` at `q = 0.3^1.00001`, at 40 digits.
  @Test
  void aDriftOfNextToNothingKeepsItsDigits() {
    Law law = bestOf(1.00001, OutcomeTable.ofProbabilities(0.3, 0.7));
    assertThat(law.kl()).isCloseTo(3.106149397924037e-11, withinPercentage(1e-8));
  }

  @Test
  void aTableOfNothingIsRefused() {
    assertThatThrownBy(() -> OutcomeTable.ofProbabilities(0, 0))
        .hasMessageContaining("an outcome of probability above 0");
    assertThatThrownBy(() -> OutcomeTable.ofProbabilities(0.5, Double.NaN))
        .hasMessageContaining("p[1]");
    assertThatThrownBy(() -> OutcomeTable.of(new double[2], new double[3]))
        .hasMessageContaining("2 log-probabilities and 3 rewards");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyPolicyIsMeasuredAsALawIs(long seed) {
    Tables tables = Tables.small(seed);
    OutcomeTable table = tables.table();
    Law law = bestOf(3, table);

    Near.assertWithin(1e-12, table.kl(law.probabilities()), law.kl());
    Near.assertWithin(1e-12, table.winRate(law.probabilities()), law.winRate());
    Near.assertWithin(1e-12, table.winRate(table.probabilities()), 0.5);
    assertThat(table.kl(table.probabilities())).isZero();
  }

  @Test
  void aPolicyThatReturnsTheImpossibleIsInfinitelyFar() {
    OutcomeTable table = OutcomeTable.ofProbabilities(0.5, 0.5, 0);

    assertThat(table.kl(new double[] {0, 0.5, 0.5})).isInfinite();
    Near.assertWithin(1e-15, table.kl(new double[] {0.25, 0.75, 0}), 0.130812035941137);
    assertThatThrownBy(() -> table.kl(new double[2])).hasMessageContaining("3 outcomes");
  }
}
