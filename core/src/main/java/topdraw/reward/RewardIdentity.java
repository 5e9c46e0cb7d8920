package topdraw.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import topdraw.json.Json;

/// Which reward gave a score: enough to tell two rewards of one name apart.
///
/// @param name the name by which it is asked for, argument included
/// @param version the version of what computes it: of the code, or of the model behind it
/// @param settingsSha256 hash of all its settings, 64 hex digits
public record RewardIdentity(
    String name, String version, @JsonProperty("settings_sha256") String settingsSha256) {

  /// An identity whose settings can be written as JSON.
  ///
  /// @param name the reward's name
  /// @param version the version of what computes it
  /// @param settings every setting that a score depends on: a string, map, list or record
  /// @return the identity
  public static RewardIdentity of(String name, String version, Object settings) {
    return new RewardIdentity(name, version, Json.sha256(Json.canonical(settings)));
  }
}
