package topdraw.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.attack.Attack;
import topdraw.attack.Mutation;

/// What is unpacked was pinned by its hash before; were it not, a package could still do no more
/// than name files in one folder that is new.
class TarballAttackTest {
  private static final byte[] CONTENT = "a library".getBytes(StandardCharsets.UTF_8);
  private static final String[] NAMES = {
    "package/bin/../../../escape.so",
    "/tmp/topdraw-escape.so",
    "package/bin//x.so",
    "package/bin/..",
    "package/bin/.",
    "package/bin/",
    "package/bin/a\\b.so",
    "package/bin/a.so",
    ""
  };
  private static final String[] SIZES = {
    "0", "-1", "77777777777", "17777777777", "20000000000", "9", "x", "", "0000 11", "8"
  };

  @TempDir Path folder;

  static LongStream seeds() {
    return Attack.seeds(100, 0.01);
  }

  @Test
  void plainFilesOfTheFolderAreUnpacked() throws IOException {
    unpack(
        packed(
            entry("package/bin/a.so", "11", '0', CONTENT),
            entry("package/bin/inner/b.so", "11", '0', CONTENT),
            entry("package/bin/c.so", "0", '2', new byte[0]),
            entry("package/package.json", "11", '0', CONTENT)));

    assertThat(names()).containsExactly("into", "into/a.so");
    assertThat(folder.resolve("into/a.so")).hasBinaryContent(CONTENT);
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"x", "", "-1", "-0000000007", "77777777777", "17777777777"})
  void aSizeThatIsNoneIsRefused(String size) throws IOException {
    byte[] packed = packed(entry("package/bin/a.so", size, '0', CONTENT));

    assertThatIOException().isThrownBy(() -> unpack(packed));
  }

  @Test
  void aPackageThatEndsInsideAFileIsRefused() throws IOException {
    byte[] packed = packed(entry("package/bin/a.so", "7000", '0', CONTENT));

    assertThatIOException().isThrownBy(() -> unpack(packed)).withMessageContaining("inside a.so");
    assertThat(folder.resolve("into")).isEmptyDirectory();
  }

  /// A kilobyte for each megabyte.
  @Test
  void aBombIsNotUnpacked() throws IOException {
    byte[] packed = packed(entry("package/bin/a.so", "1200000000", '0', new byte[160 << 20]));

    assertThatIOException().isThrownBy(() -> unpack(packed)).withMessageContaining("MB");
    assertThat(folder.resolve("into")).isEmptyDirectory();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @Tag("attack")
  void aDamagedPackageIsUnpackedIntoItsFolderOrRefused(long seed) throws IOException {
    Mutation mutation = new Mutation(seed);
    byte[][] entries = new byte[mutation.random().nextInt(1, 4)][];
    for (int k = 0; k < entries.length; k++) {
      entries[k] =
          entry(
              mutation.random().nextBoolean() ? "package/bin/a.so" : mutation.oneOf(NAMES),
              mutation.random().nextBoolean() ? "11" : mutation.oneOf(SIZES),
              mutation.oneOf('0', '0', '1', '2', '5', 'x', 'L', '\0'),
              CONTENT);
    }
    byte[] packed = packed(entries);
    try {
      unpack(mutation.random().nextBoolean() ? mutation.of(packed) : packed);
    } catch (IOException e) {
      assertThat(e).isNotNull(); // a fault that the caller tells
    }
    assertThat(names()).allMatch(name -> name.matches("into(/[^/]+\\.so)?"));
  }

  private void unpack(byte[] packed) throws IOException {
    Path into = Files.createDirectories(folder.resolve("into"));
    Tarball.unpack(
        new ByteArrayInputStream(packed), "package/bin/", name -> name.endsWith(".so"), into);
  }

  private Set<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return new TreeSet<>(
          files
              .filter(file -> !file.equals(folder))
              .map(file -> folder.relativize(file).toString())
              .toList());
    }
  }

  private static byte[] packed(byte[]... entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      for (byte[] entry : List.of(entries)) out.write(entry);
      out.write(new byte[1024]);
    }
    return bytes.toByteArray();
  }

  private static byte[] entry(String name, String size, char type, byte[] content) {
    int blocks = (content.length + 511) / 512;
    byte[] entry = new byte[512 + 512 * blocks];
    byte[] named = name.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(named, 0, entry, 0, named.length);
    byte[] sized = size.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(sized, 0, entry, 124, sized.length);
    entry[156] = (byte) type;
    System.arraycopy(content, 0, entry, 512, content.length);
    return entry;
  }
}
