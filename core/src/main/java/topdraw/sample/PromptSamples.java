package topdraw.sample;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import topdraw.reference.Prompt;
import topdraw.theory.pool.Pool;

/// The recorded completions of one prompt, in the order recorded.
public final class PromptSamples {
  private final String key;
  private final Prompt prompt;
  private final List<Sample> samples;
  private final int[] outcomes;
  private final double[] logProbabilities;

  /// The samples of a prompt.
  ///
  /// @param key what tells the prompt from others in its file
  /// @param prompt what was asked, or its key where the file does not say
  /// @param samples its completions, at least one
  public PromptSamples(String key, Prompt prompt, List<Sample> samples) {
    this.key = key;
    this.prompt = prompt;
    this.samples = List.copyOf(samples);
    if (this.samples.isEmpty()) {
      throw new IllegalArgumentException("the prompt '" + key + "' has no sample");
    }
    outcomes = numbered(this.samples);
    logProbabilities =
        this.samples.stream()
            .mapToDouble(s -> s.usableLogProbability().orElse(Double.NEGATIVE_INFINITY))
            .toArray();
  }

  private static int[] numbered(List<Sample> samples) {
    Map<String, Integer> ids = new HashMap<>();
    int[] outcomes = new int[samples.size()];
    for (int i = 0; i < outcomes.length; i++) {
      Integer known = ids.putIfAbsent(samples.get(i).outcome(), ids.size());
      outcomes[i] = known == null ? ids.size() - 1 : known;
    }
    return outcomes;
  }

  /// What tells the prompt from others in its file.
  ///
  /// @return the key
  public String key() {
    return key;
  }

  /// What was asked.
  ///
  /// @return the prompt, or its key where the file does not say
  public Prompt prompt() {
    return prompt;
  }

  /// The completions.
  ///
  /// @return at least one, in the order recorded
  public List<Sample> samples() {
    return samples;
  }

  /// Numbers the distinct completions.
  ///
  /// @return one number per sample from 0 on, equal for equal completions
  public int[] outcomes() {
    return outcomes.clone();
  }

  /// One log-probability per sample.
  ///
  /// @return in nats; `-∞` where it is missing or impossible, which keeps bounds bounds
  public double[] logProbabilities() {
    return logProbabilities.clone();
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
