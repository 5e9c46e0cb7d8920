package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;

/// Judges beside gold, against every subset and every pair; verifiers against their draws.
class JudgeAgreementTest {
  static LongStream seeds() {
    return Tables.seeds(100);
  }

  @Test
  void theJudgesChoiceHasItsValues() {
    var judge =
        new JudgeAgreement(new double[] {3, 1, 2, 2, 0, 1}, new double[] {1, 0, 1, 0, 0, 1});
    Near.assertWithin(1e-12, judge.topAgreement(2), .8666666666666667);
    Near.assertWithin(1e-12, judge.topAgreement(3), .8);
    Near.assertWithin(1e-12, judge.topAgreement(4), .8333333333333334);
    Near.assertWithin(1e-12, judge.topAgreement(6), 1);
    assertThat(judge.topAgreement(1)).isCloseTo(1, within(1e-15));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theJudgesChoiceIsTheMeanOverEverySubset(long seed) {
    RandomGenerator random = Tables.random(seed);
    int size = random.nextInt(2, 9);
    double[] judge = random.ints(size, 0, 4).asDoubleStream().toArray();
    double[] gold = random.ints(size, 0, 3).asDoubleStream().toArray();
    var agreement = new JudgeAgreement(judge, gold);
    for (int n = 1; n <= size; n++) {
      assertThat(agreement.topAgreement(n)).isCloseTo(overSubsets(judge, gold, n), within(1e-13));
      assertThat(agreement.topAgreementByChance(n))
          .isCloseTo(overSubsets(new double[size], gold, n), within(1e-13));
    }
    assertThat(new JudgeAgreement(gold, gold).topAgreement(size)).isCloseTo(1, within(1e-13));
  }

  private static double overSubsets(double[] judge, double[] gold, int n) {
    double sum = 0;
    int subsets = 0;
    for (int subset = 0; subset < 1 << judge.length; subset++) {
      if (Integer.bitCount(subset) == n) {
        double bestScore = Double.NEGATIVE_INFINITY;
        double bestGold = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < judge.length; i++) {
          if ((subset >> i & 1) == 1) {
            bestScore = Math.max(bestScore, judge[i]);
            bestGold = Math.max(bestGold, gold[i]);
          }
        }
        int tied = 0;
        int right = 0;
        for (int i = 0; i < judge.length; i++) {
          if ((subset >> i & 1) == 1 && judge[i] == bestScore) {
            tied++;
            right += gold[i] == bestGold ? 1 : 0;
          }
        }
        sum += (double) right / tied;
        subsets++;
      }
    }
    return sum / subsets;
  }

  @Test
  void pairsAreCounted() {
    double[] judge = {3, 1, 2, 2, 0, 1, 5, 2};
    double[] gold = {1, 0, 1, 0, 0, 1, .5, 2};
    var pairs = new JudgeAgreement(judge, gold).pairs();
    Near.assertWithin(1e-12, pairs.tau().orElseThrow(), 0.261116483933547);
    assertThat(pairs.all()).isEqualTo(28);
    // Counted apart, pair by pair.
    assertThat(pairs).isEqualTo(new JudgeAgreement.Pairs(12, 6, 6, 4, 28));
    assertThat(pairs.accuracy().orElseThrow()).isEqualTo(14.0 / 22);
    assertThat(pairs.tieShare().orElseThrow()).isEqualTo(4.0 / 22);
    assertThat(pairs.tieShareOfAll().orElseThrow()).isEqualTo(4.0 / 28);
    var same = new JudgeAgreement(gold, gold).pairs();
    assertThat(same.accuracy()).hasValue(1);
    assertThat(same.tau().orElseThrow()).isCloseTo(1, within(1e-15));
    var none = new JudgeAgreement(new double[8], gold).pairs();
    assertThat(none.accuracy()).hasValue(.5);
    assertThat(none.tau()).isEmpty();
    assertThat(new JudgeAgreement(gold, new double[8]).pairs().accuracy()).isEmpty();
    assertThat(new JudgeAgreement(gold, new double[8]).pairs().tau()).isEmpty();
    assertThat(new JudgeAgreement(new double[1], new double[1]).pairs().tieShareOfAll()).isEmpty();
    assertThatThrownBy(() -> new JudgeAgreement(judge, new double[2]))
        .hasMessageContaining("2 and 8");
  }

