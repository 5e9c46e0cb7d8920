package topdraw.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Exact;
import topdraw.draw.LogProbability.Unproven;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Tokens;
import topdraw.input.InputException;
import topdraw.json.Json;
import topdraw.provider.Surroundings;
import topdraw.reference.DrawFailedException;
import topdraw.reference.Provenance;
import topdraw.reference.Rescored;
import topdraw.reference.Rescored.Reason;
import topdraw.reference.Sampling;
import topdraw.servers.http.ClientSettings;
import topdraw.servers.http.ServerAddress;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.TestServer;

/// What a server says of completions that are there, where every token of every completion has
/// probability 0.2, the end among them.
@Timeout(60)
class ServerSecondPassTest {
  private static final Prompt SKY = Prompt.user("What colour is the sky?");
  private static final Sampling PLAIN = Sampling.plain(12);

  private static ServerClient client(String url) {
    return ServerClient.of(
        ServerAddress.of(url),
        Optional.empty(),
        ClientSettings.defaults().once(),
        Surroundings.of(Map.of()));
  }

  private static HttpPolicy policy(WordServer server, Sampling sampling) {
    return HttpPolicy.open(
        List.of(client(server.url())),
        Route.CHAT,
        Optional.empty(),
        sampling,
        7,
        Optional.of(2),
        Optional.empty());
  }

  private static ServerSecondPass pass(String url, Optional<Provenance> drawn) {
    return ServerSecondPass.open(client(url), Optional.empty(), Route.CHAT, drawn, Optional.of(3));
  }

  private static PromptDraws prompt(List<Draw> draws) {
    return new PromptDraws("sky", Optional.of(SKY), draws);
  }

  private static Draw told(String text, String finish) {
    return Draw.of(0, text, Tokens.unknown(), LogProbability.missing(), FinishReason.of(finish));
  }

  private static Reason left(Rescored said) {
    return ((Rescored.Not) said).why();
  }

  @Test
  void theTokensThatItDrewHaveWhatItSaidWhenItDrewThem() {
    try (WordServer server = WordServer.start();
        HttpPolicy policy = policy(server, PLAIN)) {
      List<Draw> draws = policy.draw(SKY, 0, 60);
      assertThat(draws).anyMatch(draw -> draw.finish().cut());
      try (ServerSecondPass pass = pass(server.url(), Optional.of(policy.provenance()))) {
        assertThat(pass.caveat()).isEmpty();
        List<Rescored> said = pass.of(prompt(draws));
        for (int i = 0; i < draws.size(); i++) {
          double drawn = draws.get(i).logProbability().floor();
          assertThat(said.get(i))
              .isInstanceOfSatisfying(
                  Rescored.Told.class,
                  told -> {
                    assertThat(told.logProbability()).isInstanceOf(Exact.class);
                    assertThat(told.logProbability().floor()).isCloseTo(drawn, within(1e-12));
                  });
        }
      }
    }
  }

  @Test
  void aTextIsAtLeastAsLikelyAsTheTokensThatSpellItAndItsEnd() {
    try (WordServer server = WordServer.start();
        HttpPolicy policy = policy(server, PLAIN);
        ServerSecondPass pass = pass(server.url(), Optional.of(policy.provenance()))) {
      Rescored.Told told =
          (Rescored.Told) pass.of(prompt(List.of(told("red green blue", "stop")))).getFirst();
      assertThat(told.tokens()).isEqualTo(4);
      assertThat(told.logProbability())
          .isInstanceOfSatisfying(
              AtMost.class,
              bound -> {
                assertThat(bound.reason()).isEqualTo(new AtMost.Reason.Recorded());
                assertThat(bound.nats()).isCloseTo(4 * Math.log(0.2), within(1e-12));
              });
    }
  }

