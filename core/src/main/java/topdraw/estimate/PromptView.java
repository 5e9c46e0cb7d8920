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
/// @param meanTokens their mean
/// @param slowest the draws in the order of their time, where every draw has it
/// @param passRate the share of draws at or above the threshold, where there is one
record PromptView(
    double[] ranks,
    Pool pool,
    Pool levels,
    Optional<Clipped> clipped,
    Optional<double[]> gold,
    Optional<double[]> tokens,
    OptionalDouble meanTokens,
    Optional<Pool> slowest,
    OptionalDouble passRate) {

  record Clipped(Pool pool, Pool levels, int passing) {}

  static PromptView of(PromptSamples prompt, AnalysisSettings settings) {
    double[] ranks =
        prompt.samples().stream().mapToDouble(s -> s.rank(settings.reward())).toArray();
    int[] outcomes = prompt.outcomes();
    double[] logP = prompt.logProbabilities();
    Optional<double[]> tokens = all(prompt, Sample::tokens);
    return new PromptView(
        ranks,
        Pool.of(outcomes, ranks, logP),
        Pool.ofRewards(ranks),
        clipped(outcomes, ranks, logP, settings.threshold()),
        settings.gold().flatMap(gold -> all(prompt, s -> reward(s, gold))),
        tokens,
        tokens.map(all -> Arrays.stream(all).average()).orElse(OptionalDouble.empty()),
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

  /// Whether some draw has a score.
  boolean scored() {
    return !Arrays.stream(ranks).allMatch(Double::isInfinite);
  }

  int size() {
    return ranks.length;
  }
}
