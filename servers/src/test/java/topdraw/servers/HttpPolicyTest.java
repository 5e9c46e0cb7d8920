package topdraw.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Exact;
import topdraw.draw.LogProbability.Unproven;
import topdraw.draw.Prompt;
import topdraw.draw.Tokens;
import topdraw.input.InputException;
import topdraw.json.Json;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;
import topdraw.reference.Answer;
import topdraw.reference.DrawFailedException;
import topdraw.reference.PolicyContext;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Request;
import topdraw.reference.Sampling;
import topdraw.servers.http.ClientSettings;
import topdraw.servers.http.ServerAddress;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.TestServer;

/// What becomes of draws when servers, one or several, do not do what they should.
@Timeout(60)
class HttpPolicyTest {
  private static final Prompt SKY = Prompt.user("What colour is the sky?");
  private static final Sampling SAMPLING = Sampling.plain(12);
  private static final ClientSettings IMPATIENT =
      new ClientSettings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(20),
          1,
          1 << 20);

  private static HttpPolicy open(ClientSettings settings, int atOnce, WordServer... servers) {
    List<ServerClient> clients = new ArrayList<>();
    for (WordServer server : servers) {
      clients.add(
          ServerClient.of(
              ServerAddress.of(server.url()),
              Optional.empty(),
              settings,
              Surroundings.of(Map.of())));
    }
    return HttpPolicy.open(
        clients, Route.CHAT, Optional.empty(), SAMPLING, 7, Optional.of(atOnce), Optional.empty());
  }

  private static HttpPolicy open(WordServer... servers) {
    return open(IMPATIENT, 2, servers);
  }

  private static Map<Integer, Answer> answers(ReferencePolicy policy, int count) {
    Map<Integer, Answer> answers = new HashMap<>();
    policy.drawAll(
        IntStream.range(0, count).mapToObj(i -> new Request(SKY, i)).iterator(),
        (request, answer) -> assertThat(answers.put(request.index(), answer)).isNull());
    assertThat(answers).hasSize(count);
    return answers;
  }

  private static List<Draw> undisturbed(int count) {
    try (WordServer server = WordServer.start();
        HttpPolicy policy = open(server)) {
      return policy.draw(SKY, 0, count);
    }
  }

  private static void assertSame(Map<Integer, Answer> answers, List<Draw> draws) {
    for (int i = 0; i < draws.size(); i++) {
      assertThat(answers.get(i)).isEqualTo(new Answer.Drawn(draws.get(i)));
    }
  }

  @Test
  void aDrawHasTheLogProbabilityOfItsWordsAndItsEnd() {
    for (Draw draw : undisturbed(20)) {
      double length = draw.length().orElseThrow();
      assertThat(draw.logProbability())
          .isInstanceOfSatisfying(
              Exact.class,
              exact -> assertThat(exact.nats()).isCloseTo(length * WordServer.WORD, within(1e-12)));
      assertThat(draw.tokens()).isInstanceOf(Tokens.Ids.class);
    }
  }

  @Test
  void severalServersDrawWhatOneWouldAndEachDrawOnce() {
    try (WordServer one = WordServer.start();
        WordServer two = WordServer.start();
        WordServer three = WordServer.start();
        HttpPolicy policy = open(one, two, three)) {
      assertThat(policy.capabilities().width()).isEqualTo(6);
      assertSame(answers(policy, 60), undisturbed(60));
      assertThat(one.drawn() + two.drawn() + three.drawn()).isEqualTo(60);
      assertThat(List.of(one.drawn(), two.drawn(), three.drawn())).doesNotContain(0);
    }
  }

  @Test
  void answersGoByIndexWhateverComesFirst() throws InterruptedException {
    CountDownLatch others = new CountDownLatch(7);
    try (WordServer server =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  if (number == 0) others.await();
                  else others.countDown();
                  return false;
                });
        HttpPolicy policy = open(IMPATIENT, 2, server)) {
      assertThat(policy.draw(SKY, 0, 8)).isEqualTo(undisturbed(8));
    }
  }

  @Test
  void aSlowServerHoldsUpOnlyItsOwnDraws() throws InterruptedException {
    CountDownLatch rest = new CountDownLatch(38);
    try (WordServer slow =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  rest.await();
                  return false;
                });
        WordServer quick =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  rest.countDown();
                  return false;
                });
        HttpPolicy policy = open(slow, quick)) {
      assertSame(answers(policy, 40), undisturbed(40));
      assertThat(slow.drawn()).isEqualTo(2);
    }
  }

  @Test
  void theDrawsOfAServerThatDiesGoToTheOthers() {
    AtomicInteger alive = new AtomicInteger();
    WordServer[] dying = new WordServer[1];
    try (WordServer living = WordServer.start();
        WordServer other =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  if (number < 5) return false;
                  dying[0].close();
                  alive.incrementAndGet();
                  return true;
                })) {
      dying[0] = other;
      try (HttpPolicy policy = open(living, other)) {
        assertSame(answers(policy, 50), undisturbed(50));
        assertThat(alive.get()).isBetween(1, 2);
      }
    }
  }

  @Test
  void whereNoServerIsLeftTheDrawingEndsAndSaysSo() {
    WordServer[] dying = new WordServer[1];
    try (WordServer server =
        WordServer.start(
            "words",
            (number, body, wire) -> {
              if (number < 5) return false;
              dying[0].close();
              return true;
            })) {
      dying[0] = server;
      Set<Integer> answered = new HashSet<>();
      try (HttpPolicy policy = open(server)) {
        assertThatThrownBy(
                () ->
                    policy.drawAll(
                        IntStream.range(0, 20).mapToObj(i -> new Request(SKY, i)).iterator(),
                        (request, _) -> answered.add(request.index())))
            .isInstanceOf(DrawFailedException.class)
            .hasMessageStartingWith("no server answers any more: " + server.url())
            .hasMessageContaining("refuses the connection");
        assertThat(answered).hasSizeBetween(3, 5);
      }
    }
  }

  @Test
  void aDrawThatFailsForGoodIsFailedAloneAndMayBeAskedForAgain() {
    try (WordServer server =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  if (number < 10 || number > 11) return false; // one draw, asked twice
                  wire.answer(500, "text/plain", "out of memory");
                  return true;
                });
        HttpPolicy policy = open(IMPATIENT, 1, server)) {
      Map<Integer, Answer> answers = answers(policy, 20);
      assertThat(answers.remove(10))
          .isEqualTo(
              new Answer.Failed(
                  server.url() + " answers 500: out of memory (asked 2 times)", true));
      assertThat(answers.values()).allMatch(Answer.Drawn.class::isInstance);
    }
  }

  /// A server that says "too many" gets half as much after a rest, and every draw is drawn.
  @Test
  void aBusyServerIsGivenARestAndNoDrawFails() {
    try (WordServer server =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  if (number % 3 != 1) return false;
                  wire.answer(429, "text/plain", "too many", "Retry-After: 0");
                  return true;
                });
        HttpPolicy policy = open(IMPATIENT.once(), 4, server)) {
      assertSame(answers(policy, 12), undisturbed(12));
    }
  }

  /// Everything under way comes back at once: that is one reason to rest, not one each.
  @Test
  void aBurstOfBusyAnswersIsOneRest() {
    try (WordServer server =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  if (number > 32) return false;
                  wire.answer(429, "text/plain", "too many", "Retry-After: 0");
                  return true;
                });
        HttpPolicy policy = open(IMPATIENT.once(), 32, server)) {
      assertSame(answers(policy, 40), undisturbed(40));
    }
  }

  @Test
  void theOnlyServerIsGivenUpWhenAllItIsAskedFails() {
    try (WordServer server =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  wire.answer(500, "text/plain", "out of memory");
                  return true;
                });
        HttpPolicy policy = open(IMPATIENT.once(), 4, server)) {
      assertThatThrownBy(() -> answers(policy, 40))
          .isInstanceOf(DrawFailedException.class)
          .hasMessageStartingWith("no server answers any more: ")
          .hasMessageContaining("out of memory");
    }
  }

  @Test
  void anAccountWithoutMoneyRefusesNoPromptForGood() {
    try (WordServer server =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  wire.answer(402, "application/json", "{\"error\":\"no credits left\"}");
                  return true;
                });
        HttpPolicy policy = open(server)) {
      assertThat(answers(policy, 3).values())
          .allSatisfy(
              answer ->
                  assertThat(answer)
                      .isEqualTo(
                          new Answer.Failed(server.url() + " answers 402: no credits left", true)));
    }
  }

  @Test
  void twoServersOfDifferentModelsAreNotOnePolicy() {
    try (WordServer one = WordServer.start("words", WordServer.Fault.NONE);
        WordServer two = WordServer.start("sentences", WordServer.Fault.NONE)) {
      assertThatThrownBy(() -> open(one, two))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "draws of one run come from one policy, and %s and %s differ in model: words, sentences",
              one.url(), two.url());
    }
  }

  private static UnaryOperator<ObjectNode> change(java.util.function.Consumer<ObjectNode> choice) {
    return answer -> {
      choice.accept((ObjectNode) answer.at("/choices/0"));
      return answer;
    };
  }

  private static ArrayNode content(ObjectNode choice) {
    return (ArrayNode) choice.at("/logprobs/content");
  }

  private record Odd(String name, UnaryOperator<ObjectNode> change, LogProbability expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Odd> oddAnswers() {
    LogProbability none = LogProbability.missing();
    return List.of(
        new Odd("no log-probabilities", change(c -> c.putNull("logprobs")), none),
        new Odd("an entry is missing", change(c -> content(c).remove(0)), none),
        new Odd(
            "the sign for unknown",
            change(c -> ((ObjectNode) content(c).get(0)).put("logprob", -9999.0)),
            none),
        new Odd(
            "an entry without a number",
            change(c -> ((ObjectNode) content(c).get(0)).putNull("logprob")),
            none),
        new Odd(
            "a number above zero",
            change(c -> ((ObjectNode) content(c).get(0)).put("logprob", 12.5)),
            none),
        new Odd(
            "a zero as speculative decoding writes it",
            change(c -> ((ObjectNode) content(c).get(0)).put("logprob", 0.0)),
            none),
        new Odd(
            "reasoning that is hidden",
            change(c -> ((ObjectNode) c.get("message")).put("reasoning_content", "hm")),
            none),
        new Odd(
            "no usage",
            answer -> {
              answer.remove("usage");
              return answer;
            },
            none),
        new Odd(
            "logits in place of log-probabilities",
            change(
                c -> {
                  ObjectNode token = (ObjectNode) content(c).get(0);
                  token.put("logprob", -0.1);
                  token.putArray("top_logprobs").addObject().put("token", "x").put("logprob", -0.2);
                }),
            new Unproven(Double.NaN, Doubt.OTHER_DISTRIBUTION)));
  }

  @ParameterizedTest
  @MethodSource("oddAnswers")
  void anAnswerThatLacksSomethingHasItsTextAndProvesNothing(Odd odd) {
    try (WordServer server =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  wire.json(odd.change().apply(WordServer.completion(body, true)).toString());
                  return true;
                });
        HttpPolicy policy = open(server)) {
      List<Draw> same = undisturbed(6);
      List<Draw> draws = policy.draw(SKY, 0, 6);
      for (int i = 0; i < 6; i++) {
        assertThat(draws.get(i).text()).isEqualTo(same.get(i).text());
        assertThat(draws.get(i).logProbability().proves()).isFalse();
        assertThat(draws.get(i).logProbability()).hasSameClassAs(odd.expected());
      }
    }
  }

  private record Broken(String name, UnaryOperator<ObjectNode> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Broken> brokenAnswers() {
    return List.of(
        new Broken(
            "no choices",
            answer -> {
              answer.putArray("choices");
              return answer;
            }),
        new Broken("no finish reason", change(c -> c.putNull("finish_reason"))),
        new Broken(
            "an error beside the choices",
            answer -> {
              answer.putObject("error").put("message", "worker died");
              return answer;
            }),
        new Broken("neither message nor text", change(c -> c.remove("message"))));
  }

  /// Each first answer is broken; what is asked again is the same draw.
  @ParameterizedTest
  @MethodSource("brokenAnswers")
  void anAnswerWithoutACompletionIsNoDraw(Broken broken) {
    try (WordServer server =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  wire.json(broken.change().apply(WordServer.completion(body, true)).toString());
                  return true;
                });
        HttpPolicy policy = open(server)) {
      assertThat(answers(policy, 3).values())
          .allSatisfy(
              answer ->
                  assertThat(answer)
                      .isInstanceOfSatisfying(
                          Answer.Failed.class,
                          failed -> {
                            assertThat(failed.retry()).isTrue();
                            assertThat(failed.reason()).startsWith(server.url());
                          }));
    }
  }

  @Test
  void moreChoicesThanAskedForAreNotMoreDraws() {
    try (WordServer server =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  ObjectNode answer = WordServer.completion(body, true);
                  ArrayNode choices = (ArrayNode) answer.get("choices");
                  choices.insert(0, choices.get(0).deepCopy());
                  ObjectNode other = (ObjectNode) choices.get(0);
                  other.put("index", 1);
                  ((ObjectNode) other.get("message")).put("content", "another");
                  wire.json(answer.toString());
                  return true;
                });
        HttpPolicy policy = open(server)) {
      assertThat(policy.draw(SKY, 0, 5)).isEqualTo(undisturbed(5));
    }
  }

  @Test
  void aHungServerCostsItsTimeLimitAndNoMore() {
    ClientSettings hasty =
        new ClientSettings(
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            Duration.ofMillis(20),
            0,
            1 << 20);
    try (WordServer hung =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  wire.hang();
                  return true;
                });
        WordServer well = WordServer.start();
        HttpPolicy policy = open(hasty, 2, hung, well)) {
      assertSame(answers(policy, 20), undisturbed(20));
    }
  }

  @Test
  void aKeyIsInNothingThatComesOut(@TempDir Path folder) throws IOException {
    String canary = "canary-77ab-secret";
    Path file = folder.resolve("key");
    Files.writeString(file, canary + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    List<String> out = new ArrayList<>();
    AtomicInteger sent = new AtomicInteger();
    try (WordServer server =
        WordServer.start(
            "words",
            (number, body, wire) -> {
              sent.incrementAndGet();
              wire.answer(
                  400 + number % 2, "application/json", "{\"error\":\"bad key " + canary + "\"}");
              return true;
            })) {
      try (ReferencePolicy policy =
          new topdraw.reference.PolicyCatalog()
              .open(
                  "server:" + server.url(),
                  new PolicyContext(
                      SAMPLING,
                      7,
                      Map.of("key-file", file.toString()),
                      DownloadProgress.SILENT,
                      Surroundings.of(Map.of())))) {
        out.add(policy.provenance().toString() + Json.line(policy.provenance()));
        policy.drawAll(
            List.of(new Request(SKY, 0)).iterator(), (_, answer) -> out.add(answer.toString()));
        out.add(policy.toString());
        try {
          answers(policy, 4);
        } catch (DrawFailedException e) {
          out.add(e.toString());
        }
      }
      assertThat(server.asked())
          .allMatch(asked -> asked.header("authorization").equals("Bearer " + canary));
      assertThat(sent.get()).isPositive();
    }
    assertThat(out).hasSizeGreaterThan(3).noneMatch(text -> text.contains(canary));
    assertThat(out.toString()).contains("bad key ***");
  }

  private static WordServer forbidding(String words) {
    return WordServer.start(
        "words",
        (number, body, wire) -> {
          if (!body.toString().contains(words)) return false;
          wire.answer(403, "application/json", "{\"error\":\"against our policy on contents\"}");
          return true;
        });
  }

  private static Map<Request, Answer> each(ReferencePolicy policy, List<Prompt> prompts) {
    Map<Request, Answer> answers = new HashMap<>();
    policy.drawAll(
        prompts.stream()
            .flatMap(p -> IntStream.range(0, 8).mapToObj(i -> new Request(p, i)))
            .iterator(),
        answers::put);
    return answers;
  }

  /// A policy on contents: what it forbids fails alone, however often it is asked for.
  @Test
  void aPromptThatIsForbiddenFailsAlone() {
    List<Prompt> prompts =
        List.of(Prompt.user("a bomb"), SKY, Prompt.user("another bomb"), Prompt.user("a flower"));
    try (WordServer server = forbidding("bomb");
        HttpPolicy policy = open(server)) {
      Map<Request, Answer> answers = each(policy, prompts);
      assertThat(answers).hasSize(32);
      answers.forEach(
          (request, answer) -> {
            if (request.prompt().display().contains("bomb")) {
              assertThat(answer)
                  .isEqualTo(
                      new Answer.Failed(
                          server.url() + " answers 403: against our policy on contents", true));
            } else {
              assertThat(answer).isInstanceOf(Answer.Drawn.class);
            }
          });
    }
  }

  /// A key that is allowed nothing any more.
  @Test
  void aServerThatForbidsEveryPromptIsGivenUp() {
    List<Prompt> prompts =
        IntStream.range(0, 20).mapToObj(i -> Prompt.user("a bomb " + i)).toList();
    try (WordServer server = forbidding("bomb");
        HttpPolicy policy = open(server)) {
      assertThatThrownBy(() -> each(policy, prompts))
          .isInstanceOf(DrawFailedException.class)
          .hasMessageStartingWith("no server answers any more: ")
          .hasMessageContaining("against our policy on contents");
      assertThat(server.drawn()).isLessThan(60);
    }
  }

  @Test
  void aServerOfWebPagesIsNotTakenForOneOfModels() {
    try (TestServer server =
        TestServer.start(
            (asked, wire) -> wire.answer(404, "text/html", "<html><title>no</title></html>"))) {
      assertThatThrownBy(() -> overTexts(server, SAMPLING))
          .isInstanceOf(InputException.class)
          .hasMessage(
              server.url()
                  + " lists no models; is that the address of a model server? If it is, name one with model");
    }
  }

  private static HttpPolicy overTexts(TestServer server, Sampling sampling) {
    return HttpPolicy.open(
        List.of(
            ServerClient.of(
                ServerAddress.of(server.url()),
                Optional.empty(),
                IMPATIENT,
                Surroundings.of(Map.of()))),
        Route.TEXT,
        Optional.empty(),
        sampling,
        7,
        Optional.empty(),
        Optional.empty());
  }

  /// A vLLM whose routes are told apart, and the paths and fields that completions were asked by.
  private static TestServer fussy(String refused) {
    return TestServer.start(
        (asked, wire) -> {
          switch (asked.path()) {
            case "/v1/models" -> wire.json("{\"data\":[{\"id\":\"words\",\"owned_by\":\"vllm\"}]}");
            case "/v1/completions" -> {
              if (Json.read(asked.body()).has(refused)) {
                wire.answer(
                    400,
                    "application/json",
                    "{\"error\":{\"message\":\"unexpected field %s\"}}".formatted(refused));
              } else {
                wire.json(WordServer.completion(Json.read(asked.body()), false).toString());
              }
            }
            default -> wire.answer(404, "application/json", "{\"detail\":\"Not Found\"}");
          }
        });
  }

  @Test
  void aPolicyOfTextsAsksTheRouteThatContinuesThem() {
    Prompt text = new Prompt.Text("The sky is");
    try (TestServer server = fussy("nothing");
        HttpPolicy policy = overTexts(server, SAMPLING)) {
      assertThat(policy.provenance().fingerprint().get("sent"))
          .contains("logprobs=2")
          .doesNotContain("top_logprobs");
      assertThat(policy.draw(text, 0, 8)).allMatch(draw -> draw.logProbability().proves());
      assertThat(server.asked().stream().map(TestServer.Asked::path))
          .doesNotContain("/v1/chat/completions");
    }
  }

  /// What is left out has the server's default there, which may cut tokens off.
  @Test
  void aSettingThatOnlyTheRouteOfTextsRefusesIsKnownBeforeAnythingIsDrawn() {
    Prompt text = new Prompt.Text("The sky is");
    try (TestServer server = fussy("min_p")) {
      try (HttpPolicy policy = overTexts(server, SAMPLING)) {
        assertThat(policy.provenance().fingerprint().get("sent")).doesNotContain("min_p");
        assertThat(policy.draw(text, 0, 8))
            .allSatisfy(
                draw ->
                    assertThat(draw.logProbability())
                        .isInstanceOfSatisfying(
                            AtMost.class,
                            told ->
                                assertThat(told.reason())
                                    .isEqualTo(new AtMost.Reason.Truncation())));
      }
      assertThatThrownBy(() -> overTexts(server, new Sampling(1, 0, 1, 0.1, 12)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("takes no min_p");
    }
  }

  @Test
  void aServerWithoutARouteOfTextsIsRefusedBeforeAnythingIsDrawn() {
    try (TestServer server =
        TestServer.start(
            (asked, wire) -> {
              if (asked.path().equals("/v1/models")) wire.json("{\"data\":[{\"id\":\"m\"}]}");
              else wire.answer(404, "application/json", "{\"detail\":\"Not Found\"}");
            })) {
      assertThatThrownBy(() -> overTexts(server, SAMPLING))
          .isInstanceOf(InputException.class)
          .hasMessage(
              server.url()
                  + " answers 404: Not Found; it has no route that continues a text, so leave out raw");
    }
  }

  @Test
  void drawsOverTheOtherRouteProveNothing() {
    try (WordServer server = WordServer.start();
        HttpPolicy policy = open(server)) {
      assertThat(policy.draw(new Prompt.Text("The sky is"), 0, 4))
          .allSatisfy(
              draw ->
                  assertThat(draw.logProbability())
                      .isInstanceOfSatisfying(
                          Unproven.class,
                          told -> assertThat(told.doubt()).isEqualTo(Doubt.UNKNOWN_DISTRIBUTION)));
    }
  }

  @Test
  void aServerThatIsNotThereIsSaidAtOnce() throws IOException {
    String url = "http://127.0.0.1:" + TestServer.deadPort();
    assertThatThrownBy(
            () ->
                HttpPolicy.open(
                    List.of(
                        ServerClient.of(
                            ServerAddress.of(url),
                            Optional.empty(),
                            ClientSettings.defaults(),
                            Surroundings.of(Map.of()))),
                    Route.CHAT,
                    Optional.empty(),
                    SAMPLING,
                    7,
                    Optional.empty(),
                    Optional.empty()))
        .isInstanceOf(DrawFailedException.class)
        .hasMessage(url + " refuses the connection; is the server running?");
  }
}
