package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.KlGapBounds;
import topdraw.theory.law.Law;
import topdraw.theory.law.Selection;

class CollisionsTest {
  static LongStream seeds() {
    return Tables.seeds();
  }

  /// Both, over every pool of three draws.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theCollisionEstimatesAreUnbiased(long seed) {
    Tables tables = Tables.small(seed);
    int size = tables.logP().length;
    double exact = Arrays.stream(tables.logP()).map(x -> Math.exp(2 * x)).sum();
    var fromCounts = new double[1];
    var fromProbabilities = new double[1];
    Tables.forEachTuple(
        size,
        3,
        t -> {
          var counts = new long[size];
          Arrays.stream(t).forEach(i -> counts[i]++);
          fromCounts[0] += tables.probability(t) * Collisions.probability(counts);
          double[] logs =
              Arrays.stream(t).mapToDouble(i -> Math.min(0, tables.logP()[i])).toArray();
          fromProbabilities[0] += tables.probability(t) * Collisions.meanProbability(logs);
        });
    Near.assertEqual(fromCounts[0], exact);
    Near.assertEqual(fromProbabilities[0], exact);
  }

  /// What lessens the drift is at most linear in the chance that two draws are of one level.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void collisionsBoundTheGap(long seed) {
    Tables tables = Tables.small(seed);
    int n = 2 + (int) (seed % 5);
    double gap = KlBounds.analytical(n) - Law.of(new Selection.BestOfN(n), tables.table()).kl();
    double chance = Math.exp(-tables.table().renyiEntropy());
    Near.assertAtMost(gap, KlGapBounds.upperFromCollisions(n, Math.min(1, chance)));
  }

  @Test
  void whatIsNoSampleIsRefused() {
    assertThatThrownBy(() -> Collisions.probability(1, 0))
        .hasMessage("collisions need counts of at least 0 and two draws, found [1, 0]");
    assertThatThrownBy(() -> Collisions.probability(5, -1)).hasMessageContaining("[5, -1]");
    assertThatThrownBy(() -> Collisions.meanProbability())
        .hasMessage("a mean probability needs a draw, found none");
    assertThatThrownBy(() -> Collisions.meanProbability(-1, 0.5))
        .hasMessageContaining("logProbabilities[1]");
    assertThat(Collisions.probability(1, 1)).isZero();
    assertThat(Collisions.probability(2)).isOne();
  }
}
