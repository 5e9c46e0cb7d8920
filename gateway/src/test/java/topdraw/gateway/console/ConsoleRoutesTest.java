package topdraw.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// The console on the wire, without a browser.
class ConsoleRoutesTest {
  private static final String OURS = "X-Topdraw-Console";

  @ParameterizedTest
  @ValueSource(strings = {"/", "/console"})
  void leadToThePage(String path) throws Exception {
    try (Served served = Served.of(Recorded.capital(Recorded.ALL))) {
      HttpResponse<String> answer = served.get(path);

      assertThat(answer.statusCode()).isEqualTo(302);
      assertThat(answer.headers().firstValue("location")).hasValue("/console/");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "index.html", "console.js", "charts.js", "console.css", "icon.svg"})
  void filesNeedNoKeyAndLetNothingElseIn(String file) throws Exception {
    try (Served served = Served.locked(Recorded.capital(Recorded.ALL), "td-1")) {
      HttpResponse<String> answer = served.get("/console/" + file);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
          .startsWith(
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.headers().allValues("x-content-type-options")).containsOnly("nosniff");
      assertThat(answer.headers().firstValue("referrer-policy")).hasValue("no-referrer");
      assertThat(answer.body())
          .doesNotContainIgnoringCase("innerHTML")
          .doesNotContain(" style=", "<style", " onclick", "https://");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/console/state", "/console/ledger?alias=paris"})
  void whatThePageShowsNeedsTheKey(String path) throws Exception {
    try (Served served = Served.locked(Recorded.capital(Recorded.ALL), "td-1")) {
      assertThat(served.get(path).statusCode()).isEqualTo(401);
      assertThat(served.get(path, "Authorization", "Bearer td-2").statusCode()).isEqualTo(401);
      HttpResponse<String> answer = served.get(path, "Authorization", "Bearer td-1");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(Json.read(answer.body()).path("key").stringValue()).isEqualTo("alice");
      assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
    }
  }

  @Test
  void triesNothingForAPageThatIsNotOurs() throws Exception {
    try (Served served = Served.of(Recorded.capital(Recorded.ALL))) {
      HttpResponse<String> plain = served.post("/console/try", Served.asked(""));
      HttpResponse<String> foreign =
          served.post(
              "/console/try", Served.asked(""), OURS, "1", "Origin", "http://elsewhere.example");

      assertThat(plain.statusCode()).isEqualTo(403);
      assertThat(plain.body()).contains("console_only");
      assertThat(foreign.statusCode()).isEqualTo(403);
    }
  }

  @Test
  void tellsEachCandidateAsItComesAndThenTheAnswerOfTheInterface() throws Exception {
    try (Served served = Served.of(Recorded.capital(Recorded.ALL))) {
      List<JsonNode> events =
          events(served.post("/console/try", Served.asked("\"seed\":7"), OURS, "1").body());
      JsonNode last = events.getLast();
      JsonNode interfaces =
          Json.read(
              served
                  .post("/v1/chat/completions", Served.asked("\"candidates\":\"full\",\"seed\":7"))
                  .body());

      assertThat(events).hasSize(17);
      assertThat(events.subList(0, 16))
          .extracting(event -> event.path("i").intValue())
          .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
      assertThat(events.subList(0, 16))
          .allSatisfy(
              event ->
                  assertThat(event.path("reward").doubleValue())
                      .isEqualTo(event.path("text").stringValue().contains("Paris") ? 1 : 0));
      for (String known : List.of("findings", "candidates", "winner_index", "sentence", "seed")) {
        assertThat(last.path("body").path("topdraw").path(known))
            .as(known)
            .isEqualTo(interfaces.path("topdraw").path(known));
      }
      assertThat(last.path("body").path("choices")).isEqualTo(interfaces.path("choices"));
    }
  }

  /// Three of the sixteen pass, so what the best of n of them is worth can be counted.
  @Test
  void tellsWhatTheCandidatesSayOfOtherN() throws Exception {
    try (Served served = Served.of(Recorded.capital(Recorded.ALL))) {
      JsonNode curve =
          events(served.post("/console/try", Served.asked(""), OURS, "1").body())
              .getLast()
              .path("curve");

      assertThat(curve.size()).isEqualTo(16);
      double none = 1; // C(13, n) / C(16, n)
      for (int n = 1; n <= 16; n++) {
        none *= Math.max(0, 13.0 - (n - 1)) / (16 - (n - 1));
        JsonNode at = curve.get(n - 1);
        assertThat(at.path("n").intValue()).isEqualTo(n);
        assertThat(at.path("reward").path("value").doubleValue())
            .isCloseTo(1 - none, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(at.path("textbook_kl").doubleValue())
            .isCloseTo(Math.log(n) - (n - 1.0) / n, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(at.path("kl").path("value").doubleValue())
            .isLessThanOrEqualTo(at.path("textbook_kl").doubleValue() + 1e-12);
        assertThat(at.path("win_rate").path("evidence").stringValue()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"method\":\"early-stop\",\"threshold\":1",
        "\"method\":\"majority\",\"reward\":\"majority\""
      })
  void saysWhyNothingFollowsForOtherN(String options) throws Exception {
    try (Served served = Served.of(Recorded.capital(Recorded.ALL))) {
      JsonNode answer =
          events(served.post("/console/try", Served.asked(options), OURS, "1").body()).getLast();

      assertThat(answer.path("curve").isEmpty()).isTrue();
      assertThat(answer.path("withheld").size()).isEqualTo(1);
    }
  }

  @Test
  void saysWhatIsWrongWithAQuestion() throws Exception {
    try (Served served = Served.of(Recorded.capital(Recorded.ALL))) {
      HttpResponse<String> answer =
          served.post("/console/try", Served.asked("\"reward\":\"nosuch\""), OURS, "1");

      assertThat(answer.body()).startsWith("event: error\ndata: ").contains("unknown_reward");
    }
  }

  @Test
  void whatIsUnderWayIsAnsweredBeforeTheGatewayEnds() throws Exception {
    Recorded model = Recorded.capital(0);
    Served served = Served.of(model);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> asked =
          threads.submit(() -> served.post("/console/try", Served.asked(""), OURS, "1"));
      while (model.underWay() < 16) Thread.onSpinWait();
      Future<?> ended = threads.submit(served::end);
      while (served.get("/healthz/ready").statusCode() == 200) Thread.onSpinWait();
      HttpResponse<String> late = served.post("/console/try", Served.asked(""), OURS, "1");
      model.letThrough(Recorded.ALL);
      ended.get();

      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.body()).contains("draining");
      assertThat(events(asked.get().body()).getLast().path("body").path("choices").size())
          .isEqualTo(1);
    } finally {
      served.close();
    }
  }

  private static List<JsonNode> events(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> Json.read(line.substring("data: ".length())))
        .toList();
  }
}
