package topdraw.recordings.imports;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// How much a compressed file may hold, so that a small hostile one cannot fill time and disk: 200
/// times its size, and a gigabyte in any case.
///
/// @param file the compressed file
/// @param bytes what it may hold
record InflatedLimit(Path file, long bytes) {
  private static final long ALWAYS = 1L << 30;
  private static final long RATIO = 200;

  static InflatedLimit of(Path file) throws IOException {
    return new InflatedLimit(file, bytes(Files.size(file)));
  }

  static long bytes(long compressed) {
    return Math.max(ALWAYS, RATIO * compressed);
  }

  /// A stream that ends with an error where the file holds more.
  InputStream over(InputStream inflated) {
    return new FilterInputStream(inflated) {
      private long seen;

      @Override
      public int read() throws IOException {
        int read = super.read();
        seen = add(seen, read < 0 ? 0 : 1);
        return read;
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        seen = add(seen, Math.max(0, read));
        return read;
      }
    };
  }

  /// What was seen with more of it.
  ///
  /// @throws IllegalArgumentException if that is too much
  long add(long seen, long more) {
    if (seen + more > bytes) {
      throw new InputException(
          Problem.TOO_LARGE,
          "%s: inflates to more than %,d bytes, %d times its size; if that is right, unpack it and give the plain file"
              .formatted(file, bytes, RATIO));
    }
    return seen + more;
  }
}
