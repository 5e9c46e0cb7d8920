package topdraw.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability.Exact;
import topdraw.draw.Tokens;
import topdraw.input.InputException;
import topdraw.json.Json;
import topdraw.provider.Surroundings;
import topdraw.reference.Continuation;
import topdraw.reference.DrawFailedException;
import topdraw.reference.Provenance;
import topdraw.reference.Sampling;
import topdraw.servers.http.AtOnce;
import topdraw.servers.http.ClientSettings;
import topdraw.servers.http.ServerAddress;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.TestServer;
import topdraw.servers.probe.LogProbabilitySemantics;
import topdraw.servers.probe.LogProbabilitySemantics.Distribution;
import topdraw.servers.probe.LogProbabilitySemantics.EndToken;
import topdraw.servers.probe.LogProbabilitySemantics.Terms;
import topdraw.servers.probe.Worth;

/// Blocks over a server in llama.cpp's words whose tokens, the end among them, are each as likely.
@Timeout(60)
class LlamaContinuationTest {
  private static final int TOKENS = 5;
  private static final int END = 4;
  private static final double EACH = Math.log(0.2);
  private static final Sampling SAMPLING = Sampling.plain(8);

  /// What goes wrong with a question that draws.
  private interface Fault {
    boolean happens(JsonNode asked, ObjectNode answer, TestServer.Wire wire) throws IOException;
  }

  private static TestServer server(Fault fault) {
    return TestServer.start(
        (asked, wire) -> {
          JsonNode body = Json.read(asked.body());
          switch (asked.path()) {
            case "/completion" -> {
              ObjectNode answer = completion(body);
              if (!fault.happens(body, answer, wire)) wire.json(answer.toString());
            }
            case "/detokenize" -> wire.json("{\"content\":\"text\"}");
            default -> wire.answer(404, "application/json", "{\"error\":\"no such route\"}");
          }
        });
  }

  private static ObjectNode completion(JsonNode body) {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom")
            .create(31L * body.path("seed").asLong() + body.path("prompt").hashCode());
    ObjectNode answer = Json.mapper().createObjectNode();
    ArrayNode ids = answer.putArray("tokens");
    ArrayNode entries = answer.putArray("completion_probabilities");
    answer.put("stop_type", "limit").putObject("timings").put("prompt_n", 2);
    JsonNode forced = body.at("/logit_bias/0/0");
    for (int i = 0; i < body.path("n_predict").asInt(); i++) {
      int id = forced.isInt() ? forced.asInt() : random.nextInt(TOKENS);
      ids.add(id);
      entries.addObject().put("id", id).put("logprob", EACH);
      if (id == END) {
        answer.put("stop_type", "eos");
        break;
      }
    }
    return answer;
  }

  private static Continuation begin(TestServer server, int n) {
    ServerClient client =
        ServerClient.of(
            ServerAddress.of(server.url()),
            Optional.empty(),
            ClientSettings.defaults().once(),
            Surroundings.of(Map.of()));
    ModelServer model =
        new ModelServer(
            client,
            new ServerIdentity(ServerKind.LLAMA_CPP, "", List.of(), 0, 0, Map.of()),
            "words",
            Route.CHAT);
    LogProbabilitySemantics semantics =
        new LogProbabilitySemantics(Distribution.RAW, EndToken.INCLUDED, Terms.ALL, true, false, 0);
    return new LlamaContinuation(
        model,
        new LlamaForcing(model),
        Worth.of(semantics, SAMPLING),
        new Provenance("words", Map.of(), SAMPLING, 7),
        new AtOnce(2),
        new LlamaContinuation.Start("sky", new int[] {10, 11}, n));
  }

  private static int[] ids(Draw draw) {
    return ((Tokens.Ids) draw.tokens()).ids();
  }

  private static void assertWhole(Draw draw) {
    assertThat(draw.logProbability())
        .isInstanceOfSatisfying(
            Exact.class,
            exact -> assertThat(exact.nats()).isCloseTo(ids(draw).length * EACH, within(1e-12)));
    boolean ended = ids(draw)[ids(draw).length - 1] == END;
    assertThat(draw.finish().cut()).isEqualTo(!ended);
  }

