package topdraw.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

class WinnerBoundsTest {
  static LongStream seeds() {
    return Tables.seeds();
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
}
