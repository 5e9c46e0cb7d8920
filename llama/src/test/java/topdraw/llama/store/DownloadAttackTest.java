package topdraw.llama.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.attack.Attack;
import topdraw.attack.Mutation;
import topdraw.input.InputException;
import topdraw.llama.file.ModelException;

/// Whatever a server sends, under the model's name lie the pinned bytes or nothing, one line says
/// which, soon, nothing is written elsewhere, and the next download that meets a good server ends
/// well and clears away what the first left. Over HTTP and over TLS.
@Tag("attack")
class DownloadAttackTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String PARTIAL = "tiny.gguf.partial";
  private static final String TOKEN = "hf_canary";
  private static final Limits LIMITS =
      new Limits(
          Duration.ofMillis(700),
          Duration.ofMillis(300),
          Duration.ofMillis(400),
          1 << 10,
          Duration.ofMillis(1),
          3);

  @TempDir private static Path keys;
  private static Optional<SSLContext> before = Optional.empty();
  private static Optional<SSLContext> trusted = Optional.empty();
  private static Optional<SSLContext> stranger = Optional.empty();

  @TempDir Path folder;

  @BeforeAll
  static void certify() throws Exception {
    before = Optional.of(SSLContext.getDefault());
    trusted = Optional.of(context("trusted"));
    stranger = Optional.of(context("stranger"));
    SSLContext.setDefault(trusted.get());
  }

  @AfterAll
  static void restore() {
    before.ifPresent(SSLContext::setDefault);
  }

  static LongStream seeds() {
    return Attack.seeds(24, 0.04);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void thePinnedBytesLieThereOrNothing(long seed) throws Exception {
    PinnedModel pinned = TinyModel.pinned(folder);
    Path cache = folder.resolve("cache");
    try (var plain = hub(ServerSocketFactory.getDefault(), "http", seed + 1, List.of("/x"));
        var other = hub(sockets(trusted), "https", seed + 2, List.of(plain.address() + "/x"));
        var unknown = hub(sockets(stranger), "https", seed + 3, List.of("/x"))) {
      List<String> elsewhere =
          List.of(
              plain.address() + "/x",
              other.address() + "/x",
              unknown.address() + "/x",
              "/somewhere",
              "/somebody/tiny/resolve/main/tiny.gguf");
      boolean secure = seed % 3 == 0;
      try (var hub =
          hub(
              secure ? sockets(trusted) : ServerSocketFactory.getDefault(),
              secure ? "https" : "http",
              seed,
              elsewhere)) {
        boolean fetched = fetched(cache, hub.address(), pinned);

        assertThat(Files.exists(model(cache))).isEqualTo(fetched);
        if (secure) assertThat(plain.requests).isEmpty();
        assertThat(Stream.of(plain, other, unknown).flatMap(each -> each.requests.stream()))
            .noneMatch(head -> head.contains(TOKEN));
        assertThat(unknown.requests).isEmpty();
        assertThat(hub.requests).allMatch(head -> head.contains(TOKEN));
      }
    }
    assertThat(inside(folder))
        .allMatch(name -> name.matches("cache(/(models|hashes)(/.*)?)?"), "in the cache");
    assertThat(inside(cache.resolve("models"))).isSubsetOf("tiny.gguf", PARTIAL, ".lock");
    Path partial = cache.resolve("models").resolve(PARTIAL);
    if (Files.exists(partial)) assertThat(Files.size(partial)).isLessThanOrEqualTo(pinned.bytes());

    try (var good = new FakeHub(FakeHub.file(TinyModel.BYTES))) {
      assertThat(fetched(cache, good.address(), pinned)).isTrue();
    }
    assertThat(inside(cache.resolve("models"))).containsExactly(".lock", "tiny.gguf");
  }

  static LongStream kills() {
    return Attack.seeds(1, 0.01);
  }

  /// A process that is killed while it fetches leaves at most a beginning, which the next goes on
  /// with.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("kills")
  void aKilledDownloadIsGoneOnWith(long seed) throws Exception {
    PinnedModel pinned = TinyModel.pinned(folder);
    Path cache = Files.createDirectory(folder.resolve("cache"));
    int sent = new Mutation(seed).random().nextInt(TinyModel.BYTES.length);
    try (var hub = new FakeHub(FakeHub.redirect("/x"))) {
      hub.answer(hub.hanging(Arrays.copyOf(TinyModel.BYTES, sent), TinyModel.BYTES.length));
      Process process = HubSourceTest.other(cache, hub.address());
      Path partial = cache.resolve("models").resolve(PARTIAL);
      while (process.isAlive() && !(Files.exists(partial) && Files.size(partial) == sent)) {
        Thread.sleep(20);
      }
      process.destroyForcibly().waitFor();
      assertThat(model(cache)).doesNotExist();
    }
    try (var good = new FakeHub(FakeHub.file(TinyModel.BYTES))) {
      assertThat(fetched(cache, good.address(), pinned)).isTrue();
    }
    assertThat(inside(cache.resolve("models"))).containsExactly(".lock", "tiny.gguf");
  }

  /// Whether the model was fetched; else it was refused in one line. No `PATH`, so no pip.
  private static boolean fetched(Path cache, String address, PinnedModel pinned) throws Exception {
    var environment =
        Map.of("TOPDRAW_CACHE", cache.toString(), "HF_ENDPOINT", address, "HF_TOKEN", TOKEN);
    ModelStore store = ModelStore.of(environment, pinned, LIMITS);
    Path model = model(cache);
    try {
      Path path =
          Assertions.assertTimeoutPreemptively(LIMIT, () -> store.defaultModel(new Heard()).path());
      assertThat(path).isEqualTo(model);
      assertThat(sha256(path)).isEqualTo(pinned.sha256());
      return true;
    } catch (ModelException | InputException e) {
      assertThat(e.getMessage())
          .startsWith("Tiny cannot be fetched (")
          .hasSizeLessThan(1000)
          .matches("\\P{Cntrl}+")
          .doesNotContain(TOKEN);
      assertThat(model).doesNotExist();
      return false;
    }
  }

  private static Path model(Path cache) {
    return cache.resolve("models").resolve("tiny.gguf");
  }

  /// Not by the class that the program asks.
  private static String sha256(Path file) throws IOException, GeneralSecurityException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  private static Set<String> inside(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return new TreeSet<>(
          files
              .filter(file -> !file.equals(folder))
              .map(file -> folder.relativize(file).toString())
              .toList());
    }
  }

  private static HostileHub hub(
      ServerSocketFactory sockets, String scheme, long seed, List<String> elsewhere)
      throws IOException {
    return new HostileHub(sockets, scheme, TinyModel.BYTES, seed, elsewhere);
  }

  private static ServerSocketFactory sockets(Optional<SSLContext> context) {
    return context.orElseThrow().getServerSocketFactory();
  }

  /// Of a server by the name `127.0.0.1` that nobody else has certified, trusting itself alone.
  private static SSLContext context(String name) throws Exception {
    Path file = keys.resolve(name + ".p12");
    String password = "changeit";
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                password)
            .redirectErrorStream(true)
            .redirectOutput(keys.resolve(name + ".log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
    KeyManagerFactory mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    mine.init(store, password.toCharArray());
    TrustManagerFactory others =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    others.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(mine.getKeyManagers(), others.getTrustManagers(), null);
    return context;
  }
}
