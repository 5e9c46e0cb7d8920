package topdraw.selection;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The choices that some selections leave to chance, from a stream of their own.
public final class RandomChoice {
  private RandomChoice() {}

  /// A Poisson number: how many arrivals come before `mean`, with exponential waits between them.
  ///
  /// @param mean above 0
  /// @param random where chance comes from
  /// @return the number, from 0
  public static int poisson(double mean, RandomGenerator random) {
    int arrivals = 0;
    for (double t = random.nextExponential(); t <= mean; t += random.nextExponential()) {
      arrivals++;
    }
    return arrivals;
  }

  /// A position with probability in proportion to `exp(rank / temperature)`; `-∞` only when all
  /// are, and then the first.
  ///
  /// @param ranks at least one
  /// @param temperature above 0
  /// @param random where chance comes from
  /// @return the position
  public static int soft(double[] ranks, double temperature, RandomGenerator random) {
    double top = Arrays.stream(ranks).max().orElseThrow();
    if (top == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    double[] weights = Arrays.stream(ranks).map(r -> Math.exp((r - top) / temperature)).toArray();
    double u = random.nextDouble() * Arrays.stream(weights).sum();
    int chosen = 0;
    int last = 0;
    for (double above = 0; chosen < weights.length; chosen++) {
      above += weights[chosen];
      last = weights[chosen] > 0 ? chosen : last;
      if (u < above) {
        return chosen;
      }
    }
    return last;
  }
}
