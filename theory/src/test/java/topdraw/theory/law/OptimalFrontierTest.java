package topdraw.theory.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;

class OptimalFrontierTest {
  static LongStream seeds() {
    return Tables.seeds();
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

  @Test
  void aCoinNeedsNoDrift() {
    assertThat(OptimalFrontier.kl(0.5)).isZero();
    assertThat(OptimalFrontier.winRate(0)).isEqualTo(0.5);
  }

  @Test
  void aPolicyThatDriftsFarMayAlwaysWin() {
    for (double kl : new double[] {50, 698, 708, 709, 712, 740, 743.9, 1e6}) {
      assertThat(OptimalFrontier.winRate(kl)).isOne();
    }
    assertThat(OptimalFrontier.winRate(Double.POSITIVE_INFINITY)).isOne();
  }
}
