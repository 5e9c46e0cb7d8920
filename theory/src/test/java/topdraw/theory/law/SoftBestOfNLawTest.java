package topdraw.theory.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinRateBounds;

class SoftBestOfNLawTest {
  static LongStream seeds() {
    return Tables.seeds();
  }

  static LongStream fewSeeds() {
    return Tables.seeds(60);
  }

  /// The integral against the weights of every tuple.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theLawOfSoftBestOfNIsThatOfEveryTuple(long seed) {
    Tables tables = Tables.small(seed);
    int n = tables.random().nextInt(1, 5);
    double temperature = Math.exp(tables.random().nextDouble(-2, 3));
    var pmf = new double[tables.logP().length];
    Tables.forEachTuple(
        pmf.length,
        n,
        t -> {
          double[] weights =
              Arrays.stream(t)
                  .mapToDouble(i -> Math.exp(tables.rewards()[i] / temperature))
                  .toArray();
          double total = Arrays.stream(weights).sum();
          for (int i = 0; i < n; i++) {
            pmf[t[i]] += tables.probability(t) * weights[i] / total;
          }
        });
    Law law = Law.of(new Selection.SoftBestOfN(n, temperature), tables.table());

    for (int i = 0; i < pmf.length; i++) {
      Near.assertEqual(law.probabilities()[i], pmf[i]);
    }
    assertThat(law.expectedDraws()).isEqualTo(n);
  }

  /// 1.6, and the bound from the range of rewards; between the reference and best-of-n.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void softBestOfNStaysWithinItsBoundsAndTendsToItsLimits(long seed) {
    Tables tables = Tables.of(seed);
    OutcomeTable table = tables.table();
    int n = 1 + (int) Math.exp(tables.random().nextDouble(0, 6));
    double temperature = Math.exp(tables.random().nextDouble(-3, 5));
    Law law = Law.of(new Selection.SoftBestOfN(n, temperature), table);
    double[] rewards = table.levelRewards();
    double range = rewards[rewards.length - 1] - rewards[0];

    Near.assertEqual(Arrays.stream(law.probabilities()).sum(), 1);
    Near.assertAtMost(law.kl(), KlBounds.analytical(n));
    Near.assertAtMost(law.winRate(), WinRateBounds.analytical(n));
    Near.assertAtMost(law.kl(), SoftBestOfNLaw.klUpper(n, range, temperature));
    Law best = Law.of(new Selection.BestOfN(n), table);
    Law cold = Law.of(new Selection.SoftBestOfN(n, 1e-3), table);
    Near.assertWithin(1e-9, cold.kl(), best.kl());
    Near.assertWithin(1e-9, cold.winRate(), best.winRate());
    assertThat(Law.of(new Selection.SoftBestOfN(n, 1e12), table).kl()).isBetween(0.0, 1e-15);
    Near.assertAtMost(law.winRate(), best.winRate());
  }
}
