package topdraw.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.gateway.ledger.Database;
import topdraw.json.Json;
import topdraw.servers.WordServer;
import topdraw.servers.http.TestServer;

/// Clients that dawdle, flood and leave, a server of the model that comes and goes, a ledger that
/// is lost, an end while answers are made: others are served meanwhile, and nothing is drawn for
/// nobody.
class FaultsTest {
  private static final String CHAT = "/v1/chat/completions";

  /// Draws that come when they are let go, and count who gives them up.
  private static final class Slow implements WordServer.Fault {
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger givenUp = new AtomicInteger();

    @Override
    public boolean happens(int number, tools.jackson.databind.JsonNode body, TestServer.Wire wire)
        throws IOException, InterruptedException {
      waiting.incrementAndGet();
      CompletableFuture<Void> left =
          CompletableFuture.runAsync(
              () -> {
                try {
                  wire.hang(); // until whoever asked closes
                } catch (IOException e) {
                  // the same
                }
                if (go.getCount() > 0) givenUp.incrementAndGet();
              },
              Thread::startVirtualThread);
      while (!left.isDone() && !go.await(20, TimeUnit.MILLISECONDS)) {
        // neither yet
      }
      return left.isDone();
    }

    void awaitWaiting(int draws) throws InterruptedException {
      until(() -> waiting.get() >= draws);
    }
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds();
  }

  /// For at most ten seconds.
  private static void until(Condition condition) throws InterruptedException {
    for (int i = 0; i < 1_000 && !condition.holds(); i++) Thread.sleep(10);
    assertThat(condition.holds()).isTrue();
  }