  /// Two zeros of different signs are equal.
  @Test
  void zerosOfBothSignsTie() {
    double[] zeros = {0., -0., 0., -0.};
    double[] different = {1, 2, 3, 4};
    assertThat(new JudgeAgreement(zeros, different).pairs())
        .isEqualTo(new JudgeAgreement.Pairs(0, 0, 0, 6, 6));
    assertThat(new JudgeAgreement(different, zeros).pairs())
        .isEqualTo(new JudgeAgreement.Pairs(0, 0, 6, 0, 6));
  }

  @Test
  void whatIsNoScoreIsRefused() {
    double[] none = {};
    double[] two = {1, 2};
    double[] half = {1, Double.NaN};
    assertThatThrownBy(() -> new JudgeAgreement(none, none)).hasMessageContaining("at least one");
    assertThatThrownBy(() -> new JudgeAgreement(half, two)).hasMessageContaining("judge[1]");
    assertThatThrownBy(() -> new JudgeAgreement(two, half)).hasMessageContaining("gold[1]");
    var agreement = new JudgeAgreement(two, two);
    assertThatThrownBy(() -> agreement.topAgreement(0)).hasMessageContaining("from 1 to 2");
    assertThatThrownBy(() -> agreement.topAgreement(3)).hasMessageContaining("from 1 to 2");
  }

  @Test
  void aVerifierChoosesAsItsRatesSay() {
    var verifier = new VerifierAccuracy(.3, .8, .1);
    Near.assertWithin(1e-5, verifier.ofBest(8), .73888);
    assertThat(verifier.ceiling()).isCloseTo(.24 / .31, within(1e-15));
    assertThat(verifier.ofBest(1)).isCloseTo(.3, within(1e-15));
    assertThat(verifier.ofBest(100_000)).isCloseTo(verifier.ceiling(), within(1e-12));
    assertThat(verifier.drawsOfRejection()).isCloseTo(1 / .31, within(1e-14));
    // Over every outcome of three draws: correct or not, passing or not.
    double sum = 0;
    double[] chances = {.3 * .8, .3 * .2, .7 * .1, .7 * .9};
    for (int code = 0; code < 64; code++) {
      int[] draws = {code % 4, code / 4 % 4, code / 16};
      int chosen = -1;
      for (int i = 2; i >= 0; i--) {
        chosen = draws[i] % 2 == 0 ? i : chosen;
      }
      double right = 0;
      for (int i = 0; i < 3; i++) {
        right += draws[i] < 2 && (i == chosen || chosen < 0) ? chosen < 0 ? 1.0 / 3 : 1 : 0;
      }
      sum += chances[draws[0]] * chances[draws[1]] * chances[draws[2]] * right;
    }
    assertThat(verifier.ofBest(3)).isCloseTo(sum, within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, .25, 1})
  void aVerifierThatTellsNothingLeavesTheRate(double passes) {
    var verifier = new VerifierAccuracy(.4, passes, passes);
    assertThat(verifier.ofBest(16)).isCloseTo(.4, within(1e-14));
    assertThat(verifier.ceiling()).isCloseTo(.4, within(1e-14));
  }

  @Test
  void aCeilingIsTheSlopeWhereTheRocBegins() {
    var verifier = new VerifierAccuracy(.3, .8, .1);
    assertThat(VerifierAccuracy.ceilingOfSlope(.3, 8)).isCloseTo(verifier.ceiling(), within(1e-15));
    assertThat(VerifierAccuracy.ceilingOfSlope(.3, Double.POSITIVE_INFINITY)).isOne();
    assertThat(VerifierAccuracy.ceilingOfSlope(0, 5)).isZero();
    assertThat(VerifierAccuracy.ceilingOfSlope(1, 0)).isOne();
    assertThat(VerifierAccuracy.ceilingOfSlope(.3, 0)).isZero();
    Near.assertWithin(1e-12, VerifierAccuracy.ceilingOfTop(0, 10, .025), 1 - Math.pow(.025, .1));
    Near.assertWithin(1e-12, VerifierAccuracy.ceilingOfTop(0, 20, .025), 1 - Math.pow(.025, .05));
    assertThatThrownBy(() -> VerifierAccuracy.ceilingOfTop(3, 9, .05))
        .hasMessageContaining("at least 10");
    assertThatThrownBy(() -> new VerifierAccuracy(1.2, 0, 0)).hasMessageContaining("correct");
  }
}
