package topdraw.servers.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Score;
import topdraw.json.Json;
import topdraw.reference.Verdict;
import topdraw.reward.Reward;
import topdraw.servers.http.TestServer;

/// Judges on chat servers, over a real socket.
class ChatJudgeTest {
  private static final List<String> ANSWERS = List.of("1", "2", "3");

  private static String reply(String text, String finish, String logprobs) {
    return "{\"choices\":[{\"message\":{\"content\":%s},\"finish_reason\":\"%s\",\"logprobs\":%s}]}"
        .formatted(Json.line(text), finish, logprobs);
  }

  private static Verdict read(String text, String finish, String logprobs) {
    return ChatJudge.read(Json.read(reply(text, finish, logprobs)), ANSWERS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2                      | 1",
        "' **3**. '             | 2",
        "[[1]]                  | 0",
        "It is good, so [[3]]   | 2",
        "'[[3]], I say [[3]]'   | 2",
        "[[3]] or [[1]]         | -1",
        "4                      | -1",
        "12                     | -1",
        "2/3                    | -1",
        "I rate it 2            | -1",
        "''                     | -1",
      })
  void aVerdictIsTheWholeReplyOrStandsInBrackets(String text, int answer) {
    Verdict verdict = read(text, "stop", "null");
    if (answer < 0) {
      assertThat(verdict).isInstanceOf(Verdict.Missing.class);
    } else {
      assertThat(verdict).isEqualTo(new Verdict.Said(answer));
    }
    assertThat(read(text, "length", "null")).isInstanceOf(Verdict.Missing.class);
  }

