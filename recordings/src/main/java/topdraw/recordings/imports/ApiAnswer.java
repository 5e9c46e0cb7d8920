package topdraw.recordings.imports;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.path.RowPath;
import topdraw.recordings.row.LogProbabilities;
import topdraw.recordings.row.Numbers;

/// Rows that hold what an OpenAI-compatible server answered: a line of a batch's output file
/// (`custom_id`, `response`, `error`), or one answer beside other columns. They are brought into
/// columns: `completion`, `finish_reason`, `completion_tokens`, `logprob`, `model`.
///
/// Servers return log-probabilities of the raw distribution and no end token's, so the sums are
/// marked as such.
final class ApiAnswer {
  private static final List<RowPath> ANSWER =
      List.of(RowPath.of("response.body"), RowPath.of("response"), RowPath.of("completion"));

  private ApiAnswer() {}

  /// The row itself where it holds no such answer.
  ///
  /// @throws InputException if the request failed, or is all there is
  static JsonNode flat(JsonNode row) {
    if (row.has(Columns.REQUEST_NAME)) {
      requireAnswer(row);
    }
    for (RowPath path : ANSWER) {
      JsonNode body = path.at(row);
      if (body != null && choices(body)) {
        return flat(row, body);
      }
    }
    return choices(row) ? flat(row, row) : row;
  }

  private static void requireAnswer(JsonNode row) {
    if (row.has("body") && row.has("url")) {
      throw new InputException(
          Problem.MALFORMED, "a batch request holds no completion; give the batch's output file");
    }
    JsonNode error = row.hasNonNull("error") ? row.get("error") : row.at("/response/body/error");
    if (error.isContainer() || error.isString()) {
      throw new PassedOver(
          "the request failed: " + Numbers.cut(error.path("message").asString(error.toString())));
    }
  }

  /// Choices of a server, not those of a multiple-choice question.
  private static boolean choices(JsonNode body) {
    JsonNode first = body.path("choices").path(0);
    return first.has("message") || (first.has("text") && first.has("finish_reason"));
  }

  /// A text, or the message where it calls tools.
  private static JsonNode completion(JsonNode choice) {
    JsonNode message = choice.path("message");
    if (message.path("tool_calls").isArray() && !message.path("tool_calls").isEmpty()) {
      return Json.mapper().createArrayNode().add(message);
    }
    return choice.has("message") ? message.path("content") : choice.get("text");
  }

  private static JsonNode flat(JsonNode row, JsonNode body) {
    JsonNode choices = body.get("choices");
    ObjectNode flat = Json.mapper().createObjectNode();
    row.forEachEntry(flat::set);
    flat.remove(List.of("response", "choices"));
    ArrayNode completions = flat.putArray("completion");
    ArrayNode finish = flat.putArray("finish_reason");
    ArrayNode lengths = flat.putArray("completion_tokens");
    ObjectNode logP = flat.putObject("logprob");
    ArrayNode sums = logP.putArray("sum");
    for (JsonNode choice : choices) {
      completions.add(completion(choice));
      finish.add(choice.path("finish_reason"));
      JsonNode tokens = choice.at("/logprobs/content");
      LogProbabilities.sum(tokens.isArray() ? tokens : null)
          .ifPresentOrElse(sums::add, sums::addNull);
      // The usage is that of all choices together.
      JsonNode used = body.at("/usage/completion_tokens");
      lengths.add(choices.size() == 1 && used.isNumber() ? used : NullNode.instance);
    }
    logP.put("distribution", "raw").put("eos", "excluded").put("complete", true);
    for (String name : List.of("model", "system_fingerprint")) {
      if (body.hasNonNull(name)) {
        flat.set(name, body.get(name));
      }
    }
    return flat;
  }
}
