package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topdraw.theory.confidence.Betting;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

class PromptMeanTest {
  private static final Estimator WINNER = new Estimator("winner_reward", "winner");
  private static final Interval ANY = Quantity.REWARD.range();

  private static Finding of(Interval range, double... values) {
    PromptMean mean = new PromptMean();
    for (int i = values.length - 1; i >= 0; i--) {
      mean.add(values[i], 16, i);
    }
    return mean.finding(Quantity.REWARD, Role.VALUE, range, WINNER, Confidence.DEFAULT);
  }

  /// Not skewed, so Hall's transformation says nearly what Student does.
  @Test
  void theIntervalOfOtherNumbersIsStudentsOrAWiderOne() {
    // 2.7764451051977987 is the 97.5 % point of t with 4 degrees of freedom.
    Finding finding = of(ANY, 1, 2, 3, 4, 5);
    double half = 2.7764451051977987 * Math.sqrt(2.5 / 5);
    assertThat(finding.value()).isEqualTo(3);
    assertThat(finding.interval().orElseThrow().lower()).isCloseTo(3 - half, within(1e-6));
    assertThat(finding.interval().orElseThrow().upper()).isCloseTo(3 + half, within(1e-6));
    assertThat(finding.samples()).hasValue(80);
    assertThat(finding.prompts()).hasValue(5);
    assertThat(finding.source()).isEqualTo(WINNER);
  }

  /// Bets are placed in the order of the prompts, not in that in which they were added.
  @Test
  void whereFewPromptsDifferThereIsABetAndNoSpread() {
    double[] values = IntStream.range(0, 12).mapToDouble(i -> i < 3 ? 0 : 1).toArray();
    Finding finding = of(new Interval(0, 1), values);
    assertThat(finding.interval()).contains(Betting.interval(values, 0.05));
    assertThat(finding.assumptions()).anyMatch(words -> words.startsWith("interval: betting"));
    assertThat(of(new Interval(0, 1), 1, 1, 1).interval().orElseThrow().lower())
        .isBetween(0.0, 0.9);
  }

  @Test
  void onePromptSaysNothingOfOthers() {
    assertThat(of(ANY, 0.5).interval()).isEmpty();
    assertThat(of(ANY, 0.5).assumptions())
        .containsExactly("no interval: one prompt says nothing of others");
    Interval wide = of(new Interval(0, 1), 0.5).interval().orElseThrow();
    assertThat(wide.lower()).isBetween(0.0, 0.1);
    assertThat(wide.upper()).isBetween(0.9, 1.0);
    assertThatThrownBy(() -> of(ANY)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatCannotDifferIsExact() {
    Finding coin = of(new Interval(0.5, 0.5), 0.5, 0.5);
    assertThat(coin.evidence()).isEqualTo(Evidence.EXACT);
    assertThat(coin.interval()).isEmpty();
  }

  @Test
  void promptsAreCountedAndNumbersThatAreNoneRefused() {
    PromptMean mean = new PromptMean();
    for (int i = 0; i < 20; i++) {
      mean.add(i % 2, 3, 20 - i);
    }
    assertThat(mean.prompts()).isEqualTo(20);
    Finding found = mean.finding(Quantity.PASS_RATE, WINNER, Confidence.DEFAULT);
    assertThat(found.value()).isEqualTo(0.5);
    assertThat(found.role()).isEqualTo(Role.VALUE);
    assertThat(found.samples()).hasValue(60);
    for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> mean.add(none, 1, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("finite");
    }
  }
}
