package topdraw.servers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Prompt;
import topdraw.json.Json;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.Completion;
import topdraw.servers.probe.ProbedServer;
import topdraw.servers.probe.Question;

/// A model on a server as probes ask it: over the route and in the words in which it is drawn from.
final class ProbedModel implements ProbedServer {
  private final ModelServer server;
  private final Map<Prompt, Prompt> texts = new HashMap<>();

  /// @param server the server
  ProbedModel(ModelServer server) {
    this.server = server;
  }

  @Override
  public List<Completion> answer(Question question) {
    return server.answer(question.to(asked(question.prompt())));
  }

  /// A probe's instruction over the route. A text that goes on a conversation ends as an answer
  /// does, so it is the chat template's where the server shows that.
  Prompt asked(Prompt instruction) {
    return server.route() == Route.CHAT
        ? instruction
        : texts.computeIfAbsent(
            instruction,
            asked ->
                new Prompt.Text(
                    templated(asked)
                        .filter(text -> !text.isEmpty())
                        .orElse("Question: " + asked.display() + "\nAnswer:")));
  }

  private Optional<String> templated(Prompt instruction) {
    if (!(instruction instanceof Prompt.Chat chat)) return Optional.empty();
    ObjectNode question = Json.mapper().createObjectNode();
    Wire.messages(chat, question);
    try {
      return switch (server.identity().kind()) {
        case LLAMA_CPP -> post("/apply-template", question).path("prompt").asStringOpt();
        case VLLM -> {
          ObjectNode ids = model();
          ids.set("tokens", tokens(chat));
          yield post("/detokenize", ids).path("prompt").asStringOpt();
        }
        case SGLANG, OLLAMA, TRANSFORMERS, OPENAI, COMPATIBLE -> Optional.empty();
      };
    } catch (ServerException e) {
      if (e.failure().unanswered()) throw e;
      return Optional.empty();
    }
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
      JsonNode row = post("/completion", question).at("/completion_probabilities/0/top_logprobs");
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

  @Override
  public boolean templates() {
    return server.route() == Route.CHAT;
  }

  /// By the routes that show a template at work and count tokens, where there are such.
  @Override
  public OptionalInt promptTokens(Prompt prompt) {
    try {
      JsonNode tokens = tokens(asked(prompt));
      return tokens.isArray() ? OptionalInt.of(tokens.size()) : OptionalInt.empty();
    } catch (ServerException e) {
      if (e.failure().unanswered()) throw e;
      return OptionalInt.empty();
    }
  }

  private JsonNode tokens(Prompt prompt) {
    return switch (server.identity().kind()) {
      case LLAMA_CPP -> {
        String text =
            switch (prompt) {
              case Prompt.Chat chat -> templated(chat).orElse("");
              case Prompt.Text(String plain) -> plain;
            };
        ObjectNode question = Json.mapper().createObjectNode().put("content", text);
        question.put("add_special", true).put("parse_special", true);
        yield post("/tokenize", question).path("tokens");
      }
      case VLLM -> {
        ObjectNode question = model();
        switch (prompt) {
          case Prompt.Chat chat -> {
            Wire.messages(chat, question);
            question.put("add_generation_prompt", true);
          }
          case Prompt.Text(String plain) -> question.put("prompt", plain);
        }
        yield post("/tokenize", question).path("tokens");
      }
      case SGLANG, OLLAMA, TRANSFORMERS, OPENAI, COMPATIBLE -> Json.mapper().missingNode();
    };
  }

  private ObjectNode model() {
    return Json.mapper().createObjectNode().put("model", server.model());
  }

  private JsonNode post(String route, ObjectNode question) {
    return server.client().post(route, question).json();
  }
}
