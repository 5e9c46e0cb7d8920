package topdraw.theory.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// What a knockout returns, in closed form; against every sequence of draws it is held where it is
/// run.
class KnockoutLawTest {
  private static final double[] P = {.7, .3};

  /// The better of two goes on with probability w: of two draws it is left with p² + 2 p q w.
  @Test
  void twoDrawsHaveTheirValues() {
    double[][] wins = {{1, .2}, {.8, 1}};
    double better = .09 + 2 * .7 * .3 * .8;
    assertThat(KnockoutLaw.of(2, P, wins))
        .containsExactly(new double[] {1 - better, better}, within(1e-15));
    assertThat(KnockoutLaw.of(1, P, wins)).containsExactly(P);
    double again = better * better + 2 * better * (1 - better) * .8;
    assertThat(KnockoutLaw.of(4, P, wins)[1]).isCloseTo(again, within(1e-15));
    // Of three the third meets only who is left of two.
    double three = better * .3 + (better * .7 + (1 - better) * .3) * .8;
    assertThat(KnockoutLaw.of(3, P, wins)[1]).isCloseTo(three, within(1e-15));
  }

  /// Where the earlier always goes on, the first drawn is returned: the reference policy.
  @Test
  void tiesGoToTheEarlier() {
    assertThat(KnockoutLaw.of(7, P, new double[][] {{1, 1}, {1, 1}}))
        .containsExactly(P, within(1e-15));
  }

  @Test
  void whatIsNoComparatorIsRefused() {
    assertThatThrownBy(() -> KnockoutLaw.of(0, P, new double[2][2])).hasMessageContaining("n must");
    assertThatThrownBy(() -> KnockoutLaw.of(2, P, new double[1][2])).hasMessageContaining("row");
    assertThatThrownBy(() -> KnockoutLaw.of(2, P, new double[2][1])).hasMessageContaining("number");
    assertThatThrownBy(() -> KnockoutLaw.of(2, P, new double[][] {{2, 0}, {0, 0}}))
        .hasMessageContaining("probability");
  }
}
