package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.KlBoundsAt;

/// The bound of the pool in hand against its formula over all levels, of one block and of several.
class SeenMassTest {
  /// Each level has one outcome, of which every tenth was seen with a larger probability; of all
  /// together `missing` was not seen.
  private static double[] seen(int levels, double missing) {
    double[] weights = IntStream.range(0, levels).mapToDouble(l -> l % 10 == 3 ? 5 : 1).toArray();
    double total = IntStream.range(0, levels).mapToDouble(l -> weights[l]).sum() / (1 - missing);
    return IntStream.range(0, levels).mapToDouble(l -> weights[l] / total).toArray();
  }

  private static SeenMass of(double... seen) {
    int[] outcomes = IntStream.range(0, seen.length).toArray();
    double[] rewards = IntStream.of(outcomes).asDoubleStream().toArray();
    double[] logP = IntStream.of(outcomes).mapToDouble(l -> Math.log(seen[l])).toArray();
    PoolLevels levels = new PoolLevels(PoolDraws.of(outcomes, rewards, logP));
    return new SeenMass(levels, new PoolMasses(levels));
  }

  /// Above it `F^n` is more than 1e-15 at every level, below it at none.
  @ParameterizedTest(name = "{0} levels")
  @ValueSource(ints = {1, 7, 400, 1_024, 1_025, 2_048, 3_000})
  void theLowestLevelThatMattersIsFound(int count) {
    for (double missing : new double[] {1e-9, 0.01, 0.4}) {
      double[] seen = seen(count, missing);
      SeenMass mass = of(seen);
      for (int n : new int[] {1, 2, 4, 10, 33, 50, 70, 100, 1_000, 4_000, 30_000, 1_000_000}) {
        double above = 0;
        int first = count;
        for (int l = count - 1; l >= 0 && n * Math.log1p(-above) > Math.log(1e-15); l--) {
          first = l;
          above += seen[l];
        }
        assertThat(mass.first(n)).as("n = %d, missing %s", n, missing).isEqualTo(first);
      }
    }
  }

  @ParameterizedTest(name = "{0} levels")
  @ValueSource(ints = {1, 7, 400, 1_025, 3_000})
  void theBoundIsItsFormula(int count) {
    for (double missing : new double[] {1e-9, 0.4}) {
      double[] seen = seen(count, missing);
      SeenMass mass = of(seen);
      for (int n : new int[] {1, 2, 10, 100, 4_000}) {
        double lost = 0;
        double above = 0;
        double upTo = 1 - missing;
        for (int l = count - 1; l >= 0; l--) {
          double room = 1 - above;
          lost +=
              Math.min(
                  Math.pow(upTo, n) * KlBounds.gap(n, Math.min(1, seen[l] / upTo)),
                  Math.pow(room, n) * KlBounds.gap(n, Math.min(1, seen[l] / room)));
          above += seen[l];
          upTo -= seen[l];
        }
        assertThat(mass.klBound(new KlBoundsAt(n)))
            .as("n = %d, missing %s", n, missing)
            .isCloseTo(Math.max(0, KlBounds.analytical(n) - lost), within(1e-11));
      }
    }
  }
}
