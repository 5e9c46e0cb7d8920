package topdraw.theory.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;

class BestOfPoissonLawTest {
  static LongStream seeds() {
    return Tables.seeds();
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
}