  @Test
  void whatCannotBeScoredSaysWhy() {
    Draw textless =
        new Draw(
            0,
            told("x", "stop").outcome(),
            Optional.empty(),
            Tokens.unknown(),
            LogProbability.missing(),
            FinishReason.STOP,
            told("x", "stop").scores(),
            told("x", "stop").seconds(),
            told("x", "stop").origin());
    String long12 = "red" + " green".repeat(11);
    try (WordServer server = WordServer.start();
        HttpPolicy policy = policy(server, PLAIN);
        ServerSecondPass pass = pass(server.url(), Optional.of(policy.provenance()))) {
      assertThat(
              pass
                  .of(
                      prompt(
                          List.of(
                              textless,
                              told("red", "length"),
                              told("red", "tool_calls"),
                              told("purple", "stop"),
                              told(long12, "stop"))))
                  .stream()
                  .map(ServerSecondPassTest::left))
          .containsExactly(
              Reason.NO_TEXT,
              Reason.CUT,
              Reason.OTHER_END,
              Reason.OTHER_TOKENS,
              // with its end 13 tokens, and 12 was the limit
              Reason.OTHER_TOKENS);
      assertThat(
              left(
                  pass.of(new PromptDraws("?", Optional.empty(), List.of(told("red", "stop"))))
                      .getFirst()))
          .isEqualTo(Reason.NO_PROMPT);
    }
  }

  @Test
  void ofAnotherPolicyNothingIsProven() {
    try (WordServer server = WordServer.start();
        HttpPolicy policy = policy(server, PLAIN)) {
      Provenance drawn = policy.provenance();
      Provenance other =
          new Provenance("elsewhere", drawn.fingerprint(), drawn.sampling(), drawn.seed());
      for (Optional<Provenance> what : List.of(Optional.of(other), Optional.<Provenance>empty())) {
        try (ServerSecondPass pass = pass(server.url(), what)) {
          assertThat(pass.caveat().orElseThrow())
              .contains(
                  what.isPresent() ? "model was elsewhere and is words" : "nothing says what drew");
          Rescored.Told told =
              (Rescored.Told) pass.of(prompt(List.of(told("red green", "stop")))).getFirst();
          assertThat(told.logProbability())
              .isInstanceOfSatisfying(
                  Unproven.class,
                  unproven -> {
                    assertThat(unproven.doubt()).isEqualTo(Doubt.UNKNOWN_DISTRIBUTION);
                    assertThat(unproven.nats()).isCloseTo(3 * Math.log(0.2), within(1e-12));
                  });
        }
      }
    }
  }

  /// The numbers are at temperature 1 and before anything is cut off.
  @Test
  void howWasDrawnDecidesWhatTheNumbersAreWorth() {
    Sampling warm = new Sampling(2, 0, 1, 0, 12);
    Sampling cut = new Sampling(1, 0, 0.9, 0, 12);
    for (Sampling sampling : List.of(warm, cut)) {
      try (WordServer server = WordServer.start();
          HttpPolicy policy = policy(server, sampling);
          ServerSecondPass pass = pass(server.url(), Optional.of(policy.provenance()))) {
        assertThat(pass.caveat()).isEmpty();
        Draw drawn = policy.draw(SKY, 0, 1).getFirst();
        List<LogProbability> said =
            pass.of(prompt(List.of(drawn, told("red", "stop")))).stream()
                .map(each -> ((Rescored.Told) each).logProbability())
                .toList();
        if (sampling == warm) {
          assertThat(said)
              .allMatch(
                  each ->
                      each instanceof Unproven(double _, Doubt doubt)
                          && doubt == Doubt.OTHER_DISTRIBUTION);
        } else {
          assertThat(said.getFirst())
              .isInstanceOfSatisfying(
                  AtMost.class,
                  bound -> assertThat(bound.reason()).isEqualTo(new AtMost.Reason.Truncation()));
          // What was cut off may be just these tokens.
          assertThat(said.getLast()).isInstanceOf(Unproven.class);
        }
      }
    }
  }