  @Test
  void everyBlockGoesOnFromWhatIsAcceptedUntilTheEndOrTheLimit() {
    Set<Integer> lengths = new HashSet<>();
    try (TestServer server = server((_, _, _) -> false)) {
      for (int keep = 0; keep < 4; keep++) {
        int[] accepted = {};
        try (Continuation text = begin(server, 4)) {
          while (!text.finished()) {
            List<Draw> candidates = text.draw(3, (_, _) -> {});
            int before = accepted.length;
            for (Draw draw : candidates) {
              assertWhole(draw);
              assertThat(Arrays.copyOf(ids(draw), before)).isEqualTo(accepted);
              assertThat(ids(draw).length).isBetween(before + 1, Math.min(8, before + 3));
            }
            accepted = ids(candidates.get(keep));
            text.accept(keep);
          }
          lengths.add(accepted.length);
          assertThat(accepted.length == 8 || accepted[accepted.length - 1] == END).isTrue();
        }
      }
      assertThat(lengths).hasSizeGreaterThan(1);
      // Every setting is sent, whatever the server's defaults.
      JsonNode sent = Json.read(server.asked().getFirst().body());
      assertThat(sent.path("prompt").toString()).isEqualTo("[10,11]");
      for (String field :
          List.of("temperature", "top_k", "top_p", "min_p", "samplers", "mirostat")) {
        assertThat(sent.has(field)).as(field).isTrue();
      }
      assertThat(sent.has("max_tokens") || sent.has("n")).isFalse();
    }
  }

  /// No two requests have one seed, and the first block has those of whole completions.
  @Test
  void candidatesHaveSeedsOfTheirOwn() {
    try (TestServer server = server((_, _, _) -> false);
        Continuation text = begin(server, 5)) {
      while (!text.finished()) {
        text.draw(1, (_, _) -> {});
        text.accept(0);
      }
      List<Integer> seeds =
          server.asked().stream()
              .filter(asked -> asked.path().equals("/completion"))
              .map(asked -> Json.read(asked.body()).path("seed").asInt())
              .toList();
      assertThat(seeds).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(5);
      DrawSeeds plain = new DrawSeeds(7, "sky");
      assertThat(seeds.subList(0, 5))
          .containsExactlyInAnyOrder(
              plain.of(0), plain.of(1), plain.of(2), plain.of(3), plain.of(4));
    }
  }

  /// A token that ends inside a character has no entry: each is asked for by itself.
  @Test
  void whatHasTooFewLogProbabilitiesIsAskedForTokenByToken() {
    try (TestServer server =
            server(
                (asked, answer, _) -> {
                  if (!asked.has("logit_bias")) {
                    ((ArrayNode) answer.get("completion_probabilities")).remove(0);
                  }
                  return false;
                });
        Continuation text = begin(server, 2)) {
      text.draw(3, (_, _) -> {}).forEach(LlamaContinuationTest::assertWhole);
    }
  }

  @Test
  void aRefusalIsOfThePromptAndWhatBreaksIsAFailure() {
    try (TestServer refusing =
            server(
                (_, _, wire) -> {
                  wire.answer(400, "application/json", "{\"error\":\"too long\"}");
                  return true;
                });
        TestServer failing =
            server(
                (_, _, wire) -> {
                  wire.answer(500, "text/plain", "out of memory");
                  return true;
                });
        TestServer empty =
            server(
                (_, answer, _) -> {
                  answer.putArray("tokens");
                  return false;
                })) {
      assertThatThrownBy(() -> begin(refusing, 2).draw(3, (_, _) -> {}))
          .isInstanceOf(InputException.class)
          .hasMessage("the server refuses the prompt: too long");
      assertThatThrownBy(() -> begin(failing, 2).draw(3, (_, _) -> {}))
          .isInstanceOf(DrawFailedException.class)
          .hasMessageContaining("out of memory");
      assertThatThrownBy(() -> begin(empty, 2).draw(3, (_, _) -> {}))
          .isInstanceOf(DrawFailedException.class)
          .hasMessageContaining("gives 0 tokens where it was asked for 1 to 3");
    }
  }

  @Test
  void aBlockIsAcceptedBeforeTheNextIsDrawn() {
    try (TestServer server = server((_, _, _) -> false)) {
      Continuation text = begin(server, 2);
      assertThatThrownBy(() -> text.accept(0)).isInstanceOf(IllegalStateException.class);
      text.draw(1, (_, _) -> {});
      assertThatThrownBy(() -> text.draw(1, (_, _) -> {}))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> text.accept(2)).isInstanceOf(IllegalArgumentException.class);
      text.close();
      assertThatThrownBy(() -> text.accept(0)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> begin(server, 0)).isInstanceOf(InputException.class);
    }
  }
}
