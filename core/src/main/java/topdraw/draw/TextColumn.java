package topdraw.draw;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Texts as bytes, one behind the other; or none.
final class TextColumn {
  private static final int CHUNK = 1 << 20;

  /// Where there is no text.
  private static final long NONE = -1;

  private final List<byte[]> chunks = new ArrayList<>();

  /// How much of the last chunk is used.
  private int used;

  /// Of each text its chunk, and where it begins there.
  private final NumberColumn starts = new NumberColumn();

  /// Its length in bytes, twice, and one more where it is kept as Java keeps it.
  private final NumberColumn lengths = new NumberColumn();

  void add(@Nullable String text) {
    if (text == null) {
      starts.add(NONE);
      lengths.add(0);
      return;
    }
    // UTF-8 has no halves of surrogate pairs, and what was said is kept as it is.
    boolean wide = text.chars().anyMatch(c -> Character.isSurrogate((char) c));
    byte[] bytes = wide ? chars(text) : text.getBytes(StandardCharsets.UTF_8);
    if (chunks.isEmpty() || used + bytes.length > chunks.getLast().length) {
      chunks.add(new byte[Math.max(CHUNK, bytes.length)]);
      used = 0;
    }
    System.arraycopy(bytes, 0, chunks.getLast(), used, bytes.length);
    starts.add((long) (chunks.size() - 1) << 32 | used);
    lengths.add(2L * bytes.length + (wide ? 1 : 0));
    used += bytes.length;
  }

  private static byte[] chars(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * text.length());
    bytes.asCharBuffer().put(text);
    return bytes.array();
  }

  @Nullable String get(int i) {
    long start = starts.get(i);
    if (start == NONE) {
      return null;
    }
    byte[] chunk = chunks.get((int) (start >>> 32));
    int length = (int) (lengths.get(i) / 2);
    return lengths.get(i) % 2 == 1
        ? ByteBuffer.wrap(chunk, (int) start, length).asCharBuffer().toString()
        : new String(chunk, (int) start, length, StandardCharsets.UTF_8);
  }
}
