package topdraw.llama.gguf;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;

/// A forward cursor over a GGUF file: every step is checked against the file's end before it is
/// taken, and memory stays at one small window however long the file claims its parts to be.
final class GgufReader {
  private static final int WINDOW = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW).order(ByteOrder.LITTLE_ENDIAN);
  private long windowStart;

  GgufReader(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
    window.limit(0);
  }

  long size() {
    return size;
  }

  long position() {
    return windowStart + window.position();
  }

  long remaining() {
    return size - position();
  }

  int u8() throws IOException {
    return Byte.toUnsignedInt(need(1).get());
  }

  int u16() throws IOException {
    return Short.toUnsignedInt(need(2).getShort());
  }

  long u32() throws IOException {
    return Integer.toUnsignedLong(need(4).getInt());
  }

  /// Reads an unsigned 64-bit number and refuses one above `limit`; nothing in a header is that
  /// large.
  long u64(String what, long limit) throws IOException {
    long place = position();
    long value = bits64();
    if (Long.compareUnsigned(value, limit) <= 0) return value;
    throw refuse(
        place, what + " is " + Long.toUnsignedString(value) + ", expected at most " + limit);
  }

  /// Reads the length of a string and checks that the string ends inside the file. Vocabularies
  /// hold many: nothing is allocated unless there is something to complain about.
  int stringLength(String what, int limit) throws IOException {
    long place = position();
    long length = bits64();
    if (Long.compareUnsigned(length, Math.min(limit, remaining())) <= 0) return (int) length;
    String said = what + " is " + Long.toUnsignedString(length) + " bytes long, ";
    throw refuse(
        place,
        Long.compareUnsigned(length, limit) <= 0
            ? said + "but the file ends after " + remaining() + " of them; was it cut short?"
            : said + "expected at most " + limit);
  }

  /// Reads 64 bits as they stand; the caller knows whether they have a sign.
  long bits64() throws IOException {
    return need(8).getLong();
  }

  String string(String what, int limit) throws IOException {
    return text(stringLength(what, limit));
  }

  /// Reads `length` bytes, already checked to lie inside the file, as UTF-8.
  String text(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int done = 0; done < bytes.length; ) {
      int step = Math.min(bytes.length - done, WINDOW);
      need(step).get(bytes, done, step);
      done += step;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  void skip(long bytes) throws IOException {
    if (bytes > remaining()) throw ended(bytes);
    if (bytes <= window.remaining()) {
      window.position(window.position() + (int) bytes);
    } else {
      windowStart = position() + bytes;
      window.limit(0);
    }
  }

  /// The one shape of every refusal: the file, the place, the fault, the way out.
  InputException refuse(long place, String fault) {
    return new InputException(
        Problem.MALFORMED,
        file
            + ": not a usable GGUF model: at byte "
            + place
            + ", "
            + fault
            + "; download the file again, or choose another with ",
        Parameter.MODEL,
        " FILE.gguf");
  }

  private ByteBuffer need(int bytes) throws IOException {
    if (bytes > remaining()) throw ended(bytes);
    if (bytes > window.remaining()) refill(bytes);
    return window;
  }

  private void refill(int bytes) throws IOException {
    long start = position();
    windowStart = start;
    window.clear();
    while (window.position() < bytes) {
      // A file that shrinks while it is read ends here.
      if (channel.read(window, start + window.position()) < 0)
        throw new EOFException("file shrank");
    }
    window.flip();
  }

  private IllegalArgumentException ended(long bytes) {
    return refuse(
        position(),
        "the file ends (" + size + " bytes in all) where " + bytes + " more bytes were expected");
  }
}
