package topdraw.servers;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Prompt;
import topdraw.input.InputException;
import topdraw.json.Json;
import topdraw.reference.DrawFailedException;
import topdraw.reference.Sampling;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.Completion;
import topdraw.servers.probe.LogProbabilitySemantics;
import topdraw.servers.probe.Worth;

/// A model on a server that answers requests of others: what they ask goes on as it came, tools,
/// pictures and settings that only that server knows included. Only what makes an answer one
/// independent draw is set here: one choice, not streamed, a seed of its own, log-probabilities.
///
/// Settings that a request does not name are those of OpenAI's interface, temperature 1 and nothing
/// cut off, whatever the server's own defaults are. Where a request names what the server's
/// log-probabilities do not take into account, they prove nothing and say so
/// ([topdraw.draw.LogProbability]). Safe for many threads; each call blocks its own.
public final class Forwarding implements AutoCloseable {
  /// Fields that change what is drawn in a way that no server's raw log-probabilities show.
  private static final Set<String> ALTERING =
      Set.of(
          "logit_bias",
          "response_format",
          "tools",
          "functions",
          "guided_json",
          "guided_regex",
          "guided_choice",
          "guided_grammar",
          "grammar",
          "json_schema",
          "structured_outputs",
          "min_tokens",
          "ignore_eos",
          "bad_words",
          "prediction");

  /// What of a request is said anew, whatever it says.
  private static final List<String> OURS =
      List.of(
          "n",
          "best_of",
          "stream",
          "stream_options",
          "seed",
          "max_tokens",
          "max_completion_tokens");

  private static final Set<String> LOG_PROBABILITIES = Set.of("logprobs", "top_logprobs");

  private final ModelServer server;
  private final OpenAiWire wire;
  private final LogProbabilitySemantics semantics;

  private Forwarding(ModelServer server, LogProbabilitySemantics semantics) {
    this.server = server;
    this.semantics = semantics;
    wire = new OpenAiWire(server.identity().kind());
  }

  /// Looks at a server: what it is, which settings it takes, what its log-probabilities are of.
  ///
  /// @param client asks it; closed with this, or when it cannot be opened
  /// @param model the model's name there; may be left out where it has but one
  /// @return the server; the caller closes it
  /// @throws InputException if it has no such model, or draws nothing at random
  /// @throws DrawFailedException if it does not answer
  public static Forwarding open(ServerClient client, Optional<String> model) {
    try {
      Opening.Opened opened =
          Opening.of(client, model, Route.CHAT, Sampling.plain(16), Optional.empty());
      return new Forwarding(opened.server(), opened.semantics());
    } catch (ServerException e) {
      client.close();
      throw new DrawFailedException(e.failure().line());
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  /// The model's name there.
  ///
  /// @return the name
  public String model() {
    return server.model();
  }

  /// What its log-probabilities are, in one line.
  ///
  /// @return the line
  public String logProbabilities() {
    return semantics.words();
  }

  /// Whether it answers now: lists its models within seconds.
  ///
  /// @return true where it does
  public boolean answers() {
    try {
      ServerClient client = server.client();
      client.with(client.settings().once().within(client.settings().soon())).get("/v1/models");
      return true;
    } catch (ServerException e) {
      return e.failure().status() == 404; // answers, and lists nothing
    }
  }

  /// Draws one completion.
  ///
  /// @param prompt what is asked, as the question says it
  /// @param sampling how the question says that tokens are drawn
  /// @param question the caller's request; not changed
  /// @param seed the run's seed
  /// @param index which completion of it, from 0
  /// @return the completion
  /// @throws ServerException if the server gives none, saying why
  public Forwarded draw(
      Prompt prompt, Sampling sampling, ObjectNode question, long seed, int index) {
    int drawSeed = new DrawSeeds(seed, prompt.key()).of(index);
    JsonNode answer =
        server.ask(
            prompt,
            wire.route(prompt),
            wire.fields(prompt, sampling),
            fields -> filled(question, fields, drawSeed));
    Completion told = server.read(wire, answer);
    Worth plain = server.worth(semantics, sampling);
    Worth worth =
        new Worth(
            semantics,
            plain.temperature(),
            plain.truncated(),
            plain.altered() || altered(question));
    return new Forwarded(
        ModelServer.draw(told, index, drawSeed, worth),
        (ObjectNode) OpenAiWire.first(answer.path("choices")),
        told.promptTokens(),
        told.tokens());
  }

  /// The caller's request with what it leaves open.
  private ObjectNode filled(ObjectNode question, List<Field> fields, int seed) {
    // Its fields alone are changed, never what is in them: messages may be long.
    ObjectNode filled = Json.mapper().createObjectNode().setAll(question);
    OURS.forEach(filled::remove);
    filled.put("model", server.model());
    for (Field field : fields) {
      JsonNode told = filled.path(field.name());
      JsonNode ours = Json.mapper().valueToTree(field.value());
      if (told.isMissingNode() || told.isNull()) {
        filled.set(field.name(), ours);
      } else if (LOG_PROBABILITIES.contains(field.name())) {
        filled.set(field.name(), more(told, ours));
      }
    }
    return filled.put("seed", seed).put("stream", false);
  }

  /// A caller may ask for more log-probabilities than are needed here, not for fewer.
  private static JsonNode more(JsonNode told, JsonNode ours) {
    return told.isNumber() && ours.isNumber() && told.asDouble() > ours.asDouble() ? told : ours;
  }

  private static boolean altered(ObjectNode question) {
    return ALTERING.stream().anyMatch(name -> given(question.path(name)))
        || List.of("presence_penalty", "frequency_penalty").stream()
            .anyMatch(name -> question.path(name).asDouble(0) != 0)
        || question.path("repetition_penalty").asDouble(1) != 1
        || question.path("repeat_penalty").asDouble(1) != 1;
  }

  private static boolean given(JsonNode value) {
    boolean text = value.path("type").asString("").equals("text"); // of response_format
    return !(value.isMissingNode() || value.isNull() || (value.isContainer() && value.isEmpty()))
        && !text;
  }

  @Override
  public void close() {
    server.close();
  }
}
