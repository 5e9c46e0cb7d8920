package topdraw.sample;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import topdraw.reference.Prompt;
import topdraw.theory.Pool;

/// The recorded completions of one prompt, in the order recorded.
///
/// @param key what tells the prompt from others in its file
/// @param prompt what was asked, or its key where the file does not say
/// @param samples its completions, at least one
public record PromptSamples(String key, Prompt prompt, List<Sample> samples) {
  /// Copies the samples.
  public PromptSamples {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("the prompt '" + key + "' has no sample");
    }
  }

  /// Numbers the distinct completions.
  ///
  /// @return one number per sample, equal for equal completions
  public int[] outcomes() {
    Map<String, Integer> ids = new HashMap<>();
    int[] outcomes = new int[samples.size()];
    for (int i = 0; i < outcomes.length; i++) {
      Integer known = ids.putIfAbsent(samples.get(i).outcome(), ids.size());
      outcomes[i] = known == null ? ids.size() - 1 : known;
    }
    return outcomes;
  }

  /// One log-probability per sample.
  ///
  /// @return in nats; `-∞` where it is missing or impossible, which keeps bounds bounds
  public double[] logProbabilities() {
    return samples.stream()
        .mapToDouble(s -> s.usableLogProbability().orElse(Double.NEGATIVE_INFINITY))
        .toArray();
  }

  /// The samples in the order of one reward.
  ///
  /// @param reward the reward's name
  /// @param withLogProbabilities whether the log-probabilities may be used
  /// @return the pool
  public Pool pool(String reward, boolean withLogProbabilities) {
    double[] ranks = samples.stream().mapToDouble(s -> s.rank(reward)).toArray();
    double[] logP = logProbabilities();
    if (!withLogProbabilities) {
      Arrays.fill(logP, Double.NEGATIVE_INFINITY);
    }
    return Pool.of(outcomes(), ranks, logP);
  }
}
