package topdraw.servers.reward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.Draft;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.provider.Surroundings;
import topdraw.reward.Reward;
import topdraw.reward.RewardCatalog;
import topdraw.reward.RewardContext;

/// Completions to be scored, and rewards that score them.
final class Texts {
  private Texts() {}

  static Reward open(String spec) {
    return open(spec, Map.of());
  }

  static Reward open(String spec, Map<String, String> environment) {
    return open(spec, environment, Duration.ofSeconds(20));
  }

  /// One that soon gives up.
  static Reward impatient(String spec, Duration limit) {
    return open(spec, Map.of(), limit);
  }

  private static Reward open(String spec, Map<String, String> environment, Duration limit) {
    return RewardCatalog.of(
            new RewardContext(Optional.empty(), limit, Surroundings.of(environment)))
        .open(spec);
  }

  static List<Score> score(Reward reward, Prompt prompt, String... texts) {
    List<Draw> draws = new ArrayList<>();
    for (String text : texts) draws.add(Draft.drawn(draws.size(), text, new int[] {1}, -1));
    return reward.score(PromptDraws.of(prompt, draws));
  }

  static List<Score> score(Reward reward, String... texts) {
    return score(reward, Prompt.user("Name one colour."), texts);
  }

  /// Why a score is missing; empty where it is not.
  static String why(Score score) {
    return score instanceof Score.Missing(String reason) ? reason : "";
  }
}
