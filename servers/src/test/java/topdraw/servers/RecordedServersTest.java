package topdraw.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Unproven;
import topdraw.draw.Outcome;
import topdraw.draw.Prompt;
import topdraw.draw.Tokens;
import topdraw.input.InputException;
import topdraw.json.Json;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;
import topdraw.reference.PolicyCatalog;
import topdraw.reference.PolicyContext;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Sampling;
import topdraw.servers.http.TestServer;
import topdraw.servers.probe.Completion;
import topdraw.servers.probe.LogProbabilitySemantics;
import topdraw.servers.probe.Worth;

/// Five servers as they answered, byte for byte, over a real socket: what each is taken for, what
/// is sent to it, and what the log-probability of a completion is worth.
@Timeout(60)
class RecordedServersTest {
  private static final Prompt COLOUR = Prompt.user("Name one colour. Answer with one word.");
  private static final Prompt FRANCE = new Prompt.Text("The capital of France is");
  private static final Sampling PLAIN = Sampling.plain(48);

  private static HttpPolicy open(TestServer server, String model, Sampling sampling)
      throws IOException {
    return (HttpPolicy)
        new PolicyCatalog()
            .open(
                "server:" + server.url(),
                new PolicyContext(
                    sampling,
                    7,
                    Map.of("model", model),
                    DownloadProgress.SILENT,
                    Surroundings.of(Map.of())));
  }

  private static double sum(JsonNode tokens) {
    double sum = 0;
    for (JsonNode token : tokens) sum += token.get("logprob").doubleValue();
    return sum;
  }

  private static JsonNode content(String name) {
    return Replay.json(name).at("/choices/0/logprobs/content");
  }

  /// With 24 tokens the trial at opening is drawn.
  private static boolean even(JsonNode body) {
    return body.at("/seed").asInt() % 2 == 0;
  }

  /// What probes ask beside first tokens.
  private static Optional<String> probed(JsonNode body) {
    if (body.toString().contains("Repeat exactly")) return Optional.of("10-emoji");
    return switch (body.at("/seed").asInt()) {
      case 7 -> Optional.of("02-chat-seed7");
      case 8 -> Optional.of("04-chat-seed8");
      default -> Optional.empty();
    };
  }

  private static TestServer llamaCpp(String chat) {
    return Replay.server(
        (asked, body) ->
            "llama.cpp-b11549/"
                + switch (asked.path()) {
                  case "/v1/models" -> "01-models";
                  case "/v1/completions" -> "17-completions";
                  case "/v1/chat/completions" ->
                      switch (body.path("max_tokens").asInt()) {
                        case 1 -> body.path("temperature").asDouble() == 2 ? "07-T2" : "06-T1";
                        case 24 -> even(body) ? "04-chat-seed8" : "02-chat-seed7";
                        default -> probed(body).orElse(chat);
                      };
                  default -> "26-notfound";
                });
  }

  @Test
  void llamaCppIsTooHighByAMarginThatIsTakenOff() throws IOException {
    try (TestServer server = llamaCpp("02-chat-seed7");
        HttpPolicy policy = open(server, "any-name", PLAIN)) {
      assertThat(policy.provenance().fingerprint())
          .containsEntry("server", "llama.cpp")
          .containsEntry("served-model", "SmolLM2-135M-Instruct.Q4_1.gguf")
          .containsEntry("model-ftype", "Q4_1")
          .containsEntry("answers-as", "SmolLM2-135M-Instruct.Q4_1.gguf b0-unknown")
          .containsEntry(
              "log-probabilities",
              "raw, end token in, tokens inside a character missing, with ids, 0.0005 nats a token"
                  + " taken off");
      Draw draw = policy.draw(COLOUR, 0, 1).getFirst();
      JsonNode tokens = content("llama.cpp-b11549/02-chat-seed7");
      assertThat(draw.text()).contains("pink lava is the only one that is available so far.");
      assertThat(draw.finish()).isEqualTo(FinishReason.STOP);
      assertThat(draw.logProbability())
          .isInstanceOfSatisfying(
              AtMost.class,
              bound -> {
                assertThat(bound.reason()).isEqualTo(new AtMost.Reason.Margin(5e-4));
                assertThat(bound.nats()).isCloseTo(sum(tokens) - 14 * 5e-4, within(1e-9));
              });
      assertThat(draw.tokens())
          .isInstanceOfSatisfying(
              Tokens.Ids.class,
              ids -> {
                assertThat(ids.ids()).hasSize(14).startsWith(96, 900, 20209).endsWith(2);
                assertThat(ids.logProbability(0))
                    .isCloseTo(draw.logProbability().floor(), within(1e-9));
              });
      assertThat(draw.outcome()).isInstanceOf(Outcome.Ids.class);
      assertThat(draw.origin().seed()).hasValueSatisfying(s -> assertThat(s).matches("[0-9]+"));
      JsonNode sent = lastSent(server);
      assertThat(sent.get("n").asInt()).isEqualTo(1);
      assertThat(sent.get("top_k").asInt()).isZero();
      assertThat(sent.get("min_p").asDouble()).isZero();
      assertThat(sent.get("seed").toString()).isEqualTo(draw.origin().seed().orElseThrow());
    }
  }

