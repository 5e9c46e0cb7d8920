package topdraw.servers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Origin;
import topdraw.draw.Outcome;
import topdraw.draw.Place;
import topdraw.draw.Prompt;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;
import topdraw.json.Json;
import topdraw.reference.PolicyContext;
import topdraw.reference.Sampling;
import topdraw.servers.http.Failure;
import topdraw.servers.http.Failure.Kind;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.Completion;
import topdraw.servers.probe.LogProbabilitySemantics;
import topdraw.servers.probe.Question;
import topdraw.servers.probe.Worth;

/// One model on one server. Safe for many threads; each call blocks its own.
final class ModelServer implements AutoCloseable {
  private final ServerClient client;
  private final ServerIdentity identity;
  private final String model;
  private final Route route;
  private final Wire wire;
  private final Taken chatTaken = new Taken();
  private final Taken textTaken = new Taken();

  /// @param client asks the server
  /// @param identity what it says it is
  /// @param model the model's name there
  /// @param route over which route it is drawn from, and probed
  ModelServer(ServerClient client, ServerIdentity identity, String model, Route route) {
    this.client = client;
    this.identity = identity;
    this.model = model;
    this.route = route;
    wire =
        identity.kind() == ServerKind.OLLAMA ? new OllamaWire() : new OpenAiWire(identity.kind());
  }

  ServerClient client() {
    return client;
  }

  ServerIdentity identity() {
    return identity;
  }

  String model() {
    return model;
  }

  Route route() {
    return route;
  }

  /// The settings that are sent over the route drawn from.
  List<Field> sent(Sampling sampling) {
    Prompt any = route.plain("any");
    return taken(any).of(wire.fields(any, sampling));
  }

  private Taken taken(Prompt prompt) {
    return taken(Route.of(prompt));
  }

  private Taken taken(Route over) {
    return switch (over) {
      case CHAT -> chatTaken;
      case TEXT -> textTaken;
    };
  }

  /// Draws one completion.
  ///
  /// @param prompt what is asked
  /// @param sampling how tokens are drawn
  /// @param seed the completion's seed
  /// @throws ServerException if the server gives none, saying why
  Completion draw(Prompt prompt, Sampling sampling, int seed) {
    return read(ask(prompt, seed, wire.fields(prompt, sampling)));
  }

  /// The completions that answer a probe's question.
  ///
  /// @throws ServerException if the server gives none, saying why
  List<Completion> answer(Question question) {
    List<Field> fields =
        wire.fields(question.prompt(), question.sampling()).stream()
            .map(field -> field.probing(question))
            .toList();
    JsonNode answer = ask(question.prompt(), question.seed(), fields);
    JsonNode choices = answer.path("choices");
    if (choices.size() < 2) return List.of(read(answer));
    return choices
        .valueStream()
        .map(
            choice -> {
              ObjectNode one = (ObjectNode) answer.deepCopy();
              one.putArray("choices").add(choice);
              return read(one);
            })
        .toList();
  }

  /// The question by which llama.cpp's server goes on from tokens, drawn from as completions are.
  ///
  /// @param context the tokens to continue
  /// @param sampling how tokens are drawn
  /// @param most the most tokens, whatever the sampling says
  /// @param seed the continuation's seed
  ObjectNode continuing(int[] context, Sampling sampling, int most, int seed) {
    ObjectNode question = Json.mapper().createObjectNode();
    question.set("prompt", Forcing.ids(context));
    for (Field field : sent(sampling)) {
      if (!Field.OF_A_COMPLETION.contains(field.name())) {
        question.set(field.name(), Json.mapper().valueToTree(field.value()));
      }
    }
    question.put("n_predict", most).put("n_probs", 1).put("seed", seed);
    return question.put("return_tokens", true).put("cache_prompt", true).put("stream", false);
  }

