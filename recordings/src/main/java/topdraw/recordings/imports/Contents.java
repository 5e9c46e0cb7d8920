package topdraw.recordings.imports;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import topdraw.recordings.file.GzipMembers;
import topdraw.recordings.file.InflatedLimit;
import topdraw.recordings.file.ScratchDatabase;

/// What a file holds, found out from its first bytes and not from its name.
final class Contents {
  private static final int LOOK = 1 << 16;

  /// How a file is packed.
  enum Packing {
    /// Not at all.
    PLAIN,
    /// RFC 1952.
    GZIP,
    /// RFC 8878.
    ZSTD,
    /// A zip archive.
    ZIP,
    /// A table of its own.
    PARQUET
  }

  private Contents() {}

  static Packing packing(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(4);
    }
    if (head.length < 2) {
      return Packing.PLAIN;
    }
    int magic = head.length < 4 ? 0 : ByteBuffer.wrap(head).getInt();
    if (magic == 0x28B52FFD || (magic & 0xF0FFFFFF) == 0x502A4D18) {
      return Packing.ZSTD;
    }
    return switch (magic) {
      case 0x50415231 -> Packing.PARQUET;
      case 0x504B0304, 0x504B0506 -> Packing.ZIP;
      default ->
          (head[0] & 0xFF) == 0x1F && (head[1] & 0xFF) == 0x8B ? Packing.GZIP : Packing.PLAIN;
    };
  }

  /// The text of a file in UTF-8, unpacked.
  static InputStream text(Path file, ScratchDatabase scratch, InflatedLimit limit)
      throws IOException {
    InputStream plain =
        switch (packing(file)) {
          case GZIP ->
              limit.over(new GzipMembers(new BufferedInputStream(Files.newInputStream(file))));
          case ZSTD -> limit.over(new ZstdText(scratch, file));
          default -> Files.newInputStream(file);
        };
    return utf8(new BufferedInputStream(plain, LOOK));
  }

  /// Without a byte order mark, and of UTF-16 what it says in UTF-8.
  private static InputStream utf8(BufferedInputStream in) throws IOException {
    in.mark(4);
    byte[] head = in.readNBytes(4);
    in.reset();
    int two = head.length < 2 ? 0 : (head[0] & 0xFF) << 8 | (head[1] & 0xFF);
    if (head.length >= 3 && two == 0xEFBB && (head[2] & 0xFF) == 0xBF) {
      in.skipNBytes(3);
    } else if (two == 0xFEFF || two == 0xFFFE) {
      in.skipNBytes(2);
      return new Recoded(in, two == 0xFEFF ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
    } else if (head.length == 4 && head[0] == 0 && head[1] != 0 && head[2] == 0) {
      return new Recoded(in, StandardCharsets.UTF_16BE);
    } else if (head.length == 4 && head[0] != 0 && head[1] == 0 && head[3] == 0) {
      return new Recoded(in, StandardCharsets.UTF_16LE);
    }
    return in;
  }

  /// The first characters of a text.
  static String look(BufferedInputStream text) throws IOException {
    text.mark(LOOK);
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    byte[] part = new byte[4096];
    int read = 0;
    while (read >= 0 && head.size() < LOOK - part.length) {
      read = text.read(part);
      head.write(part, 0, Math.max(0, read));
    }
    text.reset();
    return head.toString(StandardCharsets.UTF_8);
  }

  /// A text of another encoding, in UTF-8. What is no text in it is an error.
  private static final class Recoded extends InputStream {
    private final Reader reader;
    private final CharBuffer chars = CharBuffer.allocate(8192);
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    Recoded(InputStream in, Charset charset) {
      reader =
          new InputStreamReader(
              in,
              charset
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT));
      chars.limit(0);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (!bytes.hasRemaining()) {
        chars.clear();
        if (reader.read(chars) < 0) {
          return -1;
        }
        chars.flip();
        if (Character.isHighSurrogate(chars.get(chars.limit() - 1))) {
          int low = reader.read();
          bytes =
              StandardCharsets.UTF_8.encode(
                  low < 0 ? chars.toString() : chars.toString() + (char) low);
        } else {
          bytes = StandardCharsets.UTF_8.encode(chars);
        }
      }
      int count = Math.min(length, bytes.remaining());
      bytes.get(into, from, count);
      return count;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
