package topdraw.recordings.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// How much a compressed file may hold, so that a small hostile one cannot fill time and disk: 200
/// times its size, and a gigabyte in any case.
///
/// @param file the compressed file's name
/// @param bytes what it may hold
public record InflatedLimit(String file, long bytes) {
  private static final long ALWAYS = 1L << 30;
  private static final long RATIO = 200;

  /// The limit of a file.
  ///
  /// @param file its name
  /// @param compressed its bytes
  /// @return the limit
  public static InflatedLimit of(String file, long compressed) {
    return new InflatedLimit(file, Math.max(ALWAYS, RATIO * compressed));
  }

  /// A stream that ends with an [InputException] where the file holds more.
  ///
  /// @param inflated what it holds
  /// @return the same, as far as it may go
  public InputStream over(InputStream inflated) {
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

      @Override
      public long skip(long most) throws IOException {
        long skipped = super.skip(most);
        seen = add(seen, skipped);
        return skipped;
      }
    };
  }

  /// What was seen with more of it.
  ///
  /// @param seen bytes before
  /// @param more bytes now
  /// @return all of them
  /// @throws InputException if that is too much
  public long add(long seen, long more) {
    if (seen + more > bytes) {
      throw new InputException(
          Problem.TOO_LARGE,
          "%s: inflates to more than %,d bytes, %d times its size; if that is right, unpack it and give the plain file"
              .formatted(file, bytes, RATIO));
    }
    return seen + more;
  }
}
