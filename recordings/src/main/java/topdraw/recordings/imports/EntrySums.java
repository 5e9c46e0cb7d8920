package topdraw.recordings.imports;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/// The checksums of texts that follow one another in a stream, each known by its length. The stream
/// comes line by line ([ZstdText]), so it may have a line's end too many at its own end; and where
/// lines ended otherwise than with `\n` it is shorter than the texts were, and nothing can be said.
final class EntrySums extends FilterInputStream {
  private final long[] lengths;
  private final long[] sums;
  private final CRC32 sum = new CRC32();
  private int text;
  private long read;
  private long beyond;

  /// @param lengths of the texts, in bytes
  EntrySums(InputStream stream, long[] lengths) {
    super(stream);
    this.lengths = lengths;
    sums = new long[lengths.length];
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    int got = super.read(into, at, length);
    for (int left = got; left > 0; ) {
      if (text == lengths.length) {
        beyond += left;
        break;
      }
      int of = (int) Math.min(left, lengths[text] - read);
      sum.update(into, at + got - left, of);
      read += of;
      left -= of;
      while (text < lengths.length && read == lengths[text]) {
        sums[text++] = sum.getValue();
        sum.reset();
        read = 0;
      }
    }
    return got;
  }

  /// Whether a text is known not to be what it was, once the stream has been read to its end.
  ///
  /// @param which the text's place
  /// @param expected its checksum
  boolean differs(int which, long expected) {
    boolean whole = text == lengths.length && beyond <= 1;
    return whole && sums[which] != expected;
  }
}
