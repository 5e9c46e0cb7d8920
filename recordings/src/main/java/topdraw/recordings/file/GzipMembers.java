package topdraw.recordings.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/// The contents of a gzip file, of all its members. Java's own reader takes a damaged member that
/// is not the first for the end of the file.
///
/// Source: RFC 1952, *GZIP file format specification version 4.3*.
public final class GzipMembers extends InputStream {
  private static final int BUFFER = 1 << 16;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private final PushbackInputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 sum = new CRC32();
  private final byte[] buffer = new byte[BUFFER];
  private final byte[] one = new byte[1];
  private int filled;
  private int member = 1;
  private boolean ended;

  /// Reads the first member's header.
  ///
  /// @param in what is packed; closed with this
  /// @throws IOException if it cannot be read, or is no gzip file
  public GzipMembers(InputStream in) throws IOException {
    this.in = new PushbackInputStream(in, BUFFER);
    header();
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      try {
        int read = inflater.inflate(into, from, length);
        if (read > 0) {
          sum.update(into, from, read);
          return read;
        }
      } catch (DataFormatException e) {
        throw new ZipException(
            "the gzip data are damaged in member " + member + ": " + e.getMessage());
      }
      if (inflater.finished()) {
        trailer();
        ended = !more();
      } else if (inflater.needsInput()) {
        filled = in.read(buffer, 0, BUFFER);
        if (filled < 0) {
          throw new EOFException("Unexpected end of gzip input, in member " + member);
        }
        inflater.setInput(buffer, 0, filled);
      } else {
        throw new ZipException("the gzip data need a dictionary, which no gzip file has");
      }
    }
    return -1;
  }

  private void trailer() throws IOException {
    in.unread(buffer, filled - inflater.getRemaining(), inflater.getRemaining());
    if (number(4) != sum.getValue() || number(4) != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
      throw new ZipException("the gzip data are damaged in member " + member + ": wrong checksum");
    }
  }

  /// Whether another member follows; zeros may fill a file up.
  private boolean more() throws IOException {
    int next = in.read();
    while (next == 0) {
      next = in.read();
    }
    if (next < 0) {
      return false;
    }
    in.unread(next);
    member++;
    inflater.reset();
    sum.reset();
    header();
    return true;
  }

  private void header() throws IOException {
    if (number(2) != 0x8B1F) {
      throw new ZipException("member " + member + " is not in gzip format");
    }
    if (number(1) != 8) {
      throw new ZipException("member " + member + " is compressed by an unknown method");
    }
    int flags = (int) number(1);
    if ((flags & RESERVED) != 0) {
      throw new ZipException("member " + member + " has a header of an unknown kind");
    }
    number(4);
    number(2);
    if ((flags & EXTRA) != 0) {
      for (long n = number(2); n > 0; n--) {
        number(1);
      }
    }
    for (int flag : new int[] {NAME, COMMENT}) {
      while ((flags & flag) != 0 && number(1) != 0) {
        // The text ends with a zero.
      }
    }
    if ((flags & HEADER_CRC) != 0) {
      number(2);
    }
  }

  private long number(int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("Unexpected end of gzip input, in member " + member);
      }
      number |= (long) next << (8 * i);
    }
    return number;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
