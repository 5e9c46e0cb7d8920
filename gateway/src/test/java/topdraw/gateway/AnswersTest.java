package topdraw.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import topdraw.gateway.question.Method;
import topdraw.gateway.question.Options;
import topdraw.gateway.question.OptionsReader;
import topdraw.gateway.settings.Alias;
import topdraw.gateway.settings.Limits;
import topdraw.json.Json;
import topdraw.servers.WordServer;
import topdraw.theory.bound.KlBounds;

/// What the gateway answers, over a real socket, in front of a server whose law is known: four
/// words, each with probability 1/5, an end with the same.
class AnswersTest {

  /// What is not looked at is said, and what nobody asked for is not.
  @Test
  void warningsAreOfWhatWasAsked() {
    try (ServedWords served = ServedWords.start()) {
      assertThat(warnings(served, "\"method\":\"passthrough\",\"n\":4,\"threshold\":1").toString())
          .contains("(passthrough): n and threshold are not looked at; name another model");
      assertThat(warnings(served, "\"method\":\"passthrough\",\"n\":1")).isEmpty();
      assertThat(warnings(served, "\"method\":\"poisson\",\"mean\":1")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "n":2,"mean":3                                       | mean is not looked at by best-of-n
          "n":2,"max_draws":3,"block_tokens":4                 | max_draws and block_tokens are not looked at by best-of-n
          "method":"best-of-n","threshold":1                   | threshold is not looked at by best-of-n
          "method":"majority","reward":"majority","mean":1     | mean is not looked at by majority
          "method":"soft","temperature":1,"threshold":1        | threshold is not looked at by soft
          "threshold":1,"reward":"colourful","temperature":1   | temperature is not looked at by early-stop
          "method":"rewind","reward":"colourful","threshold":1,"n":2 | n is not looked at by rewind
          "method":"poisson","mean":1,"n":2,"max_draws":4      | n and max_draws are not looked at by poisson
          "max_draws":3                                        | -
          "method":"soft","temperature":1,"n":2,"seed":1       | -
          "threshold":1,"reward":"colourful","max_draws":3     | -
          "method":"rewind","reward":"colourful","threshold":1 | -
          """)
  void whatAMethodHasNoUseForIsSaid(String options, String said) {
    try (ServedWords served = ServedWords.start()) {
      List<String> warnings =
          warnings(served, options).valueStream().map(JsonNode::asString).toList();
      List<String> unheard = warnings.stream().filter(w -> w.contains("not looked at")).toList();
      assertThat(unheard).isEqualTo(said.equals("-") ? List.of() : List.of(said));
    }
  }

  /// What an alias says holds for methods that a request may name.
  @Test
  void anAliasThatSaysMoreThanTheMethodNeedsIsNoWarningForCallers() {
    Options more = Options.NONE.withN(2).or(OptionsReader.of(Json.read("{\"mean\": 2}"), ""));
    try (ServedWords served =
        ServedWords.start(
            WordServer.Fault.NONE,
            List.of(new Alias("words", more, Optional.empty())),
            Limits.USUAL)) {
      assertThat(warnings(served, "\"seed\":1")).isEmpty();
    }
  }

  /// Names of a model hub have a slash, and clients send it as it is or escaped.
  @Test
  void aNameWithASlashIsFound() {
    Alias alias = new Alias("org/model", Options.NONE, Optional.empty());
    try (ServedWords served =
        ServedWords.start(WordServer.Fault.NONE, List.of(alias, ServedWords.WORDS), Limits.USUAL)) {
      for (String name : List.of("org/model", "org%2Fmodel", "org%2fmodel")) {
        HttpResponse<String> found = served.get("/v1/models/" + name);
        assertThat(found.statusCode()).as(name).isEqualTo(200);
        assertThat(Json.read(found.body()).path("id").asString()).isEqualTo("org/model");
      }
      for (String none :
          List.of("org", "org/", "org/model/", "org/model/x", "model", "org/words")) {
        HttpResponse<String> missed = served.get("/v1/models/" + none);
        assertThat(missed.statusCode()).as(none).isEqualTo(404);
        assertThat(Json.read(missed.body()).at("/error/code").asString())
            .as(none)
            .isEqualTo("model_not_found");
      }
    }
  }

  private static JsonNode warnings(ServedWords served, String options) {
    return served.ask("\"topdraw\":{" + options + "}").at("/topdraw/warnings");
  }

  @Test
  void theAnswerIsTheBestOfItsCandidatesAndAllArePaidFor() {
    try (ServedWords served = ServedWords.start()) {
      JsonNode answer =
          served.ask("\"topdraw\":{\"n\":8,\"reward\":\"colourful\",\"candidates\":\"full\"}");
      JsonNode told = answer.path("topdraw");
      List<JsonNode> candidates = told.path("candidates").valueStream().toList();
      assertThat(candidates).hasSize(8);
      double best = -1;
      int winner = -1;
      int tokens = 0;
      for (JsonNode candidate : candidates) {
        String text = candidate.path("text").asString();
        double reward = (text.contains("red") ? 1 : 0) + (text.contains("blue") ? 2 : 0);
        assertThat(candidate.path("reward").asDouble()).isEqualTo(reward);
        int length = candidate.path("tokens").asInt();
        assertThat(candidate.path("logprob").asDouble())
            .isCloseTo(length * WordServer.WORD, within(1e-12));
        tokens += length;
        if (reward > best) {
          best = reward;
          winner = candidate.path("i").asInt();
        }
      }
      assertThat(told.path("winner_index").asInt()).isEqualTo(winner);
      assertThat(told.at("/reward/value").asDouble()).isEqualTo(best);
      assertThat(answer.at("/choices/0/message/content").asString())
          .isEqualTo(candidates.get(winner).path("text").asString());
      assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(tokens);
      assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(5);
      assertThat(told.at("/tokens/drawn").asInt()).isEqualTo(tokens);
      assertThat(told.at("/findings/0/value").asDouble())
          .isCloseTo(Math.log(8) - 7 / 8.0, within(1e-12));
      assertThat(served.words().drawn()).isEqualTo(8);
    }
  }

  /// The winner's law is the exact law of best-of-n on what the server draws: of four levels of
  /// reward, worked out by enumeration of its 5^3 answers.
  @Test
  void answersFollowTheLawOfBestOfN() {
    int n = 3;
    int asked = 600;
    double[] level = new double[4];
    enumerate("", 1, 0, level);
    double[] law = new double[4];
    double below = 0;
    for (int r = 0; r < 4; r++) {
      law[r] = Math.pow(below + level[r], n) - Math.pow(below, n);
      below += level[r];
    }
    int[] seen = new int[4];
    try (ServedWords served = ServedWords.start()) {
      for (int i = 0; i < asked; i++) {
        JsonNode answer =
            served.ask("\"seed\":" + i + ",\"topdraw\":{\"n\":3,\"reward\":\"colourful\"}");
        seen[(int) answer.at("/topdraw/reward/value").asDouble()]++;
      }
    }
    double square = 0;
    for (int r = 0; r < 4; r++) {
      double expected = asked * law[r];
      square += (seen[r] - expected) * (seen[r] - expected) / expected;
    }
    // Chi-square of three degrees of freedom: outside with probability 1e-3 on either side. Seeds
    // are
    // fixed, so this passes always or never.
    assertThat(square).isBetween(0.0243, 16.27);
  }

  private static void enumerate(String text, double probability, int length, double[] level) {
    if (length < 3) {
      enumerate(text + ".", probability / 5, 3, level); // the end
      for (String word : List.of("red", "green", "blue", "grey")) {
        enumerate(text + word, probability / 5, length + 1, level);
      }
    } else {
      level[(text.contains("red") ? 1 : 0) + (text.contains("blue") ? 2 : 0)] += probability;
    }
  }

  @Test
  void theSameSeedGivesTheSameAnswerAndAnotherAnother() {
    try (ServedWords served = ServedWords.start()) {
      String more = "\"seed\":%d,\"topdraw\":{\"n\":4,\"candidates\":\"full\"}";
      JsonNode one = served.ask(more.formatted(7)).at("/topdraw/candidates");
      assertThat(served.ask(more.formatted(7)).at("/topdraw/candidates")).isEqualTo(one);
      assertThat(served.ask(more.formatted(8)).at("/topdraw/candidates")).isNotEqualTo(one);
      JsonNode unseeded = served.ask("\"topdraw\":{\"n\":4,\"candidates\":\"full\"}");
      long seed = unseeded.at("/topdraw/seed").asLong();
      assertThat(
              served
                  .ask("\"topdraw\":{\"n\":4,\"candidates\":\"full\",\"seed\":%d}".formatted(seed))
                  .at("/topdraw/candidates"))
          .isEqualTo(unseeded.at("/topdraw/candidates"));
    }
  }

  /// Candidate 0 passes and comes last, candidate 1 passes and comes first: by arrival the answer
  /// would be 1.
  @Test
  void earlyStopGoesByIndexNeverByArrivalAndGivesTheOthersUp() {
    WordServer.Fault slow =
        (number, body, wire) -> {
          if (number == 0) Thread.sleep(400);
          return false;
        };
    try (ServedWords served = ServedWords.start(slow)) {
      JsonNode told =
          served
              .ask(
                  "\"topdraw\":{\"n\":16,\"method\":\"early-stop\",\"reward\":\"regex:^\",\"candidates\":\"full\"}")
              .path("topdraw");
      assertThat(told.path("winner_index").asInt()).isZero();
      assertThat(told.path("n_drawn").asInt()).isEqualTo(1);
      assertThat(told.path("stopped_by").asString()).isEqualTo("threshold");
      assertThat(told.path("n_cancelled").asInt()).isBetween(0, 3);
      // Ahead of the first that is known are at most four.
      assertThat(served.words().drawn()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void earlyStopAnswersAreTheFirstThatPass() {
    try (ServedWords served = ServedWords.start()) {
      for (int seed = 0; seed < 40; seed++) {
        String asked =
            "\"seed\":%d,\"topdraw\":{\"n\":6,\"method\":\"%s\",\"reward\":\"regex:red\",\"candidates\":\"full\"}";
        JsonNode stopped = served.ask(asked.formatted(seed, "early-stop")).path("topdraw");
        JsonNode all = served.ask(asked.formatted(seed, "best-of-n")).path("topdraw");
        // One policy: the best of n by right or wrong is the first that is right.
        assertThat(stopped.path("winner_index")).isEqualTo(all.path("winner_index"));
        assertThat(stopped.path("n_drawn").asInt())
            .isEqualTo(
                stopped.path("stopped_by").asString().equals("threshold")
                    ? stopped.path("winner_index").asInt() + 1
                    : 6);
      }
    }
  }

  @Test
  void oneFailedSiblingIsDrawnAgainAndDoesNotKillTheRequest() {
    WordServer.Fault once =
        (number, body, wire) -> {
          if (number == 2) wire.reset();
          return number == 2;
        };
    try (ServedWords served = ServedWords.start(once)) {
      JsonNode told = served.ask("\"topdraw\":{\"n\":4}").path("topdraw");
      assertThat(told.path("n_drawn").asInt()).isEqualTo(4);
      assertThat(told.path("warnings").toString()).contains("1 draws failed and were drawn again");
      assertThat(served.words().drawn()).isEqualTo(5);
    }
  }

  @Test
  void aDrawThatFailsForGoodIsNamedAndTheAnswerIsChosenAmongTheOthers() {
    WordServer.Fault always =
        (number, body, wire) -> {
          boolean broken = body.path("seed").asLong() % 2 == 0;
          if (broken) wire.answer(500, "application/json", "{\"error\":{\"message\":\"broken\"}}");
          return broken;
        };
    try (ServedWords served = ServedWords.start(always)) {
      JsonNode told = served.ask("\"seed\":3,\"topdraw\":{\"n\":8}").path("topdraw");
      int failed = told.path("n_failed").asInt();
      assertThat(failed).isBetween(1, 7);
      assertThat(told.path("n_drawn").asInt()).isEqualTo(8 - failed);
      assertThat(told.path("warnings").toString())
          .contains(failed + " of 8 draws failed")
          .contains("broken");
      // Fewer draws drift no further than the number asked for.
      assertThat(told.at("/findings/0/value").asDouble())
          .isCloseTo(KlBounds.analytical(8), within(1e-12));
    }
  }

  @Test
  void allFailedIsAnErrorAndNeverAnAnswer() {
    WordServer.Fault always =
        (number, body, wire) -> {
          wire.answer(500, "application/json", "{\"error\":{\"message\":\"no luck\"}}");
          return true;
        };
    try (ServedWords served = ServedWords.start(always)) {
      JsonNode error = served.refused(502, ServedWords.chat("\"topdraw\":{\"n\":3}"));
      assertThat(error.path("code").asString()).isEqualTo("all_draws_failed");
      assertThat(error.path("message").asString()).contains("no luck");
    }
  }

  @Test
  void aFailedScoreNeverWins() {
    // No word is a number; numeric: scores 0 then. log-likelihood has none where it proves nothing.
    try (ServedWords served = ServedWords.start()) {
      JsonNode error =
          served.refused(
              502,
              ServedWords.chat(
                  "\"temperature\":0.5,\"topdraw\":{\"n\":3,\"reward\":\"log-likelihood\"}"));
      assertThat(error.path("code").asString()).isEqualTo("no_scores");
    }
  }

  /// At temperature 0, and where tools may be called, nothing is proven of log-probabilities.
  @Test
  void theModelsOwnAnswerNeedsNoScore() {
    try (ServedWords served = ServedWords.start()) {
      for (String more : List.of("\"temperature\":0", "\"tools\":[{\"type\":\"function\"}]")) {
        JsonNode answer = served.ask(more + ",\"topdraw\":{\"n\":1}");
        assertThat(answer.at("/choices/0/message/content").isString()).isTrue();
        assertThat(answer.at("/topdraw/n").asInt()).isEqualTo(1);
        assertThat(answer.at("/topdraw/reward/value").isNull()).isTrue();
      }
    }
  }

  @Test
  void whatTheModelsServerRefusesIsSaidToWhoAsked() {
    try (ServedWords served = ServedWords.start()) {
      String body =
          "{\"model\":\"words\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
              .formatted("x".repeat(2_500));
      JsonNode error = served.refused(400, body);
      assertThat(error.path("message").asString()).contains("too long");
    }
  }

  @Test
  void everyFieldOfOthersGoesOnAsItCameAndOursDoNot() {
    try (ServedWords served = ServedWords.start()) {
      served.ask(
          "\"topdraw\":{\"n\":2},\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],"
              + "\"response_format\":{\"type\":\"json_object\"},\"stop\":[\"z\"],\"user\":\"u\",\"n\":1,"
              + "\"base_url\":\"http://169.254.169.254/\",\"top_p\":0.9,\"logit_bias\":{\"5\":-1}");
      JsonNode sent =
          Json.read(
              served.words().asked().stream()
                  .filter(asked -> asked.body().contains("Colours?"))
                  .findFirst()
                  .orElseThrow()
                  .body());
      assertThat(sent.has("topdraw")).isFalse();
      assertThat(sent.at("/tools/0/function/name").asString()).isEqualTo("f");
      assertThat(sent.at("/response_format/type").asString()).isEqualTo("json_object");
      assertThat(sent.at("/stop/0").asString()).isEqualTo("z");
      assertThat(sent.at("/logit_bias/5").asInt()).isEqualTo(-1);
      assertThat(sent.path("top_p").asDouble()).isEqualTo(0.9);
      assertThat(sent.path("temperature").asDouble()).isEqualTo(1);
      assertThat(sent.path("n").asInt()).isEqualTo(1);
      assertThat(sent.path("stream").asBoolean()).isFalse();
      assertThat(sent.path("model").asString()).isEqualTo("words");
    }
  }

  @Test
  void severalAnswersAreChosenApart() {
    try (ServedWords served = ServedWords.start()) {
      JsonNode answer = served.ask("\"n\":3,\"topdraw\":{\"n\":4,\"candidates\":\"full\"}");
      assertThat(answer.path("choices")).hasSize(3);
      assertThat(served.words().drawn()).isEqualTo(12);
      List<String> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        assertThat(answer.at("/choices/" + i + "/index").asInt()).isEqualTo(i);
        JsonNode told = answer.at("/topdraw/answers/" + i);
        all.add(told.path("candidates").toString());
        assertThat(answer.at("/choices/" + i + "/message/content").asString())
            .isEqualTo(
                told.at("/candidates/" + told.path("winner_index").asInt() + "/text").asString());
      }
      assertThat(all).doesNotHaveDuplicates();
    }
  }

  @Test
  void bodyBeforeHeaderBeforeAliasBeforeDefault() {
    Alias alias =
        new Alias(
            "words",
            new Options(
                Optional.of(Method.BEST_OF_N),
                Optional.of(3),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            Optional.empty());
    try (ServedWords served =
        ServedWords.start(WordServer.Fault.NONE, List.of(alias), Limits.USUAL)) {
      assertThat(n(served.ask(""))).isEqualTo(3);
      assertThat(n(served.ask("", "X-Topdraw-N", "5"))).isEqualTo(5);
      assertThat(n(served.ask("\"topdraw\":{\"n\":6}", "X-Topdraw-N", "5"))).isEqualTo(6);
    }
    try (ServedWords served = ServedWords.start()) {
      assertThat(n(served.ask(""))).isEqualTo(16);
    }
  }

  private static int n(JsonNode answer) {
    return answer.at("/topdraw/n").asInt();
  }

  @Test
  void limitsLowerAndSaySo() {
    Limits limits = new Limits(4, 2, 6, 16, 1 << 16, Duration.ofSeconds(30));
    try (ServedWords served =
        ServedWords.start(WordServer.Fault.NONE, List.of(ServedWords.WORDS), limits)) {
      JsonNode answer = served.ask("\"topdraw\":{\"n\":9}");
      assertThat(n(answer)).isEqualTo(4);
      assertThat(answer.at("/topdraw/warnings").toString())
          .contains("n is 4, the most for one answer; 9 was asked for")
          .contains("at most 2 tokens");
      assertThat(n(served.ask("\"n\":3,\"topdraw\":{\"n\":4}"))).isEqualTo(2);
      assertThat(n(served.ask("\"topdraw\":{\"n\":4,\"max_kl_nats\":0.5}"))).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"topdraw\":{\"n\":0}                                | topdraw.n",
        "\"topdraw\":{\"n\":2.5}                              | topdraw.n",
        "\"topdraw\":{\"M\":2}                                | topdraw.M",
        "\"topdraw\":{\"method\":\"best\"}                    | topdraw.method",
        "\"topdraw\":{\"reward\":\"process:rm -rf /\"}        | topdraw.reward",
        "\"topdraw\":{\"reward\":\"json-schema:/etc/passwd\"} | topdraw.reward",
        "\"topdraw\":{\"reward\":\"regex:(\"}                 | topdraw.reward",
        "\"topdraw\":{\"method\":\"early-stop\"}              | topdraw.threshold",
        "\"topdraw\":{\"method\":\"soft\"}                    | topdraw.temperature",
        "\"topdraw\":{\"method\":\"poisson\"}                 | topdraw.mean",
        "\"topdraw\":{\"method\":\"poisson\",\"mean\":2,\"max_kl_nats\":1} | topdraw.max_kl_nats",
        "\"topdraw\":{\"method\":\"blockwise\",\"max_kl_nats\":1} | topdraw.max_kl_nats",
        "\"topdraw\":7                                        | topdraw",
        "\"temperature\":3                                    | temperature",
        "\"top_p\":-1                                         | top_p",
        "\"n\":0                                              | n",
        "\"stop\":[1]                                         | stop",
        "\"top_logprobs\":2                                   | top_logprobs"
      })
  void whatIsWrongIsNamed(String more, String parameter) {
    try (ServedWords served = ServedWords.start()) {
      JsonNode error = served.refused(400, ServedWords.chat(more.strip()));
      assertThat(error.path("param").asString()).isEqualTo(parameter.strip());
      assertThat(error.path("message").asString()).isNotBlank().doesNotContain("\n");
      assertThat(served.words().drawn()).isZero();
    }
  }

  @Test
  void aStreamIsTheWinnerInChunks() {
    try (ServedWords served = ServedWords.start()) {
      String more = "\"seed\":5,\"topdraw\":{\"n\":4}";
      JsonNode whole = served.ask(more);
      HttpResponse<String> streamed =
          served.post(
              "/v1/chat/completions",
              ServedWords.chat(
                  more + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
      assertThat(streamed.headers().firstValue("content-type")).contains("text/event-stream");
      List<String> data =
          streamed
              .body()
              .lines()
              .filter(line -> line.startsWith("data: "))
              .map(line -> line.substring(6))
              .toList();
      assertThat(data.getLast()).isEqualTo("[DONE]");
      List<JsonNode> chunks = data.stream().limit(data.size() - 1).map(Json::read).toList();
      assertThat(
              chunks.stream()
                  .map(chunk -> chunk.at("/choices/0/delta/content").asString(""))
                  .collect(Collectors.joining()))
          .isEqualTo(whole.at("/choices/0/message/content").asString());
      assertThat(chunks.stream().map(chunk -> chunk.path("id").asString()).distinct()).hasSize(1);
      JsonNode end = chunks.get(chunks.size() - 2);
      assertThat(end.at("/choices/0/finish_reason"))
          .isEqualTo(whole.at("/choices/0/finish_reason"));
      assertThat(end.at("/topdraw/findings")).isEqualTo(whole.at("/topdraw/findings"));
      assertThat(chunks.getLast().path("choices")).isEmpty();
      assertThat(chunks.getLast().path("usage")).isEqualTo(whole.path("usage"));
    }
  }

  @Test
  void aTextIsContinuedAndBestOfIsOurN() {
    try (ServedWords served = ServedWords.start()) {
      HttpResponse<String> got =
          served.post(
              "/v1/completions",
              "{\"model\":\"words\",\"prompt\":\"Once\",\"max_tokens\":3,\"best_of\":5}");
      assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
      JsonNode answer = Json.read(got.body());
      assertThat(answer.path("object").asString()).isEqualTo("text_completion");
      assertThat(answer.at("/choices/0/text").isString()).isTrue();
      assertThat(n(answer)).isEqualTo(5);
      assertThat(answer.at("/topdraw/warnings").toString()).contains("best_of");
    }
  }

  @Test
  void noPromptNoAnswerAndNoKeyIsLogged() {
    try (ServedWords served = ServedWords.locked(java.util.Set.of("td-canary-key"))) {
      HttpResponse<String> got =
          served.post(
              "/v1/chat/completions",
              ServedWords.chat("\"topdraw\":{\"n\":2}"),
              "Authorization",
              "Bearer td-canary-key");
      assertThat(got.statusCode()).isEqualTo(200);
      String text = Json.read(got.body()).at("/choices/0/message/content").asString("?");
      assertThat(served.post("/v1/chat/completions", ServedWords.chat("")).statusCode())
          .isEqualTo(401);
      assertThat(served.get("/metrics").statusCode()).isEqualTo(401);
      assertThat(served.get("/v1/models").statusCode()).isEqualTo(401);
      assertThat(served.get("/nothing").statusCode()).isEqualTo(401);
      assertThat(served.get("/healthz/live").statusCode()).isEqualTo(200);
      // A line is written when its request has ended, the first one's by now.
      assertThat(served.log()).contains("\"key\":\"caller1\"").doesNotContain("canary");
      assertThat(served.log()).doesNotContain("Colours?");
      if (text.length() > 3) assertThat(served.log()).doesNotContain(text);
    }
  }
}
