package topdraw.recordings.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import topdraw.json.Json;
import topdraw.recordings.prompts.PromptFile;
import topdraw.reference.Provenance;
import topdraw.reference.Sampling;
import topdraw.reward.RewardIdentity;

/// Everything that decides what the lines of a run hold, and nothing else: two runs of equal
/// settings hold the same bytes, whenever and however often interrupted they were drawn.
///
/// @param n completions of one selection
/// @param rewards which rewards scored; the first selects
/// @param seed the run's seed
/// @param promptsSha256 hash of the prompt file's bytes, 64 hex digits
/// @param raw whether prompts were continued as they stand, without the chat template
/// @param sampling how tokens were drawn
/// @param model the model's name
/// @param fingerprint what the reference policy's probabilities depend on, the number of threads
///   left out
public record RunSettings(
    int n,
    List<RewardIdentity> rewards,
    long seed,
    @JsonProperty("prompts_sha256") String promptsSha256,
    boolean raw,
    SamplingWords sampling,
    String model,
    Map<String, String> fingerprint) {
  private static final String THREADS = "threads";

  /// Copies the collections, keeping their order.
  public RunSettings {
    rewards = List.copyOf(rewards);
    fingerprint = Collections.unmodifiableMap(new LinkedHashMap<>(fingerprint));
  }

  /// The settings of a run about to be drawn.
  ///
  /// @param n completions of one selection, at least 1
  /// @param rewards which rewards score; the first selects
  /// @param prompts the prompt file
  /// @param raw whether prompts are continued as they stand
  /// @param provenance where the completions come from
  /// @return the settings
  public static RunSettings of(
      int n, List<RewardIdentity> rewards, PromptFile prompts, boolean raw, Provenance provenance) {
    Map<String, String> fingerprint = new LinkedHashMap<>(provenance.fingerprint());
    fingerprint.remove(THREADS);
    return new RunSettings(
        n,
        rewards,
        provenance.seed(),
        prompts.sha256(),
        raw,
        SamplingWords.of(provenance.sampling()),
        provenance.model(),
        fingerprint);
  }

  /// A short name for the run, stamped on each of its lines: the hash of these settings.
  ///
  /// @return 16 hex digits
  public String id() {
    return Json.sha256(Json.canonical(this)).substring(0, 16);
  }

  /// What it takes to draw the same completions again.
  ///
  /// @return model, fingerprint, sampling and seed
  public Provenance provenance() {
    return new Provenance(model, fingerprint, sampling.sampling(), seed);
  }

  /// What differs in other settings, a line each: `seed: 1 -> 2`.
  ///
  /// @param other the settings asked for now
  /// @return the differences in the order of the settings' names; empty when there are none
  List<String> differences(RunSettings other) {
    Map<String, String> old = flat(this, rewards);
    Map<String, String> asked = flat(other, scoredBy(other.rewards) ? rewards : other.rewards);
    TreeMap<String, String> names = new TreeMap<>(old);
    names.putAll(asked);
    List<String> differences = new ArrayList<>();
    for (String name : names.navigableKeySet()) {
      String before = old.getOrDefault(name, "(none)");
      String after = asked.getOrDefault(name, "(none)");
      if (!before.equals(after)) {
        differences.add(name + ": " + before + " -> " + after);
      }
    }
    return differences;
  }

  /// Whether rewards give the scores of this run, in its order.
  boolean scoredBy(List<RewardIdentity> asked) {
    return asked.size() == rewards.size()
        && IntStream.range(0, asked.size()).allMatch(i -> asked.get(i).scoresAs(rewards.get(i)));
  }

  /// One entry a setting; rewards of one name whose settings differ show their hash.
  private static Map<String, String> flat(RunSettings settings, List<RewardIdentity> rewards) {
    Map<String, String> flat = new LinkedHashMap<>();
    flat.put("n", Integer.toString(settings.n));
    flat.put("rewards", rewards.stream().map(RunSettings::word).toList().toString());
    flat.put("seed", Long.toString(settings.seed));
    flat.put("prompts", "sha256:" + settings.promptsSha256.substring(0, 12));
    flat.put("raw", Boolean.toString(settings.raw));
    flat.put("model", settings.model);
    flat.put("temperature", Double.toString(settings.sampling.temperature()));
    flat.put("top-k", Integer.toString(settings.sampling.topK()));
    flat.put("top-p", Double.toString(settings.sampling.topP()));
    flat.put("min-p", Double.toString(settings.sampling.minP()));
    flat.put("max-tokens", Integer.toString(settings.sampling.maxTokens()));
    flat.putAll(settings.fingerprint);
    return flat;
  }

  private static String word(RewardIdentity reward) {
    return reward.name()
        + " version "
        + reward.version()
        + " ("
        + reward.settingsSha256().substring(0, 8)
        + ")";
  }

  /// The sampling settings under their names on the wire.
  ///
  /// @param temperature divides the logits
  /// @param topK keeps the k most likely tokens; 0 keeps all
  /// @param topP keeps the fewest tokens whose probabilities reach this
  /// @param minP drops tokens less likely than this share of the most likely one
  /// @param maxTokens the most tokens of one completion
  public record SamplingWords(
      double temperature,
      @JsonProperty("top_k") int topK,
      @JsonProperty("top_p") double topP,
      @JsonProperty("min_p") double minP,
      @JsonProperty("max_tokens") int maxTokens) {
    static SamplingWords of(Sampling sampling) {
      return new SamplingWords(
          sampling.temperature(),
          sampling.topK(),
          sampling.topP(),
          sampling.minP(),
          sampling.maxTokens());
    }

    Sampling sampling() {
      return new Sampling(temperature, topK, topP, minP, maxTokens);
    }
  }
}
