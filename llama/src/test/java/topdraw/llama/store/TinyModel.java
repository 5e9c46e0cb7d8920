package topdraw.llama.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import topdraw.llama.file.Sha256;
import topdraw.llama.gguf.SyntheticGguf;

/// A pinned model of a few hundred bytes, and limits short enough for tests.
final class TinyModel {
  static final byte[] BYTES = SyntheticGguf.sound().bytes();
  static final String ENTRY = "tiny/tiny.gguf";
  static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(5),
          Duration.ofMillis(400),
          Duration.ofSeconds(30),
          1,
          Duration.ofMillis(1),
          3);

  private TinyModel() {}

  static PinnedModel pinned(Path scratch) {
    try {
      Path copy = Files.write(Files.createTempFile(scratch, "tiny", ".bin"), BYTES);
      String sha256 = Sha256.of(copy);
      Files.delete(copy);
      return new PinnedModel(
          "Tiny",
          "tiny.gguf",
          BYTES.length,
          sha256,
          "Q4_1",
          "somebody/tiny",
          new PinnedModel.Packaged("tiny==1.0", "0".repeat(64), 1000, ENTRY));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] damaged() {
    byte[] bytes = BYTES.clone();
    bytes[bytes.length - 1] ^= 1;
    return bytes;
  }

  static byte[] firstHalf() {
    return Arrays.copyOf(BYTES, BYTES.length / 2);
  }

  static byte[] wheel(String entry, byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content);
    }
    return bytes.toByteArray();
  }
}
