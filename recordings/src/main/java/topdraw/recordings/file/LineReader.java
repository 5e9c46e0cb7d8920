package topdraw.recordings.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// Reads the lines of a file one by one, and knows where it is.
public final class LineReader implements AutoCloseable {
  /// The longest line, in bytes.
  public static final int LONGEST = 16 << 20;

  private final InputStream in;
  private final String name;
  private final byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private long number;
  private long end;
  private boolean whole;

  /// A reader of a stream, from its beginning.
  ///
  /// @param in UTF-8 text
  /// @param name what the file is called in places
  public LineReader(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /// Reads a line.
  ///
  /// @return its bytes without its line feed, or null at the end of the file
  /// @throws InputException if it is too long, naming it
  /// @throws IOException if it cannot be read
  public byte @Nullable [] next() throws IOException {
    if (!filled()) {
      return null;
    }
    number++;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    whole = false;
    while (!whole && filled()) {
      int feed = from;
      while (feed < to && buffer[feed] != '\n') {
        feed++;
      }
      if (line.size() + (feed - from) > LONGEST) {
        throw new InputException(
            Problem.TOO_LARGE, place() + ": the line is longer than " + (LONGEST >> 20) + " MiB");
      }
      line.write(buffer, from, feed - from);
      whole = feed < to;
      from = whole ? feed + 1 : feed;
    }
    end += line.size() + (whole ? 1 : 0);
    return line.toByteArray();
  }

  /// Whether there is a byte to take, read now where none is left.
  private boolean filled() throws IOException {
    if (from == to) {
      from = 0;
      do {
        to = in.read(buffer);
      } while (to == 0); // a stream that has nothing yet is not at its end
      to = Math.max(0, to);
    }
    return from < to;
  }

  /// Whether the last line ended with a line feed.
  ///
  /// @return false at a torn end
  public boolean whole() {
    return whole;
  }

  /// The position behind the last line.
  ///
  /// @return bytes from the beginning
  public long end() {
    return end;
  }

  /// Where the last line stands.
  ///
  /// @return `file:line`
  public String place() {
    return name + ":" + number;
  }

  /// The text of a line.
  ///
  /// @param line its bytes
  /// @return the text
  /// @throws CharacterCodingException if it is not UTF-8
  public static String utf8(byte[] line) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
