package topdraw.draw;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.json.Json;
import topdraw.theory.pool.Pool;

/// The draws of one prompt, in the order drawn or recorded.
public final class PromptDraws {
  private final String key;
  private final Optional<Prompt> prompt;
  private final List<Draw> draws;
  private final int[] outcomes;
  private final double[] logProbabilities;

  /// The draws of a prompt.
  ///
  /// @param key what tells the prompt from others
  /// @param prompt what was asked; empty where only the key is known
  /// @param draws its completions, at least one
  public PromptDraws(String key, Optional<Prompt> prompt, List<Draw> draws) {
    this.key = key;
    this.prompt = prompt;
    this.draws = List.copyOf(draws);
    if (this.draws.isEmpty()) {
      throw new IllegalArgumentException("the prompt '" + key + "' has no draw");
    }
    outcomes = numbered(this.draws);
    logProbabilities =
        this.draws.stream()
            .mapToDouble(d -> d.logProbability().usable().orElse(Double.NEGATIVE_INFINITY))
            .toArray();
  }

  /// The draws of a prompt that is known by its own key.
  ///
  /// @param prompt what was asked
  /// @param draws its completions, at least one
  /// @return the draws
  public static PromptDraws of(Prompt prompt, List<Draw> draws) {
    return new PromptDraws(prompt.key(), Optional.of(prompt), draws);
  }

  /// Numbers the distinct outcomes.
  ///
  /// @param draws draws of one prompt
  /// @return one number per draw from 0 on, equal for equal outcomes
  private static int[] numbered(List<Draw> draws) {
    Map<Outcome, Integer> ids = new HashMap<>();
    int[] outcomes = new int[draws.size()];
    for (int i = 0; i < outcomes.length; i++) {
      Integer known = ids.putIfAbsent(draws.get(i).outcome(), ids.size());
      outcomes[i] = known == null ? ids.size() - 1 : known;
    }
    return outcomes;
  }

  /// What tells the prompt from others in its file or run.
  ///
  /// @return the key
  public String key() {
    return key;
  }

  /// What was asked.
  ///
  /// @return the prompt; empty where only its key is known
  public Optional<Prompt> prompt() {
    return prompt;
  }

  /// The words a person would recognise the prompt by.
  ///
  /// @return what was asked, or `prompt` and the key
  public String display() {
    return prompt.map(Prompt::display).orElse("prompt " + key);
  }

  /// Where the prompt stands in an order of prompts that says nothing of what was drawn for them,
  /// as the order of a file may: by the SHA-256 of its key, of which these are the first 64 bits.
  ///
  /// @return the bits as a number whose order as a signed one is theirs
  public long order() {
    return order(key);
  }

  /// [#order()] of a prompt that is known by its key alone.
  ///
  /// @param key its key
  /// @return the bits as a number whose order as a signed one is theirs
  public static long order(String key) {
    return Long.parseUnsignedLong(Json.sha256(key).substring(0, 16), 16) ^ Long.MIN_VALUE;
  }

  /// The draws.
  ///
  /// @return at least one, in the order drawn or recorded
  public List<Draw> draws() {
    return draws;
  }

  /// Numbers the distinct outcomes.
  ///
  /// @return one number per draw from 0 on, equal for equal outcomes
  public int[] outcomes() {
    return outcomes.clone();
  }

  /// One log-probability per draw, as recorded. Whether bounds may rest on them is asked of the
  /// draws ([LogProbability#proves]).
  ///
  /// @return in nats; `-∞` where it is missing or impossible, which keeps bounds bounds
  public double[] logProbabilities() {
    return logProbabilities.clone();
  }

  /// The draws' scores under one reward.
  ///
  /// @param reward the reward's name
  /// @return one number per draw; `-∞` where there is no score
  public double[] ranks(String reward) {
    double[] ranks = new double[draws.size()];
    Arrays.setAll(ranks, i -> draws.get(i).scores().rank(reward));
    return ranks;
  }

  /// The draws in the order of one reward.
  ///
  /// @param reward the reward's name
  /// @param withLogProbabilities whether the log-probabilities may be used
  /// @return the pool
  public Pool pool(String reward, boolean withLogProbabilities) {
    double[] logP = logProbabilities();
    if (!withLogProbabilities) {
      Arrays.fill(logP, Double.NEGATIVE_INFINITY);
    }
    return Pool.of(outcomes(), ranks(reward), logP);
  }
}