  private JsonNode ask(Prompt prompt, int seed, List<Field> all) {
    return ask(
        prompt, wire.route(prompt), all, fields -> wire.question(model, prompt, seed, fields));
  }

  /// Asks, and asks again without a setting that the server does not take.
  ///
  /// @param prompt what is asked
  /// @param path where
  /// @param all the settings to send
  /// @param question makes the body of those that are taken
  /// @throws ServerException if there is no answer that can be used
  JsonNode ask(
      Prompt prompt, String path, List<Field> all, Function<List<Field>, ObjectNode> question) {
    Taken taken = taken(prompt);
    while (true) {
      List<Field> fields = taken.of(all);
      try {
        return client.post(path, question.apply(fields)).json();
      } catch (ServerException e) {
        if (!learnt(e.failure(), taken, fields)) throw e;
      }
    }
  }

  private boolean learnt(Failure failure, Taken taken, List<Field> fields) {
    if (failure.kind() != Kind.REFUSED && failure.kind() != Kind.NOT_ALLOWED) return false;
    try {
      return taken.learn(failure.body(), fields);
    } catch (Taken.NeededException e) {
      throw new ServerException(
          new Failure(
              Kind.REFUSED,
              client.server() + " " + e.getMessage(),
              failure.status(),
              failure.body(),
              false,
              Optional.empty()));
    }
  }

  private Completion read(JsonNode answer) {
    return read(wire, answer);
  }

  /// Reads an answer.
  ///
  /// @param words in which words it is told
  /// @param answer the answer
  /// @throws ServerException if there is no whole completion in it
  Completion read(Wire words, JsonNode answer) {
    Completion told;
    try {
      told = words.read(answer);
    } catch (Wire.UnreadableAnswer e) {
      throw broken(" answers with " + e.getMessage());
    }
    if (told.finish().isEmpty()) throw broken(" broke off a completion");
    return told;
  }

  private ServerException broken(String what) {
    return new ServerException(
        new Failure(Kind.BROKEN, client.server() + what, 200, "", true, Optional.empty()));
  }

  /// A completion as a draw.
  static Draw draw(Completion told, int index, int seed, Worth worth) {
    LogProbability logProbability = worth.of(told);
    Tokens tokens = worth.tokens(told, logProbability);
    FinishReason finish = FinishReason.of(told.finish());
    Optional<String> text = Optional.of(told.text());
    Place place = Origin.JUST_DRAWN.place();
    return new Draw(
        index,
        Outcome.of(tokens, text, finish, place),
        text,
        tokens,
        logProbability,
        finish,
        Scores.none(),
        OptionalDouble.empty(),
        new Origin(told.policy(), Optional.of(Integer.toString(seed)), place));
  }

  /// What the log-probabilities of its draws are worth, with the settings that it did not take.
  Worth worth(LogProbabilitySemantics semantics, Sampling sampling) {
    boolean documented = identity.kind() == ServerKind.OPENAI;
    return new Worth(
        semantics,
        sampling.temperature(),
        sampling.truncates() || (!documented && refuses(Field.CUTS)),
        !identity.kind().settled() || (!documented && refuses(Field.PENALTIES)));
  }

  private boolean refuses(Set<String> names) {
    return taken(route).refuses(names);
  }

  /// What its probabilities depend on, as far as it says.
  Map<String, String> fingerprint(Sampling sampling, LogProbabilitySemantics semantics) {
    Map<String, String> fingerprint = new LinkedHashMap<>();
    fingerprint.put("server", identity.words());
    if (identity.kind() == ServerKind.LLAMA_CPP && identity.models().size() == 1) {
      fingerprint.put("served-model", identity.models().getFirst());
    }
    fingerprint.putAll(identity.facts());
    fingerprint.put(PolicyContext.LOG_PROBABILITIES, semantics.words());
    fingerprint.put("sent", Field.words(sent(sampling)));
    return fingerprint;
  }

  @Override
  public void close() {
    client.close();
  }
}