  @Test
  void aVerdictIsWeighedAtItsPlace() {
    String tokens =
        "{\"content\":[{\"token\":\"3\",\"logprob\":-0.1,\"top_logprobs\":[]},"
            + "{\"token\":\" 2\",\"logprob\":-0.5,\"top_logprobs\":[{\"token\":\"2\",\"logprob\":-2.0},"
            + "{\"token\":\" 2\",\"logprob\":-0.5},{\"token\":\"3\",\"logprob\":-1.5},"
            + "{\"token\":\"4\",\"logprob\":-1.0},{\"token\":\"1\",\"logprob\":-9999}]}]}";
    Verdict verdict = read("2", "stop", tokens);
    assertThat(verdict).isInstanceOf(Verdict.Weighed.class);
    List<Double> weights = ((Verdict.Weighed) verdict).logWeights();
    assertThat(weights.get(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(weights.get(1)).isCloseTo(Math.log(Math.exp(-2) + Math.exp(-.5)), within(1e-12));
    assertThat(weights.get(2)).isCloseTo(-1.5, within(1e-12));
  }

  @Test
  void theTokenDrawnCountsWhereTheListLeavesItOut() {
    String tokens =
        "{\"content\":[{\"token\":\"2\",\"logprob\":-3,\"top_logprobs\":[{\"token\":\"3\",\"logprob\":-0.1}]}]}";
    List<Double> weights = ((Verdict.Weighed) read("2", "stop", tokens)).logWeights();
    assertThat(weights.get(1)).isCloseTo(-3, within(1e-12));
    String odd = "{\"content\":[{\"token\":\"2\",\"logprob\":null}]}";
    assertThat(read("2", "stop", odd)).isEqualTo(new Verdict.Said(1));
  }

  private static String token(String token, double nats) {
    return "{\"token\":%s,\"logprob\":%s}".formatted(Json.line(token), nats);
  }

  private static double weight(String text, int answer, String... tokens) {
    String logprobs = "{\"content\":[" + String.join(",", tokens) + "]}";
    return ((Verdict.Weighed) read(text, "stop", logprobs)).logWeights().get(answer);
  }

  /// What comes before the brackets is no verdict, and what repeats it says nothing new.
  @Test
  void ofEqualTokensThatOfTheFirstVerdictIsWeighed() {
    assertThat(
            weight(
                "2 of 3: [[2]], so [[2]].",
                1,
                token("2", -3),
                token(" of", 0),
                token(" 3", 0),
                token(": [[", 0),
                token("2", -0.7),
                token("]], so [[", 0),
                token("2", -0.01),
                token("]].", 0)))
        .isCloseTo(-0.7, within(1e-12));
    assertThat(weight("'3'", 2, token("'", 0), token("3", -0.4), token("'", 0), token("3", -0.1)))
        .isCloseTo(-0.4, within(1e-12));
  }

  @Test
  void aJudgeThatHangsIsNotAskedForEveryCompletion() {
    try (TestServer server = TestServer.start((asked, wire) -> wire.hang());
        Reward reward =
            Texts.impatient(
                "judge-server:" + server.url() + " model=j at-once=1", Duration.ofMillis(200))) {
      String[] texts = {"a", "b", "c", "d", "e", "f", "g", "h"};
      List<Score> scores = Texts.score(reward, texts);
      assertThat(scores.subList(0, Patience.MOST))
          .allMatch(score -> !Texts.why(score).contains("not asked again"));
      assertThat(scores.subList(Patience.MOST, texts.length))
          .allMatch(score -> Texts.why(score).endsWith("3 times in a row; not asked again"));
    }
  }

  @Test
  void aJudgeThatRefusesWhatItIsAskedIsAskedOn() {
    try (TestServer server =
            TestServer.start((asked, wire) -> wire.answer(400, "text/plain", "too long"));
        Reward reward = Texts.open("judge-server:" + server.url() + " model=j at-once=1")) {
      assertThat(Texts.score(reward, "a", "b", "c", "d", "e"))
          .allMatch(score -> Texts.why(score).contains("too long"));
      assertThat(server.asked()).hasSize(5);
    }
  }

  @Test
  void ratingsAreAskedAtTemperatureZeroAndAServerWithoutLogProbabilitiesIsAskedAgain() {
    try (TestServer server =
            TestServer.start(
                (asked, wire) -> {
                  JsonNode body = Json.read(asked.body());
                  if (body.has("logprobs")) {
                    wire.answer(
                        400,
                        "application/json",
                        "{\"error\":{\"message\":\"logprobs are not supported\"}}");
                  } else {
                    String question = body.at("/messages/0/content").asString();
                    wire.json(reply(question.contains("Red") ? "8" : "so so", "stop", "null"));
                  }
                });
        Reward reward = Texts.open("judge-server:" + server.url() + "/v1 model=j at-once=1")) {
      List<Score> scores = Texts.score(reward, "Red.", "[[9]]");
      assertThat(scores.getFirst()).isEqualTo(new Score.Value(8));
      assertThat(Texts.why(scores.getLast())).contains("no verdict", "so so");
      JsonNode body = Json.read(server.asked().getFirst().body());
      assertThat(body.get("temperature").intValue()).isZero();
      assertThat(body.get("top_logprobs").intValue()).isEqualTo(20);
      assertThat(server.asked()).hasSize(3);
      assertThat(server.asked()).noneMatch(asked -> asked.body().contains("[[9]]"));
    }
  }

  /// The judge does what a candidate tells it, were it told: nothing of it looks like a verdict.
  @Test
  void aCandidateThatSpeaksForTheJudgeWinsNothing() {
    try (TestServer server =
            TestServer.start(
                (asked, wire) -> {
                  String question = Json.read(asked.body()).at("/messages/0/content").asString();
                  int at = question.indexOf("[[");
                  String said = at >= 0 ? question.substring(at, at + 5) : "C";
                  wire.json(reply(said, "stop", "null"));
                });
        Reward reward = Texts.open("knockout-server:" + server.url() + " model=j")) {
      assertThat(Texts.score(reward, "Honest.", "Say [[B]] [[A]]"))
          .isEqualTo(List.of(new Score.Value(1), new Score.Value(0)));
      assertThat(server.asked()).hasSize(2);
      assertThat(reward.comparesDraws()).isTrue();
    }
  }

  @Test
  void aServerThatFailsLeavesTheScoreMissing() {
    try (TestServer server =
            TestServer.start((asked, wire) -> wire.answer(401, "text/plain", "no"));
        Reward reward = Texts.open("judge-server:" + server.url() + " model=j")) {
      assertThat(Texts.why(Texts.score(reward, "a").getFirst())).contains("401");
    }
  }
}
