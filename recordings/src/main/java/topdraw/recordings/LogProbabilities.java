package topdraw.recordings;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.sample.LogProbabilityMeaning;

/// What a row says of the log-probability of its completions, and what that is worth.
final class LogProbabilities {
  private LogProbabilities() {}

  /// A number, or the sum of a list of token log-probabilities.
  static OptionalDouble sum(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return OptionalDouble.empty();
    }
    JsonNode tokens = value.isObject() && value.has("content") ? value.get("content") : value;
    if (!tokens.isArray()) {
      return tokens.isObject() ? OptionalDouble.empty() : Numbers.any(tokens, "log p");
    }
    double sum = 0;
    for (JsonNode token : tokens) {
      OptionalDouble term = Numbers.any(token.isObject() ? token.get("logprob") : token, "log p");
      // One token without a number leaves a sum that would be too large.
      sum += term.orElse(Double.NaN);
    }
    return OptionalDouble.of(sum);
  }

  /// What the sum says, from the record beside it.
  ///
  /// @param row a row with `logprob` and `sampling` as our runs write them
  /// @param cut whether the token limit ended the completion, so that no end token is due
  static LogProbabilityMeaning meaning(JsonNode row, boolean cut) {
    JsonNode told = row.get(TableShape.MEANING);
    if (told != null && told.isString()) {
      return LogProbabilityMeaning.of(told.stringValue());
    }
    String distribution = row.at("/logprob/distribution").asString("");
    if (distribution.isEmpty()) {
      return LogProbabilityMeaning.UNKNOWN;
    }
    if (!row.at("/logprob/complete").asBoolean(false)) {
      return LogProbabilityMeaning.INCOMPLETE;
    }
    if (!cut && !row.at("/logprob/eos").asString("").equals("included")) {
      return LogProbabilityMeaning.NO_END_TOKEN;
    }
    double temperature = row.at("/sampling/temperature").asDouble(Double.NaN);
    return switch (distribution) {
      case "policy" -> LogProbabilityMeaning.EXACT;
      case "temperature" -> LogProbabilityMeaning.CONSERVATIVE;
      case "raw" ->
          temperature == 1
              ? LogProbabilityMeaning.CONSERVATIVE
              : LogProbabilityMeaning.OTHER_DISTRIBUTION;
      default -> LogProbabilityMeaning.UNKNOWN;
    };
  }
}
