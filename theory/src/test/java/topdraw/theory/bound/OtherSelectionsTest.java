package topdraw.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.confidence.LevelCertificate;
import topdraw.theory.law.BestOfPoissonLaw;
import topdraw.theory.law.Law;
import topdraw.theory.law.Levels;
import topdraw.theory.law.OptimalFrontier;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.law.SoftBestOfNLaw;
import topdraw.theory.law.TiltedPolicy;

/// Soft best-of-n, best-of-Poisson, any rule at all, blocks.
class OtherSelectionsTest {
  static LongStream seeds() {
    return Tables.seeds();
  }

  static LongStream fewSeeds() {
    return LongStream.range(0, 60);
  }

  /// The integral against the weights of every tuple.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theLawOfSoftBestOfNIsThatOfEveryTuple(long seed) {
    Tables tables = Tables.small(seed);
    int n = tables.random().nextInt(1, 5);
    double temperature = Math.exp(tables.random().nextDouble(-2, 3));
    var pmf = new double[tables.logP().length];
    Tables.forEachTuple(
        pmf.length,
        n,
        t -> {
          double[] weights =
              Arrays.stream(t)
                  .mapToDouble(i -> Math.exp(tables.rewards()[i] / temperature))
                  .toArray();
          double total = Arrays.stream(weights).sum();
          for (int i = 0; i < n; i++) {
            pmf[t[i]] += tables.probability(t) * weights[i] / total;
          }
        });
    Law law = Law.of(new Selection.SoftBestOfN(n, temperature), tables.table());

