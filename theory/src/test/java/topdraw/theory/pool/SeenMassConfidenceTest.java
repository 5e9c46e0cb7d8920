package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.Coverage;
import topdraw.theory.bound.KlBounds;

/// The seen-mass bound with confidence.
class SeenMassConfidenceTest {
  /// A common best outcome above a continuum.
  @ParameterizedTest
  @CsvSource({
    ".1, 16, 1.829", ".1, 64, 1.793", ".1, 1024, 1.759", ".2, 16, 1.812", ".2, 64, 1.660",
    ".2, 256, 1.546", ".3, 16, 1.794", ".3, 64, 1.508", ".3, 256, 1.287", ".3, 1024, 1.212"
  })
  void itTendsToTheTruth(double p, int draws, double expected) {
    var logP = new double[draws];
    Arrays.fill(logP, Double.NEGATIVE_INFINITY);
    logP[draws - 1] = Math.log(p);
    Pool pool =
        Pool.of(
            IntStream.range(0, draws).toArray(),
            IntStream.range(0, draws).asDoubleStream().toArray(),
            logP);
    assertThat(pool.seenMassKlBound(16, .05)).isBetween(expected - 6e-4, expected + 6e-4);
    double truth = KlBounds.analytical(16) - KlBounds.gap(16, p);
    assertThat(pool.seenMassKlBound(16, .05)).isGreaterThan(truth);
    assertThat(pool.seenMassKlBound(16)).isGreaterThanOrEqualTo(pool.seenMassKlBound(16, .05));
    assertThat(pool.seenMassKlBound(16)).isBetween(1.834, 1.8351);
  }

  /// Two outcomes under a continuum of mass 0.172: it fails just when no draw came from there, and
  /// that is as rare as it says. Over every count of sixteen draws.
  @Test
  void itFailsAsOftenAsItSays() {
    int n = 4;
    double[] p = {.5, .328};
    double truth =
        KlBounds.analytical(n)
            - Math.pow(.5, n) * KlBounds.gap(n, 1)
            - Math.pow(.828, n) * KlBounds.gap(n, .328 / .828);
    assertThat(failed(n, p, truth, .05)).isBetween(.0485, .05);
    assertThat(failed(n, p, truth, .04))
        .isBetween(1e-5, 2e-5); // the second outcome is not seen either
  }

  private static double failed(int n, double[] p, double truth, double alpha) {
    double[] above = Coverage.binomial(16, .172);
    double failed = 0;
    for (int t = 0; t <= 16; t++) {
      double[] second = Coverage.binomial(16 - t, p[1] / .828);
      for (int b = 0; b <= 16 - t; b++) {
        double bound = pool(16 - t - b, b, t, p).seenMassKlBound(n, alpha);
        failed += bound < truth - 1e-12 ? above[t] * second[b] : 0;
      }
    }
    return failed;
  }

  private static Pool pool(int first, int second, int above, double[] p) {
    int[] outcomes =
        IntStream.range(0, first + second + above)
            .map(i -> i < first ? 0 : i < first + second ? 1 : i + 2)
            .toArray();
    return Pool.of(
        outcomes,
        IntStream.of(outcomes).asDoubleStream().toArray(),
        IntStream.of(outcomes).mapToDouble(o -> o < 2 ? Math.log(p[o]) : -400).toArray());
  }
}
