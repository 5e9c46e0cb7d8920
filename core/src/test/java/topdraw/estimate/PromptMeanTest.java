package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

class PromptMeanTest {
  private static final Estimator WINNER = new Estimator("winner_reward", "winner");
  private static final Interval ANY =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  private static Finding of(Interval range, double... values) {
    PromptMean mean = new PromptMean();
    for (double value : values) {
      mean.add(value, 16);
    }
    return mean.finding(Quantity.REWARD, Role.VALUE, range, WINNER, Confidence.DEFAULT);
  }

  @Test
  void theIntervalIsStudents() {
    // 2.7764451051977987 is the 97.5 % point of t with 4 degrees of freedom.
    Finding finding = of(ANY, 1, 2, 3, 4, 5);
    double half = 2.7764451051977987 * Math.sqrt(2.5 / 5);
    assertThat(finding.value()).isEqualTo(3);
    assertThat(finding.interval().orElseThrow().lower()).isCloseTo(3 - half, within(1e-12));
    assertThat(finding.interval().orElseThrow().upper()).isCloseTo(3 + half, within(1e-12));
    assertThat(finding.samples()).hasValue(80);
    assertThat(finding.prompts()).hasValue(5);
    assertThat(finding.source()).isEqualTo(WINNER);
  }

  @Test
  void onePromptSaysNothingOfOthers() {
    assertThat(of(new Interval(0, 1), 0.5).interval()).contains(new Interval(0, 1));
    assertThatThrownBy(() -> of(ANY)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theIntervalStaysInTheRange() {
    assertThat(of(new Interval(0, 1), 0, 1, 1).interval().orElseThrow().upper()).isEqualTo(1);
  }
}
