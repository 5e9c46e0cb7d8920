package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.confidence.DrawnValue;

/// Votes, against every subset.
class MajorityVoteTest {
  static LongStream seeds() {
    return Tables.seeds(100);
  }

  private static double exact(int[] counts, double[] correctness, int k) {
    VoteValue value = new MajorityVote(counts, correctness).at(k, 1);
    assertThat(value.error()).isZero();
    return value.value();
  }

  @Test
  void votesHaveTheirValues() {
    int[] counts = {5, 3, 2};
    Near.assertWithin(1e-12, exact(counts, new double[] {1, 0, 0}, 3), .58333333333333333);
    Near.assertWithin(1e-12, exact(counts, new double[] {1, 0, 0}, 5), .67857142857142857);
    Near.assertWithin(1e-12, exact(counts, new double[] {0, 1, 0}, 4), .25476190476190474);
    Near.assertWithin(
        1e-12, exact(new int[] {3, 3, 2, 1}, new double[] {0, 1, 0, .5}, 6), .42857142857142855);
    for (int k = 1; k <= 4; k++) {
      assertThat(exact(new int[] {2, 2}, new double[] {1, 0}, k)).isCloseTo(.5, within(1e-15));
    }
    assertThat(exact(counts, new double[] {1, 1, 1}, 7)).isCloseTo(1, within(1e-14));
    assertThat(exact(counts, new double[3], 7)).isZero();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aVoteIsTheMeanOverEverySubset(long seed) {
    RandomGenerator random = Tables.random(seed);
    int[] counts = random.ints(random.nextInt(1, 5), 0, 5).toArray();
    counts[0]++;
    double[] correctness = random.doubles(counts.length).toArray();
    int size = Arrays.stream(counts).sum();
    var weights = new double[size];
    Arrays.fill(weights, .1);
    var weighted = new WeightedVote(answers(counts), weights, correctness);
    for (int k = 1; k <= size; k++) {
      double expected = overSubsets(answers(counts), weights, correctness, k);
      assertThat(exact(counts, correctness, k)).isCloseTo(expected, within(1e-13));
      assertThat(weighted.at(k, 0).value()).isCloseTo(expected, within(1e-12));
    }
  }

  /// A draw without an answer takes a place and gives no vote.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aDrawWithoutAnAnswerHasNoVote(long seed) {
    RandomGenerator random = Tables.random(seed);
    int[] counts = random.ints(random.nextInt(1, 4), 0, 4).toArray();
    int silent = random.nextInt(1, 5);
    double[] correctness = random.doubles(counts.length + 1).toArray();
    correctness[counts.length] = 0;
    int[] answers =
        IntStream.concat(
                Arrays.stream(answers(counts)),
                IntStream.generate(() -> counts.length).limit(silent))
            .toArray();
    var weights = new double[answers.length];
    Arrays.fill(weights, 0, answers.length - silent, 1);
    var vote = new MajorityVote(counts, Arrays.copyOf(correctness, counts.length), silent);
    for (int k = 1; k <= answers.length; k++) {
      assertThat(vote.at(k, 0).value())
          .isCloseTo(overMetSubsets(answers, weights, correctness, k), within(1e-12));
    }
    assertThat(vote.draws()).isEqualTo(answers.length);
  }

  @Test
  void ofManyDrawsTheSilentAreSampledToo() {
    double[] right = {1};
    var all = new MajorityVote(new int[] {600}, right, 900);
    double some = 1;
    for (int i = 0; i < 3; i++) some *= (900. - i) / (1500 - i);
    VoteValue value = all.at(3, 1);
    assertThat(value.error()).isPositive();
    assertThat(value.value()).isCloseTo(1 - some, within(4 * value.error()));
    assertThat(new MajorityVote(new int[0], new double[0], 3).at(2, 0).value()).isZero();
    assertThat(new MajorityVote(new int[] {1}, right, 3).limit()).isEqualTo(1);
    assertThat(new MajorityVote(new int[] {0}, right, 3).limit()).isZero();
    // One vote among four draws: two of them hold it half the time, and losing a silent draw helps.
    assertThat(new MajorityVote(new int[] {1}, right, 3).at(2, 0).value()).isEqualTo(.5);
    assertThat(new MajorityVote(new int[] {1}, right, 3).drawn(2).variance()).isPositive();
  }

