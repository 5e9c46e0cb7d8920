package topdraw.draw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Texts as bytes, one behind the other; or none. From [#MOST] bytes on they lie on disk, in a file
/// that the system removes with the last use of it.
final class TextColumn {
  /// Bytes of texts that are kept in memory.
  static final int MOST = 8 << 20;

  /// Bytes that are read at once where texts are asked for one after the other, as mostly.
  private static final int BLOCK = 1 << 16;

  /// A part of the file.
  private record Block(long from, byte[] bytes) {}

  /// How a text is kept.
  private enum Kind {
    /// Not at all: there is none.
    NONE,
    /// As UTF-8.
    UTF8,
    /// As Java's characters.
    CHARS
  }

  private final WordColumn<Kind> kinds = new WordColumn<>();

  /// Where each text begins; it ends where the next one does.
  private final NumberColumn starts = new NumberColumn();

  /// The bytes that are in memory, the last of all.
  private byte[] kept = new byte[1 << 10];

  private long end;
  private int size;
  private @Nullable FileChannel file;
  private long onDisk;
  private volatile Block block = new Block(0, new byte[0]);

  /// Where the last text ended that was read by itself.
  private volatile long next;

  void add(@Nullable String text) {
    starts.add(end);
    size++;
    if (text == null) {
      kinds.add(Kind.NONE);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean whole = new String(bytes, StandardCharsets.UTF_8).equals(text);
    // UTF-8 has no halves of surrogate pairs, and what was said is kept as it is.
    kinds.add(whole ? Kind.UTF8 : Kind.CHARS);
    append(whole ? bytes : chars(text));
  }

  private static byte[] chars(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * text.length());
    bytes.asCharBuffer().put(text);
    return bytes.array();
  }

  private void append(byte[] bytes) {
    int used = (int) (end - onDisk);
    if (used > 0 && (long) used + bytes.length > MOST) {
      toDisk(used);
      used = 0;
    }
    if (used + bytes.length > kept.length) {
      kept =
          Arrays.copyOf(
              kept, Math.max(used + bytes.length, Math.min(MOST, Math.max(1, 2 * kept.length))));
    }
    System.arraycopy(bytes, 0, kept, used, bytes.length);
    end += bytes.length;
  }

  private void toDisk(int used) {
    try {
      FileChannel to = file;
      if (to == null) {
        Path temporary = Files.createTempFile("topdraw-texts", "");
        to =
            FileChannel.open(
                temporary,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        file = to;
      }
      for (int from = 0; from < used; from += BLOCK) { // for each Java keeps a copy as large
        ByteBuffer bytes = ByteBuffer.wrap(kept, from, Math.min(BLOCK, used - from));
        while (bytes.hasRemaining()) {
          onDisk += to.write(bytes, onDisk);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException("cannot put texts aside in the temporary folder: " + e.getMessage(), e));
    }
  }

  @Nullable String get(int i) {
    Kind kind = kinds.get(i);
    if (kind == Kind.NONE) {
      return null;
    }
    long from = starts.get(i);
    int length = (int) ((i + 1 < size ? starts.get(i + 1) : end) - from);
    if (from >= onDisk) {
      return text(kind, kept, (int) (from - onDisk), length);
    }
    Block known = block;
    long to = known.from() + known.bytes().length;
    if (from < known.from() || from + length > to) {
      boolean goesOn = (from >= known.from() && from <= to) || from == next;
      known = read(from, goesOn ? Math.max(length, BLOCK) : length);
      if (goesOn) {
        block = known;
      }
      next = from + length;
    }
    return text(kind, known.bytes(), (int) (from - known.from()), length);
  }

  private static String text(Kind kind, byte[] bytes, int from, int length) {
    return kind == Kind.UTF8
        ? new String(bytes, from, length, StandardCharsets.UTF_8)
        : ByteBuffer.wrap(bytes, from, length).asCharBuffer().toString();
  }

  private Block read(long from, int most) {
    FileChannel in = file;
    if (in == null) {
      throw new IllegalStateException("nothing was put aside");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, onDisk - from));
    try {
      while (bytes.hasRemaining()) {
        if (in.read(bytes, from + bytes.position()) < 0) {
          throw new IOException("the file is shorter than it was");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException("cannot read texts put aside: " + e.getMessage(), e));
    }
    return new Block(from, bytes.array());
  }
}
