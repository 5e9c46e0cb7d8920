package topdraw.plan;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import topdraw.estimate.PromptMean;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;

/// One setting of a ladder, with its numbers from every prompt, in the order of the prompts.
final class Rung {
  private final Setting setting;
  private final DoubleStream.Builder winRates = DoubleStream.builder();
  private final DoubleStream.Builder kls = DoubleStream.builder();
  private final DoubleStream.Builder rewards = DoubleStream.builder();
  private final DoubleStream.Builder draws = DoubleStream.builder();
  private final DoubleStream.Builder passRates = DoubleStream.builder();
  private final LongStream.Builder sizes = LongStream.builder();

  Rung(Setting setting) {
    this.setting = setting;
  }

  /// A prompt's numbers: an unbiased win rate, a KL divergence that is too large on average, an
  /// unbiased reward, unbiased draws, and the share of draws that reach the threshold.
  record Numbers(double winRate, double kl, double reward, double draws, double passRate) {}

  void add(Numbers numbers, long from) {
    winRates.add(Math.clamp(numbers.winRate(), 0, 1));
    kls.add(numbers.kl());
    rewards.add(numbers.reward());
    draws.add(numbers.draws());
    passRates.add(numbers.passRate());
    sizes.add(from);
  }

  /// The numbers of all prompts, once all are in.
  Values values() {
    return new Values(
        setting,
        sizes.build().toArray(),
        winRates.build().toArray(),
        kls.build().toArray(),
        rewards.build().toArray(),
        draws.build().toArray(),
        passRates.build().toArray());
  }

  /// One value per prompt of each quantity.
  ///
  /// @param sizes how many completions each prompt's values were computed from
  record Values(
      Setting setting,
      long[] sizes,
      double[] winRates,
      double[] kls,
      double[] rewards,
      double[] draws,
      double[] passRates) {
    private static final Interval UNIT = new Interval(0, 1);

    long prompts() {
      return sizes.length;
    }

    long samples() {
      return Arrays.stream(sizes).sum();
    }

    /// The means over prompts, each with its interval: estimates.
    List<Finding> estimates(boolean drift) {
      Interval any = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
      Interval positive = new Interval(0, Double.POSITIVE_INFINITY);
      return Stream.of(
              List.of(mean("win_rate", Role.VALUE, "probability", UNIT, winRates)),
              drift
                  ? List.of(mean("kl", Role.UPPER_BOUND, "nats", positive, kls))
                  : List.<Finding>of(),
              Arrays.stream(rewards).allMatch(Double::isFinite)
                  ? List.of(mean("reward", Role.VALUE, "reward", any, rewards))
                  : List.<Finding>of(),
              setting instanceof Setting.EarlyStop
                  ? List.of(
                      mean("draws", Role.VALUE, "draws", positive, draws),
                      mean("pass_rate", Role.VALUE, "probability", UNIT, passRates))
                  : List.<Finding>of())
          .flatMap(List::stream)
          .toList();
    }

    private Finding mean(String quantity, Role role, String unit, Interval range, double[] values) {
      var mean = new PromptMean();
      for (int i = 0; i < values.length; i++) {
        mean.add(values[i], sizes[i]);
      }
      return mean.finding(quantity, role, unit, range, drawnFrom());
    }

    /// Where the numbers come from: the first half of the draws sets a threshold, the second judges
    /// it.
    String drawnFrom() {
      return setting instanceof Setting.EarlyStop ? "pilot, second half of the draws" : "pilot";
    }
  }
}