  /// As [#overSubsets], where an answer nobody gave in the subset has no share in it.
  private static double overMetSubsets(
      int[] answers, double[] weights, double[] correctness, int k) {
    double sum = 0;
    int subsets = 0;
    for (int subset = 0; subset < 1 << answers.length; subset++) {
      if (Integer.bitCount(subset) == k) {
        var totals = new double[correctness.length];
        for (int i = 0; i < answers.length; i++) {
          totals[answers[i]] += (subset >> i & 1) * weights[i];
        }
        double most = Arrays.stream(totals).max().orElseThrow();
        sum +=
            IntStream.range(0, totals.length)
                .filter(a -> most > 0 && totals[a] == most)
                .mapToDouble(a -> correctness[a])
                .average()
                .orElse(0);
        subsets++;
      }
    }
    return sum / subsets;
  }

  private static int[] answers(int[] counts) {
    return IntStream.range(0, counts.length)
        .flatMap(a -> IntStream.generate(() -> a).limit(counts[a]))
        .toArray();
  }

  private static double overSubsets(int[] answers, double[] weights, double[] correctness, int k) {
    double sum = 0;
    int subsets = 0;
    for (int subset = 0; subset < 1 << answers.length; subset++) {
      if (Integer.bitCount(subset) == k) {
        var totals = new double[correctness.length];
        for (int i = 0; i < answers.length; i++) {
          totals[answers[i]] += (subset >> i & 1) * weights[i];
        }
        double most = Arrays.stream(totals).max().orElseThrow();
        sum +=
            IntStream.range(0, totals.length)
                .filter(a -> totals[a] >= most - 1e-9)
                .mapToDouble(a -> correctness[a])
                .average()
                .orElseThrow();
        subsets++;
      }
    }
    return sum / subsets;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aWeightedVoteIsTheMeanOverEverySubset(long seed) {
    RandomGenerator random = Tables.random(seed);
    int[] answers = random.ints(8, 0, 3).toArray();
    double[] weights = random.doubles(8, .01, 2).toArray();
    double[] correctness = random.doubles(3).toArray();
    var vote = new WeightedVote(answers, weights, correctness);
    for (int k = 1; k <= 8; k++) {
      assertThat(vote.at(k, 0).value())
          .isCloseTo(overSubsets(answers, weights, correctness, k), within(1e-12));
    }
  }

  @Test
  void randomSubsetsComeWithinTheirError() {
    int[] counts = {30, 25, 9};
    double[] correctness = {0, 1, .5};
    double exact = exact(counts, correctness, 16);
    var weights = new double[64];
    Arrays.fill(weights, 1);
    var vote = new WeightedVote(answers(counts), weights, correctness);
    int inside = 0;
    for (int seed = 0; seed < 20; seed++) {
      VoteValue value = vote.at(16, seed);
      assertThat(value.error()).isBetween(.003, .006);
      assertThat(value.value()).isBetween(exact - 4 * value.error(), exact + 4 * value.error());
      inside += Math.abs(value.value() - exact) < value.error() ? 1 : 0;
    }
    assertThat(inside).isBetween(7, 19);
    assertThat(vote.at(16, 3)).isEqualTo(vote.at(16, 3));
    // More draws than a double can count the subsets of.
    VoteValue many = new MajorityVote(new int[] {900, 600}, new double[] {1, 0}).at(301, 5);
    assertThat(many.error()).isPositive();
    assertThat(many.value()).isGreaterThan(.99);
  }

  @Test
  void aLargePoolIsCountedExactly() {
    int[] counts = {120, 100, 36};
    double[] correctness = {1, 0, 0};
    var weights = new double[256];
    Arrays.fill(weights, 1);
    VoteValue sampled = new WeightedVote(answers(counts), weights, correctness).at(64, 11);
    assertThat(exact(counts, correctness, 64))
        .isBetween(sampled.value() - 3 * sampled.error(), sampled.value() + 3 * sampled.error());
    var vote = new MajorityVote(new int[] {3, 3, 1}, new double[] {1, 0, 1});
    assertThat(vote.limit()).isEqualTo(.5);
    assertThat(new MajorityVote(new int[] {3, 4, 1}, new double[] {1, .25, 1}).limit())
        .isEqualTo(.25);
  }

  /// By leaving out each of the draws.
  @Test
  void itsSpreadOverDraws() {
    int[] counts = {4, 3, 2};
    double[] correctness = {1, 0, 0};
    DrawnValue drawn = new MajorityVote(counts, correctness).drawn(3);
    double[] without =
        IntStream.range(0, 3)
            .boxed()
            .flatMapToDouble(
                a -> {
                  int[] fewer = counts.clone();
                  fewer[a]--;
                  double value = exact(fewer, correctness, 3);
                  return IntStream.range(0, counts[a]).mapToDouble(_ -> value);
                })
            .toArray();
    double mean = Arrays.stream(without).average().orElseThrow();
    double squares = Arrays.stream(without).map(x -> (x - mean) * (x - mean)).sum();
    assertThat(drawn.variance()).isCloseTo(squares * 8 / 9, within(1e-14));
    assertThat(drawn.withOneMore())
        .isCloseTo(exact(new int[] {4, 3, 2, 1}, new double[] {1, 0, 0, 0}, 3), within(1e-14));
    assertThat(drawn.perDraw()).isEqualTo(3);
  }

  /// A vote of 6 of 9 draws is all but lost at 2 right against 7 wrong ones, and no single draw
  /// turns it: two standard deviations of the lead are 2·√(9·(1 - 25/81)) = 4.99, so 6 draws more.
  @Test
  void aVoteThatIsAllButCertainMayTurn() {
    int[] counts = {2, 7};
    double[] correctness = {1, 0};
    double here = exact(counts, correctness, 6);
    double right = exact(new int[] {8, 7}, correctness, 6) - here;
    double wrong = here - exact(new int[] {2, 13}, correctness, 6);
    double apart = (right + wrong) / 4;
    assertThat(new MajorityVote(counts, correctness).drawn(6).variance())
        .isCloseTo(apart * apart, within(1e-14));
    assertThat(apart).isGreaterThan(0.1);
  }

  /// Beyond 1,000 draws subsets are drawn at random, and their error is part of the variance.
  @Test
  void theErrorOfRandomSubsetsIsPartOfTheVariance() {
    var vote = new MajorityVote(new int[] {1500, 1500}, new double[] {1, 0});
    VoteValue value = vote.at(2, 0);
    assertThat(value.error()).isPositive();
    double apart = vote.drawn(2).variance() - value.error() * value.error();
    assertThat(apart).isPositive();
  }

  /// Some answers have no draw left, some are half right, some draws are silent.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void itsSpreadOverDrawsIsThatOfItsDefinition(long seed) {
    RandomGenerator random = Tables.random(seed);
    int[] counts = random.ints(random.nextInt(1, 5), 0, 5).toArray();
    counts[random.nextInt(counts.length)] += 2;
    double[] worths = {0, .25, .5, .75, 1};
    double[] correctness = random.ints(counts.length, 0, 5).mapToDouble(i -> worths[i]).toArray();
    if (seed % 5 < 2) {
      Arrays.fill(correctness, seed % 5);
    }
    int silent = (int) (seed % 3) * 2;
    int size = Arrays.stream(counts).sum() + silent;
    var vote = new MajorityVote(counts, correctness, silent);
    for (int k = 1; k < size; k++) {
      assertSpread(vote, k);
    }
  }

