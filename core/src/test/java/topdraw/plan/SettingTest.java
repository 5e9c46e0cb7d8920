package topdraw.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

/// What a setting wins, drifts and draws by closed forms, and its neighbours.
class SettingTest {
  private static void assertNumbers(Setting setting, double winRate, double kl, double draws) {
    assertThat(setting.winRate()).isCloseTo(winRate, within(1e-14));
    assertThat(setting.kl()).isCloseTo(kl, within(1e-14));
    assertThat(setting.draws()).isCloseTo(draws, within(1e-14));
    List<Finding> findings = setting.findings();
    assertThat(findings)
        .extracting(Finding::quantity)
        .containsExactly(Quantity.WIN_RATE, Quantity.KL, Quantity.DRAWS);
    assertThat(findings)
        .extracting(Finding::value)
        .containsExactly(setting.winRate(), setting.kl(), setting.draws());
    assertThat(findings)
        .extracting(Finding::evidence)
        .containsExactly(Evidence.EXACT, Evidence.THEOREM, Evidence.EXACT);
    assertThat(findings.get(1).role()).isEqualTo(Role.UPPER_BOUND);
  }

  /// Early stop at the top half, of three draws at most: the density is `3 u²` below 1/2 and 7/4
  /// above. Best-of-Poisson's numbers are those of the density `(1 + 3u) exp(-3(1-u))`, by mpmath.
  @Test
  void eachMethodHasItsClosedForm() {
    assertNumbers(new Setting.BestOfN(4), 0.8, Math.log(4) - 0.75, 4);
    assertNumbers(
        new Setting.EarlyStop(3, 0.5),
        0.703125,
        (Math.log(3) - 2 * Math.log(2) - 2 / 3.0) / 8 + 0.875 * Math.log(1.75),
        1.75);
    assertNumbers(new Setting.StopAt(3, 7), 0.75, Math.log(3) - 2 / 3.0, 3);
    assertNumbers(new Setting.RewindAndRepeat(0.25), 0.875, Math.log(4), 4);
    assertNumbers(new Setting.BestOfPoisson(3), 0.7722458812924596, 0.4945749325491036, 4);
  }

  @Test
  void aNeighbourHasOneDrawMoreOrLess() {
    assertThat(new Setting.BestOfN(1).cheaper()).isEmpty();
    assertThat(new Setting.BestOfN(2).cheaper()).contains(new Setting.BestOfN(1));
    assertThat(new Setting.BestOfN(2).dearer()).isEqualTo(new Setting.BestOfN(3));
    assertThat(new Setting.EarlyStop(1, 0.5).cheaper()).isEmpty();
    assertThat(new Setting.EarlyStop(2, 0.5).cheaper()).contains(new Setting.EarlyStop(1, 0.5));
    assertThat(new Setting.EarlyStop(2, 0.5).dearer()).isEqualTo(new Setting.EarlyStop(3, 0.5));
    assertThat(new Setting.StopAt(1, 7).cheaper()).isEmpty();
    assertThat(new Setting.StopAt(2, 7).cheaper()).contains(new Setting.StopAt(1, 7));
    assertThat(new Setting.StopAt(2, 7).dearer()).isEqualTo(new Setting.StopAt(3, 7));
    assertThat(new Setting.RewindAndRepeat(0.6).cheaper()).isEmpty();
    assertThat(new Setting.RewindAndRepeat(0.5).cheaper()).contains(new Setting.RewindAndRepeat(1));
    assertThat(new Setting.RewindAndRepeat(0.5).dearer())
        .isEqualTo(new Setting.RewindAndRepeat(1 / 3.0));
    assertThat(new Setting.BestOfPoisson(1).cheaper()).isEmpty();
    assertThat(new Setting.BestOfPoisson(1.5).cheaper()).contains(new Setting.BestOfPoisson(0.5));
    assertThat(new Setting.BestOfPoisson(1.5).dearer()).isEqualTo(new Setting.BestOfPoisson(2.5));
  }

  /// Of four outcomes a share of 0.26 is reached by two at least, so the threshold is the second
  /// largest reward; of none at all it is the largest.
  @Test
  void atOnePromptAShareIsTheRewardThatSoManyReach() {
    OutcomeTable table = OutcomeTable.of(new double[4], new double[] {3, 1, 2, 2.5});
    double[] shares = {0, 0.25, 0.26, 0.5, 0.51, 0.75, 1};
    double[] thresholds = {3, 3, 2.5, 2.5, 2, 2, 1};
    for (int k = 0; k < shares.length; k++) {
      assertThat(new Setting.EarlyStop(5, shares[k]).at(table))
          .isEqualTo(new Selection.EarlyStop(5, thresholds[k]));
    }
    assertThat(new Setting.RewindAndRepeat(0.26).at(table))
        .isEqualTo(new Selection.RewindAndRepeat(2.5));
    assertThat(new Setting.BestOfN(3).at(table)).isEqualTo(new Selection.BestOfN(3));
    assertThat(new Setting.StopAt(3, 7).at(table)).isEqualTo(new Selection.EarlyStop(3, 7));
    assertThat(new Setting.BestOfPoisson(3).at(table)).isEqualTo(new Selection.BestOfPoisson(3));
  }

  /// Every n up to 128, then a twelfth more each time: 138, 149, 161.
  @Test
  void theSettingsRiseByOneAndThenByATwelfth() {
    assertThat(TestedSettings.steps().limit(131).toArray())
        .startsWith(IntStream.rangeClosed(1, 128).toArray())
        .endsWith(138, 149, 161);
    assertThat(TestedSettings.step(0)).isEqualTo(1);
    assertThat(TestedSettings.step(130)).isEqualTo(161);
    var best = new TestedSettings.OfBestOfN();
    assertThat(best.settings(1)).isZero();
    assertThat(best.settings(2)).isEqualTo(1);
    assertThat(best.settings(138)).isEqualTo(128);
    assertThat(best.settings(139)).isEqualTo(129);
    assertThat(best.length(5)).isEqualTo(12);
    assertThat(best.judges(9)).isEqualTo(9);
    var stop = new TestedSettings.OfStopAt(1);
    assertThat(stop.settings(2)).isZero();
    assertThat(stop.settings(3)).isEqualTo(1);
    assertThat(stop.setting(0)).isEqualTo(new Setting.StopAt(2, 1));
    assertThat(stop.length(5)).isEqualTo(15);
    assertThat(stop.judges(9)).isEqualTo(9);
    var learned = new TestedSettings.OfEarlyStop();
    assertThat(learned.judges(9)).isEqualTo(5);
    assertThat(learned.settings(3)).isZero();
    assertThat(learned.settings(5)).isEqualTo(1);
    assertThat(learned.settings(9)).isEqualTo(3);
    // The share that wins as often as best-of-n with a tenth less.
    for (int cap : new int[] {2, 11, 64}) {
      double z = TestedSettings.OfEarlyStop.passRate(cap);
      double n = cap / 1.1;
      assertThat(new Setting.EarlyStop(cap, z).winRate()).isCloseTo(n / (n + 1), within(1e-9));
    }
  }
}
