package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A few counts that stand for a law, against sums over all of it.
class CountRuleTest {
  private static CountLaw even(int first, int length) {
    var chances = new double[length];
    Arrays.fill(chances, 1.0 / length);
    return new CountLaw(first, chances);
  }

  /// Of 48 counts, or of 128 draws, each is summed.
  @ParameterizedTest
  @CsvSource({"48, 129, 48", "49, 128, 49", "49, 129, 10", "128, 128, 128", "120, 4000, 10"})
  void fewCountsOrDrawsAreTheirOwnRule(int length, int of, int expected) {
    CountLaw law = even(1, length);
    CountRule rule = CountRule.of(law, of);
    assertThat(rule.counts()).hasSize(expected);
    if (expected == length) {
      assertThat(rule.counts()).containsExactly(IntStream.rangeClosed(1, length).toArray());
      assertThat(rule.weights()).containsExactly(law.chances());
    }
  }

  /// Ten nodes give every polynomial of degree 9 its mean.
  @Test
  void polynomialsHaveTheirMeans() {
    CountLaw law = CountLaw.binomial(4000, 300, 4000, 1e-17);
    CountRule rule = CountRule.of(law, 4000);
    assertThat(rule.counts()).hasSize(10);
    for (int degree = 0; degree < 10; degree++) {
      double mean = 0;
      for (int c = law.first(); c <= law.last(); c++) {
        mean += law.at(c) * Math.pow((c - 300) / 50.0, degree);
      }
      double summed = 0;
      for (int k = 0; k < 10; k++) {
        summed += rule.weights()[k] * Math.pow((rule.counts()[k] - 300) / 50.0, degree);
      }
      assertThat(summed).as("degree %s", degree).isCloseTo(mean, Offset.offset(1e-10));
    }
  }

  /// Five standard deviations to each side.
  @Test
  void theNodesAreChebyshevsAroundTheMean() {
    CountLaw law = CountLaw.binomial(4000, 300, 4000, 1e-17);
    double room = 5 * Math.sqrt(300 * (1 - 300 / 4000.0));
    double low = Math.floor(300 - room);
    double high = Math.floor(300 + room);
    int[] expected =
        IntStream.range(0, 10)
            .map(
                k ->
                    (int)
                        Math.round(
                            (low + high) / 2
                                + (high - low) / 2 * Math.cos(Math.PI * (2 * (9 - k) + 1) / 20)))
            .toArray();
    assertThat(CountRule.of(law, 4000).counts()).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 1000, 1", "0, 1000, 8", "203, 777, 4", "-50, 5000, 16"})
  void nodesOfAGrainAreItsMultiples(double from, double to, int grain) {
    CountLaw law = even(100, 800); // 100 to 899
    int low = (int) Math.ceil(Math.max(100, from) / grain);
    int high = (int) Math.floor(Math.min(899, to) / grain);
    double half = (high - low) / 2.0;
    int[] expected = new int[6];
    for (int k = 0; k < 6; k++) {
      expected[k] = grain * (int) Math.round(low + half - half * Math.cos(Math.PI * (k + .5) / 6));
    }
    assertThat(CountRule.nodes(law, from, to, 6, grain)).containsExactly(expected);
  }

  /// At a node its polynomial is 1 and the others 0, between them they are Lagrange's products.
  @Test
  void sharesAreLagrangesPolynomialsTimesTheChances() {
    var law = new CountLaw(2, new double[] {.1, .2, .3, .25, .15});
    int[] nodes = {2, 5, 6};
    double[][] shares = CountRule.shares(law, nodes);
    for (int k = 0; k < nodes.length; k++) {
      for (int i = 0; i < 5; i++) {
        double polynomial = 1;
        for (int node : nodes) {
          polynomial *= node == nodes[k] ? 1 : (2.0 + i - node) / (nodes[k] - node);
        }
        assertThat(shares[k][i]).isCloseTo(law.chances()[i] * polynomial, Offset.offset(1e-15));
      }
    }
  }
}