  /// Two right answers and two wrong ones of which the less frequent come last; what a vote of ten
  /// would be moves both ways.
  @Test
  void theBestRightAnswerIsHeldAgainstTheBestWrongOne() {
    int[] counts = {2, 9, 8, 3};
    for (double right : new double[] {.5, 1}) {
      var vote = new MajorityVote(counts, new double[] {0, right, .25, right});
      for (int k = 1; k < 22; k++) {
        assertSpread(vote, k);
      }
    }
    assertSpread(new MajorityVote(new int[] {500, 501}, new double[] {1, 0}), 3);
    assertThat(new MajorityVote(new int[] {500, 501}, new double[] {1, 0}).at(3, 0).error())
        .isPositive();
  }

  private static void assertSpread(MajorityVote vote, int k) {
    int[] counts = vote.counts();
    int silent = vote.silent();
    int size = vote.draws();
    double[] longer = Arrays.copyOf(vote.correctness(), counts.length + 1);
    VoteValue here = vote.at(k, 0);
    var without = new double[size];
    int at = 0;
    for (int a = 0; a < counts.length; a++) {
      double value = counts[a] == 0 ? 0 : with(counts, a, -1, vote.correctness(), silent, k);
      Arrays.fill(without, at, at + counts[a], value);
      at += counts[a];
    }
    for (int i = at; i < size; i++) {
      without[i] = new MajorityVote(counts, vote.correctness(), silent - 1).at(k, 0).value();
    }
    double mean = Arrays.stream(without).average().orElseThrow();
    double jackknife =
        Arrays.stream(without).map(x -> (x - mean) * (x - mean)).sum() * (size - 1) / size;

    int right = counts.length;
    int wrong = counts.length;
    for (int a = 0; a < counts.length; a++) {
      if (longer[a] >= .5) {
        right = right == counts.length || counts[a] > counts[right] ? a : right;
      } else {
        wrong = wrong == counts.length || counts[a] > counts[wrong] ? a : wrong;
      }
    }
    int[] more = Arrays.copyOf(counts, counts.length + 1);
    double p = (double) more[right] / size;
    double q = (double) more[wrong] / size;
    double deviation = Math.sqrt(size * (p + q - (p - q) * (p - q)));
    int shift = 1 + (int) Math.ceil(2 * deviation);
    double[] best = longer.clone();
    best[counts.length] = 1;
    double up = Math.abs(with(more, right, shift, best, silent, k) - here.value());
    double down = Math.abs(with(more, wrong, shift, longer, silent, k) - here.value());
    double variance =
        Math.max(jackknife, (up + down) * (up + down) / 16) + here.error() * here.error();

    DrawnValue drawn = vote.drawn(k);
    assertThat(drawn.value()).isEqualTo(here.value());
    assertThat(drawn.variance()).isCloseTo(variance, within(1e-13));
    assertThat(drawn.withOneMore()).isEqualTo(with(more, counts.length, 1, longer, silent, k));
    assertThat(drawn.perDraw()).isEqualTo((double) size / k);
  }

