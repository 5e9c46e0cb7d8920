package topdraw.theory.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomesTest {
  @Test
  void smallNumbersStayAsTheyAre() {
    int[] outcomes = {2, 0, 2};
    assertThat(Outcomes.small(outcomes)).isSameAs(outcomes);
    assertThat(Outcomes.small(new int[0])).isEmpty();
  }

  @Test
  void othersAreNumberedAnewAndStayEqualWhereTheyWere() {
    assertThat(Outcomes.small(new int[] {7, -3, 7, 0})).containsExactly(2, 0, 2, 1);
    assertThat(Outcomes.small(new int[] {-1, 0})).containsExactly(0, 1);
    assertThat(Outcomes.small(new int[] {1, 2})).containsExactly(0, 1);
    assertThat(Outcomes.small(new int[] {1, 3, 0})).containsExactly(1, 2, 0);
    assertThat(Outcomes.small(new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE}))
        .containsExactly(1, 0);
  }
}
