package topdraw.recordings.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.reward.RewardIdentity;

/// A score as a line holds it: who scored, and the value, or null and why there is none.
@JsonInclude(Include.NON_NULL)
record RewardEntry(
    String name,
    String version,
    @JsonProperty("settings_sha256") String settingsSha256,
    @JsonInclude(Include.ALWAYS) @Nullable Double value,
    @Nullable String error) {

  static RewardEntry of(RewardIdentity reward, Score score) {
    return switch (score) {
      case Score.Value(double value) -> entry(reward, value, null);
      case Score.Missing(String reason) -> entry(reward, null, reason);
    };
  }

  private static RewardEntry entry(
      RewardIdentity reward, @Nullable Double value, @Nullable String error) {
    return new RewardEntry(reward.name(), reward.version(), reward.settingsSha256(), value, error);
  }

  /// The score of an entry read from a line.
  static Score score(JsonNode entry) {
    return entry.path("value").isNumber()
        ? new Score.Value(entry.get("value").doubleValue())
        : new Score.Missing(entry.path("error").asString("no score was recorded"));
  }

  /// The scores of the run's own rewards on a line, in their order.
  static Scores scores(JsonNode line) {
    List<String> names = new ArrayList<>();
    List<Score> scores = new ArrayList<>();
    for (JsonNode entry : line.path("rewards")) {
      names.add(entry.path("name").asString(""));
      scores.add(score(entry));
    }
    return new Scores(names, scores);
  }
}
