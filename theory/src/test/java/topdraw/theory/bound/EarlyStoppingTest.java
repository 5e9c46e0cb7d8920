package topdraw.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.law.Inverses;
import topdraw.theory.law.Law;
import topdraw.theory.law.Rewind;
import topdraw.theory.law.Selection;

class EarlyStoppingTest {
  static LongStream seeds() {
    return Tables.seeds();
  }

  /// Summed over the draw that stopped, and over what is returned when none did.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theEstimateFromOneRunHasAMeanOfAtLeastTheKlDivergence(long seed) {
    Tables tables = Tables.of(seed);
    int n = 1 + (int) Math.exp(tables.random().nextDouble(0, Math.log(200)));
    double threshold = tables.rewards()[tables.random().nextInt(tables.logP().length)];
    Law law = Law.of(new Selection.EarlyStop(n, threshold), tables.table());
    double z = tables.table().passRate(threshold);
    double mean = 0;
    double reached = z;
    for (int m = 1; m <= n; m++) {
      mean += reached * EarlyStopping.klEstimate(n, m, true, -1);
      reached *= 1 - z;
    }
    double[] returned = law.probabilities();
    for (int i = 0; i < returned.length; i++) {
      if (tables.rewards()[i] < threshold && returned[i] > 0) {
        double logP = Math.min(0, tables.logP()[i]);
        mean += returned[i] * EarlyStopping.klEstimate(n, n, false, logP);
      }
    }
    Near.assertAtMost(law.kl(), mean);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theEstimateStaysInItsRange(long seed) {
    RandomGenerator random = Tables.random(seed);
    int n = random.nextInt(2, 1_000);
    double top = Rewind.klEstimate(n);
    double logP = -Math.exp(random.nextDouble(-10, 7));

    assertThat(EarlyStopping.klEstimate(n, n, false, logP)).isBetween(0.0, top);
    assertThat(EarlyStopping.klEstimate(n, random.nextInt(1, n + 1), true, logP))
        .isBetween(0.0, top);
  }

  /// Each inverse, put back; K_n, n/(n+1) and n draws at a pass rate of 0.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theInversesInvert(long seed) {
    RandomGenerator random = Tables.random(seed);
    double n = 1 + Math.exp(random.nextDouble(-1, 8));
    double kl = KlBounds.analytical(n) * random.nextDouble(0.05, 1);
    double winRate = random.nextDouble(0.51, n / (n + 1));
    double draws = random.nextDouble(1, n);

    Near.assertWithin(1e-9, EarlyStopping.klContinuous(n, EarlyStopping.passRateForKl(n, kl)), kl);
    Near.assertWithin(
        1e-9, EarlyStopping.winRateContinuous(n, EarlyStopping.passRate(n, winRate)), winRate);
    Near.assertWithin(
        1e-9, EarlyStopping.expectedDraws(n, EarlyStopping.passRateForDraws(n, draws)), draws);
    assertThat(EarlyStopping.passRateForKl(n, 2 * KlBounds.analytical(n))).isZero();
    assertThat(EarlyStopping.passRateForDraws(n, n)).isZero();
    Near.assertEqual(Rewind.kl(Rewind.passRateForKl(kl)), kl);
    Near.assertEqual(Rewind.winRate(Rewind.passRateForWinRate(winRate)), winRate);
    Near.assertEqual(KlBounds.analytical(Inverses.nForKl(kl)), kl);
    Near.assertEqual(WinRateBounds.analytical(Inverses.nForWinRate(winRate)), winRate);
  }

  @Test
  void aWinRateOutOfReachIsRefused() {
    assertThatThrownBy(() -> Inverses.nForWinRate(1)).hasMessageContaining("[0.5, 1)");
    assertThatThrownBy(() -> EarlyStopping.passRate(4, 0.9)).hasMessageContaining("larger n");
    assertThat(Inverses.nForKl(0)).isEqualTo(1);
    assertThat(Inverses.nForWinRate(0.5)).isEqualTo(1);
  }

  @Test
  void aRunThatCannotBeIsRefused() {
    String words =
        "early stop draws 1 to n completions, and all n unless one reaches the threshold";
    assertThatThrownBy(() -> EarlyStopping.klEstimate(4, 0, true, -1))
        .hasMessage(words + "; found n 4, draws 0, stopped");
    assertThatThrownBy(() -> EarlyStopping.klEstimate(4, 5, true, -1))
        .hasMessage(words + "; found n 4, draws 5, stopped");
    assertThatThrownBy(() -> EarlyStopping.klEstimate(4, 3, false, -1))
        .hasMessage(words + "; found n 4, draws 3, not stopped");
    assertThat(EarlyStopping.klEstimate(4, 4, true, -1)).isCloseTo(11.0 / 6, within(1e-15));
    assertThat(EarlyStopping.klEstimate(1, 1, true, -1)).isZero();
  }

  @Test
  void winRatesAreReachedFromHalfToBestOfN() {
    assertThat(EarlyStopping.passRate(4, 0.5)).isCloseTo(1, within(1e-15));
    assertThat(EarlyStopping.passRate(4, WinRateBounds.analytical(4))).isBetween(0.0, 1e-100);
    assertThatThrownBy(() -> EarlyStopping.passRate(1, 0.5)).hasMessageContaining("n = 1.0");
    assertThatThrownBy(() -> EarlyStopping.passRate(0.5, 0.3)).hasMessageContaining("n must");
    assertThatThrownBy(() -> EarlyStopping.passRate(4, Math.nextDown(0.5)))
        .hasMessageContaining("asked for 0.49");
    assertThatThrownBy(() -> EarlyStopping.passRate(4, Math.nextUp(WinRateBounds.analytical(4))))
        .hasMessageContaining("n/(n+1) = 0.8");
  }

  @Test
  void whatBestOfNKeepsToNeedsNoStop() {
    assertThat(EarlyStopping.passRateForKl(4, KlBounds.analytical(4))).isZero();
    assertThat(EarlyStopping.passRateForKl(1, 0)).isZero();
    assertThat(EarlyStopping.passRateForDraws(4, 4)).isZero();
  }
}
