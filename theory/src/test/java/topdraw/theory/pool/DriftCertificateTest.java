package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.Tables;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Interval;

/// Certificates of drift from almost unbiased estimates: their ranges, widths and failures.
class DriftCertificateTest {
  private static final double[] STARS = {.1, .2, .4, .2, .1};

  private static PromptKl prompt(double[] masses, int draws, int n, RandomGenerator random) {
    var counts = new int[masses.length];
    for (int i = 0; i < draws; i++) {
      double u = random.nextDouble();
      int l = 0;
      while (l < masses.length - 1 && u >= masses[l]) {
        u -= masses[l++];
      }
      counts[l]++;
    }
    return PromptKl.of(KlFromLevels.of(counts), n);
  }

  private static List<PromptKl> prompts(
      double[] masses, int prompts, int draws, int n, RandomGenerator random) {
    return IntStream.range(0, prompts).mapToObj(_ -> prompt(masses, draws, n, random)).toList();
  }

  /// Widths of the certificates, mean over 30 files.
  @ParameterizedTest
  @CsvSource({
    ".7 .3, 60, 32, 16, 1.254",
    ".95 .05, 60, 32, 16, 1.192",
    ".7 .3, 20, 16, 8, 1.016",
    ".1 .2 .4 .2 .1, 60, 32, 16, 1.723",
    ".1 .2 .4 .2 .1, 60, 32, 4, .591"
  })
  void theUpperBoundIsAsCloseAsItSays(
      String words, int prompts, int draws, int n, double expected) {
    double[] masses = Arrays.stream(words.split(" ")).mapToDouble(Double::parseDouble).toArray();
    var random = Tables.random(11);
    double mean =
        IntStream.range(0, 30)
            .mapToDouble(
                _ -> DriftCertificate.upper(prompts(masses, prompts, draws, n, random), n, .05))
            .average()
            .orElseThrow();
    assertThat(mean).isBetween(expected - .03, expected + .03);
  }

  @Test
  void bothBoundsFailNoMoreOftenThanTheySay() {
    double truth = KlFromLevelsTest.exact(8, STARS);
    var random = Tables.random(23);
    int above = 0;
    int below = 0;
    int half = 0;
    for (int i = 0; i < 400; i++) {
      List<PromptKl> prompts = prompts(STARS, 40, 16, 8, random);
      above += DriftCertificate.lower(prompts, 8, .05) > truth ? 1 : 0;
      below += DriftCertificate.upper(prompts, 8, .05) < truth ? 1 : 0;
      half += DriftCertificate.upper(prompts, 8, .9) < truth ? 1 : 0;
    }
    assertThat(above).isLessThanOrEqualTo(20 + 9);
    assertThat(below).isLessThanOrEqualTo(20 + 9);
    assertThat(half).isGreaterThan(40);
  }

  /// Every count of two levels and three of twelve draws stays in the range that the bets rest on.
  @ParameterizedTest
  @CsvSource({"2", "3", "4", "7", "11", "12"})
  void everyEstimateLiesInItsRange(int n) {
    double most = KlBounds.analytical(n) + excessOfTables(n, 12);
    double largest = 0;
    for (int a = 0; a <= 12; a++) {
      for (int b = 0; a + b <= 12; b++) {
        double estimate = KlFromLevels.of(a, b, 12 - a - b).estimate(n);
        assertThat(estimate).isBetween(-1e-14, most);
        largest = Math.max(largest, estimate);
      }
    }
    assertThat(excessOfTables(n, 12)).isBetween(1e-9, .01);
    assertThat(largest).isGreaterThan(.9 * KlBounds.analytical(n));
    assertThatThrownBy(() -> DriftCertificate.upper(List.of(), n, .05))
        .hasMessageContaining("number of prompts");
  }

  /// `Σ_h (W_h - W_{h-1}) max over h' >= h of max_c -e_{n,h'}(c)/u_{h'}(c)`, where `u_h(c) = 1 -
  /// C(h-c, n)/C(h, n)` and `Σ_l W_{h_l} u_{h_l}(c_l) = 1`.
  private static double excessOfTables(int n, int draws) {
    CorrectedGaps gaps = CorrectedGaps.of(n);
    double[] weights = PoolWeights.within(n, draws);
    double sum = 0;
    double most = 0;
    for (int h = draws; h >= n && weights[h] > 0; h--) {
      double below = 1;
      for (int c = 1; c <= h; c++) {
        int left = h - c + 1;
        below *= Math.max(0, left - n) / (double) left;
        most = Math.max(most, -gaps.at(h, c)[0] / (1 - below));
      }
      sum += (weights[h] - weights[h - 1]) * most;
    }
    return sum;
  }

  /// The closed form is above what the tables say, at every `n` of few draws and at some of many.
  @ParameterizedTest
  @CsvSource({"4, 1", "5, 1", "6, 1", "8, 1", "12, 1", "16, 1", "32, 3", "64, 11", "128, 63"})
  void noEstimateExceedsTheFormulaByMore(int draws, int step) {
    double nearest = 0;
    for (int n = 2; n <= draws; n += step) {
      double excess = excessOfTables(n, draws);
      assertThat(DriftCertificate.excess(n, draws)).as("n = " + n).isGreaterThan(excess);
      nearest = Math.max(nearest, excess / DriftCertificate.excess(n, draws));
    }
    assertThat(nearest).isGreaterThan(0.15);
  }

  @Test
  void itHoldsForPoolsWhoseTablesWereLookedAt() {
    assertThat(IntStream.of(1, 3, 4, 512, 513).mapToObj(DriftCertificate::holds))
        .containsExactly(false, false, true, true, false);
  }

  @Test
  void theBoundsStayWithinWhatIsPossible() {
    var all = List.of(PromptKl.of(KlFromLevels.of(8), 4));
    assertThat(DriftCertificate.lower(all, 4, .05)).isZero();
    assertThat(DriftCertificate.upper(all, 4, .05)).isEqualTo(KlBounds.analytical(4));
    assertThat(DriftCertificate.upper(all, 1, .05)).isZero();
  }

  /// The beliefs of pools drawn from one rate: the divergence over an interval of rates.
  @ParameterizedTest
  @CsvSource({"2", "16", "200"})
  void withPassesTheDivergenceIsAFunctionOfTheRate(int n) {
    for (double p : new double[] {1e-4, .01, .3, .9}) {
      double exact = KlFromLevelsTest.exact(n, 1 - p, p);
      assertThat(TwoLevelKl.of(n, p)).isBetween(exact - 1e-12, exact + 1e-12);
    }
    var interval = new Interval(.001, .9);
    var over = TwoLevelKl.over(n, interval);
    double most = 0;
    double least = 9;
    for (int i = 0; i <= 20_000; i++) {
      double value = TwoLevelKl.of(n, .001 + .899 * i / 20_000);
      most = Math.max(most, value);
      least = Math.min(least, value);
    }
    assertThat(over.upper()).isBetween(most, most + 1e-4);
    assertThat(over.lower()).isBetween(least - 1e-12, least);
    assertThat(TwoLevelKl.of(n, 0)).isZero();
    assertThat(TwoLevelKl.of(n, 1)).isZero();
  }
}
