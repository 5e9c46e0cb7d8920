package topdraw.servers.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.json.Json;
import topdraw.provider.Asked;
import topdraw.reward.Reward;
import topdraw.servers.http.TestServer;

/// Servers that answer well, ill and not at all.
class ServerRewardTest {
  @TempDir private Path temp;

  private static TestServer always(String json) {
    return TestServer.start((asked, wire) -> wire.json(json));
  }

  /// Answers of `tei-rerank` to two completions.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{'index':1,'score':2},{'index':0,'score':1}]          | ok",
        "[{'index':0,'score':1}]                                | 1 scores for 2 completions",
        "[{'index':0,'score':1},{'index':0,'score':2}]          | two scores of number 0",
        "[{'index':0,'score':1},{'index':2,'score':2}]          | number 2, which was not asked for",
        "[{'score':1},{'score':2}]                              | which was not asked for",
        "[{'index':0,'score':1},{'index':1,'score':2},{'index':1,'score':3}] | 3 scores for 2",
        "{'results':[]}                                         | no list of scores",
      })
  void aListIsTakenWholeOrNotAtAll(String json, String expected) {
    try (TestServer server = always(json.replace('\'', '"'));
        Reward reward = Texts.open("tei-rerank:" + server.url())) {
      List<Score> scores = Texts.score(reward, "a", "b");
      if (expected.equals("ok")) {
        assertThat(scores).isEqualTo(List.of(new Score.Value(1), new Score.Value(2)));
      } else {
        assertThat(scores).hasSize(2).allMatch(score -> Texts.why(score).contains(expected));
      }
    }
  }

  @Test
  void oneThatIsNoNumberIsMissingAlone() {
    try (TestServer server =
            always(
                "[{\"index\":0,\"score\":null},{\"index\":1,\"score\":1e200},{\"index\":2,\"score\":3}]");
        Reward reward = Texts.open("tei-rerank:" + server.url())) {
      List<Score> scores = Texts.score(reward, "a", "b", "c");
      assertThat(Texts.why(scores.get(0))).contains("no number, but null");
      assertThat(Texts.why(scores.get(1))).contains("1.0E200");
      assertThat(scores.get(2)).isEqualTo(new Score.Value(3));
    }
    try (TestServer server = always("{\"rewards\":[NaN]}");
        Reward reward = Texts.impatient("openrlhf:" + server.url(), Duration.ofMillis(200))) {
      assertThat(Texts.score(reward, "a").getFirst()).isInstanceOf(Score.Missing.class);
    }
  }

  @Test
  void teiIsAskedInPairsThirtyTwoAtATimeAndNeverCut() {
    try (TestServer server =
            TestServer.start(
                (asked, wire) -> {
                  JsonNode inputs = Json.read(asked.body()).get("inputs");
                  wire.json(
                      inputs
                          .valueStream()
                          .map(
                              pair ->
                                  "[{\"label\":\"L\",\"score\":" + pair.get(1).asString() + "}]")
                          .toList()
                          .toString());
                });
        Reward reward = Texts.open("tei:" + server.url())) {
      String[] texts = IntStream.range(0, 70).mapToObj(Integer::toString).toArray(String[]::new);
      assertThat(Texts.score(reward, texts))
          .isEqualTo(
              Arrays.stream(texts).map(t -> (Score) new Score.Value(Integer.parseInt(t))).toList());
      assertThat(server.asked()).hasSize(3);
      JsonNode body = Json.read(server.asked().getFirst().body());
      assertThat(body.get("inputs").size()).isIn(32, 6);
      assertThat(body.get("inputs").get(0).get(0).asString()).isEqualTo("Name one colour.");
      assertThat(body.get("raw_scores").booleanValue()).isTrue();
      assertThat(body.get("truncate").booleanValue()).isFalse();
    }
  }

  @Test
  void ofAClassifierOneLabelCounts() {
    String labels = "[[{\"label\":\"bad\",\"score\":0.75},{\"label\":\"good\",\"score\":0.25}]]";
    try (TestServer server = always(labels);
        Reward reward = Texts.open("tei:" + server.url() + " label=good looks-at=completion");
        Reward unsaid = Texts.open("tei:" + server.url());
        Reward unknown = Texts.open("tei:" + server.url() + " label=fine")) {
      assertThat(Texts.score(reward, "a")).isEqualTo(List.of(new Score.Value(.25)));
      JsonNode body = Json.read(server.asked().getLast().body());
      assertThat(body.get("inputs").toString()).isEqualTo("[[\"a\"]]");
      assertThat(body.get("raw_scores").booleanValue()).isFalse();
      assertThat(Texts.why(Texts.score(unsaid, "a").getFirst()))
          .contains("[bad, good]", "label=bad");
      assertThat(Texts.why(Texts.score(unknown, "a").getFirst())).contains("no label fine");
    }
    try (TestServer server = always("{\"data\":[{\"index\":0,\"probs\":[0.1,0.9]}]}");
        Reward reward = Texts.open("vllm-classify:" + server.url() + " model=m label=1");
        Reward unsaid = Texts.open("vllm-classify:" + server.url() + " model=m")) {
      assertThat(Texts.score(reward, "a")).isEqualTo(List.of(new Score.Value(.9)));
      assertThat(server.asked().getLast().body()).doesNotContain("use_activation");
      assertThat(Texts.why(Texts.score(unsaid, "a").getFirst())).contains("2 labels", "label=0");
    }
  }

  @Test
  void stepsComeARowEach() {
    try (TestServer server = always("{\"data\":[{\"index\":0,\"data\":[[0.2,0.8],[0.5,0.5]]}]}");
        Reward reward = Texts.open("steps(product, vllm-pooling:" + server.url() + " model=m)");
        Reward whole = Texts.open("vllm-pooling:" + server.url() + " model=m")) {
      assertThat(Texts.score(reward, "a")).isEqualTo(List.of(new Score.Value(.4)));
      assertThat(server.asked().getLast().body()).doesNotContain("use_activation");
      assertThat(Texts.why(Texts.score(whole, "a").getFirst())).contains("steps(min, REWARD)");
    }
  }

  @Test
  void oneThatIsTooLongLeavesTheOthersTheirScores() {
    try (TestServer server =
            TestServer.start(
                (asked, wire) -> {
                  JsonNode query = Json.read(asked.body()).get("query");
                  if (asked.body().contains("long")) {
                    wire.answer(413, "application/json", "{\"error\":\"inputs too long\"}");
                  } else {
                    wire.json(
                        "{\"rewards\":"
                            + query.valueStream().map(q -> q.asString().length()).toList()
                            + "}");
                  }
                });
        Reward reward = Texts.open("openrlhf:" + server.url())) {
      List<Score> scores = Texts.score(reward, "a", "long", "abc");
      assertThat(scores.get(0)).isEqualTo(new Score.Value(17));
      assertThat(Texts.why(scores.get(1))).contains("413", "inputs too long");
      assertThat(scores.get(2)).isEqualTo(new Score.Value(19));
    }
  }

  @Test
  void aServerThatGivesNoAnswerIsNotAskedForEver() throws IOException {
    try (Reward reward =
        Texts.impatient(
            "openrlhf:http://127.0.0.1:" + TestServer.deadPort(), Duration.ofSeconds(2))) {
      for (int i = 0; i < Patience.MOST; i++) {
        assertThat(Texts.why(Texts.score(reward, "a").getFirst()))
            .contains("refuses the connection");
      }
      assertThat(Texts.why(Texts.score(reward, "a").getFirst())).contains("not asked again");
    }
    try (TestServer server = TestServer.start((asked, wire) -> wire.hang());
        Reward reward = Texts.impatient("openrlhf:" + server.url(), Duration.ofMillis(200))) {
      assertThat(Texts.why(Texts.score(reward, "a").getFirst())).contains("no whole answer");
    }
  }

  @Test
  void ourOwnProtocolIsHeldToItsIds() {
    try (TestServer server =
            TestServer.start(
                (asked, wire) -> {
                  JsonNode items = Json.read(asked.body()).get("items");
                  List<String> rewards =
                      items
                          .valueStream()
                          .map(
                              i ->
                                  "{\"id\":"
                                      + i.get("id")
                                      + ",\"value\":"
                                      + i.get("completion").asString()
                                      + "}")
                          .toList();
                  wire.json("{\"rewards\":" + rewards.reversed() + "}");
                });
        Reward reward = Texts.open("http:" + server.url() + "/my/score")) {
      assertThat(Texts.score(reward, "1", "2"))
          .isEqualTo(List.of(new Score.Value(1), new Score.Value(2)));
      assertThat(Texts.score(reward, "3")).isEqualTo(List.of(new Score.Value(3)));
      assertThat(server.asked()).allMatch(asked -> asked.path().equals("/my/score"));
      assertThat(server.asked().getLast().body()).contains("\"id\":\"2\"");
    }
    try (TestServer server = always("{\"rewards\":[{\"id\":\"7\",\"value\":1}]}");
        Reward reward = Texts.open("http:" + server.url())) {
      assertThat(Texts.why(Texts.score(reward, "a").getFirst())).contains("gave no score for id");
    }
  }

  @Test
  void anyEndpointIsAskedByATemplate() throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("t.json"),
            "{\"request\":{\"text\":\"Q: ${prompt} A: ${completion}\",\"chat\":\"${messages}\",\"k\":[1,null]},"
                + "\"score\":\"/out/0/s\"}");
    try (TestServer server = always("{\"out\":[{\"s\":-2.5}]}");
        Reward reward = Texts.open("http:" + server.url() + " template=" + file)) {
      String nasty = "\"}, ${prompt} ${completion}";
      assertThat(Texts.score(reward, nasty)).isEqualTo(List.of(new Score.Value(-2.5)));
      JsonNode body = Json.read(server.asked().getLast().body());
      assertThat(body.get("text").asString()).isEqualTo("Q: Name one colour. A: " + nasty);
      assertThat(body.at("/chat/1/role").asString()).isEqualTo("assistant");
      assertThat(body.at("/chat/1/content").asString()).isEqualTo(nasty);
      assertThat(body.at("/k/0").intValue()).isEqualTo(1);
    }
    Files.writeString(file, "{\"request\":{\"text\":\"${completion}\"},\"steps\":\"/out\"}");
    try (TestServer server = always("{\"out\":[0.5,0.25]}");
        Reward reward =
            Texts.open("steps(last, http:" + server.url() + " template=" + file + ")")) {
      assertThat(Texts.score(reward, "a")).isEqualTo(List.of(new Score.Value(.25)));
    }
    for (String wrong :
        List.of(
            "{}",
            "{\"request\":{},\"score\":\"/s\"}",
            "{\"request\":{\"a\":\"${completion}\"},\"score\":\"s\"}",
            "{\"request\":{\"a\":\"${completion}\"},\"score\":\"/s\",\"steps\":\"/s\"}",
            "{\"request\":{\"a\":\"${completion}\"},\"scor\":\"/s\"}",
            "no JSON")) {
      Files.writeString(file, wrong);
      refused("http:http://localhost:1 template=" + file, "t.json");
    }
  }

  @Test
  void theKeyGoesToTheRewardsServerAndNowhereElse() throws IOException {
    String canary = "sk-canary-0123456789";
    Map<String, String> environment =
        Map.of(Addressed.KEY, canary, "OPENAI_API_KEY", "sk-of-another-server");
    try (TestServer server =
            TestServer.start(
                (asked, wire) ->
                    wire.answer(
                        401, "application/json", "{\"error\":\"bad key " + canary + "\"}"));
        Reward reward = Texts.open("openrlhf:" + server.url(), environment)) {
      Score score = Texts.score(reward, "a").getFirst();
      assertThat(server.asked().getLast().header("authorization")).isEqualTo("Bearer " + canary);
      assertThat(Texts.why(score)).contains("401").doesNotContain(canary);
      assertThat(Json.line(reward.identity())).doesNotContain("canary", "another");
    }
    try (TestServer server = always("{\"rewards\":[1]}");
        Reward reward =
            Texts.open(
                "openrlhf:" + server.url(), Map.of("OPENAI_API_KEY", "sk-of-another-server"))) {
      assertThat(Texts.score(reward, "a")).isEqualTo(List.of(new Score.Value(1)));
      assertThat(server.asked().getLast().header("authorization")).isEmpty();
    }
  }

  @Test
  void theOnlyModelIsMeantWhereNoneIsNamed() {
    try (TestServer server =
            TestServer.start(
                (asked, wire) ->
                    wire.json(
                        asked.path().equals("/v1/models")
                            ? "{\"data\":[{\"id\":\"rm\"}]}"
                            : "{\"data\":[{\"index\":0,\"score\":1}]}"));
        Reward reward = Texts.open("vllm-score:" + server.url())) {
      assertThat(Texts.score(reward, "a")).isEqualTo(List.of(new Score.Value(1)));
      assertThat(server.asked().getLast().body()).contains("\"model\":\"rm\"");
    }
    try (TestServer server = always("{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}")) {
      refused("vllm-score:" + server.url(), "[\"a\",\"b\"]");
    }
  }

  @Test
  void settingsThatAreNoneAreRefused() {
    refused("tei", "tei:http://127.0.0.1:8000");
    refused("tei:localhost", "tei");
    refused("tei:http://localhost:1 labels=x", "not labels=x");
    refused("tei:http://localhost:1 looks-at=prompt", "both or completion");
    refused("vllm-classify:http://localhost:1 model=x label=no", "from 0 to 1000");
    refused("openrlhf:http://localhost:1 at-once=0", "at-once is a whole number");
    refused("http:http://user:password@localhost:1", "no password");
  }

  private static void refused(String spec, String words) {
    assertThatThrownBy(() -> Texts.open(spec).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining(words);
  }

  @Test
  void whoMayAskAndHowFastIsNoPartOfTheIdentity() {
    String settings =
        Json.line(
            Addressed.of(Asked.of("tei:http://a:1 label=x at-once=2 key-file=k"), List.of("label"))
                .identity());
    assertThat(settings).isEqualTo("{\"label\":\"x\"}");
    for (String how : List.of(" at-once=2", "")) {
      try (Reward reward = Texts.open("tei:http://a:1" + how + " label=x");
          Reward judge = Texts.open("judge-server:http://a:1 model=m" + how)) {
        assertThat(reward.name()).isEqualTo("tei:http://a:1 label=x");
        assertThat(judge.name()).isEqualTo("judge-server:http://a:1 model=m");
        assertThat(judge.identity().name()).isEqualTo(judge.name());
      }
    }
  }
}
