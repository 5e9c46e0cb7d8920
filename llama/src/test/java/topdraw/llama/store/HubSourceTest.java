package topdraw.llama.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.llama.file.ModelException;
import topdraw.llama.file.ModelFile;
import topdraw.provider.DownloadProgress;

/// The way from a model hub, over real HTTP on this machine.
@Timeout(60)
class HubSourceTest {
  private static final String TOKEN = "hf_canary";

  @TempDir Path cache;
  private final Heard heard = new Heard();
  private PinnedModel pinned = PinnedModel.SMOL_LM2;

  @BeforeEach
  void pin() {
    pinned = TinyModel.pinned(cache);
  }

  @Test
  void theModelComesWithItsPinnedBytes() throws IOException {
    try (var hub = new FakeHub(FakeHub.file(TinyModel.BYTES))) {
      ModelFile model = fetch(hub);

      assertThat(model).isEqualTo(new ModelFile("Tiny", model(), pinned.sha256(), "Q4_1"));
      assertThat(model.path()).hasBinaryContent(TinyModel.BYTES);
      assertThat(hub.requests)
          .containsExactly(
              new FakeHub.Request(
                  "/somebody/tiny/resolve/main/tiny.gguf",
                  Optional.of("Bearer " + TOKEN),
                  Optional.empty()));
      assertThat(heard.bytes).endsWith((long) TinyModel.BYTES.length);
      assertThat(heard.notes).containsExactly("fetching Tiny from " + hub.address());
      assertThat(leftovers()).isEmpty();
    }
  }

  @Test
  void aPresentModelIsNotFetchedAgain() throws IOException {
    try (var hub = new FakeHub(FakeHub.file(TinyModel.BYTES))) {
      ModelFile first = fetch(hub);

      assertThat(fetch(hub)).isEqualTo(first);
      assertThat(hub.requests).hasSize(1);
    }
  }

  @Test
  void aRedirectToAnotherHostDoesNotSeeTheToken() throws IOException {
    try (var storage = new FakeHub(FakeHub.file(TinyModel.BYTES));
        var hub = new FakeHub(FakeHub.redirect(storage.address() + "/blob?signed=1"))) {
      fetch(hub);

      assertThat(hub.requests)
          .extracting(FakeHub.Request::authorization)
          .containsExactly(Optional.of("Bearer " + TOKEN));
      assertThat(storage.requests)
          .containsExactly(new FakeHub.Request("/blob", Optional.empty(), Optional.empty()));
    }
  }

  @Test
  void aRedirectOnTheSameHostKeepsTheToken() throws IOException {
    try (var hub = new FakeHub(FakeHub.redirect("/api/there"), FakeHub.file(TinyModel.BYTES))) {
      fetch(hub);

      assertThat(hub.requests)
          .extracting(FakeHub.Request::authorization)
          .containsOnly(Optional.of("Bearer " + TOKEN))
          .hasSize(2);
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "http://a b/",
        "http://127.0.0.1:99999/x",
        "http://127.0.0.1:-1/x",
        "/round/and/round"
      })
  void aRedirectThatLeadsNowhereIsRefused(String location) throws IOException {
    try (var hub = new FakeHub(FakeHub.redirect(location))) {
      refused(hub).withMessageContaining("redirected");
    }
  }

  @Test
  void aMissingFileIsNotAskedForTwice() throws IOException {
    try (var hub = new FakeHub(FakeHub.status(404))) {
      refused(hub)
          .withMessageContaining(hub.address() + ": status 404: the model is not there")
          .withMessageContaining("model FILE.gguf");
      assertThat(hub.requests).hasSize(1);
    }
  }

  @Test
  void aRefusedTokenIsNamedButNotPrinted() throws IOException {
    try (var hub = new FakeHub(FakeHub.status(401))) {
      refused(hub).withMessageContaining("set HF_TOKEN").withMessageNotContaining(TOKEN);
      assertThat(heard.notes).noneMatch(note -> note.contains(TOKEN));
    }
  }

