package topdraw.estimate;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import topdraw.sample.PromptSamples;
import topdraw.sample.Sample;
import topdraw.theory.Pool;

/// One prompt's samples as the estimators want them, made once for all n.
///
/// @param ranks the selecting reward of each draw, `-∞` where missing
/// @param pool the draws in the order of the reward, log-probabilities used
/// @param levels the same as if no completion were drawn twice: levels of equal reward only, whose
///   frequencies count where log-probabilities may not
/// @param clipped `pool` and `levels` with rewards cut at the threshold, where there is one
/// @param gold the second reward, where every draw has it
/// @param tokens the length of each draw, where every draw has it
/// @param slowest the draws in the order of their time, where every draw has it
/// @param passRate the share of draws at or above the threshold, where there is one
record PromptView(
    double[] ranks,
    Pool pool,
    Pool levels,
    Optional<Clipped> clipped,
    Optional<double[]> gold,
    Optional<double[]> tokens,
    Optional<Pool> slowest,
    OptionalDouble passRate) {

  record Clipped(Pool pool, Pool levels, int passing) {}

  static PromptView of(PromptSamples prompt, AnalysisSettings settings) {
    double[] ranks =
        prompt.samples().stream().mapToDouble(s -> s.rank(settings.reward())).toArray();
    int[] outcomes = prompt.outcomes();
    double[] logP = prompt.logProbabilities();
    return new PromptView(
        ranks,
        Pool.of(outcomes, ranks, logP),
        Pool.ofRewards(ranks),
        clipped(outcomes, ranks, logP, settings.threshold()),
        settings.gold().flatMap(gold -> all(prompt, s -> reward(s, gold))),
        all(prompt, Sample::tokens),
        all(prompt, Sample::seconds).map(Pool::ofRewards),
        settings.threshold().isPresent()
            ? OptionalDouble.of(
                (double) passing(ranks, settings.threshold().getAsDouble()) / ranks.length)
            : OptionalDouble.empty());
  }

  /// Early stop is best-of-n of the reward cut at the threshold.
  private static Optional<Clipped> clipped(
      int[] outcomes, double[] ranks, double[] logP, OptionalDouble threshold) {
    if (threshold.isEmpty()) {
      return Optional.empty();
    }
    double top = threshold.getAsDouble();
    double[] cut = Arrays.stream(ranks).map(r -> Math.min(top, r)).toArray();
    return Optional.of(
        new Clipped(Pool.of(outcomes, cut, logP), Pool.ofRewards(cut), passing(ranks, top)));
  }

  private static int passing(double[] ranks, double threshold) {
    return (int) Arrays.stream(ranks).filter(r -> r >= threshold).count();
  }

  private static OptionalDouble reward(Sample sample, String name) {
    Double value = sample.rewards().get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static Optional<double[]> all(
      PromptSamples prompt, Function<Sample, OptionalDouble> value) {
    var values = new double[prompt.samples().size()];
    for (int i = 0; i < values.length; i++) {
      OptionalDouble one = value.apply(prompt.samples().get(i));
      if (one.isEmpty()) {
        return Optional.empty();
      }
      values[i] = one.getAsDouble();
    }
    return Optional.of(values);
  }

  int size() {
    return ranks.length;
  }

  /// The mean of a value over what the protocol returns; empty when a draw without it can win.
  OptionalDouble mean(Protocol protocol, double[] values, int n) {
    double[] weights = protocol == Protocol.SUBSETS ? pool.weights(n) : protocol.weights(ranks, n);
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        sum += weights[i] * values[i];
      }
    }
    return Double.isFinite(sum) ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }
}