  private static String request(String more) {
    String body = ServedWords.chat(more);
    return "POST "
        + CHAT
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"topdraw\":{\"n\":4}", "\"topdraw\":{\"n\":4},\"stream\":true"})
  void aClientThatLeavesEndsItsDraws(String more) throws Exception {
    Slow slow = new Slow();
    try (ServedWords served = ServedWords.start(slow)) {
      try (RawClient raw = new RawClient(served.port())) {
        raw.send(request(more));
        slow.awaitWaiting(4);
      }
      until(() -> slow.givenUp.get() == 4);
      until(() -> served.gateway().roomLeft() == 256);
      until(() -> served.log().contains("\"status\":499") || served.log().contains("client_left"));
      assertThat(served.words().drawn()).isEqualTo(4);
      assertThat(served.log()).contains("client_left");
      slow.go.countDown();
      assertThat(served.ask("\"topdraw\":{\"n\":2}").path("choices")).hasSize(1);
    }
  }

  @Test
  void aClientThatWaitsLongGetsItsAnswer() throws Exception {
    Slow slow = new Slow();
    try (ServedWords served = ServedWords.start(slow)) {
      CompletableFuture<HttpResponse<String>> answer =
          CompletableFuture.supplyAsync(
              () -> served.post(CHAT, ServedWords.chat("\"topdraw\":{\"n\":2}")));
      slow.awaitWaiting(2);
      Thread.sleep(1_000);
      slow.go.countDown();
      assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(answer.get().headers().firstValue("connection")).contains("close");
      assertThat(slow.givenUp.get()).isZero();
    }
  }

  /// Whoever says something, but not all of it, is put out; whoever asks beside is answered.
  @Test
  void aRequestThatDripsIsClosedAndOthersAreServed() throws Exception {
    try (ServedWords served = ServedWords.dripping(1)) {
      String whole = request("\"topdraw\":{\"n\":1}");
      List<RawClient> dripping = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        RawClient raw = new RawClient(served.port());
        // In the middle of the headers, or of the body.
        raw.send(whole.substring(0, i % 2 == 0 ? 60 : whole.length() - 40));
        dripping.add(raw);
      }
      AtomicInteger closed = new AtomicInteger();
      for (RawClient raw : dripping) {
        Thread.startVirtualThread(
            () -> {
              try (raw) {
                while (true) {
                  raw.send("a");
                  Thread.sleep(100);
                }
              } catch (IOException | InterruptedException e) {
                closed.incrementAndGet();
              }
            });
      }
      for (int i = 0; i < 10; i++) {
        served.ask("\"topdraw\":{\"n\":1}");
        Thread.sleep(100);
      }
      until(() -> closed.get() == 40);
    }
  }

  @Test
  void idleConnectionsAndSlowReadersHinderNobody() throws IOException {
    idle(500);
  }

  @Test
  @Tag("attack")
  void tenThousandIdleConnectionsHinderNobody() throws IOException {
    idle(9_000);
  }

  private static void idle(int connections) throws IOException {
    List<Socket> idle = new ArrayList<>();
    try (ServedWords served = ServedWords.start()) {
      for (int i = 0; i < connections; i++) {
        RawClient raw = new RawClient(served.port());
        idle.add(raw.socket());
        // Some say nothing, some ask for a stream and read nothing of it.
        if (i % 50 == 0) raw.send(request("\"stream\":true,\"topdraw\":{\"n\":1}"));
      }
      for (int i = 0; i < 5; i++) served.ask("\"topdraw\":{\"n\":1}");
      for (Socket socket : idle) socket.close();
      served.ask("\"topdraw\":{\"n\":1}");
    }
  }

  @Test
  void halfABodyIsNoBug() throws Exception {
    try (ServedWords served = ServedWords.start()) {
      String whole = request("");
      try (RawClient raw = new RawClient(served.port())) {
        raw.send(whole.substring(0, whole.length() - 5));
      }
      try (RawClient raw = new RawClient(served.port())) {
        raw.send(whole.substring(0, whole.length() - 5));
        raw.socket().setSoLinger(true, 0);
      }
      until(() -> served.log().lines().filter(line -> line.contains("client_left")).count() == 2);
      assertThat(served.log()).doesNotContain("\"bug\"");
      assertThat(served.words().drawn()).isZero();
    }
  }

  @Test
  void aServerOfTheModelThatDiesAndComesBackIsAskedAgain() throws Exception {
    AtomicBoolean dead = new AtomicBoolean();
    WordServer.Fault fault =
        (number, body, wire) -> {
          if (dead.get()) wire.reset();
          return dead.get();
        };
    try (ServedWords served = ServedWords.start(fault)) {
      served.ask("\"topdraw\":{\"n\":2}");
      dead.set(true);
      for (int i = 0; i < 2; i++) {
        assertThat(
                served
                    .refused(502, ServedWords.chat("\"topdraw\":{\"n\":2}"))
                    .path("code")
                    .asString())
            .isEqualTo("all_draws_failed");
      }
      dead.set(false);
      until(() -> served.post(CHAT, ServedWords.chat("\"topdraw\":{\"n\":2}")).statusCode() == 200);
      assertThat(served.gateway().roomLeft()).isEqualTo(256);
    }
  }

  /// Every other draw fails, whoever asks.
  @Test
  void aServerThatFlapsCostsDrawsAndNoAnswers() {
    WordServer.Fault flap =
        (number, body, wire) -> {
          if (number % 2 == 0) wire.answer(503, "text/plain", "busy");
          return number % 2 == 0;
        };
    try (ServedWords served = ServedWords.start(flap)) {
      for (int i = 0; i < 10; i++) {
        assertThat(served.ask("\"topdraw\":{\"n\":4}").at("/topdraw/n_drawn").asInt())
            .isBetween(1, 4);
      }
      // No storm: a draw is tried three times at most.
      assertThat(served.words().drawn()).isLessThanOrEqualTo(10 * 4 * 3);
    }
  }

  @Test
  void aLedgerThatIsLostAnswers503AndDrawsNothing(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("drift.db");
    try (ServedWords served =
            ServedWords.counted(
                List.of(ServedWords.WORDS), WordServer.Fault.NONE, new Database.Sqlite(file));
        ServedWords other = ServedWords.start()) {
      served.ask("\"topdraw\":{\"n\":2}");
      int drawn = served.words().drawn();
      Path aside = folder.resolve("aside.db");
      Files.move(file, aside);
      assertThat(
              served
                  .refused(503, ServedWords.chat("\"topdraw\":{\"n\":2}"))
                  .path("code")
                  .asString())
          .isEqualTo("ledger_unavailable");
      assertThat(served.words().drawn()).isEqualTo(drawn);
      assertThat(served.get("/healthz/ready").statusCode()).isEqualTo(503);
      assertThat(served.get("/healthz/ready").body()).doesNotContain(folder.toString());
      assertThat(served.get("/healthz/live").statusCode()).isEqualTo(200);
      other.ask("\"topdraw\":{\"n\":2}");
      Files.move(aside, file);
      served.ask("\"topdraw\":{\"n\":2}");
      AccountsLedger ledger = (AccountsLedger) served.gateway().ledger();
      assertThat(ledger.standing("local", ServedWords.WORDS).answers()).isEqualTo(2);
      assertThat(ledger.standing("local", ServedWords.WORDS).open()).isZero();
    }
  }

  @Test
  void atTheEndWhatIsBegunIsAnsweredAndNothingNewIsTakenOn() throws Exception {
    Slow slow = new Slow();
    try (ServedWords served = ServedWords.start(slow)) {
      List<CompletableFuture<HttpResponse<String>>> begun = new ArrayList<>();
      for (String more :
          List.of("\"topdraw\":{\"n\":2}", "\"topdraw\":{\"n\":2},\"stream\":true")) {
        begun.add(CompletableFuture.supplyAsync(() -> served.post(CHAT, ServedWords.chat(more))));
      }
      slow.awaitWaiting(4);
      Thread ending = Thread.startVirtualThread(served.server()::close);
      until(() -> served.get("/healthz/ready").statusCode() == 503);
      assertThat(served.get("/healthz/live").statusCode()).isEqualTo(200);
      HttpResponse<String> refused = served.post(CHAT, ServedWords.chat("\"topdraw\":{\"n\":2}"));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(Json.read(refused.body()).at("/error/code").asString()).isEqualTo("draining");
      slow.go.countDown();
      for (CompletableFuture<HttpResponse<String>> one : begun) {
        HttpResponse<String> answer = one.get(10, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("findings");
      }
      ending.join();
      assertThat(served.words().drawn()).isEqualTo(4);
    }
  }
}