  @Test
  void aPassingFaultIsTriedAgain() throws IOException {
    try (var hub =
        new FakeHub(FakeHub.status(500), FakeHub.status(503), FakeHub.file(TinyModel.BYTES))) {
      assertThat(fetch(hub).path()).hasBinaryContent(TinyModel.BYTES);
      assertThat(heard.notes).contains(hub.address() + ": status 500; trying again");
    }
  }

  @Test
  void aLastingFaultIsTriedABoundedNumberOfTimes() throws IOException {
    try (var hub = new FakeHub(FakeHub.status(500))) {
      refused(hub).withMessageContaining("status 500");
      assertThat(hub.requests).hasSize(TinyModel.LIMITS.attempts());
    }
  }

  @Test
  void aCutAnswerIsContinued() throws IOException {
    byte[] half = TinyModel.firstHalf();
    try (var hub =
        new FakeHub(FakeHub.cut(half, TinyModel.BYTES.length), FakeHub.file(TinyModel.BYTES))) {
      assertThat(fetch(hub).path()).hasBinaryContent(TinyModel.BYTES);
      assertThat(hub.requests.get(1).range()).contains("bytes=" + half.length + "-");
    }
  }

  @Test
  void anInterruptedDownloadIsContinuedByTheNextCall() throws IOException {
    byte[] half = TinyModel.firstHalf();
    Files.createDirectories(model().resolveSibling("unfinished-1"));
    Files.write(partial(), half);
    try (var hub = new FakeHub(FakeHub.file(TinyModel.BYTES))) {
      assertThat(fetch(hub).path()).hasBinaryContent(TinyModel.BYTES);
      assertThat(hub.requests.getFirst().range()).contains("bytes=" + half.length + "-");
      assertThat(leftovers()).isEmpty();
    }
  }

  @Test
  void aServerWithoutRangesSendsTheWholeAgain() throws IOException {
    Files.createDirectories(model().resolveSibling(""));
    Files.write(partial(), TinyModel.firstHalf());
    try (var hub = new FakeHub(FakeHub.whole(TinyModel.BYTES))) {
      assertThat(fetch(hub).path()).hasBinaryContent(TinyModel.BYTES);
    }
  }

  @Test
  void aBadBeginningIsFetchedAnew() throws IOException {
    Files.createDirectories(model().resolveSibling(""));
    Files.write(partial(), new byte[100]);
    try (var hub = new FakeHub(FakeHub.file(TinyModel.BYTES))) {
      assertThat(fetch(hub).path()).hasBinaryContent(TinyModel.BYTES);
      assertThat(hub.requests).hasSize(2);
    }
  }

  @Test
  void wrongBytesAreRefusedAndDeleted() throws IOException {
    try (var hub = new FakeHub(FakeHub.file(TinyModel.damaged()))) {
      refused(hub)
          .withMessageContaining("delivered other bytes (sha256 ")
          .withMessageContaining("expected " + pinned.sha256());
      assertThat(model()).doesNotExist();
      assertThat(leftovers()).isEmpty();
    }
  }

