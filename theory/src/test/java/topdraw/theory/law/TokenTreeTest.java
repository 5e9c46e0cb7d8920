package topdraw.theory.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Every text of a small policy, by hand.
class TokenTreeTest {
  /// After token 1 no 2 comes, after token 2 no end.
  private static double[] next(List<Integer> prefix) {
    if (prefix.isEmpty()) {
      return new double[] {1, 2, 1};
    }
    return prefix.getFirst() == 1 ? new double[] {1, 1, 0} : new double[] {0, 1, 3};
  }

  private static final TokenTree TREE = new TokenTree(3, 3, TokenTreeTest::next);

  private static void assertProbabilities(
      Map<List<Integer>, Double> found, Map<List<Integer>, Double> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (text, p) ->
            assertThat(Math.exp(found.getOrDefault(text, Double.NaN))).isCloseTo(p, within(1e-15)));
  }

  @Test
  void everyTextHasTheProductOfItsChances() {
    assertProbabilities(
        TREE.texts(),
        Map.of(
            List.of(0), 0.25,
            List.of(1, 0), 0.25,
            List.of(1, 1, 0), 0.25,
            List.of(2, 1, 0), 0.0625,
            List.of(2, 2, 0), 0.1875));
  }

  @Test
  void aTextGoesOnByNoMoreThanIsAsked() {
    assertProbabilities(
        TREE.continuations(List.of(2), 1), Map.of(List.of(1), 0.25, List.of(2), 0.75));
    assertProbabilities(
        TREE.continuations(List.of(), 2),
        Map.of(
            List.of(0), 0.25,
            List.of(1, 0), 0.25,
            List.of(1, 1), 0.25,
            List.of(2, 1), 0.0625,
            List.of(2, 2), 0.1875));
    assertProbabilities(TREE.continuations(List.of(1, 1), 5), Map.of(List.of(0), 1.0));
    assertThat(TokenTree.with(List.of(2, 1), List.of(1, 0))).containsExactly(2, 1, 1, 0);
  }

  @Test
  void aTreeIsSmallAndItsLawComplete() {
    for (int[] sizes : new int[][] {{1, 3}, {2, 0}, {2, 24}, {11, 7}}) {
      assertThatThrownBy(() -> new TokenTree(sizes[0], sizes[1], TokenTreeTest::next))
          .hasMessageEndingWith("had vocabulary " + sizes[0] + " and mostTokens " + sizes[1]);
    }
    assertThat(new TokenTree(10, 7, TokenTreeTest::next).mostTokens()).isEqualTo(7);
    assertThat(new TokenTree(2, 1, TokenTreeTest::next).texts()).containsOnlyKeys(List.of(0));
    TokenTree four = new TokenTree(4, 2, TokenTreeTest::next);
    assertThatThrownBy(four::texts).hasMessage("the law after [] needs 4 weights, had 3");
  }
}
