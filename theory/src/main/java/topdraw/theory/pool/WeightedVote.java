package topdraw.theory.pool;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import topdraw.theory.numeric.Checks;

/// A vote in which each draw has a weight, such as its judge's score: the answer of the largest
/// total wins, answers that tie share.
///
/// All subsets are counted up to 20,000 of them; of more, 10,000 are drawn at random.
///
/// @param answers which answer each draw gave, in small numbers from 0
/// @param weights what each draw's vote is worth, at least 0
/// @param correctness how right each answer is, from 0 to 1
public record WeightedVote(int[] answers, double[] weights, double[] correctness) {
  private static final int SUBSETS = 10_000;
  private static final double COUNTED = 20_000;

  /// Totals this near, as a share, are equal but for rounding.
  private static final double SAME = 1e-12;

  /// Checks and copies the draws.
  public WeightedVote {
    answers = answers.clone();
    weights = weights.clone();
    correctness = correctness.clone();
    Checks.atLeastOne(answers.length, "the number of draws");
    if (answers.length != weights.length) {
      throw new IllegalArgumentException(
          "each of the " + answers.length + " draws needs one weight, found " + weights.length);
    }
    for (int i = 0; i < answers.length; i++) {
      if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weights["
                + i
                + "] must be finite and at least 0, was "
                + weights[i]
                + "; use exp(r/T)");
      }
      if (!(answers[i] >= 0 && answers[i] < correctness.length)) {
        throw new IllegalArgumentException(
            "answers[" + i + "] must be from 0 to " + (correctness.length - 1));
      }
    }
    for (int a = 0; a < correctness.length; a++) {
      Checks.probability(correctness[a], "correctness[" + a + "]");
    }
  }

  /// The unbiased *estimate* for `k` draws.
  ///
  /// @param k draws per vote, from 1 to the number of draws
  /// @param seed what random subsets depend on
  /// @return the mean and the error that random subsets leave
  /// @throws IllegalArgumentException if `k` is out of range
  public VoteValue at(int k, long seed) {
    PoolWeights.check(k, answers.length);
    double subsets = 1;
    for (int i = 0; i < k; i++) {
      subsets *= (double) (answers.length - i) / (i + 1);
    }
    return subsets <= COUNTED ? new VoteValue(counted(k), 0) : sampled(k, seed);
  }

  /// Over every subset, in the order of their numbers.
  private double counted(int k) {
    int[] chosen = IntStream.range(0, k).toArray();
    double sum = 0;
    long subsets = 0;
    while (true) {
      sum += won(chosen);
      subsets++;
      int i = k - 1;
      while (i >= 0 && chosen[i] == answers.length - k + i) {
        i--;
      }
      if (i < 0) {
        return sum / subsets;
      }
      chosen[i]++;
      for (int j = i + 1; j < k; j++) {
        chosen[j] = chosen[j - 1] + 1;
      }
    }
  }

  VoteValue sampled(int k, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int[] deck = IntStream.range(0, answers.length).toArray();
    double sum = 0;
    double squares = 0;
    for (int r = 0; r < SUBSETS; r++) {
      for (int i = 0; i < k; i++) {
        int j = random.nextInt(i, deck.length);
        int drawn = deck[j];
        deck[j] = deck[i];
        deck[i] = drawn;
      }
      double won = won(Arrays.copyOf(deck, k));
      sum += won;
      squares += won * won;
    }
    double mean = sum / SUBSETS;
    double variance = Math.max(0, squares / SUBSETS - mean * mean);
    return new VoteValue(mean, Math.sqrt(variance / SUBSETS));
  }

  private double won(int[] chosen) {
    var totals = new double[correctness.length];
    var met = new boolean[correctness.length];
    double most = 0;
    for (int i : chosen) {
      totals[answers[i]] += weights[i];
      met[answers[i]] = true;
      most = Math.max(most, totals[answers[i]]);
    }
    double right = 0;
    int first = 0;
    for (int a = 0; a < totals.length; a++) {
      if (met[a] && totals[a] >= most * (1 - SAME)) {
        right += correctness[a];
        first++;
      }
    }
    return right / first;
  }
}