  @Test
  void anotherSizeIsRefusedBeforeItIsFetched() throws IOException {
    try (var hub = new FakeHub(FakeHub.file(new byte[99]))) {
      refused(hub).withMessageContaining("offers 99 bytes");
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "Content-Length: 18446744073709551616",
        "Content-Length: 0x10",
        "Content-Length: ",
        "Transfer-Encoding: chunked\r\nContent-Length: many",
        "Transfer-Encoding: chunked\r\nContent-Length: -7"
      })
  void aLengthThatIsNoneIsRefused(String header) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      threads.execute(
          () -> sayAlways(server, "HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n0\r\n\r\n"));
      String address = "http://127.0.0.1:" + server.getLocalPort();
      ModelStore store =
          ModelStore.of(
              Map.of("TOPDRAW_CACHE", cache.toString(), "HF_ENDPOINT", address),
              pinned,
              TinyModel.LIMITS);

      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> store.defaultModel(heard))
          .withMessageStartingWith("Tiny cannot be fetched (" + address + ": ")
          .withMessageNotContaining("\n");
    }
  }

  private static void sayAlways(ServerSocket server, String answer) {
    try {
      while (true) {
        say(server, answer);
      }
    } catch (IOException e) {
      return; // it was closed
    }
  }

  private static void say(ServerSocket server, String answer) throws IOException {
    try (Socket socket = server.accept()) {
      var request = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      for (String line = request.readLine(); line != null; line = request.readLine()) {
        if (line.isEmpty()) break;
      }
      socket.getOutputStream().write(answer.getBytes(US_ASCII));
    }
  }

  /// Without a limit of its own for silence, so that nothing but the interruption ends it.
  @Test
  void anInterruptionEndsADownloadFromASilentServer() throws Exception {
    var patient =
        new Limits(
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            1,
            Duration.ofMillis(1),
            1);
    try (var hub = new FakeHub(FakeHub.redirect("/x"))) {
      hub.answer(hub.hanging(TinyModel.firstHalf(), TinyModel.BYTES.length));
      ModelStore store = ModelStore.of(environment(hub), pinned, patient);
      var said = new CompletableFuture<String>();
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      store.defaultModel(heard);
                    } catch (ModelException e) {
                      said.complete(e.getMessage());
                    }
                  });
      while (heard.bytes.isEmpty()) Thread.sleep(10); // until the half is there
      thread.interrupt();

      assertThat(said.get(30, TimeUnit.SECONDS)).contains("interrupted; run it again");
    }
  }

  @Test
  void anEndlessAnswerIsCut() throws IOException {
    FakeHub.Answer endless =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 100; i++) exchange.getResponseBody().write(TinyModel.BYTES);
        };
    try (var hub = new FakeHub(endless)) {
      refused(hub).withMessageContaining("sent more than the");
      assertThat(partial())
          .satisfies(
              p ->
                  assertThat(Files.exists(p) ? Files.size(p) : 0)
                      .isLessThanOrEqualTo(TinyModel.BYTES.length));
    }
  }

  @Test
  void aSilentServerMeetsTheTimeLimit() throws IOException {
    try (var hub = new FakeHub(FakeHub.status(500))) {
      hub.answer(hub.hanging(TinyModel.firstHalf(), TinyModel.BYTES.length));
      refused(hub).withMessageContaining("no byte for 0.4 s");
    }
  }

  /// It never stands still, and would never come to an end; what it sent is not lost.
  @Test
  void aServerThatDripsMeetsTheTimeLimitAndIsGoneOnWith() throws IOException {
    var limits =
        new Limits(
            TinyModel.LIMITS.connect(),
            TinyModel.LIMITS.idle(),
            Duration.ofMillis(100),
            1 << 20,
            Duration.ofMillis(1),
            2);
    try (var hub = new FakeHub(FakeHub.status(500))) {
      hub.answer(hub.dripping(TinyModel.BYTES, TinyModel.BYTES.length));
      ModelStore store = ModelStore.of(environment(hub), pinned, limits);
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> store.defaultModel(heard))
          .withMessageContaining("too slow to wait for; run it again to go on");
    }
    try (var hub = new FakeHub(FakeHub.file(TinyModel.BYTES))) {
      ModelStore.of(environment(hub), pinned, TinyModel.LIMITS).defaultModel(heard);

      assertThat(hub.requests.getFirst().range()).isPresent();
      assertThat(model()).hasBinaryContent(TinyModel.BYTES);
    }
  }

  @Test
  void offlineMeansNoNetworkAtAll() throws IOException {
    try (var hub = new FakeHub(FakeHub.file(TinyModel.BYTES))) {
      Map<String, String> environment = new HashMap<>(environment(hub));
      environment.put("HF_HUB_OFFLINE", "true");
      ModelStore store = ModelStore.of(environment, pinned, TinyModel.LIMITS);

      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> store.defaultModel(heard))
          .withMessageContaining(model() + ": is not there, and HF_HUB_OFFLINE forbids");
      assertThat(hub.requests).isEmpty();
    }
  }

  @Test
  void anUnreachableHubIsNamed() throws IOException {
    FakeHub gone = new FakeHub(FakeHub.status(500));
    gone.close();
    refused(gone).withMessageContaining(gone.address() + ": ");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "hub.example.org",
        "file:///tmp",
        "https://user:secret@hub.example.org",
        "https://hub.example.org:99999",
        "https://hub.example.org/?a=b",
        "https://hub.example.org/#there",
        "http://"
      })
  void anEndpointThatIsNoPlainAddressIsRefused(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelStore.inUserCache(Map.of("HF_ENDPOINT", endpoint)))
        .withMessageStartingWith("HF_ENDPOINT must be a plain address")
        .withMessageNotContaining("secret");
  }

  @Test
  void aTokenThatCannotBeOneIsRefusedUnprinted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelStore.inUserCache(Map.of("HF_TOKEN", "hf_\ncanary")))
        .withMessageContaining("HF_TOKEN")
        .withMessageNotContaining("canary");
  }

  @Test
  void threadsFetchTheModelOnce() throws Exception {
    try (var hub = new FakeHub(FakeHub.file(TinyModel.BYTES));
        var threads = Executors.newFixedThreadPool(4)) {
      ModelStore store = ModelStore.of(environment(hub), pinned, TinyModel.LIMITS);
      Callable<ModelFile> fetch = () -> store.defaultModel(heard);

      for (Future<ModelFile> model : threads.invokeAll(List.of(fetch, fetch, fetch, fetch))) {
        assertThat(model.get().sha256()).isEqualTo(pinned.sha256());
      }
      assertThat(hub.requests).hasSize(1);
    }
  }

  @Test
  void processesFetchTheModelOnce() throws Exception {
    try (var hub = new FakeHub(FakeHub.file(TinyModel.BYTES))) {
      List<Process> processes = List.of(other(cache, hub.address()), other(cache, hub.address()));
      for (Process process : processes) {
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .endsWith(pinned.sha256());
        assertThat(process.waitFor()).isZero();
      }
      assertThat(hub.requests).hasSize(1);
    }
  }

  /// What another process runs: `main(cache, endpoint)` fetches the tiny model.
  static final class Other {
    private Other() {}

    public static void main(String[] args) {
      Path cache = Path.of(args[0]);
      var environment = Map.of("TOPDRAW_CACHE", args[0], "HF_ENDPOINT", args[1]);
      ModelStore store = ModelStore.of(environment, TinyModel.pinned(cache), TinyModel.LIMITS);
      System.out.print(store.defaultModel(DownloadProgress.SILENT).sha256());
    }
  }

  static Process other(Path cache, String address) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Other.class.getName(),
            cache.toString(),
            address)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private ModelFile fetch(FakeHub hub) {
    return ModelStore.of(environment(hub), pinned, TinyModel.LIMITS).defaultModel(heard);
  }

  private ThrowableAssertAlternative<ModelException> refused(FakeHub hub) {
    return assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> fetch(hub))
        .withMessageStartingWith("Tiny cannot be fetched (")
        .withMessageNotContaining("\n");
  }

  /// No `PATH`, so no pip.
  private Map<String, String> environment(FakeHub hub) {
    return Map.of(
        "TOPDRAW_CACHE", cache.toString(), "HF_ENDPOINT", hub.address(), "HF_TOKEN", TOKEN);
  }

  private Path model() {
    return cache.resolve("models").resolve("tiny.gguf");
  }

  private Path partial() {
    return model().resolveSibling("tiny.gguf.partial");
  }

  private List<Path> leftovers() throws IOException {
    try (var files = Files.list(model().resolveSibling(""))) {
      return files.filter(f -> !f.equals(model()) && !f.endsWith(".lock")).toList();
    }
  }
}
