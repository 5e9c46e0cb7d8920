package topdraw.servers;

import java.util.Arrays;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Prompt;
import topdraw.json.Json;

/// llama.cpp's server by teacher forcing, which it has no route for: one request a token, whose
/// logit is raised until it must be drawn. The log-probabilities told are the model's own, whatever
/// was raised, and the prompt is in the server's cache from the second on.
final class LlamaForcing implements Forcing {
  /// More than any logit is below the largest.
  private static final int CERTAIN = 200;

  private final ModelServer server;

  /// @param server the server
  LlamaForcing(ModelServer server) {
    this.server = server;
  }

  @Override
  public int[] prompt(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Chat chat -> {
        ObjectNode question = Json.mapper().createObjectNode();
        Wire.messages(chat, question);
        yield tokens(post("/apply-template", question).path("prompt").asString(""), true);
      }
      case Prompt.Text(String text) -> tokens(text, true);
    };
  }

  @Override
  public int[] text(String text) {
    return tokens(text, false);
  }

  private int[] tokens(String text, boolean special) {
    ObjectNode question = Json.mapper().createObjectNode().put("content", text);
    question.put("add_special", special).put("parse_special", special);
    return Forcing.ids(post("/tokenize", question).path("tokens"));
  }

  @Override
  public String spelled(int[] ids) {
    ObjectNode question = Json.mapper().createObjectNode();
    question.set("tokens", Forcing.ids(ids));
    return post("/detokenize", question).path("content").asString("");
  }

  @Override
  public double[] terms(int[] prompt, int[] completion) {
    int[] context = Arrays.copyOf(prompt, prompt.length + completion.length);
    System.arraycopy(completion, 0, context, prompt.length, completion.length);
    return IntStream.range(0, completion.length)
        .mapToDouble(i -> term(Arrays.copyOf(context, prompt.length + i), completion[i]))
        .toArray();
  }

  private double term(int[] context, int id) {
    JsonNode drawn = next(context, id, 1);
    if (drawn.path("id").asInt(-1) == id) return nats(drawn);
    // A token that ends inside a character is told nowhere but among all others of its place.
    for (JsonNode token :
        next(context, whole(), server.identity().vocabulary()).path("top_logprobs")) {
      if (token.path("id").asInt(-1) == id) return nats(token);
    }
    return Double.NaN;
  }

  /// Some token that is a whole character.
  private int whole() {
    return text("a")[0];
  }

  private JsonNode next(int[] context, int forced, int told) {
    ObjectNode question = Json.mapper().createObjectNode();
    question.set("prompt", Forcing.ids(context));
    question.put("n_predict", 1).put("n_probs", Math.max(1, told)).put("seed", 1);
    question.put("temperature", 1).put("top_k", 0).put("top_p", 1).put("min_p", 0);
    ArrayNode raised = question.putArray("logit_bias").addArray();
    raised.add(forced).add(CERTAIN);
    question.put("return_tokens", true).put("cache_prompt", true).put("stream", false);
    return post("/completion", question).path("completion_probabilities").path(0);
  }

  private static double nats(JsonNode token) {
    return token.path("logprob").asDouble(Double.NaN);
  }

  private JsonNode post(String route, ObjectNode question) {
    return server.client().post(route, question).json();
  }
}
