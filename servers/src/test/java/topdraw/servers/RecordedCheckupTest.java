package topdraw.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import topdraw.provider.Surroundings;
import topdraw.reference.Sampling;
import topdraw.servers.http.ClientSettings;
import topdraw.servers.http.ServerAddress;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.TestServer;
import topdraw.servers.probe.Bounds;
import topdraw.servers.probe.Checkup;
import topdraw.servers.probe.Heeded;
import topdraw.servers.probe.LogProbabilitySemantics;
import topdraw.servers.probe.LogProbabilitySemantics.Distribution;
import topdraw.servers.probe.LogProbabilitySemantics.EndToken;
import topdraw.servers.probe.LogProbabilitySemantics.Terms;

/// Five kinds of server as they answered, byte for byte, over a real socket: each gets its own
/// verdict. A question gets the answer that was recorded to the same question; what was never asked
/// there is refused.
@Timeout(60)
class RecordedCheckupTest {
  private static final String COLOUR = "Name one colour. Answer with one word.";
  private static final Sampling PLAIN = Sampling.plain(48);
  private static final Sampling WARM = new Sampling(1.5, 0, 1, 0, 48);
  private static final Sampling CUT = new Sampling(1, 0, 0.9, 0, 48);

  /// What decides the answer to a question.
  private static final List<String> DECIDING =
      List.of("messages", "temperature", "top_p", "seed", "max_tokens");

  /// Answers from folders, the first that has the answer.
  private static TestServer recorded(String... folders) {
    Set<String> asked = ConcurrentHashMap.newKeySet();
    return TestServer.start(
        (question, wire) -> {
          Optional<String> answer =
              switch (question.path()) {
                case "/v1/models" -> Optional.of("01-models");
                case "/version" -> Optional.of("28-version");
                case "/v1/chat/completions" -> Optional.of(name(Replay.body(question), asked));
                default -> Optional.empty();
              };
          for (String folder : folders) {
            String name = folder + "/" + answer.orElse("26-notfound");
            if (Replay.has(name, "response")) {
              if (question.path().contains("chat")) requireSame(name, Replay.body(question));
              wire.raw(Replay.bytes(name));
              return;
            }
          }
          wire.answer(404, "application/json", "{\"error\":\"never asked\"}");
        });
  }

  /// The name under which a question was recorded.
  private static String name(JsonNode body, Set<String> asked) {
    if (body.toString().contains("Repeat exactly")) return "10-emoji";
    if (!body.toString().contains(COLOUR)) return "never";
    if (body.path("max_tokens").asInt() == 1) {
      return body.path("top_p").asDouble() == 0.5
          ? "08-topp05"
          : body.path("temperature").asDouble() == 2 ? "07-T2" : "06-T1";
    }
    if (body.path("n").asInt(1) == 2) return "05-chat-n2";
    return switch (body.path("seed").asInt()) {
      case 7 -> asked.add("seed 7") ? "02-chat-seed7" : "03-chat-seed7-again";
      case 8 -> "04-chat-seed8";
      default -> "never";
    };
  }

  private static void requireSame(String name, JsonNode body) {
    JsonNode recorded = Replay.request(name);
    for (String field : DECIDING) {
      JsonNode was = recorded.path(field);
      JsonNode is = body.path(field);
      boolean same = was.isNumber() ? was.asDouble() == is.asDouble(Double.NaN) : was.equals(is);
      if (!same) throw new AssertionError(name + " was asked with another " + field + ": " + is);
    }
  }

  private static ServerClient client(TestServer server) {
    return ServerClient.of(
        ServerAddress.of(server.url()),
        Optional.empty(),
        ClientSettings.defaults().once(),
        Surroundings.of(Map.of()));
  }

  private static ServerCheckup checkup(TestServer server, String model) {
    try (ServerClient client = client(server)) {
      return ServerCheckup.of(client, Optional.of(model), Route.CHAT);
    }
  }

  @Test
  void llamaCppIsConservativeWithAMargin() {
    try (TestServer server = recorded("llama.cpp-b11549")) {
      ServerCheckup found = checkup(server, "smollm");
      assertThat(found.checkup().semantics())
          .isEqualTo(
              new LogProbabilitySemantics(
                  Distribution.RAW, EndToken.INCLUDED, Terms.WHOLE_CHARACTERS, true, false, 5e-4));
      assertThat(found.bounds(PLAIN).words())
          .startsWith("conservative, with a margin of 0.0005 nats a token");
      assertThat(found.bounds(WARM).proves()).isFalse();
      Checkup checkup = found.checkup();
      assertThat(List.of(checkup.seed(), checkup.choices(), checkup.maxTokens()))
          .containsOnly(Heeded.YES);
      assertThat(checkup.template().tokens()).hasValue(39);
      // Seven questions, one of them for two; the vocabulary was never recorded.
      assertThat(checkup.requests()).isEqualTo(8);
      assertThat(checkup.evidence())
          .contains("asked for n = 2 it gives 2, those of the seed and of the next")
          .anyMatch(seen -> seen.startsWith("30 log-probabilities for 40 tokens"));
    }
  }

