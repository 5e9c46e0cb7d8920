package topdraw.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.input.InputException;

/// A packed file on any file system is held to what one machine holds it to.
class PackedFileTest {
  private static final int MEGABYTE = 1 << 20;

  @Test
  void ofASmallFileAGigabyteIsReadAndNoMore(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bomb.jsonl.gz");
    byte[] lines = new byte[MEGABYTE];
    Arrays.fill(lines, (byte) '\n');
    try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i <= 1024; i++) {
        packed.write(lines);
      }
    }
    assertThat(Files.size(file)).isLessThan(2 * MEGABYTE);
    try (InputStream in =
        InputFiles.open(
            new Configuration(),
            "bomb.jsonl.gz",
            new org.apache.hadoop.fs.Path(file.toUri()),
            InputFiles.Kind.PACKED_LINES)) {
      in.skipNBytes(1024L * MEGABYTE);
      assertThatThrownBy(in::read)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("bomb.jsonl.gz: inflates to more than 1,073,741,824 bytes");
    }
  }
}
