package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.bound.KlBounds;

/// Tables of losses, each made anew, against the definition: 64 rounds with every binomial
/// probability.
class CorrectedGapsTest {
  /// The definition for every count of `h` draws.
  private record Definition(int h, double[][] b) {
    static Definition of(int h) {
      double[][] b = new double[h + 1][];
      for (int c = 0; c <= h; c++) {
        var law = BinomialDistribution.of(h, (double) c / h);
        b[c] = IntStream.rangeClosed(0, h).mapToDouble(law::probability).toArray();
      }
      return new Definition(h, b);
    }

    /// @param rounded the counts below this are corrected 64 times, the others once
    double[] at(int n, int rounded) {
      double[] g =
          IntStream.rangeClosed(0, h)
              .mapToDouble(c -> n == 1 ? 0 : KlBounds.gap(n, (double) c / h))
              .toArray();
      double[] e = once(g, b);
      System.arraycopy(g, 0, e, 0, Math.min(rounded, g.length));
      for (int round = 0; round < BiasCorrection.ROUNDS && rounded > 0; round++) {
        double[] next = e.clone();
        for (int c = 0; c < Math.min(rounded, g.length); c++) {
          next[c] += g[c] - mean(b[c], e);
        }
        e = next;
      }
      return e;
    }
  }

  private static double[] once(double[] g, double[][] b) {
    return IntStream.range(0, g.length).mapToDouble(c -> 2 * g[c] - mean(b[c], g)).toArray();
  }

  private static double mean(double[] chances, double[] values) {
    return IntStream.range(0, values.length).mapToDouble(j -> chances[j] * values[j]).sum();
  }

  @ParameterizedTest(name = "of {0} draws")
  @ValueSource(ints = {2, 3, 7, 16, 40, 63, 100, 128})
  void upTo128DrawsEveryCountIsCorrectedSixtyFourTimes(int h) {
    int[] each = {1, 2, 3, 16, 2 * h + 128};
    CorrectedGaps gaps = new CorrectedGaps(each);
    Definition definition = Definition.of(h);
    for (int i = 0; i < each.length; i++) {
      double[] expected = definition.at(each[i], h + 1);
      for (int c = 0; c <= h; c++) {
        double value = gaps.at(h, c)[i];
        if (c <= CorrectedGaps.FEW && h >= 64 && each[i] <= h / 4) {
          assertThat(value).as("n = %d, %d of %d", each[i], c, h).isZero();
          assertThat(expected[c]).isCloseTo(0, within(2e-8));
        } else {
          assertThat(value)
              .as("n = %d, %d of %d", each[i], c, h)
              .isCloseTo(expected[c], within(4e-13));
        }
      }
    }
  }

  /// Between nodes the polynomial through eight of them takes their place.
  @ParameterizedTest(name = "of {0} draws")
  @CsvSource({"132, 1e-12", "131, 1e-8", "255, 1e-8", "300, 1e-8", "505, 1e-8", "512, 1e-12"})
  void upTo512DrawsTheTableHasEveryCount(int h, double tolerance) {
    int[] each = {2, 5, 64, 300};
    CorrectedGaps gaps = new CorrectedGaps(each);
    Definition definition = Definition.of(h);
    for (int i = 0; i < each.length; i++) {
      double[] expected = definition.at(each[i], h + 1);
      for (int c : new int[] {1, 2, 3, 10, h / 3, h / 2, h / 2 + 1, h - 20, h - 2, h - 1, h}) {
        assertThat(gaps.at(h, c)[i])
            .as("n = %d, %d of %d", each[i], c, h)
            .isCloseTo(expected[c], within(c <= 2 && each[i] <= h / 4 ? 2e-8 : tolerance));
      }
    }
  }