  private static JsonNode lastSent(TestServer server) {
    return Json.read(server.asked().getLast().body());
  }

  @Test
  void llamaCppContinuesATextOverARouteThatNobodyAskedAbout() throws IOException {
    try (TestServer server = llamaCpp("02-chat-seed7");
        HttpPolicy policy = open(server, "any", Sampling.plain(4))) {
      Draw draw = policy.draw(FRANCE, 0, 1).getFirst();
      assertThat(draw.text()).contains(" Paris. Humans can");
      assertThat(draw.finish().cut()).isTrue();
      assertThat(draw.logProbability())
          .isInstanceOfSatisfying(Unproven.class, told -> assertThat(told.nats()).isNegative());
      assertThat(lastSent(server).get("prompt").asString()).isEqualTo("The capital of France is");
    }
  }

  @Test
  void aPromptThatDoesNotFitIsRefusedAlone() throws IOException {
    try (TestServer server = llamaCpp("23-too-long");
        HttpPolicy policy = open(server, "any", PLAIN)) {
      assertThatThrownBy(() -> policy.draw(COLOUR, 0, 1))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("exceeds the available context size");
    }
  }

  private static TestServer vllm(String folder, String chat) {
    return Replay.server(
        (asked, body) ->
            switch (asked.path()) {
              case "/v1/models" -> "vllm-0.32.0/01-models";
              case "/version" -> "vllm-0.32.0/28-version";
              case "/v1/completions" -> "vllm-0.32.0/17-completions";
              case "/v1/chat/completions" ->
                  switch (body.path("max_tokens").asInt()) {
                    case 1 ->
                        folder
                            + (body.path("top_p").asDouble() == 0.5
                                ? "/08-topp05"
                                : body.path("temperature").asDouble() == 2 ? "/07-T2" : "/06-T1");
                    case 24 -> "vllm-0.32.0/" + (even(body) ? "04-chat-seed8" : "02-chat-seed7");
                    default -> probed(body).map(name -> "vllm-0.32.0/" + name).orElse(chat);
                  };
              default -> "vllm-0.32.0/26-notfound";
            });
  }

