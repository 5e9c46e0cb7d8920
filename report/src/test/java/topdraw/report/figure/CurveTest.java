package topdraw.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Role;

class CurveTest {
  @Test
  void aValueThatCannotBeDrawnIsNamedWithItsPlace() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> curve(0, 0.1, Double.NaN))
        .withMessageContaining("'K_n' must be finite to be drawn, was NaN at n = 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> curve(Double.POSITIVE_INFINITY))
        .withMessageContaining("was Infinity at n = 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> curve())
        .withMessageContaining("has no values");
  }

  @Test
  void aCurveKeepsItsOwnValues() {
    double[] values = {0, 1};
    Curve curve = new Curve("K_n", Evidence.THEOREM, Role.UPPER_BOUND, values);

    values[0] = 9;
    curve.values()[1] = 9;

    assertThat(curve.values()).containsExactly(0, 1);
  }

  @Test
  void aBandHasTwoEdgesOfOneLengthInOrder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Band("tilted", new double[] {0}, new double[] {0, 1}))
        .withMessageContaining("1 lower values and 2 upper ones");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Band("tilted", new double[] {0, 2}, new double[] {0, 1}))
        .withMessageContaining("was [2.0, 1.0] at n = 2");
  }

  @Test
  void aPanelNeedsACurveAndCountsFromOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> panel(16, List.of()))
        .withMessageContaining("has no KL curve");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> panel(0, List.of(curve(0))))
        .withMessageContaining("solidTo is a number of completions, at least 1, was 0");
  }

  private static Curve curve(double... values) {
    return new Curve("K_n", Evidence.THEOREM, Role.UPPER_BOUND, values);
  }

  private static PromptPanel panel(int solidTo, List<Curve> kl) {
    return new PromptPanel(
        "A prompt", solidTo, kl, Optional.empty(), List.of(), 1, List.of(), "", "", "");
  }
}
