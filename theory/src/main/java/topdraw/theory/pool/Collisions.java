package topdraw.theory.pool;

import java.util.Arrays;
import java.util.stream.LongStream;
import topdraw.theory.numeric.Checks;

/// *Estimates* of the collision probability `Σ p² = exp(-H_2)`, the chance that two draws are the
/// same, which Theorems 3.4 and 5.4 need: the drift is within `2 n (n-1)` of it below `K_n`, the
/// win rate within `(n-1)/2` of it below `n/(n+1)`.
///
/// Both are unbiased. The mean probability varies about four times less; the other needs no
/// log-probabilities. With equal rewards the counts must be those of levels.
public final class Collisions {
  private Collisions() {}

  /// From how often each outcome was drawn, `Σ c (c-1) / (N (N-1))`.
  ///
  /// @param counts draws of each outcome, in all at least 2
  /// @return the estimate, in `[0, 1]`
  /// @throws IllegalArgumentException if a count is negative or there are fewer than two draws
  public static double probability(long... counts) {
    double total = LongStream.of(counts).sum();
    if (!(Arrays.stream(counts).allMatch(c -> c >= 0) && total >= 2)) {
      throw new IllegalArgumentException(
          "collisions need counts of at least 0 and two draws, found " + Arrays.toString(counts));
    }
    return Arrays.stream(counts).mapToDouble(c -> c / total * ((c - 1) / (total - 1))).sum();
  }

  /// From the probability of each draw, `(1/N) Σ p(y_i)`.
  ///
  /// @param logProbabilities one per draw, in nats
  /// @return the estimate, in `[0, 1]`
  /// @throws IllegalArgumentException if there is none or one is above 0
  public static double meanProbability(double... logProbabilities) {
    for (int i = 0; i < logProbabilities.length; i++) {
      Checks.logProbability(logProbabilities[i], "logProbabilities[" + i + "]");
    }
    return Arrays.stream(logProbabilities)
        .map(Math::exp)
        .average()
        .orElseThrow(
            () -> new IllegalArgumentException("a mean probability needs a draw, found none"));
  }
}