  @Test
  void vllmIsExactAtTemperatureOneAndAtMostWhereTokensAreCutOff() throws IOException {
    String chat = "vllm-0.32.0/02-chat-seed7";
    try (TestServer server = vllm("vllm-0.32.0", chat);
        HttpPolicy policy = open(server, "smollm2", PLAIN);
        HttpPolicy cutting = open(server, "smollm2", new Sampling(1, 0, 0.9, 0, 48))) {
      assertThat(policy.provenance().fingerprint())
          .containsEntry("server", "vLLM 0.32.0")
          .containsEntry("answers-as", "smollm2 vllm-0.32.0-bae64d49")
          .containsEntry(
              "log-probabilities", "raw, end token in, every other token in, without ids");
      Draw draw = policy.draw(COLOUR, 0, 1).getFirst();
      assertThat(draw.logProbability())
          .isInstanceOfSatisfying(
              AtMost.class,
              bound -> {
                // Nobody asked for ids when this was recorded.
                assertThat(bound.reason()).isEqualTo(new AtMost.Reason.Recorded());
                assertThat(bound.nats()).isCloseTo(sum(content(chat)), within(1e-9));
              });
      assertThat(draw.length()).hasValue(28);
      assertThat(lastSent(server).get("top_k").asInt()).isEqualTo(-1);
      assertThat(cutting.draw(COLOUR, 0, 1).getFirst().logProbability())
          .isInstanceOfSatisfying(
              AtMost.class,
              bound -> assertThat(bound.reason()).isEqualTo(new AtMost.Reason.Truncation()));
      Draw text = policy.draw(FRANCE, 0, 1).getFirst();
      assertThat(text.text()).contains(" Paris, the capital");
      assertThat(text.logProbability().recorded().orElseThrow())
          .isCloseTo(
              -0.25807321071624756 - 1.6584904193878174 - 2.17122220993042 - 0.16046081483364105,
              within(1e-9));
    }
  }

  @Test
  void vllmSettlesByAskingOfWhichDistributionItsLogProbabilitiesAre() throws IOException {
    Sampling hot = new Sampling(2, 0, 1, 0, 48);
    String chat = "vllm-0.32.0-processed/13-length";
    try (TestServer raw = vllm("vllm-0.32.0", chat);
        TestServer processed = vllm("vllm-0.32.0-processed", chat);
        HttpPolicy own = open(raw, "smollm2", hot);
        HttpPolicy drawn = open(processed, "smollm2", hot)) {
      assertThat(own.draw(COLOUR, 0, 1).getFirst().logProbability())
          .isInstanceOfSatisfying(
              Unproven.class,
              doubt -> assertThat(doubt.doubt()).isEqualTo(Doubt.OTHER_DISTRIBUTION));
      assertThat(drawn.semantics().words())
          .isEqualTo(
              "of the distribution sampled from, end token in, every other token in, without ids");
      assertThat(drawn.draw(COLOUR, 0, 1).getFirst().logProbability()).isInstanceOf(AtMost.class);
    }
  }

  /// A run that goes on holds to what it began with, and asks no more than whether it still is so.
  @Test
  void aRunThatGoesOnKeepsWhatItRecorded() throws IOException {
    String recorded =
        "raw, end token in, every other token in, with ids, 0.002 nats a token taken off";
    try (TestServer server = vllm("vllm-0.32.0", "vllm-0.32.0/02-chat-seed7");
        ReferencePolicy policy = goingOn(server, recorded)) {
      assertThat(policy.provenance().fingerprint()).containsEntry("log-probabilities", recorded);
      assertThat(server.asked().stream().filter(a -> a.path().endsWith("completions"))).hasSize(3);
    }
    try (TestServer server = vllm("vllm-0.32.0-processed", "vllm-0.32.0/02-chat-seed7")) {
      assertThatThrownBy(() -> goingOn(server, recorded))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(
              "were raw when the run began and are of the distribution sampled from now");
    }
  }

  private static ReferencePolicy goingOn(TestServer server, String recorded) throws IOException {
    return new PolicyCatalog()
        .open(
            "server:" + server.url(),
            new PolicyContext(
                PLAIN,
                7,
                Map.of("model", "smollm2", PolicyContext.LOG_PROBABILITIES, recorded),
                DownloadProgress.SILENT,
                Surroundings.of(Map.of())));
  }

  @Test
  void vllmSaysWhichModelsItHas() {
    try (TestServer server = vllm("vllm-0.32.0", "vllm-0.32.0/02-chat-seed7")) {
      assertThatThrownBy(() -> open(server, "nope", PLAIN))
          .isInstanceOf(InputException.class)
          .hasMessage(server.url() + " has no model \"nope\"; it has smollm2");
    }
  }

