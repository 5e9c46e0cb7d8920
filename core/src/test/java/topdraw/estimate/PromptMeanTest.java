package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;

class PromptMeanTest {
  private static final Interval ANY =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  private static Finding of(Interval range, double... values) {
    PromptMean mean = new PromptMean();
    for (double value : values) {
      mean.add(value, 16);
    }
    return mean.finding("reward", Role.VALUE, "reward", range, "winner");
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
    assertThat(finding.source()).isEqualTo("winner, mean over 5 prompts");
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
