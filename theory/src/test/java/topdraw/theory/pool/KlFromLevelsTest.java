package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.Coverage;
import topdraw.theory.Near;
import topdraw.theory.bound.KlBounds;

/// Estimates of the KL divergence from equal rewards, against a second computation of the same
/// tables and against sums over every count.
class KlFromLevelsTest {
  private static int[] counts(String words) {
    return Arrays.stream(words.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @Test
  void aTableHasItsValues() {
    double[] expected = {
      0,
      3.220031e-8,
      5.131672e-8,
      .002678235275,
      .01030223202,
      .024706053,
      .04726471539,
      .0788654618,
      .1198702012,
      .1700661838,
      .2286121782,
      .2940021634,
      .3640783219,
      .4361192486,
      .5070259694,
      .5738176819,
      .6362943611
    };
    CorrectedGaps gaps = new CorrectedGaps(4);
    for (int c = 0; c <= 16; c++) {
      double room = 5e-10 * expected[c] + 5e-15;
      assertThat(gaps.at(16, c)[0]).isBetween(expected[c] - room, expected[c] + room);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "11 5, 2, .102997452264767",
    "11 5, 4, .49621625363",
    "11 5, 8, .999496333217421",
    "11 5, 12, 1.09809533116",
    "11 5, 15, 1.09222116062702",
    "11 5, 16, 1.08930234317",
    "5 4 4 3, 2, .174641533847729",
    "5 4 4 3, 4, .619504041788",
    "5 4 4 3, 8, 1.15781998570179",
    "5 4 4 3, 12, 1.4572942134",
    "5 4 4 3, 15, 1.55948293323842",
    "5 4 4 3, 16, 1.57451276655",
    "15 1, 2, .0241439413937352",
    "15 1, 4, .15907355808",
    "15 1, 8, .602231046563392",
    "15 1, 12, 1.17627501819",
    "15 1, 16, 1.83779283461",
    "8 8, 15, .663921608321243",
    "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1, 2, .193439267780911",
    "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1, 15, 1.77632466294247",
    "16, 2, 0",
    "16, 16, 0",
    "0 0 16 0, 8, 0"
  })
  void anEstimateHasItsValue(String counts, int n, double expected) {
    Near.assertWithin(2e-11, KlFromLevels.of(counts(counts)).estimate(n), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "11 5, 2, .000947998294677103, .0338170229940445",
    "11 5, 8, .0249254257995793, .13121183728517",
    "11 5, 15, .138936091777403, .602989164851627",
    "15 1, 2, .00058279051268424, .0520063884043702",
    "15 1, 8, .362690675379813, .405060973349559",
    "5 4 4 3, 2, .000149424228434846, .0120141209191882",
    "5 4 4 3, 8, .000744080889824568, .0970414425367085",
    "5 4 4 3, 15, .148680668527388, .347400771962435",
    "3 3 3 3 3 1, 2, 1.74638160743327e-06, .00540356812870055",
    "3 3 3 3 3 1, 15, .0616199957547645, .134431482477936"
  })
  void whatItsIntervalIsMadeOfHasItsValue(String counts, int n, double variance, double unseen) {
    KlFromLevels levels = KlFromLevels.of(counts(counts));
    Near.assertWithin(1e-10, levels.jackknifeVariance(n), variance);
    Near.assertWithin(1e-10, levels.unseen(n), unseen);
  }

  /// The same by leaving out each draw in turn: of few, of levels of one or two among more than 64,
  /// which say nothing at n up to a quarter of the draws up to them, and of so many that each
  /// hardly moves what is subtracted.
  @ParameterizedTest
  @CsvSource({
    "3 1 4 2, 2 5 9",
    "1 9, 2 5 9",
    "7 1 1, 2 5 8",
    "2 2 2 2 2, 2 5 9",
    "64 1 1 1 1 2 1 1 30 1, 2 16 17 18 19 60 102",
    "1 70 1 30, 2 17 18 25 26 101",
    "65 1 1 1, 2 17 18 67",
    "64 2 1 1, 2 17 18 67",
    "9000 4000 5000 2000, 2 1000"
  })
  void theJackknifeLeavesOutEachDraw(String words, String numbers) {
    int[] counts = counts(words);
    KlFromLevels levels = KlFromLevels.of(counts);
    int draws = Arrays.stream(counts).sum();
    assertThat(levels.draws()).isEqualTo(draws);
    for (int n : counts(numbers)) {
      double[] without =
          IntStream.range(0, counts.length)
              .mapToDouble(l -> without(counts, l).estimate(n))
              .toArray();
      double mean =
          IntStream.range(0, counts.length).mapToDouble(l -> counts[l] * without[l]).sum() / draws;
      double squares =
          IntStream.range(0, counts.length)
              .mapToDouble(l -> counts[l] * (without[l] - mean) * (without[l] - mean))
              .sum();
      Near.assertWithin(1e-10, levels.jackknifeVariance(n), squares * (draws - 1) / draws);
    }
  }

  private static KlFromLevels without(int[] counts, int level) {
    int[] fewer = counts.clone();
    fewer[level]--;
    return KlFromLevels.of(fewer);
  }

  /// Every count of three levels in eight draws.
  @ParameterizedTest
  @CsvSource({"2, -1.641e-5", "3, 6.334e-6", "4, -2.481e-6", "8, 1.2239e-4"})
  void theBiasOverEveryPoolOfEightIsWhatItIs(int n, double expected) {
    double[] masses = {.4, .5, .1};
    double mean = 0;
    for (int a = 0; a <= 8; a++) {
      for (int b = 0; a + b <= 8; b++) {
        double chance =
            Coverage.binomial(8, masses[0])[a] * Coverage.binomial(8 - a, masses[1] / .6)[b];
        mean += chance * KlFromLevels.of(a, b, 8 - a - b).estimate(n);
      }
    }
    double bias = mean - exact(n, masses);
    assertThat(bias).isBetween(expected - 6e-9, expected + 6e-9);
    assertThat(Math.abs(bias)).isLessThan(KlBias.allowance(n, 8));
  }

  static double exact(int n, double... masses) {
    double upTo = 0;
    double kl = KlBounds.analytical(n);
    for (double mass : masses) {
      upTo += mass;
      kl -= Math.pow(upTo, n) * KlBounds.gap(n, Math.min(1, mass / upTo));
    }
    return kl;
  }

  /// With rewards of 0 and 1 the mean is a sum over one count: against the noise of 200 prompts.
  @ParameterizedTest
  @CsvSource({
    "16, 2, .07, .09",
    "16, 4, 0, .002",
    "16, 8, 0, .002",
    "16, 15, .003, .01",
    "64, 2, .01, .03",
    "64, 16, 0, .001",
    "64, 32, 0, .001",
    "64, 63, .002, .006"
  })
  void theBiasIsFarBelowTheNoise(int draws, int n, double least, double most) {
    double largest = 0;
    for (double logit = -8; logit < 8; logit += 0.1) {
      double p = 1 / (1 + Math.exp(-logit));
      double[] chances = Coverage.binomial(draws, p);
      double mean = 0;
      double square = 0;
      for (int c = 0; c <= draws; c++) {
        double estimate = KlFromLevels.of(draws - c, c).estimate(n);
        mean += chances[c] * estimate;
        square += chances[c] * estimate * estimate;
      }
      double error = Math.sqrt((square - mean * mean) / 200);
      largest = Math.max(largest, Math.abs(mean - exact(n, 1 - p, p)) / error);
    }
    assertThat(largest).isBetween(least, most);
  }

  @Test
  void manyDrawsAreCorrectedLikeFew() {
    CorrectedGaps gaps = new CorrectedGaps(40);
    double[] expected = {
      5,
      .000664587187287,
      50,
      .355815082043,
      199,
      1.61193280941,
      200,
      1.61693273138,
      300,
      2.02156491245,
      599,
      2.71221278745
    };
    for (int i = 0; i < expected.length; i += 2) {
      int c = (int) expected[i];
      double room = c < 190 ? 1e-10 : 1e-5;
      assertThat(gaps.at(600, c)[0]).isBetween(expected[i + 1] - room, expected[i + 1] + room);
    }
    assertThat(gaps.at(600, 600)[0]).isEqualTo(KlBounds.analytical(40));
  }

  /// The table of the number itself beside the polynomial through those of its nodes.
  @ParameterizedTest
  @CsvSource({
    "2, 131",
    "16, 131",
    "64, 150",
    "100, 131",
    "150, 150",
    "8, 300",
    "32, 470",
    "300, 505",
    "2, 515",
    "300, 515",
    "450, 530",
    "64, 700",
    "600, 650",
    "900, 1001",
    "16, 5000",
    "64, 3001"
  })
  void betweenTablesLittleIsLost(int n, int draws) {
    CorrectedGaps gaps = new CorrectedGaps(n);
    double[][] expected = gaps.corrected(draws);
    double largest = 0;
    for (int c = 3; c < (draws > 512 ? 200 : draws); c++) {
      largest = Math.max(largest, Math.abs(gaps.at(draws, c)[0] - expected[c][0]));
    }
    assertThat(largest).isBetween(1e-16, 1e-9);
  }

  /// The mean over every count beside the one over few.
  @ParameterizedTest
  @CsvSource({
    "2, 600, 250",
    "40, 600, 300",
    "599, 600, 210",
    "8, 1000, 500",
    "100, 1000, 220",
    "30, 3000, 200",
    "300, 3000, 205",
    "12, 12600, 330",
    "9000, 12600, 1300"
  })
  void ofManyDrawsAFewCountsStandForAll(int n, int draws, int c) {
    double[] chances = Coverage.binomial(draws, (double) c / draws);
    double mean = 0;
    for (int j = 0; j <= draws; j++) {
      mean += chances[j] * KlBounds.gap(n, (double) j / draws);
    }
    double expected = 2 * KlBounds.gap(n, (double) c / draws) - mean;
    assertThat(new CorrectedGaps(n).at(draws, c)[0]).isBetween(expected - 1e-7, expected + 1e-7);
  }

  @Test
  void ofVeryManyDrawsOnlyFewCountsAreKept() {
    CorrectedGaps gaps = new CorrectedGaps(8);
    double half = KlBounds.gap(8, 0.5);
    assertThat(gaps.at(3_000_000, 1_500_000)[0]).isBetween(half + 1e-9, half + 1e-7);
    assertThat(gaps.at(3_000_000, 3_000_000)[0]).isEqualTo(KlBounds.analytical(8));
  }

  @Test
  void aLargePoolOfDifferentRewardsDriftsAsMuchAsItCan() {
    int[] ones = IntStream.generate(() -> 1).limit(3000).toArray();
    assertThat(KlFromLevels.of(ones).estimate(64)).isEqualTo(KlBounds.analytical(64));
    assertThat(KlFromLevels.of(ones).jackknifeVariance(64)).isZero();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> KlFromLevels.of(3, -1)).hasMessageContaining("counts[1]");
    assertThatThrownBy(KlFromLevels::of).hasMessageContaining("number of draws");
    assertThatThrownBy(() -> KlFromLevels.of(3, 2).estimate(6)).hasMessageContaining("from 1 to 5");
    assertThatThrownBy(() -> KlFromLevels.of(3, 2).jackknifeVariance(5))
        .hasMessageContaining("from 1 to 4");
    assertThatThrownBy(() -> KlFromLevels.of(3, 2).unseen(6)).hasMessageContaining("from 1 to 5");
    assertThatThrownBy(() -> KlFromLevels.of(3, 2).unseen(0)).hasMessageContaining("from 1 to 5");
    assertThat(KlFromLevels.of(3, 2).estimate(1)).isZero();
  }

  /// What was asked before, of another number of draws, is no answer.
  @Test
  void eachNumberOfDrawsIsAnsweredForItself() {
    KlFromLevels levels = KlFromLevels.of(5, 4, 4, 3);
    for (int n : new int[] {2, 5, 9, 2}) {
      assertThat(levels.estimate(n)).isEqualTo(KlFromLevels.of(5, 4, 4, 3).estimate(n));
      assertThat(levels.jackknifeVariance(n))
          .isEqualTo(KlFromLevels.of(5, 4, 4, 3).jackknifeVariance(n));
      assertThat(levels.unseen(n)).isEqualTo(KlFromLevels.of(5, 4, 4, 3).unseen(n));
      CorrectedGaps gaps = CorrectedGaps.of(n);
      assertThat(levels.moves(gaps).variances()[0]).isEqualTo(levels.jackknifeVariance(n));
      assertThat(levels.moves(gaps).unseen()[0]).isEqualTo(levels.unseen(n));
      assertThat(levels.moves(gaps)).isSameAs(levels.moves(gaps));
    }
  }
}
