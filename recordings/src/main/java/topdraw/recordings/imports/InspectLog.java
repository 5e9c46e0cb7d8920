package topdraw.recordings.imports;

import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.row.LogProbabilities;
import topdraw.recordings.row.Numbers;

/// Logs of the evaluation framework Inspect, as JSON: a sample of the log is a draw, its epochs are
/// draws of one prompt, its scorers are rewards.
final class InspectLog {
  private InspectLog() {}

  /// Whether a document is a whole log.
  static boolean is(JsonNode document) {
    return document.path("eval").isObject() && document.has("version") && document.has("status");
  }

  /// The samples of a log.
  ///
  /// @throws InputException if it was written without them
  static List<JsonNode> samples(JsonNode log) {
    JsonNode samples = log.path("samples");
    if (!samples.isArray()) {
      throw new InputException(
          Problem.MISSING,
          "an Inspect log without samples; write it with them: inspect log dump FILE > LOG.json");
    }
    return samples.valueStream().toList();
  }

  /// A sample of a log in columns that are recognised; any other row as it is.
  ///
  /// @throws InputException if the sample failed
  static JsonNode flat(JsonNode row) {
    JsonNode choices = row.path("output").path("choices");
    if (!row.has("input") || !row.has("epoch") || !choices.isArray()) {
      return row;
    }
    if (row.hasNonNull("error") || choices.isEmpty()) {
      throw new InputException(
          Problem.MALFORMED,
          "the sample failed: "
              + Numbers.cut(row.path("error").path("message").asString("no output")));
    }
    JsonNode choice = choices.get(0);
    ObjectNode flat = Json.mapper().createObjectNode();
    flat.set("prompt_id", row.path("id"));
    flat.set("prompt", row.get("input"));
    flat.putArray("completion").add(choice.path("message"));
    flat.set("finish_reason", choice.path("stop_reason"));
    flat.set("completion_tokens", row.at("/output/usage/output_tokens"));
    flat.set("seconds", row.path(row.hasNonNull("working_time") ? "working_time" : "total_time"));
    flat.set("model", row.at("/output/model"));
    rewards(row.path("scores"), flat.putObject("rewards"));
    JsonNode tokens = choice.at("/logprobs/content");
    if (tokens.isArray()) {
      ObjectNode logP = flat.putObject("logprob");
      LogProbabilities.sum(tokens).ifPresent(sum -> logP.put("sum", sum));
      // As servers return them.
      logP.put("distribution", "raw").put("eos", "excluded").put("complete", true);
    }
    return flat;
  }

  private static void rewards(JsonNode scores, ObjectNode rewards) {
    scores.forEachEntry(
        (scorer, score) -> {
          JsonNode value = score.path("value");
          if (value.isObject()) {
            value.forEachEntry((part, one) -> put(rewards, scorer + "." + part, one));
          } else {
            put(rewards, scorer, value);
          }
        });
  }

  private static void put(ObjectNode rewards, String name, JsonNode value) {
    grade(value).ifPresent(grade -> rewards.put(name, grade));
  }

  /// Inspect's own numbers for correct, partly correct, incorrect and no answer. Another text is an
  /// answer, no score.
  private static OptionalDouble grade(JsonNode value) {
    return switch (value.isString() ? value.stringValue() : "") {
      case "C" -> OptionalDouble.of(1);
      case "P" -> OptionalDouble.of(0.5);
      case "I", "N" -> OptionalDouble.of(0);
      default ->
          value.isNumber() || value.isBoolean()
              ? Numbers.read(value, "score")
              : OptionalDouble.empty();
    };
  }
}
