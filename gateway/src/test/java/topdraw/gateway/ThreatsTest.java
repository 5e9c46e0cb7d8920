package topdraw.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.gateway.ledger.Database;
import topdraw.gateway.ledger.DriftAccounts;
import topdraw.gateway.ledger.Standing;
import topdraw.gateway.question.Method;
import topdraw.gateway.question.Options;
import topdraw.gateway.record.TrafficFile;
import topdraw.gateway.settings.Alias;
import topdraw.gateway.settings.Budget;
import topdraw.gateway.settings.Limits;
import topdraw.input.InputException;
import topdraw.json.Json;
import topdraw.servers.WordServer;
import topdraw.servers.http.Secret;
import topdraw.servers.http.TestServer;
import topdraw.theory.finding.Confidence;

/// What is tried against gateways, by the numbers of the list of threats that the gateway is held
/// to. Each is tried over a socket, at a gateway that answers.
class ThreatsTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String KEY = "td-the-key-of-a-caller";

  private static ServedWords open;
  private static ServedWords locked;

  @BeforeAll
  static void serve() {
    open = ServedWords.start();
    locked = ServedWords.locked(Set.of(KEY));
  }

  @AfterAll
  static void end() {
    open.close();
    locked.close();
  }

  private static String head(String line, String... headers) {
    return line
        + "\r\nHost: localhost\r\n"
        + Stream.of(headers).map(h -> h + "\r\n").reduce("", String::concat);
  }

  private static String chat(String body, String... headers) {
    return head("POST " + CHAT + " HTTP/1.1", headers)
        + "Content-Type: application/json\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  private static final String PASS = ServedWords.chat("\"topdraw\":{\"n\":1}");

  /// Words that a caller sends go to the model's server, which may be a gateway itself: what would
  /// send that one elsewhere stays here.
  @ParameterizedTest
  @ValueSource(strings = {"base_url", "api_base", "api_key"})
  void s1_noAddressOfACallersIsReadOrPassedOn(String field) throws IOException {
    try (ServedWords served = ServedWords.start();
        Elsewhere elsewhere = Elsewhere.start()) {
      served.ask("\"topdraw\":{\"n\":2},\"%s\":\"%s\"".formatted(field, elsewhere.url()));
      assertThat(elsewhere.asked()).isEmpty();
      assertThat(served.words().asked()).noneMatch(asked -> asked.body().contains(field));
    }
  }

  @Test
  void s1_noPictureIsFetched() throws IOException {
    try (Elsewhere elsewhere = Elsewhere.start()) {
      open.post(
          CHAT,
          """
          {"model":"words","max_tokens":3,"topdraw":{"n":1},"messages":[{"role":"user","content":[
            {"type":"image_url","image_url":{"url":"%s/a.png"}}]}]}\
          """
              .formatted(elsewhere.url()));
      assertThat(elsewhere.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void s1_noRedirectionIsFollowedWithTheKey(int status) throws IOException {
    try (Elsewhere elsewhere = Elsewhere.start()) {
      WordServer.Fault away =
          (number, body, wire) -> {
            wire.answer(status, "text/plain", "", "Location: " + elsewhere.url() + CHAT);
            return true;
          };
      try (ServedWords served =
          ServedWords.locked(
              Set.of(), Optional.of(Secret.of("sk-upstream", "a test")), away, new Ledger.None())) {
        served.refused(502, ServedWords.chat("\"topdraw\":{\"n\":1}"));
      }
      assertThat(elsewhere.asked()).isEmpty();
    }
  }

  /// Everything that leaves the process while good and bad requests with marked keys, prompts and
  /// answers go through: what callers are answered, the log, metrics, the streams, Java's loggers,
  /// the ledger's files.
  @Test
  void s2_s3_noKeyNoPromptAndNoAnswerIsWrittenAnywhere(@TempDir Path folder) throws IOException {
    String caller = "td-canary-caller-key";
    String upstream = "sk-canary-upstream-key";
    String prompt = "canary-prompt";
    String completion = "canary-completion";
    WordServer.Fault fault =
        (number, body, wire) -> {
          switch (number % 4) {
            case 0 ->
                wire.answer(
                    500,
                    "application/json",
                    "{\"error\":{\"message\":\"%s %s\"}}".formatted(upstream, prompt));
            case 1 ->
                wire.answer(
                    400,
                    "application/json",
                    "{\"error\":{\"message\":\"%s\"}}".formatted(upstream));
            case 2 ->
                wire.json(
                    Json.line(WordServer.completion(body, true))
                        .replace("\"content\":\"", "\"content\":\"" + completion));
            default -> wire.answer(200, "text/html", "<html>" + completion);
          }
          return true;
        };
    Captured captured = new Captured();
    String log;
    List<String> answered = new ArrayList<>();
    try (captured;
        ServedWords served =
            ServedWords.locked(
                Set.of(caller),
                Optional.of(Secret.of(upstream, "a test")),
                fault,
                ledger(folder, List.of(ServedWords.WORDS)))) {
      String[] key = {"Authorization", "Bearer " + caller};
      for (int i = 0; i < 12; i++) {
        for (String more :
            List.of("\"topdraw\":{\"n\":2}", "\"stream\":true", "\"topdraw\":{\"n\":1}")) {
          String body =
              "{\"model\":\"words\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":3,%s}"
                  .formatted(prompt, more);
          answered.add(served.post(CHAT, body, key).body());
        }
      }
      answered.add(served.post(CHAT, "{\"model\":\"words\",\"messages\":\"" + prompt, key).body());
      answered.add(served.post(CHAT, "{\"" + prompt + "\":", key).body());
      answered.add(served.post("/" + prompt, "{}", key).body());
      answered.add(
          served
              .post(CHAT, ServedWords.chat("\"topdraw\":{\"reward\":\"regex:(canary\"}"), key)
              .body());
      answered.add(served.get("/v1/models/" + prompt + "?q=" + prompt, key).body());
      served.post(CHAT, PASS, "Authorization", "Bearer " + caller + "x");
      try (RawClient raw = new RawClient(served.port())) {
        raw.send(prompt + " " + prompt + "\r\n\r\n").heard(500);
      }
      try (RawClient raw = new RawClient(served.port())) {
        raw.send(head("POST " + CHAT + " HTTP/1.1", "Authorization: Bearer " + caller, prompt))
            .heard(500);
      }
      // It leaves in the middle.
      try (RawClient raw = new RawClient(served.port())) {
        raw.send(chat(PASS, "Authorization: Bearer " + caller).substring(0, 200));
      }
      answered.add(served.get("/metrics", key).body());
      answered.add(served.get("/healthz/ready").body());
      log = served.log();
      assertThat(answered.getLast()).isNotEmpty();
      assertThat(String.join("\n", answered))
          .contains(completion) // who asked is answered
          .doesNotContain("canary-caller")
          .doesNotContain("canary-upstream");
      assertThat(served.get("/metrics", key).body()).doesNotContain("canary");
    }
    assertThat(log).contains("caller1").doesNotContain("canary");
    assertThat(captured.all()).doesNotContain("canary");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("canary");
      }
    }
  }

  /// What is thrown may hold what was asked; where it was thrown is what mends it.
  @ParameterizedTest
  @ValueSource(strings = {"\"topdraw\":{\"n\":1}", "\"topdraw\":{\"n\":1},\"stream\":true"})
  void s3_aBugIsToldWithItsRequestAndPlaceButNoWords(String more) throws InterruptedException {
    Captured captured = new Captured();
    HttpResponse<String> answer;
    try (captured;
        ServedWords served =
            ServedWords.telling(
                told -> {
                  throw new IllegalStateException("canary", new IllegalArgumentException("canary"));
                })) {
      answer = served.post(CHAT, ServedWords.chat(more), "X-Request-Id", "mine-2");
      for (int i = 0; i < 500 && served.log().isEmpty(); i++) Thread.sleep(10);
      assertThat(served.log()).contains("\"error\":\"bug\"");
    }
    assertThat(answer.body()).contains("\"code\":\"bug\"").doesNotContain("canary");
    assertThat(captured.all())
        .contains("topdraw: a bug, in request mine-2")
        .contains("java.lang.IllegalStateException", "java.lang.IllegalArgumentException")
        .contains("at topdraw.gateway.ThreatsTest")
        .doesNotContain("canary");
  }

  @Test
  void s3_recordsAreForTheirOwnerAndOutliveAClientThatLeft(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("traffic.jsonl");
    TrafficFile traffic = TrafficFile.open(file);
    try (traffic;
        ServedWords served =
            ServedWords.telling(
                answer -> {
                  Thread.currentThread().interrupt(); // as when its client leaves
                  try {
                    traffic.write(answer, "words");
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                  Thread.interrupted();
                })) {
      served.ask("\"topdraw\":{\"n\":2}");
      served.ask("\"topdraw\":{\"n\":3}");
    }
    assertThat(Files.readAllLines(file)).hasSize(5).allMatch(line -> Json.read(line).isObject());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void s3_aRecordGoesOnAfterALineThatAKillTore(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("traffic.jsonl");
    String whole = "{\"prompt_id\":\"a\",\"text\":\"b\"}\n";
    for (String torn : List.of("", "{", "{\"prompt_id\":\"a\",\"te")) {
      Files.writeString(file, whole + torn);
      TrafficFile.open(file).close();
      assertThat(Files.readString(file)).isEqualTo(whole);
      Files.writeString(file, torn);
      TrafficFile.open(file).close();
      assertThat(file).isEmptyFile();
    }
    Files.writeString(file, whole + whole.strip());
    TrafficFile.open(file).close();
    assertThat(Files.readString(file)).isEqualTo(whole + whole);
    Files.writeString(file, "notes of mine");
    assertThatThrownBy(() -> TrafficFile.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("traffic.jsonl ends with part of a line that no gateway wrote");
    assertThat(Files.readString(file)).isEqualTo("notes of mine");
  }

  static Stream<String> smuggled() {
    String second = "GET /healthz/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String json = "Content-Type: application/json\r\n";
    String post = "POST " + CHAT + " HTTP/1.1\r\n";
    String host = "Host: localhost\r\n";
    int length = second.length();
    return Stream.of(
        // two lengths, in both orders
        post
            + host
            + json
            + "Content-Length: "
            + (5 + length)
            + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            + second,
        post
            + host
            + json
            + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"
            + second,
        post + host + json + "Content-Length: 0\r\nContent-Length: " + length + "\r\n\r\n" + second,
        post + host + json + "Content-Length: 0, " + length + "\r\n\r\n" + second,
        post + host + json + "Content-Length: +0\r\n\r\n" + second,
        post + host + json + "Content-Length: -1\r\n\r\n" + second,
        post + host + json + "Content-Length: 0x0\r\n\r\n" + second,
        post + host + json + "Content-Length: 99999999999999999999\r\n\r\n" + second,
        post + host + json + "Content-Length: \r\n\r\n" + second,
        // codings that one server knows and another does not
        post + host + json + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + second,
        post + host + json + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + second,
        post
            + host
            + json
            + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"
            + second,
        post + host + json + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + second,
        post + host + json + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n" + second,
        post + host + json + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n" + second,
        post + host + json + "Transfer-Encoding: chunked\r\n\r\n0;x=\n\r\n\r\n" + second,
        post + host + json + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n" + second,
        post + host + json + "Transfer-Encoding: chunked\r\n\r\n1\r\nAB\r\n0\r\n\r\n" + second,
        // lines that end otherwise
        "GET /healthz/live HTTP/1.1\nHost: localhost\n\n" + second,
        "GET /healthz/live HTTP/1.1\r\nHost: localhost\n\r\n" + second,
        "GET /healthz/live HTTP/1.1\r\nHost: localhost\r\rX: y\r\n\r\n" + second,
        "GET /healthz/live HTTP/1.1\r\nHost: localhost\r\nX: a\nContent-Length: "
            + length
            + "\r\n\r\n"
            + second,
        // hosts
        "GET /healthz/live HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n" + second,
        "GET /healthz/live HTTP/1.1\r\n\r\n" + second,
        "GET /healthz/live HTTP/1.1\r\nHost: localhost@evil.example\r\n\r\n" + second,
        "GET /healthz/live HTTP/1.1\r\nHost: localhost, evil.example\r\n\r\n" + second,
        "GET /healthz/live HTTP/1.1\r\nHost: \r\n\r\n" + second,
        // names of headers, folded lines
        "GET /healthz/live HTTP/1.1\r\nHost: localhost\r\n Content-Length: "
            + length
            + "\r\n\r\n"
            + second,
        "GET /healthz/live HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n" + second,
        "GET /healthz/live HTTP/1.1\r\nHost: localhost\r\nX: a\r\n\tb: c\r\n\r\n" + second,
        "GET /healthz/live HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n" + second,
        "GET /healthz/live HTTP/1.1\r\nHost: localhost\r\n: nothing\r\n\r\n" + second,
        "GET /healthz/live HTTP/1.1\r\nHost: localhost\r\nX y: z\r\n\r\n" + second,
        "GET /healthz/live HTTP/1.1\r\nHost: localhost\r\nX\u0000: z\r\n\r\n" + second,
        "GET /healthz/live HTTP/1.1\r\nHost: localhost\r\nX: \u0000\r\n\r\n" + second,
        // first lines
        "GET /healthz/live HTTP/1.0\r\nHost: localhost\r\n\r\n" + second,
        "GET /healthz/live HTTP/2.0\r\nHost: localhost\r\n\r\n" + second,
        "GET /healthz/live\r\n\r\n" + second,
        "GET  /healthz/live HTTP/1.1\r\nHost: localhost\r\n\r\n" + second,
        "GET /healthz/live HTTP/1.1 HTTP/1.1\r\nHost: localhost\r\n\r\n" + second,
        "G\u0000T /healthz/live HTTP/1.1\r\nHost: localhost\r\n\r\n" + second,
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + second,
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000" + second);
  }

  /// One that two readers could read differently is refused and the connection is closed: what
  /// comes behind it is never taken for a request.
  @ParameterizedTest
  @MethodSource("smuggled")
  void s4_whatCanBeReadTwoWaysIsRefusedAndNothingBehindItIsRead(String bytes) throws IOException {
    try (RawClient raw = new RawClient(open.port())) {
      String heard = raw.send(bytes).heard(1_000);
      assertThat(RawClient.statuses(heard))
          .as(heard)
          .hasSizeLessThanOrEqualTo(1)
          .allMatch(status -> status >= 400 && status < 506 && status != 500);
      assertThat(raw.closed(1_000)).isTrue();
    }
  }

  @Test
  void s4_theSameWithNothingWrongIsTwoRequests() throws IOException {
    String one = "GET /healthz/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (RawClient raw = new RawClient(open.port())) {
      assertThat(RawClient.statuses(raw.send(one + one).heard(300))).containsExactly(200, 200);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"topdraw\":{\"n\":2147483647}                                        | 400",
        "\"topdraw\":{\"n\":99999999999999999999}                              | 400",
        "\"topdraw\":{\"n\":-1}                                                | 400",
        "\"topdraw\":{\"n\":1e9}                                               | 400",
        "\"n\":129                                                             | 400",
        "\"n\":7,\"topdraw\":{\"n\":1}                                         | 400",
        "\"n\":7,\"temperature\":0                                             | 400",
        "\"n\":4,\"topdraw\":{\"method\":\"poisson\",\"mean\":2}               | 400",
        "\"n\":7,\"topdraw\":{\"method\":\"passthrough\"}                      | 400",
        "\"topdraw\":{\"method\":\"poisson\",\"mean\":1e300}                   | 400",
        "\"topdraw\":{\"method\":\"rewind\",\"threshold\":9,\"max_draws\":16384}   | 200",
        "\"topdraw\":{\"n\":16384}                                           | 200",
        "\"topdraw\":{\"method\":\"soft\",\"temperature\":1,\"n\":16384}     | 200",
        "\"n\":6,\"topdraw\":{\"n\":16384}                                   | 200"
      })
  void s5_noRequestDrawsMoreThanTheLimits(String more, int status) {
    Limits limits = new Limits(4, 2, 6, 16, 1 << 16, Duration.ofSeconds(30));
    try (ServedWords served =
        ServedWords.start(WordServer.Fault.NONE, List.of(ServedWords.WORDS), limits)) {
      HttpResponse<String> answer =
          served.post(
              CHAT,
              ServedWords.chat(more.strip()).replace("\"max_tokens\":3", "\"max_tokens\":1000000"));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      assertThat(served.words().drawn()).isLessThanOrEqualTo(status == 200 ? 6 : 0);
      assertThat(served.words().asked())
          .filteredOn(asked -> asked.body().contains("Colours?"))
          .allMatch(asked -> Json.read(asked.body()).path("max_tokens").asInt() <= 2);
    }
  }

  @Test
  void s5_aBodyThatIsTooLongIsNotRead() throws IOException {
    for (String length :
        List.of(Integer.toString((1 << 20) + 1), "1073741824", "9223372036854775807")) {
      try (RawClient raw = new RawClient(open.port())) {
        String heard =
            raw.send(
                    head(
                            "POST " + CHAT + " HTTP/1.1",
                            "Content-Type: application/json",
                            "Content-Length: " + length)
                        + "\r\n")
                .heard(1_000);
        assertThat(RawClient.statuses(heard)).as(heard).containsExactly(413);
        assertThat(raw.closed(1_000)).isTrue();
      }
    }
  }

  /// The line before a chunk has no longest: memory would hold all of it.
  @Test
  void s5_chunksAreRefusedBeforeTheFirst() throws IOException {
    try (RawClient raw = new RawClient(open.port())) {
      String heard =
          raw.send(
                  head(
                          "POST " + CHAT + " HTTP/1.1",
                          "Content-Type: application/json",
                          "Transfer-Encoding: chunked")
                      + "\r\n")
              .heard(1_000);
      assertThat(RawClient.statuses(heard)).as(heard).containsExactly(411);
      assertThat(raw.closed(1_000)).isTrue();
    }
  }

  @Test
  void s5_headersThatAreTooLongAreRefused() throws IOException {
    List<String> requests =
        List.of(
            "GET /" + "a".repeat(1 << 20) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
            head("GET /healthz/live HTTP/1.1", "X: " + "a".repeat(1 << 20)) + "\r\n",
            head("GET /healthz/live HTTP/1.1", "a".repeat(1 << 20) + ": x") + "\r\n",
            head("GET /healthz/live HTTP/1.1", "X: y\r\n".repeat(20_000) + "Z: z") + "\r\n");
    for (String request : requests) {
      try (RawClient raw = new RawClient(open.port())) {
        String heard;
        try {
          heard = raw.send(request).heard(1_000);
        } catch (IOException e) {
          heard = ""; // closed while it was sent
        }
        assertThat(RawClient.statuses(heard)).allMatch(status -> status >= 400 && status < 500);
        assertThat(raw.closed(1_000)).isTrue();
      }
    }
  }

  @Test
  void s5_moreThanAtOnceIsRefusedAtOnce() throws Exception {
    Limits limits = new Limits(4, 3, 6, 2, 1 << 16, Duration.ofSeconds(30));
    WordServer.Fault slow =
        (number, body, wire) -> {
          Thread.sleep(1_000);
          return false;
        };
    try (ServedWords served = ServedWords.start(slow, List.of(ServedWords.WORDS), limits)) {
      List<Integer> statuses = statuses(8, i -> served.post(CHAT, PASS).statusCode());
      assertThat(statuses).containsOnly(200, 429);
      assertThat(statuses).filteredOn(status -> status == 200).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(a|a)*b",
        "(.*)*x",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(a?){64}a{64}",
        "((a{100}){100}){100}",
        "(?:(?:(?:x{1000}){1000}){1000})",
        "(?=a)b",
        "\\\\1(a)",
        "[",
        "a{1001}"
      })
  void s6_aPatternOfACallersIsSoonRefusedOrSoonAnswered(String pattern) {
    long began = System.nanoTime();
    HttpResponse<String> answer =
        open.post(
            CHAT,
            ServedWords.chat("\"topdraw\":{\"n\":2,\"reward\":\"regex:%s\"}".formatted(pattern)));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400);
    // Not a measurement: what is exponential would not end.
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
  }

  static Stream<byte[]> bombs() {
    String body =
        "{\"model\":\"words\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"x\":%s}";
    return Stream.concat(
        Stream.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                body.formatted("a", "[".repeat(200) + "]".repeat(200)),
                body.formatted("a", "1" + "0".repeat(200_000)),
                body.formatted("a", "1e" + "9".repeat(200)),
                body.formatted("a", "0." + "1".repeat(200_000)),
                "{\"model\":\"words\",\"model\":\"words\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"words\",\"messages\":[{\"role\":\"user\",\"role\":\"system\",\"content\":\"a\"}]}",
                "{\"" + "k".repeat(300_000) + "\":1}",
                body.formatted("a", "NaN"),
                ServedWords.chat("\"temperature\":1e999"),
                ServedWords.chat("\"temperature\":" + "9".repeat(90)),
                ServedWords.chat("\"n\":1e400"),
                ServedWords.chat("\"seed\":1e400"),
                body.formatted("a", "1") + "{}",
                body.formatted("a", "1") + "x",
                "",
                " ",
                "null",
                "[]",
                "\"\"",
                "7",
                "{",
                "\u0000",
                "{\"model\":7,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"words\",\"messages\":{}}",
                "{\"model\":\"words\",\"messages\":[[]]}",
                "{\"model\":\"words\",\"messages\":[{\"role\":\"user\"}]}",
                "{\"model\":\"words\",\"messages\":[{\"role\":\"\\u0000\",\"content\":\"a\"}]}")
            .map(text -> text.getBytes(StandardCharsets.UTF_8)),
        Stream.of(
                "\u00ff\u00fe",
                "\u00c0\u00af",
                "\u00ed\u00a0\u0080",
                "\u00f5\u0080\u0080\u0080",
                "\u0080",
                "\u00e2\u0082")
            .map(bad -> body.formatted(bad, "1").getBytes(StandardCharsets.ISO_8859_1)));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void s7_whatIsNoPlainJsonIsRefusedInOneLine(byte[] body) throws IOException {
    int drawn = open.words().drawn();
    try (RawClient raw = new RawClient(open.port())) {
      String heard =
          raw.send(
                  head(
                          "POST " + CHAT + " HTTP/1.1",
                          "Content-Type: application/json",
                          "Content-Length: " + body.length,
                          "Connection: close")
                      + "\r\n")
              .send(body)
              .heard(5_000);
      assertThat(RawClient.statuses(heard)).as(heard).containsExactly(400);
      String error = heard.substring(heard.indexOf("\r\n\r\n") + 4);
      assertThat(Json.read(error).at("/error/message").asString())
          .isNotBlank()
          .hasSizeLessThan(400)
          .doesNotContain("\n");
    }
    assertThat(open.words().drawn()).isEqualTo(drawn);
  }

  /// JSON can say half of a character, UTF-8 cannot: it is refused, or asked as another.
  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\udc00", "a\\ud83dz", "\\udfff\\ud800"})
  void s7_halfACharacterIsNoBug(String half) {
    HttpResponse<String> answer =
        open.post(CHAT, ServedWords.chat("\"topdraw\":{\"n\":1}").replace("Colours?", half));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "..",
        ".",
        "/etc/passwd",
        "words/../words",
        "..\\\\..\\\\x",
        "words\\u0000",
        "file:///etc/passwd",
        "%2e%2e%2fetc",
        "words\\n"
      })
  void s9_aNameIsLookedUpAndNeverAPath(String name) {
    HttpResponse<String> answer =
        open.post(CHAT, PASS.replace("\"model\":\"words\"", "\"model\":\"" + name + "\""));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    assertThat(Json.read(answer.body()).at("/error/code").asString()).isEqualTo("model_not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "json-schema:/etc/passwd", "process:/bin/sh", "http://127.0.0.1:1", "judge:x",
            "../colourful",
        "python:x", "server:http://127.0.0.1:1", "onnx:/etc/passwd", "file:/etc/passwd",
            "sum(1*regex:a)"
      })
  void s9_aRewardOfACallersOpensNoFileNoProgramAndNoServer(String reward) {
    HttpResponse<String> answer =
        open.post(
            CHAT, ServedWords.chat("\"topdraw\":{\"n\":2,\"reward\":\"%s\"}".formatted(reward)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(Json.read(answer.body()).at("/error/code").asString()).isEqualTo("unknown_reward");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/models/..%2f..%2fetc%2fpasswd",
        "/v1/models/%2e%2e",
        "/v1/models/../../etc/passwd",
        "/v1/models/%00",
        "/v1/models/words%00"
      })
  void s9_aPathLeadsToNoFile(String path) throws IOException {
    try (RawClient raw = new RawClient(open.port())) {
      String heard =
          raw.send(head("GET " + path + " HTTP/1.1", "Connection: close") + "\r\n").heard(1_000);
      assertThat(RawClient.statuses(heard))
          .as(heard)
          .hasSize(1)
          .allMatch(s -> s == 400 || s == 404);
      assertThat(heard).doesNotContain("root:");
    }
  }

  /// A page is given a name of its own for this machine, or is another's: browsers send both.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "evil.example          | -                        | 403",
        "evil.example:PORT     | -                        | 403",
        "localhost.evil.example| -                        | 403",
        "127.0.0.1.nip.io:PORT | -                        | 403",
        "localhost.            | -                        | 403",
        "0.0.0.0:PORT          | -                        | 403",
        "[::1]:PORT            | -                        | 403",
        "LOCALHOST:PORT        | -                        | 200",
        "127.0.0.1:PORT        | -                        | 200",
        "localhost:PORT        | http://localhost:PORT    | 200",
        "localhost:PORT        | http://localhost:1       | 403",
        "localhost:PORT        | http://evil.example      | 403",
        "localhost:PORT        | http://evil@localhost:PORT | 403",
        "localhost:PORT        | null                     | 403",
        "localhost:PORT        | file://                  | 403",
        "localhost:PORT        | http://localhost:PORT.evil.example | 403",
        "localhost:PORT        | chrome-extension://abc   | 403"
      })
  void s12_dnsRebindingAndForeignPagesStayOutside(String host, String origin, int status)
      throws IOException {
    for (String path : List.of("/v1/models", "/healthz/ready", "/metrics", "/nothing")) {
      try (RawClient raw = new RawClient(open.port())) {
        String port = Integer.toString(open.port());
        String heard =
            raw.send(
                    ("GET "
                            + path
                            + " HTTP/1.1\r\nHost: "
                            + host.strip()
                            + "\r\n"
                            + (origin == null ? "" : "Origin: " + origin.strip() + "\r\n")
                            + "Connection: close\r\n\r\n")
                        .replace("PORT", port))
                .heard(1_000);
        int expected = status == 200 && path.equals("/nothing") ? 404 : status;
        assertThat(RawClient.statuses(heard)).as(path + heard).containsExactly(expected);
        assertThat(heard.toLowerCase(Locale.ROOT)).doesNotContain("access-control");
      }
    }
  }

  /// What a page may send to another origin without asking first is not taken.
  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""})
  void s12_aFormIsNoRequest(String type) throws IOException {
    int drawn = open.words().drawn();
    try (RawClient raw = new RawClient(open.port())) {
      String heard =
          raw.send(
                  head(
                          "POST " + CHAT + " HTTP/1.1",
                          "Content-Length: " + PASS.length(),
                          "Connection: close")
                      + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
                      + "\r\n"
                      + PASS)
              .heard(1_000);
      assertThat(RawClient.statuses(heard)).as(heard).containsExactly(415);
    }
    assertThat(open.words().drawn()).isEqualTo(drawn);
  }

  @Test
  void s12_aPreflightIsRefused() throws IOException {
    try (RawClient raw = new RawClient(open.port())) {
      String heard =
          raw.send(
                  head(
                          "OPTIONS " + CHAT + " HTTP/1.1",
                          "Origin: http://evil.example",
                          "Access-Control-Request-Method: POST",
                          "Connection: close")
                      + "\r\n")
              .heard(1_000);
      assertThat(RawClient.statuses(heard)).containsExactly(403);
      assertThat(heard.toLowerCase(Locale.ROOT)).doesNotContain("access-control");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "x\u001b[31m",
        "a\tb",
        "{\"level\":\"error\"}",
        "a\u0080",
        "../x",
        "0123456789012345678901234567890123456789012345678901234567890123456789"
      })
  void s16_anIdThatIsNoPlainWordIsReplaced(String id) throws IOException {
    try (RawClient raw = new RawClient(open.port())) {
      String heard =
          raw.send(
                  head("GET /v1/models HTTP/1.1", "X-Request-Id: " + id, "Connection: close")
                      + "\r\n")
              .heard(1_000);
      assertThat(heard).doesNotContain(id);
    }
    assertThat(open.log()).doesNotContain(id).doesNotContain("\u001b");
  }

  @Test
  void s16_aLineOfTheLogIsOneLineOfPlainJson() throws IOException {
    assertThat(
            open.get("/v1/models", "X-Request-Id", "mine-1").headers().firstValue("x-request-id"))
        .contains("mine-1");
    open.post(CHAT, PASS.replace("\"words\"", "\"a\\nb\\u001b[2J\\u009b\""));
    open.get("/%0a%1b%5b2J");
    try (RawClient raw = new RawClient(open.port())) {
      raw.send(head("EVIL-{} /v1/models HTTP/1.1", "Connection: close") + "\r\n").heard(500);
    }
    String log = open.log();
    assertThat(log).contains("mine-1").doesNotContain("EVIL");
    log.lines().forEach(line -> assertThat(Json.read(line).isObject()).isTrue());
    assertThat(log.codePoints().filter(c -> Character.isISOControl(c) && c != '\n' && c != '\r'))
        .isEmpty();
  }

  static Stream<String> doors() {
    return Stream.of(
        "/v1",
        "/v1/",
        "/v1/models",
        "/v1/models/",
        "/v1/models/words",
        "//v1/models",
        "/v1//models",
        "/v1/models;x=y",
        "/v1;x=y/models",
        "/%76%31/models",
        "/v1/%6dodels",
        "/v1/./models",
        "/v1/x/../models",
        "/v1/%2e%2e/v1/models",
        "/V1/MODELS",
        "/v1/models?x=y",
        "/v1/models%20",
        "/v1/models%2f",
        "/metrics",
        "/metrics/",
        "/metrics;a",
        "/version",
        "/version/",
        CHAT,
        CHAT + "/",
        "/v1/completions",
        "/v1/responses",
        "/v1/embeddings",
        "/healthz",
        "/healthz/",
        "/healthz/nothing",
        "/healthz/../v1/models",
        "/healthz/live/../../v1/models",
        "/healthz/%2e%2e/v1/models",
        "/healthz/..%2fv1/models",
        "/healthz/..;/v1/models",
        "/healthz/live;/../../metrics",
        "/healthz/ready/../../metrics",
        "//healthz/live",
        "/console/state",
        "/console/ledger",
        "/console/try",
        "/console/../metrics",
        "/console/x",
        "/favicon.ico",
        "/.env",
        "/observe/health",
        "/openapi",
        "*",
        "http://localhost/v1/models",
        "http://localhost/healthz/../metrics");
  }

  /// Two routes tell nothing and are for all; every other needs the key, whatever way it is
  /// written.
  @ParameterizedTest
  @MethodSource("doors")
  void s17_thereIsNoDoorWithoutTheKey(String path) throws IOException {
    for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "TRACE", "ANY")) {
      for (String key :
          List.of(
              "",
              "Authorization: Bearer wrong\r\n",
              "Authorization: Basic " + KEY + "\r\n",
              "X-Api-Key: " + KEY + "\r\n")) {
        try (RawClient raw = new RawClient(locked.port())) {
          String heard =
              raw.send(head(method + " " + path + " HTTP/1.1", "Connection: close") + key + "\r\n")
                  .heard(2_000);
          assertThat(RawClient.statuses(heard))
              .as(method + " " + path + "\n" + heard)
              .hasSize(1)
              .allMatch(status -> status == 401 || status == 400);
          assertThat(heard).doesNotContain("words");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "bearer  ",
        "Bearer x",
        KEY,
        "Basic " + KEY,
        "Bearer " + KEY + " x",
        "Bearer \u0000",
        "Bearer ' OR '1'='1",
        "Bearer %",
        "Bearer *",
        "Bearer " + KEY + KEY,
        "Bearer null",
        "Bearer,Bearer " + KEY
      })
  void s17_s20_noOtherWordIsTheKey(String authorization) throws IOException {
    try (RawClient raw = new RawClient(locked.port())) {
      String heard =
          raw.send(
                  head(
                          "GET /v1/models HTTP/1.1",
                          "Authorization: " + authorization,
                          "Connection: close")
                      + "\r\n")
              .heard(2_000);
      assertThat(RawClient.statuses(heard))
          .as(heard)
          .hasSize(1)
          .allMatch(s -> s == 401 || s == 400);
    }
  }

  @Test
  void s17_withTheKeyTheyOpen() {
    String[] key = {"Authorization", "Bearer " + KEY};
    assertThat(locked.get("/v1/models", key).statusCode()).isEqualTo(200);
    assertThat(locked.get("/metrics", key).statusCode()).isEqualTo(200);
    assertThat(locked.get("/version", key).statusCode()).isEqualTo(200);
    assertThat(locked.get("/nothing", key).statusCode()).isEqualTo(404);
    assertThat(locked.post(CHAT, PASS, key).statusCode()).isEqualTo(200);
    assertThat(locked.get("/healthz/live").statusCode()).isEqualTo(200);
    assertThat(locked.get("/healthz/ready").body()).isEqualTo("{\"status\":\"ready\"}");
  }

  private static Alias red(Budget budget) {
    return new Alias("words", Options.NONE.with(Method.BEST_OF_N).withN(8), Optional.of(budget));
  }

  /// Many ask at once for what is left of a hard budget, some of them fail, some leave: whatever is
  /// answered, the certificate was never above it, and nothing stays open.
  @Test
  void s18_noRaceSpendsMoreThanAHardBudget(@TempDir Path folder) throws Exception {
    Alias alias = red(new Budget(60, false, true, Optional.empty(), 2, 8));
    WordServer.Fault some =
        (number, body, wire) -> {
          Thread.sleep(number % 7);
          if (number % 5 == 0)
            wire.answer(500, "application/json", "{\"error\":{\"message\":\"x\"}}");
          return number % 5 == 0;
        };
    try (ServedWords served =
        ServedWords.counted(
            List.of(alias), some, new Database.Sqlite(folder.resolve("drift.db")))) {
      AccountsLedger ledger = (AccountsLedger) served.gateway().ledger();
      List<Integer> statuses =
          statuses(
              160,
              i -> {
                if (i % 8 == 0) {
                  try (RawClient raw = new RawClient(served.port())) {
                    raw.send(chat(ServedWords.chat("\"stream\":true")));
                    raw.socket().setSoLinger(true, 0);
                  }
                  return 0;
                }
                int status =
                    served
                        .post(
                            CHAT,
                            ServedWords.chat("\"topdraw\":{\"n\":8,\"reward\":\"colourful\"}"))
                        .statusCode();
                assertThat(ledger.standing("local", alias).certificate()).isLessThanOrEqualTo(60);
                return status;
              });
      assertThat(statuses).isSubsetOf(0, 200, 429, 502).contains(200, 429);
      Standing end = standing(ledger, alias);
      assertThat(end.open()).isZero();
      assertThat(end.certificate()).isLessThanOrEqualTo(60);
      assertThat(end.answers())
          .isGreaterThanOrEqualTo((int) statuses.stream().filter(s -> s == 200).count());
    }
  }

  /// Those who left may still be being given back.
  private static Standing standing(AccountsLedger ledger, Alias alias) throws InterruptedException {
    for (int i = 0; i < 100 && ledger.standing("local", alias).open() > 0; i++) Thread.sleep(50);
    return ledger.standing("local", alias);
  }

  @Test
  void s20_whatACallerIsCalledIsNoSql(@TempDir Path folder) throws IOException {
    String evil = "x'; DROP TABLE accounts; --";
    Alias alias = new Alias("a\"; DROP TABLE entries; --", Options.NONE, Optional.empty());
    try (AccountsLedger ledger = ledger(folder, List.of(alias, ServedWords.WORDS))) {
      assertThat(ledger.standing(evil, alias).answers()).isZero();
      assertThat(ledger.entries(evil, alias, 5)).isEmpty();
      assertThat(ledger.standing("local", ServedWords.WORDS).answers()).isZero();
      assertThat(ledger.unready()).isEmpty();
    }
  }

  private static AccountsLedger ledger(Path folder, List<Alias> aliases) throws IOException {
    return new AccountsLedger(
        DriftAccounts.open(
            new Database.Sqlite(folder.resolve("ledger.db")), "test", InstantSource.system()),
        aliases,
        Limits.USUAL,
        Confidence.DEFAULT,
        line -> {});
  }

  @FunctionalInterface
  private interface Ask {
    int status(int i) throws Exception;
  }

  private static List<Integer> statuses(int times, Ask ask)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> all = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        int number = i;
        all.add(() -> ask.status(number));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> one : threads.invokeAll(all)) statuses.add(one.get());
      return statuses;
    }
  }

  /// A server that nobody is to ask.
  private record Elsewhere(TestServer server) implements AutoCloseable {
    static Elsewhere start() {
      return new Elsewhere(TestServer.start((asked, wire) -> wire.json("{}")));
    }

    String url() {
      return server.url();
    }

    List<TestServer.Asked> asked() {
      return server.asked();
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /// All that the process writes beside its log: both streams, and what Java's loggers are told.
  private static final class Captured implements AutoCloseable {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            byte[] line = new SimpleFormatter().format(entry).getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(line);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    Captured() {
      PrintStream all = new PrintStream(bytes, true, StandardCharsets.UTF_8);
      System.setOut(all);
      System.setErr(all);
      Logger.getLogger("").addHandler(handler);
    }

    String all() {
      return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      System.setOut(out);
      System.setErr(err);
      Logger.getLogger("").removeHandler(handler);
    }
  }
}
