package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import topdraw.theory.finding.Interval;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

class TwoLevelWinRateTest {
  @Test
  void itIsTheLawsOwnWinRate() {
    for (int n : new int[] {1, 2, 3, 16}) {
      for (double p : new double[] {0.01, 0.3, 0.5, 0.97}) {
        double law =
            Law.of(
                    new Selection.BestOfN(n),
                    OutcomeTable.of(
                        new double[] {Math.log1p(-p), Math.log(p)}, new double[] {0, 1}))
                .winRate();
        assertThat(TwoLevelWinRate.of(n, p)).isCloseTo(law, within(1e-14));
      }
    }
    assertThat(TwoLevelWinRate.of(4, 0)).isEqualTo(0.5);
    assertThat(TwoLevelWinRate.of(4, 1)).isEqualTo(0.5);
  }

  /// At two draws the peak is 0.625, at p = 1/2.
  @Test
  void overAnIntervalOfRatesItIsAllThatAnyOfThemGives() {
    assertThat(TwoLevelWinRate.over(2, new Interval(0, 1))).isEqualTo(new Interval(0.5, 0.625));
    for (int n : new int[] {1, 2, 5, 16}) {
      Interval rate = new Interval(0.05, 0.6);
      double least = 1;
      double most = 0;
      for (int i = 0; i <= 10_000; i++) {
        double at =
            TwoLevelWinRate.of(n, rate.lower() + i * (rate.upper() - rate.lower()) / 10_000);
        least = Math.min(least, at);
        most = Math.max(most, at);
      }
      Interval over = TwoLevelWinRate.over(n, rate);
      assertThat(over.lower()).isCloseTo(least, within(1e-12));
      assertThat(over.upper()).isCloseTo(most, within(1e-8)).isGreaterThanOrEqualTo(most - 1e-15);
    }
  }
}