    for (int i = 0; i < pmf.length; i++) {
      Near.assertEqual(law.probabilities()[i], pmf[i]);
    }
    assertThat(law.expectedDraws()).isEqualTo(n);
  }

  /// 1.6, and the bound from the range of rewards; between the reference and best-of-n.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void softBestOfNStaysWithinItsBoundsAndTendsToItsLimits(long seed) {
    Tables tables = Tables.of(seed);
    OutcomeTable table = tables.table();
    int n = 1 + (int) Math.exp(tables.random().nextDouble(0, 6));
    double temperature = Math.exp(tables.random().nextDouble(-3, 5));
    Law law = Law.of(new Selection.SoftBestOfN(n, temperature), table);
    double[] rewards = table.levelRewards();
    double range = rewards[rewards.length - 1] - rewards[0];

    Near.assertEqual(Arrays.stream(law.probabilities()).sum(), 1);
    Near.assertAtMost(law.kl(), KlBounds.analytical(n));
    Near.assertAtMost(law.winRate(), WinRateBounds.analytical(n));
    Near.assertAtMost(law.kl(), SoftBestOfNLaw.klUpper(n, range, temperature));
    Law best = Law.of(new Selection.BestOfN(n), table);
    Law cold = Law.of(new Selection.SoftBestOfN(n, 1e-3), table);
    Near.assertWithin(1e-9, cold.kl(), best.kl());
    Near.assertWithin(1e-9, cold.winRate(), best.winRate());
    assertThat(Law.of(new Selection.SoftBestOfN(n, 1e12), table).kl()).isBetween(0.0, 1e-15);
    Near.assertAtMost(law.winRate(), best.winRate());
  }

  /// Best-of-Poisson is a mixture of best-of-N.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void bestOfPoissonIsAMixtureOfBestOfN(long seed) {
    Tables tables = Tables.of(seed);
    OutcomeTable table = tables.table();
    double mu = Math.exp(tables.random().nextDouble(-3, 3));
    Law law = Law.of(new Selection.BestOfPoisson(mu), table);
    var mixture = new double[tables.logP().length];
    double weight = Math.exp(-mu);
    for (int k = 0; k < 150; k++) {
      double[] best = Law.of(new Selection.BestOfN(k + 1), table).probabilities();
      for (int i = 0; i < mixture.length; i++) {
        mixture[i] += weight * best[i];
      }
      weight *= mu / (k + 1);
    }
    for (int i = 0; i < mixture.length; i++) {
      Near.assertEqual(law.probabilities()[i], mixture[i]);
    }
    Near.assertAtMost(law.kl(), BestOfPoissonLaw.klContinuous(mu));
    Near.assertAtMost(law.winRate(), BestOfPoissonLaw.winRateContinuous(mu));
    Near.assertEqual(law.expectedDraws(), 1 + mu);
  }

  /// Many flat outcomes tend to continuous rewards.
  @ParameterizedTest(name = "mu = {0}")
  @ValueSource(doubles = {0.001, 0.3, 0.999, 1.001, 7, 60, 300})
  void theContinuousFormulasOfBestOfPoissonAreLimits(double mu) {
    Law law =
        Law.of(
            new Selection.BestOfPoisson(mu), OutcomeTable.ofLogProbabilities(new double[200_000]));

    Near.assertWithin(1e-5, law.kl(), BestOfPoissonLaw.klContinuous(mu));
    Near.assertWithin(1e-8, law.winRate(), BestOfPoissonLaw.winRateContinuous(mu));
  }

  /// The inverses give back what they were asked for, and on every table they keep to it.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theInversesOfBestOfPoissonInvertAndHoldOnEveryTable(long seed) {
    Tables tables = Tables.of(seed);
    double kl = Math.exp(tables.random().nextDouble(-12, 2));
    double byKl = BestOfPoissonLaw.muForKl(kl);
    double winRate = 1 - 0.5 * Math.exp(-tables.random().nextDouble(1e-4, 9));
    double byWinRate = BestOfPoissonLaw.muForWinRate(winRate);

    assertThat(BestOfPoissonLaw.klContinuous(byKl)).isCloseTo(kl, withinPercentage(1e-9));
    assertThat(BestOfPoissonLaw.klContinuous(byKl * (1 + 1e-9))).isGreaterThan(kl);
    assertThat(BestOfPoissonLaw.winRateContinuous(byWinRate)).isCloseTo(winRate, within(1e-14));
    Near.assertAtMost(Law.of(new Selection.BestOfPoisson(byKl), tables.table()).kl(), kl);
    Near.assertAtMost(
        Law.of(new Selection.BestOfPoisson(byWinRate), tables.table()).winRate(), winRate);
  }

  @Test
  void theInversesOfBestOfPoissonMeetTheirEnds() {
    assertThat(BestOfPoissonLaw.muForKl(0)).isBetween(0.0, 1e-100);
    assertThat(BestOfPoissonLaw.muForWinRate(0.5)).isBetween(0.0, 1e-15);
    double almostCertain = Math.nextDown(1.0);
    assertThat(BestOfPoissonLaw.winRateContinuous(BestOfPoissonLaw.muForWinRate(almostCertain)))
        .isCloseTo(almostCertain, within(1e-15));
    assertThat(BestOfPoissonLaw.klContinuous(BestOfPoissonLaw.muForKl(250)))
        .isCloseTo(250, within(1e-9));
    for (double kl : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> BestOfPoissonLaw.muForKl(kl))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("kl");
    }
    for (double winRate : new double[] {0.4999, 1, Double.NaN}) {
      assertThatThrownBy(() -> BestOfPoissonLaw.muForWinRate(winRate))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /// T5: no policy at all is above the ceiling, and the tilt by calibrated reward is best on its
  /// table.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noSelectionIsAboveTheFrontier(long seed) {
    Tables tables = Tables.of(seed);
    OutcomeTable table = tables.table();
    double slope = Math.exp(tables.random().nextDouble(-4, 5));
    TiltedPolicy optimum = TiltedPolicy.byCalibratedReward(table, slope);
    double threshold = tables.rewards()[tables.random().nextInt(tables.logP().length)];
    double n = Math.exp(tables.random().nextDouble(0, 8));

    Near.assertAtMost(OptimalFrontier.kl(Math.max(0.5, optimum.winRate())), optimum.kl());
    for (Selection selection :
        List.of(
            new Selection.BestOfN(n),
            new Selection.EarlyStop(n, threshold),
            new Selection.RewindAndRepeat(threshold),
            new Selection.SoftBestOfN((int) n, 0.5),
            new Selection.BestOfPoisson(n))) {
      Law law = Law.of(selection, table);
      double winRate = Math.min(Math.max(0.5, law.winRate()), Math.nextDown(1.0));
      assertThat(OptimalFrontier.kl(winRate)).isLessThanOrEqualTo(law.kl() * (1 + 1e-9) + 1e-12);
      double gained = slope * law.winRate() - law.kl();
      assertThat(gained).isLessThanOrEqualTo(slope * optimum.winRate() - optimum.kl() + 1e-9);
    }
  }

  /// 1.6: a rule that reads anything, here a random table over every tuple.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyRuleKeepsToTheBoundsOfBestOfN(long seed) {
    Tables tables = Tables.small(seed);
    int n = tables.random().nextInt(1, 5);
    var pmf = new double[tables.logP().length];
    Tables.forEachTuple(
        pmf.length, n, t -> pmf[t[tables.random().nextInt(n)]] += tables.probability(t));
    double kl = 0;
    double term = 0;
    double wins = 0;
    double[] calibrated = tables.table().calibratedRewards();
    for (int i = 0; i < pmf.length; i++) {
      double logP = Math.min(0, tables.logP()[i]);
      kl += pmf[i] == 0 ? 0 : pmf[i] * (Math.log(pmf[i]) - logP);
      term += pmf[i] * WinnerBounds.anyRuleKl(n, logP);
      wins += pmf[i] * calibrated[i];
    }
    assertThat(kl).isLessThanOrEqualTo(term + 1e-12);
    assertThat(kl).isLessThanOrEqualTo(KlBounds.analytical(n) + 1e-12);
    Near.assertAtMost(wins, WinRateBounds.analytical(n));
  }

  /// 1.4 and 1.5: with rewards all different, drift and win rate between their terms' means.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theTermsOfTheWinnerEncloseDriftAndWinRate(long seed) {
    Tables tables = Tables.of(seed);
    OutcomeTable table = OutcomeTable.ofLogProbabilities(tables.logP());
    double n = tables.realN();
    double c = Math.exp(-tables.random().nextDouble(1e-3, 15));
    Law law = Law.of(new Selection.BestOfN(n), table);
    double[] returned = law.probabilities();
    double[] logP = table.logProbabilities();
    double low = 0;
    double fewWins = 0;
    double manyWins = 0;
    for (int i = 0; i < returned.length; i++) {
      double log = Math.min(0, logP[i]);
      low += returned[i] * WinnerBounds.sharpKlLower(n, log, c);
      fewWins += returned[i] * WinnerBounds.winRateLower(n, Math.exp(log));
      manyWins += returned[i] * WinnerBounds.winRateUpper(n, Math.exp(log));
    }
    assertThat(low).isLessThanOrEqualTo(law.kl() + 1e-9 * KlBounds.analytical(n) + 1e-12);
    Near.assertAtMost(fewWins, law.winRate());
    Near.assertAtMost(law.winRate(), manyWins);
  }

  /// Two blocks: KL of the text's law, and the estimator's mean, by every text.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theBlockwiseEstimateHasAMeanOfAtLeastTheKlDivergence(long seed) {
    Tables first = Tables.small(seed);
    int n = first.random().nextInt(1, 6);
    double[] chosen = Law.of(new Selection.BestOfN(n), first.table()).probabilities();
    double kl = Law.of(new Selection.BestOfN(n), first.table()).kl();
    double mean = 0;
    for (int i = 0; i < chosen.length; i++) {
      Tables second = Tables.small(1_000 + 10 * seed + i);
      Law law = Law.of(new Selection.BestOfN(n), second.table());
      kl += chosen[i] * law.kl();
      double[] then = law.probabilities();
      for (int j = 0; j < then.length; j++) {
        double estimate =
            BlockwiseEstimate.kl(n, Math.min(0, first.logP()[i]), Math.min(0, second.logP()[j]));
        assertThat(estimate).isBetween(0.0, 2 * KlBounds.analytical(n) + 1e-12);
        mean += chosen[i] * then[j] * estimate;
      }
    }
    Near.assertAtMost(kl, mean);
  }

  /// Level masses from counts: summed over the binomial law of the count.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theCertificateFromCountsHasAMeanOfAtLeastTheKlDivergence(long seed) {
    Tables tables = Tables.small(seed);
    int n = tables.random().nextInt(1, 40);
    int others = tables.random().nextInt(1, 60);
    double a = Math.exp(tables.random().nextDouble(-8, -1));
    Levels levels = tables.table().levels();
    double[] returned = Law.levelProbabilities(n, tables.table());
    double mean = 0;
    for (int l = 0; l < levels.count(); l++) {
      double mass = levels.mass(l);
      double[] counts = binomial(others, mass);
      for (int c = 0; c <= others; c++) {
        mean +=
            returned[l]
                * counts[c]
                * LevelCertificate.term(n, Double.NEGATIVE_INFINITY, c, others, a);
      }
    }
    Near.assertAtMost(Law.of(new Selection.BestOfN(n), tables.table()).kl(), mean);
  }

  private static double[] binomial(int trials, double p) {
    double[] pmf = {1};
    for (int i = 0; i < trials; i++) {
      double[] before = pmf;
      pmf =
          IntStream.rangeClosed(0, before.length)
              .mapToDouble(
                  c ->
                      (c < before.length ? before[c] * (1 - p) : 0)
                          + (c > 0 ? before[c - 1] * p : 0))
              .toArray();
    }
    return pmf;
  }
}
