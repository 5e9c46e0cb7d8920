package topdraw.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Draft;
import topdraw.draw.LogProbability;
import topdraw.draw.PromptDraws;

/// The small pools of draws that the golden findings are about, as the program wants them.
final class Pools {
  private Pools() {}

  static JsonNode named(String name) {
    return Golden.read("pools").values().stream()
        .filter(pool -> pool.get("name").stringValue().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no pool '" + name + "'"));
  }

  /// The recorded samples of every prompt of a pool; its rewards are `r` and `gold`.
  static List<PromptDraws> samples(JsonNode pool) {
    DoubleFunction<LogProbability> worth =
        pool.get("log_probabilities_are").stringValue().equals("unknown")
            ? Draft.UNKNOWN
            : Draft.EXACT;
    List<PromptDraws> prompts = new ArrayList<>();
    for (JsonNode prompt : pool.get("prompts").values()) {
      Draft[] drafts =
          prompt.get("draws").values().stream()
              .map(draw -> draft(draw, worth))
              .toArray(Draft[]::new);
      prompts.add(Draft.prompt(prompt.get("key").stringValue(), drafts));
    }
    return prompts;
  }

  private static Draft draft(JsonNode draw, DoubleFunction<LogProbability> worth) {
    Draft draft = Draft.of(draw.get("outcome").stringValue());
    if (draw.has("log_p")) {
      draft.logP(draw.get("log_p").doubleValue(), worth);
    }
    if (draw.has("reward")) {
      draft.reward("r", draw.get("reward").doubleValue());
    } else {
      draft.unscored("r");
    }
    if (draw.has("gold")) {
      draft.reward("gold", draw.get("gold").doubleValue());
    }
    if (draw.has("tokens")) {
      draft.tokens(draw.get("tokens").doubleValue());
    }
    if (draw.has("seconds")) {
      draft.seconds(draw.get("seconds").doubleValue());
    }
    return draft;
  }
}