  @Test
  void ollamaHasNoEndTokenSoOnlyWhatIsCutIsProven() throws IOException {
    try (TestServer server =
            Replay.server(
                (asked, body) ->
                    "ollama-0.17.4/"
                        + switch (asked.path()) {
                          case "/v1/models" -> "01-models";
                          case "/api/chat" ->
                              body.at("/options/seed").asInt() % 2 == 0
                                  ? "50-api-chat"
                                  : "51-api-chat-seed9";
                          case "/api/generate" -> "53-api-generate-raw";
                          default -> "26-notfound";
                        });
        HttpPolicy policy = open(server, "smollm2", PLAIN)) {
      assertThat(policy.provenance().fingerprint())
          .containsEntry("server", "Ollama")
          .containsEntry(
              "log-probabilities",
              "raw, end token missing, every other token in, without ids, 0.001 nats a token taken off");
      JsonNode sent = lastSent(server);
      assertThat(sent.at("/options/top_k").asInt(-1)).isZero();
      assertThat(sent.at("/options/repeat_penalty").asInt()).isEqualTo(1);
      for (Draw draw : policy.draw(COLOUR, 0, 4)) {
        assertThat(draw.logProbability())
            .isInstanceOfSatisfying(
                Unproven.class, doubt -> assertThat(doubt.doubt()).isEqualTo(Doubt.NO_END_TOKEN));
        assertThat(draw.tokens()).isInstanceOf(Tokens.Count.class);
      }
      Draw text = policy.draw(FRANCE, 0, 1).getFirst();
      assertThat(text.logProbability())
          .isEqualTo(new Unproven(-6.141917705535889, Doubt.UNKNOWN_DISTRIBUTION));
      assertThat(lastSent(server).get("raw").asBoolean()).isTrue();
    }
  }

  /// It refuses two settings that are off, and then answers the same to every seed.
  @Test
  void transformersServeLearnsWhatItTakesAndIsFoundOutAsGreedy() {
    try (TestServer server =
        Replay.server(
            (asked, body) ->
                "transformers-serve-5.19.0/"
                    + (asked.path().equals("/v1/chat/completions")
                        ? body.has("top_k") || body.has("min_p") ? "02-chat-seed7" : "40-plain"
                        : "01-models"))) {
      assertThatThrownBy(() -> open(server, "m", PLAIN))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(
              "it gives one completion for 4 seeds at temperature 1: it does not sample");
      List<TestServer.Asked> chats =
          server.asked().stream().filter(a -> a.path().endsWith("completions")).toList();
      assertThat(chats.stream().filter(a -> a.body().contains("top_k"))).hasSize(1);
      assertThatThrownBy(() -> open(server, "m", new Sampling(1, 40, 1, 0, 48)))
          .isInstanceOf(InputException.class)
          .hasMessage(
              server.url()
                  + " takes no top_k, so it cannot draw with top_k 40; leave that out, or ask"
                  + " another server");
    }
  }

  @Test
  void entriesThatAreFewerThanTheTokensProveNothing() {
    Worth worth =
        Worth.of(
            LogProbabilitySemantics.read("raw, end token in, every other token in, without ids")
                .orElseThrow(),
            PLAIN);
    Wire vllm = new OpenAiWire(ServerKind.VLLM);
    Completion whole = vllm.read(Replay.json("vllm-0.32.0/10-emoji"));
    assertThat(worth.of(whole)).isInstanceOf(AtMost.class);
    Completion less =
        new Completion(
            whole.text(),
            whole.finish(),
            whole.entries().subList(0, 30),
            whole.ids(),
            whole.tokens(),
            whole.promptTokens(),
            false,
            whole.policy());
    assertThat(worth.of(less)).isEqualTo(LogProbability.missing());
    // Stopped by the end of its text, not by its end token: the same entries without the last.
    Completion stopped = vllm.read(Replay.json("vllm-0.32.0/02-chat-seed7"));
    Completion endless =
        new Completion(
            stopped.text(),
            stopped.finish(),
            stopped.entries().subList(0, 27),
            stopped.ids(),
            OptionalInt.of(27),
            stopped.promptTokens(),
            false,
            stopped.policy());
    assertThat(worth.of(stopped)).isInstanceOf(AtMost.class);
    assertThat(worth.of(endless)).isEqualTo(LogProbability.missing());
  }
}
