package topdraw.servers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.provider.Surroundings;
import topdraw.servers.http.Failure.Kind;

/// What the network does, by a real proxy: each fault ends in the answer or in one line, soon. What
/// a server itself does wrong is in [ServerClientTest].
@Timeout(120)
class FaultProxyTest {
  private static final String BODY = "{\"a\":[" + "1,".repeat(400) + "2]}";
  private static final CountDownLatch ASKED = new CountDownLatch(1);
  private static final CountDownLatch LEFT = new CountDownLatch(1);

  private static TestServer server;
  private static FaultProxy proxy;

  @BeforeAll
  static void start() {
    FaultProxy.assumeInstalled();
    server = TestServer.start(FaultProxyTest::answer);
    proxy = FaultProxy.before(server.url());
  }

  @AfterAll
  static void stop() {
    if (proxy != null) proxy.close();
    if (server != null) server.close();
  }

  @AfterEach
  void heal() {
    proxy.heal();
  }

  private static void answer(TestServer.Asked asked, TestServer.Wire wire) throws IOException {
    switch (asked.path()) {
      case "/hang" -> {
        ASKED.countDown();
        wire.hang();
        LEFT.countDown();
      }
      case "/kept" -> {
        wire.json(BODY);
        wire.hang();
      }
      // As long as the connection is open: nothing else says where it ends.
      case "/endless" ->
          wire.raw(
              ("HTTP/1.1 200 X\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                      + BODY)
                  .getBytes(StandardCharsets.UTF_8));
      default -> wire.json(BODY);
    }
  }

  private record Fault(String name, Runnable on, Kind kind, String line) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Fault toxic(
      String name, String toxic, Map<String, Object> attributes, Kind kind, String line) {
    return new Fault(name, () -> proxy.add(toxic, attributes), kind, line);
  }

  /// Time that passes only where somebody waits; faults end in the middle of one wait.
  private static final class Waits implements Waiting {
    private final List<Duration> slept = new ArrayList<>();
    private final int endsAt;
    private long now;

    Waits(int endsAt) {
      this.endsAt = endsAt;
    }

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void sleep(Duration time) {
      slept.add(time);
      now += time.toNanos();
      if (slept.size() == endsAt) proxy.heal();
    }
  }

  private static ServerClient client(String url, ClientSettings settings, Waiting waiting) {
    Surroundings surroundings = new Surroundings(_ -> Optional.empty(), Clock.systemUTC());
    return ServerClient.of(
        ServerAddress.of(url), Optional.empty(), settings, surroundings, waiting);
  }

  private static ServerClient client(Waiting waiting) {
    return client(proxy.url(), ClientSettings.defaults(), waiting);
  }

  private static ClientSettings once(Duration firstByte, Duration whole) {
    return new ClientSettings(
        Duration.ofMillis(500),
        firstByte,
        whole,
        Duration.ofMinutes(5),
        Duration.ofSeconds(5),
        0,
        1 << 20);
  }

  private static Failure failure(ServerClient client, String path) {
    ServerException thrown =
        catchThrowableOfType(ServerException.class, () -> client.post(path, Map.of("b", 1)));
    assertThat(thrown).isNotNull();
    return thrown.failure();
  }

  private static void assertWhole(ServerClient client) {
    assertThat(client.get("/v1/x").json().path("a").size()).isEqualTo(401);
  }

  static List<Fault> harmless() {
    return List.of(
        toxic("late", "latency", Map.of("latency", 150, "jitter", 100), Kind.BROKEN, ""),
        toxic(
            "a byte at a time",
            "slicer",
            Map.of("average_size", 1, "size_variation", 0, "delay", 50),
            Kind.BROKEN,
            ""),
        toxic("a kilobyte a second", "bandwidth", Map.of("rate", 1), Kind.BROKEN, ""),
        toxic("closed late", "slow_close", Map.of("delay", 300), Kind.BROKEN, ""));
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void whatIsSlowIsStillTheAnswerAndIsAskedForOnce(Fault fault) {
    Waits waits = new Waits(0);
    fault.on().run();
    try (ServerClient client = client(waits)) {
      assertWhole(client);
      assertThat(waits.slept).isEmpty();
    }
  }

  static List<Fault> passing() {
    String broke = " broke off the answer: ";
    return List.of(
        new Fault(
            "nobody listens",
            () -> proxy.down(),
            Kind.UNREACHABLE,
            " refuses the connection; is the server running?"),
        toxic("reset", "reset_peer", Map.of("timeout", 0), Kind.BROKEN, broke),
        toxic("cut among the headers", "limit_data", Map.of("bytes", 20), Kind.BROKEN, broke),
        toxic("cut in the body", "limit_data", Map.of("bytes", 400), Kind.BROKEN, broke));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatPassesIsAskedAgainUntilItIsOver(Fault fault) {
    Waits waits = new Waits(3);
    fault.on().run();
    try (ServerClient client = client(waits)) {
      assertWhole(client);
      assertThat(waits.slept).hasSize(3);
    }
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatLastsIsSaidInOneLineAfterAFewTries(Fault fault) {
    Waits waits = new Waits(0);
    fault.on().run();
    try (ServerClient client = client(waits)) {
      Failure failure = failure(client, "/v1/x");
      assertThat(failure.kind()).isEqualTo(fault.kind());
      assertThat(failure.line())
          .startsWith(proxy.url() + fault.line())
          .endsWith(" (asked 5 times)")
          .doesNotContain("\n");
    }
  }

  @Test
  void jsonThatEndsWithItsConnectionIsNotTakenForWhole() {
    proxy.add("limit_data", Map.of("bytes", 300));
    try (ServerClient client = client(new Waits(0))) {
      Failure failure = failure(client, "/endless");
      assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
      assertThat(failure.line()).contains(" broke off its JSON after 2").contains("asked 5 times");
    }
  }

  @Test
  void aProxyThatSwallowsEverythingIsLeftAtTheLimitForTheFirstByte() {
    proxy.add("timeout", Map.of("timeout", 0));
    ClientSettings settings = once(Duration.ofMillis(300), Duration.ofMinutes(2));
    try (ServerClient client = client(proxy.url(), settings, new Waits(0))) {
      Failure failure = failure(client, "/kept");
      assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
      assertThat(failure.line()).isEqualTo(proxy.url() + " sent no byte within 300 ms");
      proxy.heal();
      assertWhole(client.with(ClientSettings.defaults()));
    }
  }

  @Test
  void anAnswerThatStopsInTheMiddleIsLeftAtTheLimitForTheWhole() {
    proxy.add("slicer", Map.of("average_size", 50, "size_variation", 0, "delay", 60_000_000));
    ClientSettings settings = once(Duration.ofMinutes(2), Duration.ofMillis(700));
    try (ServerClient client = client(proxy.url(), settings, new Waits(0))) {
      Failure failure = failure(client, "/v1/x");
      assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
      assertThat(failure.line()).isEqualTo(proxy.url() + " gave no whole answer within 700 ms");
    }
  }

  @Test
  void aServerBehindAProxySeesThatNobodyWaitsAnyMore() throws InterruptedException {
    try (ServerClient client = client(new Waits(0))) {
      Thread asking =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      client.get("/hang");
                    } catch (CancellationException e) {
                      // as it should
                    }
                  });
      assertThat(ASKED.await(60, TimeUnit.SECONDS)).isTrue();
      asking.interrupt();
      asking.join();
      assertThat(LEFT.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /// No proxy of TCP can make this one: connections that are neither taken nor refused.
  @Test
  void whereNobodyTakesAConnectionIsSaidAtItsLimit() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, here)) {
      fill(new InetSocketAddress(here, full.getLocalPort()), waiting);
      String url = "http://127.0.0.1:" + full.getLocalPort();
      ClientSettings settings = once(Duration.ofMinutes(2), Duration.ofMinutes(2));
      try (ServerClient client = client(url, settings, new Waits(0))) {
        Failure failure = failure(client, "/v1/x");
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.line()).isEqualTo(url + " let nobody connect within 500 ms");
      }
    } finally {
      for (Socket socket : waiting) socket.close();
    }
  }

  private static void fill(InetSocketAddress address, List<Socket> waiting) throws IOException {
    while (true) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(address, 300);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
  }

  /// Nor this one, which has to do with HTTP.
  @Test
  void headersWithoutEndAreNotRead() {
    byte[] more = ("X-More: " + "m".repeat(1000) + "\r\n").getBytes(StandardCharsets.UTF_8);
    try (TestServer endless =
            TestServer.start(
                (_, wire) -> {
                  wire.raw("HTTP/1.1 200 X\r\n".getBytes(StandardCharsets.UTF_8));
                  for (int i = 0; i < 100_000; i++) wire.raw(more);
                });
        ServerClient client = client(endless.url(), ClientSettings.defaults(), new Waits(0))) {
      assertThat(failure(client, "/v1/x").kind()).isEqualTo(Kind.BROKEN);
    }
  }
}
