package topdraw.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Pattern;
import topdraw.json.Json;

/// Which reward gave a score: enough to tell two rewards of one name apart.
///
/// @param name the name by which it is asked for, argument included
/// @param version the version of what computes it: of the code, or of the model behind it
/// @param settingsSha256 hash of all its settings, 64 hex digits
public record RewardIdentity(
    String name, String version, @JsonProperty("settings_sha256") String settingsSha256) {

  /// How a server is asked, in a name of an earlier version: no score depends on it.
  private static final Pattern HOW_ASKED = Pattern.compile("\\s+(at-once|key-file)=[^\\s,)\"]*");

  /// Whether it gives the scores that another gave, so that a run of that goes on with this. Names
  /// once held how a server is asked, and those of rewards made of others still do.
  ///
  /// @param recorded what a run was begun with
  /// @return whether a score of the one is a score of the other
  public boolean scoresAs(RewardIdentity recorded) {
    if (equals(recorded)) return true;
    String before = bare(recorded.name);
    return version.equals(recorded.version)
        && bare(name).equals(before)
        // Settings of one that is made of others once were hashed with those words.
        && (settingsSha256.equals(recorded.settingsSha256)
            || (before.contains("(") && !before.equals(recorded.name)));
  }

  private static String bare(String name) {
    return HOW_ASKED.matcher(name).replaceAll("");
  }

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
