package topdraw.theory.pool;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import topdraw.theory.numeric.Checks;

/// The gold reward of soft best-of-n, which returns one of `n` draws with a chance in proportion to
/// `exp(r/T)`: a mean over 2,000 random subsets, the same for every temperature.
///
/// @param rewards one proxy reward per draw, finite
/// @param gold one gold reward per draw, finite
/// @param n draws per subset
/// @param seed what the subsets depend on
public record SoftGold(double[] rewards, double[] gold, int n, long seed) {
  private static final int SUBSETS = 2000;

  /// Checks and copies the draws.
  public SoftGold {
    rewards = rewards.clone();
    gold = gold.clone();
    if (rewards.length != gold.length) {
      throw new IllegalArgumentException(
          "expected as many gold rewards as rewards, found "
              + gold.length
              + " and "
              + rewards.length);
    }
    PoolWeights.check(n, rewards.length);
  }

  /// The mean gold reward at a temperature.
  ///
  /// @param temperature `T`, above 0
  /// @return the *estimate* and the error that random subsets leave
  /// @throws IllegalArgumentException if the temperature is not above 0
  public VoteValue at(double temperature) {
    Checks.positive(temperature, "temperature");
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int[] deck = IntStream.range(0, rewards.length).toArray();
    double sum = 0;
    double squares = 0;
    for (int r = 0; r < SUBSETS; r++) {
      for (int i = 0; i < n; i++) {
        int j = random.nextInt(i, deck.length);
        int drawn = deck[j];
        deck[j] = deck[i];
        deck[i] = drawn;
      }
      double mean = mean(Arrays.copyOf(deck, n), temperature);
      sum += mean;
      squares += mean * mean;
    }
    double mean = sum / SUBSETS;
    double variance = Math.max(0, squares / SUBSETS - mean * mean);
    return new VoteValue(mean, Math.sqrt(variance / SUBSETS));
  }

  private double mean(int[] chosen, double temperature) {
    double top = Arrays.stream(chosen).mapToDouble(i -> rewards[i]).max().orElseThrow();
    double total = 0;
    double sum = 0;
    for (int i : chosen) {
      double weight = Math.exp((rewards[i] - top) / temperature);
      total += weight;
      sum += weight * gold[i];
    }
    return sum / total;
  }
}