  /// Above, counts of 401 and more are corrected once while those below are corrected 64 times, and
  /// those of 200 and more are told as corrected once.
  @ParameterizedTest(name = "of {0} draws")
  @ValueSource(ints = {513, 640, 651})
  void aboveFewCountsAreCorrectedSixtyFourTimesAndManyOnce(int h) {
    int[] each = {3, 40, 500};
    CorrectedGaps gaps = new CorrectedGaps(each);
    Definition definition = Definition.of(h);
    for (int i = 0; i < each.length; i++) {
      double[] few = definition.at(each[i], 401);
      double[] many = definition.at(each[i], 0);
      double tolerance = CountNodes.isNode(h) ? 1e-12 : 1e-8;
      for (int c : new int[] {1, 2, 3, 20, 100, 150, 199}) {
        boolean silent = c <= 2 && each[i] <= h / 4;
        assertThat(gaps.at(h, c)[i])
            .as("n = %d, %d of %d", each[i], c, h)
            .isCloseTo(few[c], within(silent ? 2e-8 : tolerance));
      }
      for (int c : new int[] {200, 201, 300, h / 2, h - 60, h - 1}) {
        assertThat(gaps.at(h, c)[i])
            .as("n = %d, %d of %d", each[i], c, h)
            .isCloseTo(many[c], within(2e-9));
      }
    }
  }

  @Test
  void allOrNoneOfTheDrawsNeedNoTable() {
    int[] each = {1, 2, 9};
    CorrectedGaps gaps = new CorrectedGaps(each);
    for (int h : new int[] {1, 5, 2_000, 1_000_000}) {
      assertThat(gaps.at(h, 0)).containsOnly(0);
      assertThat(gaps.at(h, h))
          .containsExactly(Arrays.stream(each).mapToDouble(KlBounds::analytical).toArray());
    }
    assertThat(gaps.n(2)).isEqualTo(9);
    assertThat(gaps.analytical(1)).isEqualTo(KlBounds.analytical(2));
  }

  /// What was asked for before, and in which order, changes no bit; nor does what is kept.
  @ParameterizedTest(name = "of {0} draws")
  @ValueSource(ints = {50, 131, 300, 651, 2_051, 40_000})
  void valuesAreTheSameHoweverOftenAndAfterWhateverTheyAreAsked(int h) {
    int[] each = {2, 30, 900};
    CorrectedGaps gaps = new CorrectedGaps(each);
    int[] counts = {1, 2, 3, 17, h / 3, h / 2, h - 3, h - 1};
    double[][] first =
        Arrays.stream(counts).mapToObj(c -> gaps.at(h, c).clone()).toArray(double[][]::new);
    gaps.at(h + 1, 5);
    gaps.at(2 * h, 3);
    for (int k = counts.length - 1; k >= 0; k--) {
      assertThat(gaps.at(h, counts[k])).as("%d of %d again", counts[k], h).isEqualTo(first[k]);
      assertThat(new CorrectedGaps(each).at(h, counts[k]))
          .as("%d of %d alone", counts[k], h)
          .isEqualTo(first[k]);
    }
    // The values at one n are those that it has alone.
    CorrectedGaps alone = new CorrectedGaps(30);
    for (int k = 0; k < counts.length; k++) {
      assertThat(alone.at(h, counts[k])[0]).isEqualTo(first[k][1]);
    }
  }

  @Test
  void howManyOfTheNumbersAreAtMostAnother() {
    int[] each = {1, 2, 5, 4_000, 9_000, 20_000};
    CorrectedGaps gaps = new CorrectedGaps(each);
    for (int most :
        new int[] {
          0,
          1,
          2,
          3,
          4,
          5,
          6,
          3_999,
          4_000,
          4_095,
          4_096,
          5_000,
          8_999,
          9_000,
          9_001,
          19_999,
          20_000,
          20_001,
          Integer.MAX_VALUE
        }) {
      int expected = (int) Arrays.stream(each).filter(n -> n <= most).count();
      assertThat(gaps.upTo(most)).as("at most %d", most).isEqualTo(expected);
    }
    assertThat(new CorrectedGaps(3).upTo(2)).isZero();
    assertThat(new CorrectedGaps(3).upTo(3)).isOne();
  }

  /// `C(h, n) / C(size, n)`; what weighs less than 1e-15 is 0.
  @ParameterizedTest(name = "of {0} draws")
  @ValueSource(ints = {1, 6, 40, 5_000})
  void weightsAreRatiosOfSubsets(int size) {
    int[] each = {1, 2, 7, 40, 6_000};
    CorrectedGaps gaps = new CorrectedGaps(each);
    double[][] weights = gaps.weights(size);
    assertThat(weights).hasNumberOfRows(size + 1);
    assertThat(gaps.weights(size)).isDeepEqualTo(weights);
    int possible = (int) Arrays.stream(each).filter(n -> n <= size).count();
    for (int h = 0; h <= size; h += Math.max(1, size / 50)) {
      assertThat(weights[h]).hasSize(possible);
      for (int i = 0; i < possible; i++) {
        double expected = 1;
        for (int k = 0; k < each[i]; k++) {
          expected *= Math.max(0, h - k) / (double) (size - k);
        }
        boolean none = expected < 0.99e-15;
        assertThat(weights[h][i])
            .as("n = %d, h = %d", each[i], h)
            .isCloseTo(none ? 0 : expected, within(none ? 0 : 1e-11 * expected + 1e-15));
      }
    }
  }

