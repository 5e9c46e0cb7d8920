package topdraw.theory.pool;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Golden;

/// Every estimate against its mean over all subsets, written out.
class PoolGoldenTest {
  /// Another value of each draw.
  private static final double[] GOLD = {0.25, -1, 3, 0.5, 2, -0.75, 1.5, 4, 0.125};

  private static final Golden GOLDEN = Golden.of(PoolGoldenTest.class, "golden.csv");

  static Stream<String> functions() {
    return GOLDEN.functions();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void anEstimateMeetsItsDefinition(String function) {
    GOLDEN.assertMet(function, row -> found(function, row));
  }

  private static double found(String function, Golden.Row row) {
    double x = row.at(0);
    return switch (function) {
      case "weight" -> pool(row, 2).weights((int) row.at(1))[(int) x];
      case "tilted" -> pool(row, 2).tiltedKlBound((int) row.at(1), x);
      case "stopKlUpper" -> {
        Pool pool = pool(row, 2);
        yield pool.at((int) row.at(1)).klUpper(pool.stopAt(x));
      }
      case "stopKl" -> {
        Pool pool = pool(row, 2);
        yield pool.at((int) row.at(1)).kl(pool.stopAt(x));
      }
      case "stopWinRate" -> {
        Pool pool = pool(row, 2);
        yield pool.at((int) row.at(1)).winRate(pool.stopAt(x));
      }
      case "stopDraws" -> pool(row, 2).acceptance(x).earlyStopDraws((int) row.at(1));
      case "jackknife" ->
          pool(row, 1).jackknifeStandardError((int) x, pool -> pool.klUpper((int) x));
      case "passAtK" -> PassAtK.of((int) x, (int) row.at(1), (int) row.at(2));
      case "collisions" ->
          Collisions.probability(Arrays.stream(row.arguments()).mapToLong(c -> (long) c).toArray());
      case "meanProbability" -> Collisions.meanProbability(row.arguments());
      case "tiltedMean" -> {
        int size = (int) row.at(1);
        yield TiltedMean.of(list(row, 2, size), list(row, 2 + size, size), x);
      }
      case "fitAlpha" -> fit(row, 0).alpha();
      case "fitBeta" -> fit(row, 0).beta();
      case "fitRSquared" -> fit(row, 0).rSquared();
      case "fitPeakKl" -> fit(row, 0).peakKl();
      case "fitGain" -> fit(row, 1).gain(x);
      default -> atN(function, row, pool(row, 1), (int) x);
    };
  }

  private static double atN(String function, Golden.Row row, Pool pool, int n) {
    return switch (function) {
      case "reward" -> pool.reward(n);
      case "gold" -> pool.mean(Arrays.copyOf(GOLD, pool.size()), n);
      case "winRate" -> pool.winRate(n);
      case "klBound" -> pool.klBound(n);
      case "sharpKlBound" -> pool.sharpKlBound(n);
      case "alternateKlBound" -> pool.alternateKlBound(n);
      case "klUpper" -> pool.klUpper(n);
      case "kl" -> pool.kl(n);
      case "seenMass" -> pool.seenMassKlBound(n);
      default -> throw new IllegalArgumentException(function);
    };
  }

  private static double[] list(Golden.Row row, int from, int size) {
    return Arrays.copyOfRange(row.arguments(), from, from + size);
  }

  private static Pool pool(Golden.Row row, int first) {
    int size = (int) row.at(first);
    int[] outcomes =
        Arrays.stream(list(row, first + 1, size)).mapToInt(outcome -> (int) outcome).toArray();
    return Pool.of(
        outcomes, list(row, first + 1 + size, size), list(row, first + 1 + 2 * size, size));
  }

  private static OveroptimizationFit fit(Golden.Row row, int first) {
    int size = (int) row.at(first);
    return OveroptimizationFit.of(list(row, first + 1, size), list(row, first + 1 + size, size));
  }
}
