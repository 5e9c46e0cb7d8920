package topdraw.recordings.imports;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Rows on disk while a recording is open, one after the other. What tells a row's prompt from
/// others is written where the prompt is another than that of the row before.
final class RowFile {
  private static final int SAME = -1;
  private static final int BUFFER = 1 << 16;

  /// A row.
  ///
  /// @param prompt the number of its prompt
  /// @param asked the bytes of an [Asked]; null where the row before had the same prompt
  /// @param draw the bytes of a [StoredDraw]
  /// @param marks values that may tell prompts or policies apart, as [StoredRow] has them
  record Row(int prompt, byte @Nullable [] asked, byte[] draw, @Nullable String marks) {}

  private RowFile() {}

  /// Writes rows.
  static final class Writer implements Closeable {
    private final DataOutputStream out;
    private int last = SAME;

    Writer(Path file, int buffer) throws IOException {
      out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), buffer));
    }

    static Writer to(Path file) throws IOException {
      return new Writer(file, BUFFER);
    }

    /// @param asked the bytes of what was asked
    void add(int prompt, byte[] asked, byte[] draw, @Nullable String marks) throws IOException {
      out.writeInt(prompt);
      if (prompt == last) {
        out.writeInt(SAME);
      } else {
        out.writeInt(asked.length);
        out.write(asked);
      }
      out.writeInt(draw.length);
      out.write(draw);
      StoredText.write(out, marks);
      last = prompt;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /// Reads them again.
  static final class Reader implements Closeable {
    private final DataInputStream in;

    Reader(Path file) throws IOException {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    }

    /// The next row; null behind the last.
    @Nullable Row next() throws IOException {
      int first = in.read();
      if (first < 0) {
        return null;
      }
      int prompt = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int length = in.readInt();
      byte[] asked = length == SAME ? null : bytes(length);
      return new Row(prompt, asked, bytes(in.readInt()), StoredText.read(in));
    }

    private byte[] bytes(int length) throws IOException {
      byte[] bytes = new byte[length];
      in.readFully(bytes);
      return bytes;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