  @Test
  void whoeverAsksForTheSameNumbersSharesThem() {
    assertThat(CorrectedGaps.of(2, 77)).isSameAs(CorrectedGaps.of(2, 77));
    assertThat(CorrectedGaps.of(2, 5, 77, 80).part(1, 3)).isSameAs(CorrectedGaps.of(5, 77));
  }

  /// Tables at nodes and rows beside them are kept up to 2048 draws, above them of every fourth
  /// number and of one or two draws.
  @Test
  void whatIsLikelyToBeAskedForAgainIsKept() {
    CorrectedGaps gaps = new CorrectedGaps(2, 30, 900, 20_000);
    int[][] kept = {
      {100, 50},
      {300, 299},
      {512, 17},
      {640, 199},
      {2_047, 5},
      {2_048, 5},
      {2_052, 5},
      {2_052, 199},
      {2_049, 2},
      {2_049, 1},
      {2_048, 2},
      {2_047, 300},
      {2_048, 200},
      {2_052, 300},
      {32_768, 5},
      {40_960, 5},
      {81_920, 5}
    };
    double[][] rows = Arrays.stream(kept).map(at -> gaps.at(at[0], at[1])).toArray(double[][]::new);
    for (int k = 0; k < kept.length; k++) {
      int[] at = kept[k];
      assertThat(gaps.at(at[0], at[1])).as("%d of %d", at[1], at[0]).isSameAs(rows[k]);
    }
    int[][] passing = {
      {2_049, 3}, {2_049, 5}, {2_050, 5}, {2_049, 300}, {2_051, 1_000}, {40_001, 2}
    };
    for (int[] at : passing) {
      assertThat(gaps.at(at[0], at[1]))
          .as("%d of %d", at[1], at[0])
          .isNotSameAs(gaps.at(at[0], at[1]))
          .isEqualTo(gaps.at(at[0], at[1]));
    }
  }

  /// Up to twice the draws and 128 more; above 32,768 draws all.
  @ParameterizedTest
  @CsvSource({"16, 5, 160", "131, 3, 372", "512, 3, 1152", "32767, 300, 65662"})
  void aRowHasValuesBeyondItsDraws(int h, int c, int last) {
    assertThat(new CorrectedGaps(2, last, last + 1).at(h, c)).hasSize(2);
    assertThat(new CorrectedGaps(2, 65_665).at(32_768, 300)).hasSize(2);
  }

  /// Of eight sizes up to 4096 draws.
  @Test
  void weightsOfFewSizesAreKept() {
    CorrectedGaps gaps = new CorrectedGaps(2, 3);
    assertThat(gaps.weights(4_097)).isNotSameAs(gaps.weights(4_097));
    for (int size : new int[] {1, 2, 3, 4, 5, 6, 7, 4_096}) {
      assertThat(gaps.weights(size)).as("of %d", size).isSameAs(gaps.weights(size));
    }
    assertThat(gaps.weights(9)).isNotSameAs(gaps.weights(9)).isDeepEqualTo(gaps.weights(9));
  }

  @Test
  void twoOfManyDrawsSayNothing() {
    CorrectedGaps gaps = new CorrectedGaps(2, 16, 17, 40);
    assertThat(gaps.silent(64, 2)).isEqualTo(2);
    assertThat(gaps.silent(63, 2)).isZero();
    assertThat(gaps.silent(64, 3)).isZero();
    assertThat(gaps.at(64, 2)).startsWith(0, 0);
    assertThat(gaps.at(64, 2)[2]).isPositive();
    assertThat(gaps.at(63, 2)[1]).isNotZero();
    assertThat(gaps.at(160, 1)).containsExactly(0, 0, 0, 0);
  }
}