  private static double with(
      int[] counts, int answer, int more, double[] correctness, int silent, int k) {
    int[] changed = counts.clone();
    changed[answer] += more;
    return new MajorityVote(changed, correctness, silent).at(k, 0).value();
  }

  /// Of 1,000 draws, 1000 k² (1 + log k) steps for each right answer: 10⁸ between k = 130 and 131
  /// for one, between 94 and 95 for two; just 10⁸ for 100,000 right answers at k = 1.
  @Test
  void theSumIsExactWhileItIsShort() {
    double[] one = {.5, 0, 0};
    double[] two = {.5, 0, 1e-3};
    assertThat(1000 * 130 * 130 * (1 + Math.log(130))).isLessThan(1e8);
    assertThat(1000 * 131 * 131 * (1 + Math.log(131))).isGreaterThan(1e8);
    assertThat(2000 * 94 * 94 * (1 + Math.log(94))).isLessThan(1e8);
    assertThat(2000 * 95 * 95 * (1 + Math.log(95))).isGreaterThan(1e8);
    int[] even = {500, 499, 1};
    assertThat(new MajorityVote(even, two).at(94, 0).error()).isZero();
    assertThat(new MajorityVote(even, one).at(131, 0).error()).isPositive();
    assertThat(new MajorityVote(even, two).at(95, 0).error()).isPositive();
    assertThat(new MajorityVote(even, one).at(130, 0).error()).isZero();
    int[] many = new int[100_001];
    many[0] = 500;
    many[100_000] = 500;
    var right = new double[100_001];
    Arrays.fill(right, 1);
    right[0] = 0;
    VoteValue value = new MajorityVote(many, right).at(1, 0);
    assertThat(value.value()).isCloseTo(.5, within(1e-14));
    assertThat(value.error()).isZero();
    assertThat(new MajorityVote(new int[] {501, 500}, new double[] {1, 0}).at(1, 0).error())
        .isPositive();
  }

  /// A vote of all draws but one goes by which is left out: one of the 90, and two answers tie at
  /// 89; any other, and the 90 win.
  @Test
  void aVoteOfAllButOneGoesByWhichIsLeftOut() {
    int[] counts = {90, 89, 62};
    assertThat(exact(counts, new double[] {0, .7, 0}, 240))
        .isCloseTo(90 / 241. * .7 / 2, within(1e-13));
    assertThat(exact(counts, new double[] {.7, 0, 0}, 240))
        .isCloseTo(.7 * (1 - 90 / 241. / 2), within(1e-13));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    var vote = new MajorityVote(new int[] {2, 1}, new double[] {1, 0});
    assertThatThrownBy(() -> vote.drawn(3)).hasMessageContaining("from 1 to 2");
    assertThatThrownBy(() -> vote.drawn(0)).hasMessageContaining("from 1 to 2");
    assertThatThrownBy(() -> new MajorityVote(new int[] {2, -1}, new double[] {1, 0}))
        .hasMessageContaining("counts[1]");
    assertThatThrownBy(() -> new MajorityVote(new int[] {2, 1}, new double[] {1, 1.5}))
        .hasMessageContaining("correctness[1]");
    assertThatThrownBy(() -> new MajorityVote(new int[] {1}, new double[] {1, 0}))
        .hasMessageContaining("answers");
    assertThatThrownBy(() -> new MajorityVote(new int[] {0}, new double[] {1}))
        .hasMessageContaining("number of draws");
    assertThatThrownBy(() -> exact(new int[] {2}, new double[] {1}, 3))
        .hasMessageContaining("from 1 to 2");
  }
}
