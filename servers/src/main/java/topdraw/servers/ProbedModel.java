package topdraw.servers;

import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Prompt;
import topdraw.json.Json;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.Completion;
import topdraw.servers.probe.ProbedServer;
import topdraw.servers.probe.Question;

/// A model on a server as probes ask it: in the words in which it is drawn from.
///
/// @param server the server
record ProbedModel(ModelServer server) implements ProbedServer {

  @Override
  public List<Completion> answer(Question question) {
    return server.answer(question);
  }

  /// Only llama.cpp's server gives as many likeliest tokens as it is asked for.
  @Override
  public double[] vocabulary(String text) {
    int size = server.identity().vocabulary();
    if (server.identity().kind() != ServerKind.LLAMA_CPP || size == 0) return new double[0];
    ObjectNode question =
        Json.mapper()
            .createObjectNode()
            .put("prompt", text)
            .put("n_predict", 1)
            .put("n_probs", size)
            .put("temperature", 1)
            .put("top_k", 0)
            .put("top_p", 1)
            .put("min_p", 0)
            .put("seed", 1);
    try {
      JsonNode row =
          server
              .client()
              .post("/completion", question)
              .json()
              .at("/completion_probabilities/0/top_logprobs");
      return row.size() == size
          ? row.valueStream().mapToDouble(token -> token.path("logprob").asDouble(1)).toArray()
          : new double[0];
    } catch (ServerException e) {
      if (e.failure().unanswered()) throw e;
      return new double[0]; // a route that only some builds have, or an answer too long to read
    }
  }

  @Override
  public double statedMargin() {
    return server.identity().kind().margin(server.identity().vocabulary());
  }

  /// By the routes that show a template at work and count tokens, where there are such.
  @Override
  public OptionalInt promptTokens(Prompt prompt) {
    if (!(prompt instanceof Prompt.Chat chat)) return OptionalInt.empty();
    ObjectNode question = Json.mapper().createObjectNode();
    Wire.messages(chat, question);
    try {
      return switch (server.identity().kind()) {
        case LLAMA_CPP -> {
          JsonNode text = server.client().post("/apply-template", question).json().path("prompt");
          ObjectNode tokenize =
              Json.mapper()
                  .createObjectNode()
                  .put("content", text.asString(""))
                  .put("add_special", true)
                  .put("parse_special", true);
          yield count(server.client().post("/tokenize", tokenize).json().path("tokens"));
        }
        case VLLM ->
            count(
                server
                    .client()
                    .post(
                        "/tokenize",
                        question.put("model", server.model()).put("add_generation_prompt", true))
                    .json()
                    .path("tokens"));
        case SGLANG, OLLAMA, TRANSFORMERS, OPENAI, COMPATIBLE -> OptionalInt.empty();
      };
    } catch (ServerException e) {
      if (e.failure().unanswered()) throw e;
      return OptionalInt.empty();
    }
  }

  private static OptionalInt count(JsonNode tokens) {
    return tokens.isArray() ? OptionalInt.of(tokens.size()) : OptionalInt.empty();
  }
}
