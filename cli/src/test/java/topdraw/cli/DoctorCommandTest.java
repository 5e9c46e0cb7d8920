package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

class DoctorCommandTest {
  @TempDir Path cache;

  @Test
  void aMissingModelIsToldWithTheWayToGetIt() {
    Ran ran = doctor(Map.of("TOPDRAW_CACHE", cache.toString(), "HF_HUB_OFFLINE", "1"));

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out())
        .contains("BAD  model", "is not there yet", "to mend it: run: topdraw models --fetch")
        .contains("BAD  download", "unset HF_HUB_OFFLINE")
        .contains("ok   vector module", "ok   cache folder");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void theExitCodeAndTheJsonSayWhetherAllIsWell() {
    Ran ran = doctor(System.getenv(), "--json");
    JsonNode report = Json.read(ran.out());
    boolean allWell =
        report.path("checks").valueStream().allMatch(check -> check.path("ok").asBoolean());

    assertThat(report.path("ok").asBoolean()).isEqualTo(allWell);
    assertThat(ran.exitCode()).isEqualTo(allWell ? 0 : 1);
    assertThat(report.path("checks").valueStream())
        .extracting(check -> check.path("name").asString())
        .contains("java", "vector module", "platform", "memory", "cache folder", "model");
  }

  /// It draws by the seed and tells no log-probabilities, as OpenAI's reasoning models do.
  @Test
  void aServerWithoutLogProbabilitiesLeavesTheTheoremThatCounts() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", DoctorCommandTest::answer);
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      Ran ran = doctor(Map.of(), "--server", url + "/v1");
      assertThat(ran.exitCode()).as(ran.err()).isEqualTo(4);
      assertThat(ran.out())
          .startsWith(
              "bounds from this server's log-probabilities: none: only the theorem that counts draws"
                  + " (KL at most log n - (n-1)/n), because it gives no log-probabilities")
          .contains("seed: yes; max_tokens: yes; n: no", "model m");
      JsonNode json = Json.read(doctor(Map.of(), "--server", url, "--json").out());
      assertThat(json.at("/bounds/rest_on").asString()).isEqualTo("none");
      assertThat(json.at("/log_probabilities/terms").asString()).isEqualTo("none");
      assertThat(json.path("greedy").asBoolean(true)).isFalse();
      assertThat(json.path("requests").asInt()).isBetween(7, 20);
      assertThat(json.path("evidence")).isNotEmpty();
    } finally {
      server.stop(0);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String answer =
        switch (path) {
          case "/v1/models" -> "{\"data\": [{\"id\": \"m\"}]}";
          case "/v1/chat/completions" ->
              """
              {"choices": [{"message": {"content": "colour %s"}, "finish_reason": "stop"}],
               "usage": {"completion_tokens": 1, "prompt_tokens": 12}}"""
                  .formatted(Json.read(question).path("seed"));
          default -> "";
        };
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(bytes.length == 0 ? 404 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void whatIsAboutAServerNeedsOne() {
    for (String option : new String[] {"--model", "--key-file"}) {
      Ran ran = Ran.topdraw("doctor", option, "x");
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err()).contains(option + " is about a server here; name one with --server");
    }
    assertThat(Ran.topdraw("doctor", "--server", "http://127.0.0.1:1", "--settings").exitCode())
        .isEqualTo(2);
  }

  private static Ran doctor(Map<String, String> environment, String... arguments) {
    return Ran.of(new DoctorCommand(environment), arguments);
  }
}
