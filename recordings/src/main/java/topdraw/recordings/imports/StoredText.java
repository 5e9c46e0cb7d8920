package topdraw.recordings.imports;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Texts among bytes, each as it is: UTF-8 has no halves of surrogate pairs, so a text with one
/// goes as its characters.
final class StoredText {
  private static final int NONE = -1;

  private StoredText() {}

  static void write(DataOutput out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(NONE);
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (new String(utf8, StandardCharsets.UTF_8).equals(text)) {
      out.writeInt(utf8.length);
      out.write(utf8);
    } else {
      out.writeInt(NONE - 1 - text.length());
      out.writeChars(text);
    }
  }

  static void write(DataOutput out, Optional<String> text) throws IOException {
    write(out, text.orElse(null));
  }

  static @Nullable String read(DataInput in) throws IOException {
    int length = in.readInt();
    if (length == NONE) {
      return null;
    }
    byte[] bytes = new byte[length >= 0 ? length : 2 * (NONE - 1 - length)];
    in.readFully(bytes);
    return length >= 0
        ? new String(bytes, StandardCharsets.UTF_8)
        : ByteBuffer.wrap(bytes).asCharBuffer().toString();
  }

  /// A text that is there.
  static String required(DataInput in) throws IOException {
    String text = read(in);
    if (text == null) {
      throw new IOException("a text is missing among bytes that this program wrote");
    }
    return text;
  }

  static Optional<String> optional(DataInput in) throws IOException {
    return Optional.ofNullable(read(in));
  }
}
