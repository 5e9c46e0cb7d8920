package topdraw.recordings;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.json.Json;
import topdraw.reference.Provenance;
import topdraw.reference.Sampling;

/// `run.json`: everything that decides which samples a run holds, and where they came from.
///
/// @param v version of this layout, 1
/// @param command the command that made the run
/// @param n completions of one selection
/// @param completions completions drawn per prompt
/// @param rewards the rewards' names; the first selects
/// @param seed the run's seed
/// @param sampling how tokens were drawn
/// @param model the model's name
/// @param fingerprint what the reference policy's probabilities depend on
/// @param versions Topdraw, Java, operating system
/// @param started when the run began, ISO-8601, UTC
public record RunManifest(
    int v,
    String command,
    int n,
    int completions,
    List<String> rewards,
    long seed,
    Settings sampling,
    String model,
    Map<String, String> fingerprint,
    Map<String, String> versions,
    String started) {

  /// Copies the collections, keeping their order.
  public RunManifest {
    rewards = List.copyOf(rewards);
    fingerprint = Collections.unmodifiableMap(new LinkedHashMap<>(fingerprint));
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }

  /// A manifest of this version.
  ///
  /// @param command the command that makes the run
  /// @param n completions of one selection
  /// @param completions completions drawn per prompt
  /// @param rewards the rewards' names; the first selects
  /// @param provenance where the completions come from
  /// @param versions Topdraw, Java, operating system
  /// @param started when the run begins, ISO-8601, UTC
  /// @return the manifest
  public static RunManifest of(
      String command,
      int n,
      int completions,
      List<String> rewards,
      Provenance provenance,
      Map<String, String> versions,
      String started) {
    return new RunManifest(
        1,
        command,
        n,
        completions,
        rewards,
        provenance.seed(),
        Settings.of(provenance.sampling()),
        provenance.model(),
        provenance.fingerprint(),
        versions,
        started);
  }

  /// A short name for the run, stamped on each of its samples: the hash of this manifest.
  ///
  /// @return 16 hex digits
  public String id() {
    return Json.sha256(Json.canonical(this)).substring(0, 16);
  }

  /// The sampling settings under their names on the wire.
  ///
  /// @param temperature divides the logits
  /// @param topK keeps the k most likely tokens; 0 keeps all
  /// @param topP keeps the fewest tokens whose probabilities reach this
  /// @param minP drops tokens less likely than this share of the most likely one
  /// @param maxTokens the most tokens of one completion
  public record Settings(
      double temperature,
      @JsonProperty("top_k") int topK,
      @JsonProperty("top_p") double topP,
      @JsonProperty("min_p") double minP,
      @JsonProperty("max_tokens") int maxTokens) {
    static Settings of(Sampling sampling) {
      return new Settings(
          sampling.temperature(),
          sampling.topK(),
          sampling.topP(),
          sampling.minP(),
          sampling.maxTokens());
    }
  }
}
