package topdraw.servers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.provider.Surroundings;
import topdraw.servers.http.Failure.Kind;

/// Every fault of a server ends in an answer or in one line, soon.
@Timeout(20)
class ServerClientTest {
  private static final String CANARY = "canary-4f1c-do-not-show";
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);

  /// Time that passes only where somebody waits.
  private static final class Waits implements Waiting {
    private final List<Duration> slept = new ArrayList<>();
    private long now = -5; // a monotonic clock may begin below zero

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void sleep(Duration time) {
      slept.add(time);
      now += time.toNanos();
    }
  }

  private final Waits waits = new Waits();

  private ServerClient client(String url, ClientSettings settings) {
    Surroundings surroundings = new Surroundings(_ -> Optional.empty(), NOON);
    return ServerClient.of(
        ServerAddress.of(url),
        Optional.of(Secret.of(CANARY, "a test")),
        settings,
        surroundings,
        waits);
  }

  private ServerClient client(TestServer server) {
    return client(server.url(), ClientSettings.defaults());
  }

  private static Failure failure(ServerClient client) {
    ServerException thrown =
        catchThrowableOfType(ServerException.class, () -> client.post("/v1/x", Map.of("a", 1)));
    assertThat(thrown).isNotNull();
    assertThat(thrown.getMessage()).doesNotContain(CANARY).doesNotContain("\n");
    assertThat(thrown).hasNoCause();
    return thrown.failure();
  }

  @Test
  void aQuestionCarriesTheKeyAndItsAnswerComesBack() {
    try (TestServer server = TestServer.start((_, wire) -> wire.json("{\"b\":[2]}"));
        ServerClient client = client(server)) {
      assertThat(client.post("/v1/x", Map.of("a", "\ud800ä")).json().path("b").get(0).asInt())
          .isEqualTo(2);
      TestServer.Asked asked = server.asked().getFirst();
      assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /v1/x");
      assertThat(asked.header("authorization")).isEqualTo("Bearer " + CANARY);
      assertThat(asked.header("upgrade")).isEmpty();
      assertThat(asked.body()).isEqualTo("{\"a\":\"\\ud800ä\"}");
    }
  }

  @Test
  void aByteOrderMarkAndAWrongTypeAndAByteAtATimeAreTheSameAnswer() {
    byte[] body = "\ufeff {\"b\":1}".getBytes(StandardCharsets.UTF_8);
    try (TestServer server =
            TestServer.start(
                (_, wire) -> {
                  wire.raw(TestServer.Wire.head(200, "text/html", body.length));
                  for (byte b : body) wire.raw(new byte[] {b});
                });
        ServerClient client = client(server)) {
      assertThat(client.get("/v1/x").json().path("b").asInt()).isEqualTo(1);
    }
  }

  @Test
  void whereNobodyListensIsSaidAfterAFewTries() throws IOException {
    String url = "http://127.0.0.1:" + TestServer.deadPort();
    try (ServerClient client = client(url, ClientSettings.defaults())) {
      Failure failure = failure(client);
      assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(failure.line())
          .isEqualTo(url + " refuses the connection; is the server running? (asked 5 times)");
      assertThat(waits.slept).hasSize(4);
      assertBackoff(waits.slept);
    }
  }

  /// 0.5, 1, 2, 4 s, each up to a quarter less.
  private static void assertBackoff(List<Duration> slept) {
    for (int k = 0; k < slept.size(); k++) {
      double most = 0.5 * (1 << k);
      assertThat(slept.get(k).toNanos() / 1e9).isBetween(0.75 * most, most);
    }
  }

  @Test
  void aNameThatNobodyKnowsIsNotAskedAgain() {
    try (ServerClient client = client("http://no-such-host.invalid", ClientSettings.defaults())) {
      assertThat(failure(client).line()).contains("a name that nobody knows");
      assertThat(waits.slept).isEmpty();
    }
  }

  @Test
  void aServerThatSaysNothingIsLeftAtTheFirstLimit() {
    ClientSettings settings = limits(Duration.ofMillis(150), Duration.ofSeconds(10));
    try (TestServer server = TestServer.start((_, wire) -> wire.hang());
        ServerClient client = client(server.url(), settings)) {
      Failure failure = failure(client);
      assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
      assertThat(failure.line()).isEqualTo(server.url() + " sent no byte within 150 ms");
    }
  }

  @Test
  void aServerThatStopsInTheMiddleIsLeftAtTheLimitOfAnAnswer() {
    ClientSettings settings = limits(Duration.ofSeconds(10), Duration.ofMillis(300));
    CountDownLatch gone = new CountDownLatch(1);
    try (TestServer server =
            TestServer.start(
                (_, wire) -> {
                  wire.raw(TestServer.Wire.head(200, "application/json", 100));
                  wire.raw("{\"a\"".getBytes(StandardCharsets.UTF_8));
                  wire.hang();
                  gone.countDown();
                });
        ServerClient client = client(server.url(), settings)) {
      assertThat(failure(client).line())
          .isEqualTo(server.url() + " gave no whole answer within 300 ms");
      assertThat(awaited(gone)).as("the server sees that nobody waits any more").isTrue();
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(5, java.util.concurrent.TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static ClientSettings limits(Duration firstByte, Duration whole) {
    return new ClientSettings(
        Duration.ofSeconds(2),
        firstByte,
        whole,
        Duration.ofMinutes(1),
        Duration.ofSeconds(5),
        0,
        1 << 20);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 3000",
    "0.25, 0",
    "-1, 0",
    "1e9, 60000",
    "Sun%c 29 Nov 2026 12:00:07 GMT, 7000",
    "Sun%c 29 Nov 2026 11:00:00 GMT, 0",
    "soon, 0",
    "NaN, 0",
    "'', 0"
  })
  void retryAfterIsHeededWithinLimits(String said, long millis) {
    AtomicInteger asked = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                (_, wire) -> {
                  if (asked.getAndIncrement() > 0) {
                    wire.json("{}");
                  } else {
                    String after = said.replace("%c", ",");
                    wire.answer(429, "application/json", "{}", "Retry-After: " + after);
                  }
                });
        ServerClient client = client(server)) {
      client.get("/v1/x");
      assertThat(waits.slept).hasSize(1);
      if (millis == 0) {
        assertBackoff(waits.slept); // never at once
      } else {
        assertThat(waits.slept.getFirst()).isEqualTo(Duration.ofMillis(millis));
      }
    }
  }

  @Test
  void aServerThatIsBusyForGoodIsGivenUpWithinTheDeadline() {
    ClientSettings settings =
        new ClientSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofSeconds(90),
            Duration.ofSeconds(60),
            100,
            1 << 20);
    try (TestServer server =
            TestServer.start(
                (_, wire) ->
                    wire.answer(429, "text/plain", "too many", "Retry-After: 1000000000"));
        ServerClient client = client(server.url(), settings)) {
      Failure failure = failure(client);
      assertThat(failure.kind()).isEqualTo(Kind.BUSY);
      assertThat(failure.line())
          .isEqualTo(
              server.url()
                  + " answers 429: too many (asked 2 times); the deadline of 90 s allows no further"
                  + " try");
      assertThat(waits.slept).containsExactly(Duration.ofSeconds(60));
    }
  }

  @Test
  void aTryThatTheDeadlineWouldCutShortIsNotMade() throws IOException {
    // The first wait is at most 0.5 s: of these 0.7 s too little would be left to be told anything.
    ClientSettings settings =
        new ClientSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofMillis(700),
            Duration.ofSeconds(60),
            100,
            1 << 20);
    try (ServerClient client = client("http://127.0.0.1:" + TestServer.deadPort(), settings)) {
      assertThat(failure(client).line())
          .endsWith(
              " refuses the connection; is the server running?; the deadline of 700 ms allows no"
                  + " further try");
      assertThat(waits.slept).isEmpty();
    }
  }

  @Test
  void aQuotaThatIsUsedUpIsNotAskedAgain() {
    String body = "{\"error\":{\"message\":\"no money\",\"code\":\"insufficient_quota\"}}";
    assertAskedOnce(429, body, "no money");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 413, 422, 501})
  void whatIsRefusedIsNotAskedAgain(int status) {
    assertAskedOnce(status, "{\"detail\":\"no\"}", "answers " + status + ": no");
  }

  @Test
  void aServerMaySayWhetherToAskAgain() {
    assertAskedOnce(503, "down", "answers 503: down", "x-should-retry: false");
    AtomicInteger asked = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                (_, wire) ->
                    wire.answer(
                        asked.getAndIncrement() > 0 ? 200 : 400,
                        "application/json",
                        "{}",
                        "x-should-retry: true"));
        ServerClient client = client(server)) {
      client.get("/v1/x");
      assertThat(asked.get()).isEqualTo(2);
    }
  }

  private void assertAskedOnce(int status, String body, String said, String... headers) {
    try (TestServer server =
            TestServer.start((_, wire) -> wire.answer(status, "application/json", body, headers));
        ServerClient client = client(server)) {
      assertThat(failure(client).line()).contains(said);
      assertThat(server.asked()).hasSize(1);
      assertThat(waits.slept).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 409, 429, 500, 502, 503, 504})
  void whatMayComeRightIsAskedAgain(int status) {
    AtomicInteger asked = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                (_, wire) ->
                    wire.answer(
                        asked.getAndIncrement() > 1 ? 200 : status, "application/json", "{}"));
        ServerClient client = client(server)) {
      client.get("/v1/x");
      assertThat(asked.get()).isEqualTo(3);
      assertBackoff(waits.slept);
    }
  }

  @Test
  void aResetATruncatedAndAnEmptyAnswerAreAskedAgain() {
    AtomicInteger asked = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                (_, wire) -> {
                  switch (asked.getAndIncrement()) {
                    case 0 -> wire.reset();
                    case 1 -> wire.json("{\"a\":[1,");
                    case 2 -> wire.json("");
                    case 3 -> {
                      wire.raw(TestServer.Wire.head(200, "application/json", 100));
                      wire.reset();
                    }
                    default -> wire.json("{\"a\":1}");
                  }
                });
        ServerClient client = client(server)) {
      assertThat(client.get("/v1/x").json().path("a").asInt()).isEqualTo(1);
      assertThat(asked.get()).isEqualTo(5);
    }
  }

  @Test
  void anErrorInsideASuccessIsAFailure() {
    String lasting = "{\"error\":{\"code\":400,\"message\":\"too long\"},\"choices\":[]}";
    assertAskedOnce(200, lasting, "answers 200 with an error in it: too long");
    AtomicInteger asked = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                (_, wire) ->
                    wire.json(
                        asked.getAndIncrement() > 0 ? "{\"error\":null}" : "{\"error\":\"oh\"}"));
        ServerClient client = client(server)) {
      client.get("/v1/x");
      assertThat(asked.get()).isEqualTo(2);
    }
  }

  @Test
  void aWebPageAndGarbageAreNamed() {
    assertAskedOnce(
        200,
        "<!DOCTYPE html><title>Login</title>",
        "answers no JSON but a web page, \"Login\"; is that the address of a model server?");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("{}".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    try (TestServer server =
            TestServer.start(
                (_, wire) -> {
                  wire.raw(TestServer.Wire.head(200, "application/json", bytes.size()));
                  wire.raw(bytes.toByteArray());
                });
        ServerClient client = client(server)) {
      assertThat(failure(client).kind()).isEqualTo(Kind.UNREADABLE);
    }
  }

  @Test
  void noMoreIsReadThanTheLimit() {
    ClientSettings small =
        new ClientSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofSeconds(1),
            3,
            1000);
    try (TestServer server =
            TestServer.start((_, wire) -> wire.json("[" + "1,".repeat(2000) + "1]"));
        ServerClient client = client(server.url(), small)) {
      assertThat(failure(client).line())
          .isEqualTo(server.url() + " answers with more than 1,000 bytes");
      assertThat(server.asked()).hasSize(1);
    }
  }

  @Test
  void aClosedClientSaysSo() {
    try (TestServer server = TestServer.start((_, wire) -> wire.json("{}"))) {
      ServerClient client = client(server);
      client.close();
      assertThat(failure(client).line()).contains("the client has been closed");
    }
  }

  /// What follows is not waited for.
  @Test
  void anAnswerWithoutAnEndIsLeftAtTheLimitOfBytes() {
    ClientSettings small =
        new ClientSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofSeconds(1),
            0,
            1000);
    CountDownLatch gone = new CountDownLatch(1);
    try (TestServer server =
            TestServer.start(
                (_, wire) -> {
                  try {
                    wire.raw(TestServer.Wire.head(200, "application/json", Integer.MAX_VALUE));
                    for (int i = 0; i < Integer.MAX_VALUE / 8192; i++) wire.raw(new byte[8192]);
                  } catch (IOException e) {
                    gone.countDown();
                  }
                });
        ServerClient client = client(server.url(), small)) {
      assertThat(failure(client).line())
          .isEqualTo(server.url() + " answers with more than 1,000 bytes");
      assertThat(awaited(gone)).as("the server sees that nobody reads any more").isTrue();
    }
  }

  @Test
  void aRedirectionIsNotFollowed() {
    try (TestServer other = TestServer.start((_, wire) -> wire.json("{}"));
        TestServer server =
            TestServer.start(
                (_, wire) ->
                    wire.answer(307, "text/plain", "", "Location: " + other.url() + "/v1/x"));
        ServerClient client = client(server)) {
      assertThat(failure(client).line())
          .isEqualTo(
              server.url()
                  + " answers 307 and points to "
                  + other.url()
                  + "/v1/x; give "
                  + other.url());
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void aRedirectionToAnotherRouteIsNoAddressToGive() {
    try (TestServer server =
            TestServer.start((_, wire) -> wire.answer(302, "text/plain", "", "Location: /login"));
        ServerClient client = client(server)) {
      assertThat(failure(client).line())
          .isEqualTo(
              server.url()
                  + " answers 302 and points to /login; is that the address of a model server?");
    }
  }

  @Test
  void aLongWaitIsToldAndAShortOneIsNot() {
    AtomicInteger asked = new AtomicInteger();
    List<String> told = new ArrayList<>();
    try (TestServer server =
            TestServer.start(
                (_, wire) -> {
                  switch (asked.getAndIncrement()) {
                    case 0 -> wire.answer(429, "text/plain", "too many", "Retry-After: 45");
                    case 1 -> wire.answer(429, "text/plain", "too many", "Retry-After: 1");
                    default -> wire.json("{}");
                  }
                });
        ServerClient client = client(server).telling(told::add)) {
      client.get("/v1/x");
      assertThat(waits.slept).hasSize(2);
      assertThat(told)
          .containsExactly(server.url() + " answers 429: too many; asking again in 45 s");
    }
  }

  @Test
  void whatIsAskedForFirstIsGivenTheTimeThatWasAskedForToo() {
    ClientSettings usual = ClientSettings.defaults();
    assertThat(usual.soon()).isEqualTo(Duration.ofSeconds(20));
    assertThat(usual.within(Duration.ofSeconds(3)).soon()).isEqualTo(Duration.ofSeconds(3));
    assertThat(usual.within(Duration.ofSeconds(90)).soon()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void whatIsAskedAgainIsAtMostAFifthAndAHandful() {
    try (TestServer server = TestServer.start((_, wire) -> wire.answer(500, "text/plain", "no"));
        ServerClient client = client(server)) {
      int questions = 100;
      for (int i = 0; i < questions; i++) failure(client);
      assertThat(server.asked().size()).isBetween(questions + 25, questions + 30);
      assertThat(failure(client).line()).contains("too much has been asked again already");
    }
  }

  @Test
  void aKeyIsInNoMessageWhateverTheServerSays() {
    String body =
        "{\"error\":{\"message\":\"key %s and sk-abcdefghijk0123 and Bearer xyz12345 are wrong\\n\\u001b[31m\"}}"
            .formatted(CANARY);
    assertAskedOnce(401, body, "key *** and *** and *** are wrong [31m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"error":{"message":"m","type":"t"}}                   | m
          {"error":"text","error_type":"validation"}             | text
          {"object":"error","message":"flat","code":400}         | flat
          {"detail":"Not Found"}                                 | Not Found
          {"detail":[{"loc":["body",10],"msg":"JSON decode"}]}   | body.10: JSON decode
          {"strange":1}                                          | {"strange":1}
          404 page not found                                     | 404 page not found
          <html><body>x</body></html>                            | a web page
          """)
  void errorsOfAllServersAreOneLine(String body, String line) {
    assertAskedOnce(400, body, "answers 400: " + line);
  }

  @Test
  void anInterruptEndsTheWaitAndTheServerSeesIt() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (TestServer server =
            TestServer.start(
                (_, wire) -> {
                  asked.countDown();
                  wire.hang();
                  gone.countDown();
                });
        ServerClient client = client(server)) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread asking =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      client.get("/v1/x");
                    } catch (CancellationException e) {
                      thrown.set(e);
                    }
                  });
      assertThat(awaited(asked)).isTrue();
      asking.interrupt();
      asking.join();
      assertThat(thrown.get()).isInstanceOf(CancellationException.class);
      assertThat(awaited(gone)).isTrue();
    }
  }

  @Test
  void anAddressIsReadAsPeopleWriteIt() {
    assertThat(ServerAddress.of("http://LocalHost:8000/v1/").root())
        .hasToString("http://localhost:8000");
    assertThat(ServerAddress.of("https://openrouter.ai/api/v1").root())
        .hasToString("https://openrouter.ai/api");
    assertThat(ServerAddress.of("http://[::1]:80").route("/v1/models"))
        .hasToString("http://[::1]:80/v1/models");
    for (String wrong :
        List.of("localhost:8000", "ftp://a", "http://", "http://a?b=c", "http://a b", "")) {
      assertThatThrownBy(() -> ServerAddress.of(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("address");
    }
    assertThatThrownBy(() -> ServerAddress.of("http://me:pass@host"))
        .hasMessageContaining("no password")
        .hasMessageNotContaining("pass@");
  }
}