  @Test
  void vllmTellsTheModelsOwn() {
    try (TestServer server = recorded("vllm-0.32.0")) {
      ServerCheckup found = checkup(server, "smollm2");
      // Nobody asked for ids when this was recorded.
      assertThat(found.checkup().semantics())
          .isEqualTo(
              new LogProbabilitySemantics(
                  Distribution.RAW, EndToken.INCLUDED, Terms.ALL, false, false, 0));
      assertThat(found.identity().words()).isEqualTo("vLLM 0.32.0");
      assertThat(found.bounds(PLAIN).words()).startsWith("conservative, since it tells no ids");
      assertThat(found.bounds(CUT).words()).startsWith("conservative, since unlikely tokens");
      assertThat(found.bounds(WARM).proves()).isFalse();
      assertThat(found.checkup().choices()).isEqualTo(Heeded.YES);
    }
  }

  /// Its first tokens alone were recorded. At temperature 1, nothing cut off, its numbers are those
  /// of the other mode, to the bit: the same completions stand in.
  @Test
  void vllmWithProcessedLogProbabilitiesTellsThoseSampledFrom() {
    String logprobs = "/choices/0/logprobs";
    assertThat(Replay.json("vllm-0.32.0-processed/13-length").at(logprobs))
        .isEqualTo(Replay.json("vllm-0.32.0/13-length").at(logprobs));
    try (TestServer server = recorded("vllm-0.32.0-processed", "vllm-0.32.0")) {
      ServerCheckup found = checkup(server, "smollm2");
      assertThat(found.checkup().semantics())
          .isEqualTo(
              new LogProbabilitySemantics(
                  Distribution.POLICY, EndToken.INCLUDED, Terms.ALL, false, false, 0));
      for (Sampling sampling : List.of(PLAIN, WARM, CUT)) {
        assertThat(found.bounds(sampling).words())
            .startsWith("conservative, since it tells no ids");
      }
    }
  }

  /// As somebody's proxy would pass it on: by the routes after OpenAI's, under no name of its own.
  @Test
  void ollamaHasNoEndToken() {
    try (TestServer server = recorded("ollama-0.17.4");
        ServerClient client = client(server)) {
      ModelServer unnamed =
          new ModelServer(
              client,
              new ServerIdentity(ServerKind.COMPATIBLE, "", List.of(), 0, 0, Map.of()),
              "smollm2",
              Route.CHAT);
      Checkup checkup = Checkup.of(new ProbedModel(unnamed));
      assertThat(checkup.semantics())
          .isEqualTo(
              new LogProbabilitySemantics(
                  Distribution.RAW, EndToken.EXCLUDED, Terms.ALL, false, false, 1e-3));
      assertThat(checkup.choices()).isEqualTo(Heeded.NO);
      assertThat(checkup.seed()).isEqualTo(Heeded.YES);
      assertThat(checkup.greedy()).isFalse();
      // The file's own template makes 39 tokens of it.
      assertThat(checkup.template().tokens()).hasValue(18);
      ModelServer named =
          new ModelServer(
              client,
              new ServerIdentity(ServerKind.OLLAMA, "", List.of(), 0, 0, Map.of()),
              "smollm2",
              Route.CHAT);
      assertThat(Bounds.of(named.worth(checkup.semantics(), PLAIN)).words())
          .contains("because the end token has no log-probability");
      assertThat(Bounds.of(unnamed.worth(checkup.semantics(), PLAIN)).words())
          .contains("because penalties may act by its defaults");
    }
  }

  /// It refuses what it does not know, then answers alike whatever the seed. Other prompts than one
  /// were never asked: what it said to that one stands for them.
  @Test
  void transformersServeDoesNotSample() {
    String folder = "transformers-serve-5.19.0/";
    Set<String> asked = new HashSet<>();
    try (TestServer server =
        TestServer.start(
            (question, wire) -> {
              JsonNode body = Replay.body(question);
              String name =
                  !question.path().contains("chat")
                      ? "01-models"
                      : body.has("top_k")
                          ? "02-chat-seed7"
                          : body.path("n").asInt(1) == 2
                              ? "42-n2"
                              : switch (body.path("seed").asInt()) {
                                case 7 -> asked.add("seed 7") ? "41-logprobs" : "40b-again";
                                case 8 -> "44-seed-n";
                                default -> "40-plain";
                              };
              wire.raw(Replay.bytes(folder + name));
            })) {
      ServerCheckup found = checkup(server, "m");
      assertThat(found.checkup().greedy()).isTrue();
      assertThat(found.checkup().semantics().terms()).isEqualTo(Terms.NONE);
      assertThat(found.checkup().semantics().distribution()).isEqualTo(Distribution.UNKNOWN);
      assertThat(found.checkup().choices()).isEqualTo(Heeded.NO);
      assertThat(found.bounds(PLAIN).words())
          .startsWith("none, not even the theorem that counts draws: it gives one completion for");
    }
  }
}