  @Test
  void aServerThatDoesNotSayOfGivenTokensWhatItSaidOfDrawnOnesIsRefused() {
    try (WordServer server =
        WordServer.start(
            "words",
            (number, body, wire) -> {
              if (!body.has("prompt_logprobs")) return false;
              wire.json("{\"choices\":[{\"text\":\"\",\"prompt_logprobs\":[]}]}");
              return true;
            })) {
      assertThatThrownBy(() -> pass(server.url(), Optional.empty()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("says of given tokens what it did not say when it drew them");
    }
  }

  @Test
  void aRefusalIsOfItsCompletionAndADeadServerEndsThePass() {
    boolean[] dead = {false};
    try (WordServer server =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  if (dead[0]) {
                    wire.answer(500, "text/plain", "out of memory");
                    return true;
                  }
                  if (!body.path("prompt").toString().equals("[1000,0,2,4]")) return false;
                  wire.answer(400, "application/json", "{\"error\":\"too long\"}");
                  return true;
                });
        HttpPolicy policy = policy(server, PLAIN);
        ServerSecondPass pass = pass(server.url(), Optional.of(policy.provenance()))) {
      List<Draw> draws = List.of(told("red", "stop"), told("red blue", "stop"));
      List<Rescored> said = pass.of(prompt(draws));
      assertThat(said.getFirst()).isInstanceOf(Rescored.Told.class);
      assertThat(left(said.getLast())).isEqualTo(Reason.REFUSED);
      dead[0] = true;
      assertThatThrownBy(() -> pass.of(prompt(draws)))
          .isInstanceOf(DrawFailedException.class)
          .hasMessageContaining("out of memory");
    }
  }

  @Test
  void aServerThatOnlyDrawsIsRefusedInOneLine() {
    try (TestServer server =
        TestServer.start(
            (asked, wire) -> {
              if (asked.path().equals("/v1/models")) {
                wire.json("{\"data\":[{\"id\":\"m\",\"owned_by\":\"library\"}]}");
              } else {
                wire.answer(404, "text/plain", "404 page not found");
              }
            })) {
      assertThatThrownBy(() -> pass(server.url(), Optional.empty()))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "%s (Ollama) cannot say how likely given completions are; llama.cpp's server and vLLM can",
              server.url());
    }
  }

  /// As vLLM answered: the capital of France by `prompt_logprobs`, and a text of four tokens.
  @Test
  void vllmSaysItByPromptLogprobs() {
    try (TestServer server =
            Replay.server(
                (asked, body) ->
                    "vllm-0.32.0/"
                        + switch (asked.path()) {
                          case "/tokenize" -> "30-tokenize";
                          case "/v1/completions" -> "18b-prompt-lp";
                          default -> "26-notfound";
                        });
        ServerClient client = client(server.url())) {
      Forcing forcing =
          new VllmForcing(
              new ModelServer(
                  client,
                  new ServerIdentity(ServerKind.VLLM, "0.32.0", List.of(), 0, 0, Map.of()),
                  "smollm2",
                  Route.TEXT));
      assertThat(forcing.text("Hello 🦄")).containsExactly(19556, 15107, 116, 222);
      // That route would read it as the end token, and nobody drew that inside a text.
      for (String special : List.of("a<|im_end|>", "</s>b", "[INST]", "<end_of_turn>")) {
        assertThat(forcing.text(special)).as(special).isEmpty();
      }
      assertThat(forcing.text("a < b | c > d")).hasSize(4);
      double[] terms = forcing.terms(new int[] {504}, new int[] {3575, 282, 4649, 314});
      assertThat(terms)
          .containsExactly(
              -11.539274215698242, -0.3376066982746124, -2.4386610984802246, -0.45092111825942993);
      JsonNode sent = Json.read(server.asked().getLast().body());
      assertThat(IntStream.range(0, 5).map(i -> sent.at("/prompt/" + i).asInt()))
          .containsExactly(504, 3575, 282, 4649, 314);
      // Of another token than was sent nothing is told.
      assertThat(forcing.terms(new int[] {504}, new int[] {3575, 282, 4649, 315})[3]).isNaN();
      assertThat(forcing.terms(new int[] {504}, new int[] {3575})[0]).isNaN();
    }
  }
}
