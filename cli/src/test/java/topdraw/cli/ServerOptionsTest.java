package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// `--server` of the command line, against a server without log-probabilities that answers with the
/// seed it is given, and complains with the key.
@Timeout(120)
class ServerOptionsTest {
  private static final String CANARY = "canary-9d2e-never-shown";

  /// What is asked before anything is drawn.
  private static final List<String> OPENING =
      List.of("surprising", "Name one colour. Answer with one word.", "Repeat exactly");

  @TempDir private Path temp;

  private HttpServer server;
  private String url = "";
  private volatile int status = 200;
  private final Map<String, String> keys = new ConcurrentHashMap<>();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/v1/models", exchange -> send(exchange, 200, "{\"data\":[{\"id\":\"m\"}]}"));
    server.createContext("/v1/chat/completions", this::complete);
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void complete(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    JsonNode asked = Json.read(body);
    keys.put(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")), "");
    if (status != 200 && OPENING.stream().noneMatch(body::contains)) {
      send(exchange, status, "{\"error\":{\"message\":\"key " + CANARY + " has no money\"}}");
      return;
    }
    String answer =
        "{\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"content\":"
            + "\"seed "
            + asked.path("seed").asInt()
            + "\"}}],\"usage\":{\"completion_tokens\":3}}";
    send(exchange, 200, answer);
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void aServerWithoutLogProbabilitiesGivesWhatRewardsGive() {
    Ran ran =
        Ran.topdraw(
            "sample",
            "hello",
            "--server",
            url,
            "-n",
            "4",
            "--reward",
            "regex:7",
            "--max-tokens",
            "9");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).startsWith("seed ");
    assertThat(ran.err())
        .contains("textbook: log n - (n-1)/n")
        .contains("log p          no log-probability is recorded")
        .doesNotContain("seen-mass");
  }

  @Test
  void aRunIsRecordedAndTheKeyIsNowhere() throws IOException {
    Path prompts = Files.writeString(temp.resolve("prompts.txt"), "a\nb\n");
    Path folder = temp.resolve("run");
    Path key = Files.writeString(temp.resolve("key"), CANARY);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    String[] command = {
      "run",
      prompts.toString(),
      "-o",
      folder.toString(),
      "--server",
      url,
      "--model",
      "m",
      "-n",
      "2",
      "--reward",
      "negative-length",
      "--key-file",
      key.toString()
    };
    status = 400;
    Ran refused = Ran.topdraw(command);
    assertThat(refused.err()).contains("key *** has no money").doesNotContain(CANARY);
    assertThat(refused.exitCode()).isNotZero();
    assertNowhere(folder, CANARY);

    status = 200;
    Ran fresh =
        Ran.topdraw(Stream.concat(Stream.of(command), Stream.of("--fresh")).toArray(String[]::new));
    assertThat(fresh.exitCode()).as(fresh.err()).isZero();
    assertThat(Files.readAllLines(folder.resolve("samples.jsonl")))
        .hasSize(4)
        .allMatch(line -> line.contains("\"logprob\":null") && line.contains("seed "));
    assertNowhere(folder, CANARY);
    assertThat(keys.keySet()).containsExactly("Bearer " + CANARY);
  }

  private static void assertNowhere(Path folder, String secret) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).isNotEmpty();
      for (Path file : all) assertThat(Files.readString(file)).doesNotContain(secret);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --server http://127.0.0.1:1 --threads 2  | --threads is about a model in this process
          --server http://127.0.0.1:1 --trust-model | --trust-model is about a model in this process
          --server http://127.0.0.1:1 --engine v0.5.0 | --engine is about a model in this process
          --server http://127.0.0.1:1 --weights q8_0 | --weights is about a model in this process
          --at-once 2                               | --at-once is about a server
          --server 127.0.0.1:1                      | a server's address is like http://127.0.0.1:8000
          --server http://a --server http://a       | named twice
          --server http://127.0.0.1:1 --at-once 0   | --at-once is a whole number from 1 to 1024
          --server http://127.0.0.1:1 --server-timeout 0 | --server-timeout is a whole number from 1 to 86400
          --server http://127.0.0.1:1 --reward self-judge | ask the model in this process
          --server http://127.0.0.1:1 --reward judge | ask the model in this process
          --server http://127.0.0.1:1 --key-file no | there is no file no
          """)
  void whatDoesNotGoTogetherIsSaidInOneLine(String options, String said) {
    Ran ran =
        Ran.topdraw(
            Stream.concat(Stream.of("sample", "hello"), Stream.of(options.split(" ")))
                .toArray(String[]::new));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.err()).startsWith("topdraw: ").contains(said);
  }

  @Test
  void aModelThatTheServerDoesNotHaveIsNamedWithThoseItHas() {
    Ran ran = Ran.topdraw("sample", "hello", "--server", url, "--model", "other");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("has no model \"other\"; it has m");
  }

  @Test
  void aServerThatIsNotThereIsAFailureAndNoMistake() {
    server.stop(0);
    Ran ran = Ran.topdraw("sample", "hello", "--server", url);
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("refuses the connection");
  }

  /// What stands behind `--log-p` is a file, not its word.
  @Test
  void aSecondPassNeedsAServerThatCanScore() throws IOException {
    String table =
        Files.writeString(
                temp.resolve("a.jsonl"),
                "{\"prompt\":\"a\",\"completion\":\"b\"}\n{\"prompt\":\"a\",\"completion\":\"c\"}\n")
            .toString();
    String output = temp.resolve("b.jsonl").toString();
    Ran none = Ran.topdraw("score", "--log-p", table, "-o", output);
    assertThat(none.exitCode()).as(none.err()).isEqualTo(2);
    assertThat(none.err()).contains("--log-p asks one server, llama.cpp's or vLLM");
    Ran ran = Ran.topdraw("score", "--log-p", table, "-o", output, "--server", url);
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err())
        .contains("(OpenAI-compatible) cannot say how likely given completions are");
    assertThat(Path.of(output)).doesNotExist();
  }

  /// Before anything at all is drawn.
  @Test
  void blocksNeedAServerThatGoesOnFromItsTokens() {
    Ran ran = Ran.topdraw("sample", "hello", "--server", url, "--block", "4", "-n", "2");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "cannot be drawn from block by block, as llama.cpp's server can; leave out --block");
    assertThat(keys).isEmpty();
  }

  /// Before anything is drawn: what was asked beside the opening is nothing.
  @Test
  void whereNoDrawWillHaveALogProbabilityNoneIsDrawnToSelectByIt() {
    Ran ran = Ran.topdraw("sample", "hello", "--server", url, "-n", "2");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains("log-likelihood selects by log-probabilities")
        .contains("it gives no log-probabilities; choose another reward with --reward");
  }
}
