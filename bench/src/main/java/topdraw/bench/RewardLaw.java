package topdraw.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/// The rewards of one prompt's draws where the truth is known: some numbers, equally likely.
///
/// @param rewards the numbers, in rising order
record RewardLaw(double... rewards) implements PromptLaw {
  /// Rewards of 0 and 1.
  ///
  /// @param rate how likely 1 is, a multiple of `1/of`
  /// @param of how many numbers there are
  static RewardLaw passing(double rate, int of) {
    var rewards = new double[of];
    Arrays.fill(rewards, of - (int) Math.round(rate * of), of, 1);
    return new RewardLaw(rewards);
  }

  /// The middles of equal parts of a law.
  ///
  /// @param quantile the law
  /// @param parts how many
  static RewardLaw of(DoubleUnaryOperator quantile, int parts) {
    return new RewardLaw(
        IntStream.range(0, parts)
            .mapToDouble(i -> quantile.applyAsDouble((i + 0.5) / parts))
            .toArray());
  }

  double draw(SplittableRandom random) {
    return rewards[random.nextInt(rewards.length)];
  }

  @Override
  public double[] draw(SplittableRandom random, int count) {
    var drawn = new double[count];
    Arrays.setAll(drawn, _ -> draw(random));
    return drawn;
  }

  /// The mean of the best of `n`, exact.
  double reward(long n) {
    double sum = 0;
    double below = 0;
    for (int i = 0; i < rewards.length; i++) {
      double upTo = Math.pow((i + 1.0) / rewards.length, (double) n);
      sum += (upTo - below) * rewards[i];
      below = upTo;
    }
    return sum;
  }

  /// How often the best of `n` wins against one draw, exact, ties half.
  double winRate(long n) {
    double sum = 0;
    int from = 0;
    double size = rewards.length;
    while (from < rewards.length) {
      int to = from;
      while (to < rewards.length && rewards[to] == rewards[from]) {
        to++;
      }
      double best = Math.pow(to / size, (double) n) - Math.pow(from / size, (double) n);
      sum += best * (from + to) / 2 / size;
      from = to;
    }
    return sum;
  }
}
