package topdraw.recordings.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.zip.ZipException;
import topdraw.recordings.file.ScratchDatabase;

/// The text of a Zstandard file, inflated by DuckDB line by line.
final class ZstdText extends InputStream {
  /// One column that holds a whole line: no character of a text separates or quotes.
  private static final String LINES =
      "select line from read_csv(?, columns = {'line': 'VARCHAR'}, delim = '\\x01', quote = '',"
          + " escape = '', comment = '', header = false, auto_detect = false, max_line_size = 67108864,"
          + " buffer_size = 134217728, strict_mode = false, null_padding = false, parallel = false,"
          + " compression = 'zstd', hive_partitioning = false, union_by_name = false,"
          + " nullstr = '\\x02')";

  private final Connection duck;
  private final PreparedStatement statement;
  private final ResultSet lines;
  private byte[] line = {};
  private int at;

  /// @param scratch whose DuckDB reads it, over a connection of its own, as two may be read at once
  ZstdText(ScratchDatabase scratch, Path file) throws IOException {
    try {
      duck = scratch.duck().duplicate();
      statement = duck.prepareStatement(LINES);
      statement.setString(1, RowSource.literal(file));
      lines = statement.executeQuery();
    } catch (SQLException e) {
      throw failed(ScratchDatabase.firstLine(e), e);
    }
  }

  @Override
  public int read() throws IOException {
    return fill() ? line[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int copied = Math.min(length, line.length - at);
    System.arraycopy(line, at, into, from, copied);
    at += copied;
    return copied;
  }

  private boolean fill() throws IOException {
    try {
      while (at == line.length) {
        if (!lines.next()) {
          return false;
        }
        String text = lines.getString(1);
        line = ((text == null ? "" : text) + "\n").getBytes(StandardCharsets.UTF_8);
        at = 0;
      }
      return true;
    } catch (SQLException e) {
      throw failed(ScratchDatabase.firstLine(e), e);
    }
  }

  /// What is wrong with the file is the file's, all else the machine's.
  private static IOException failed(String why, SQLException e) {
    if (why.startsWith("Out of Memory Error") || why.startsWith("IO Error: Could not")) {
      return new IOException(why, e);
    }
    // Of a result that is streamed DuckDB forgets the reason.
    boolean said =
        !why.contains("Invalid result set") && !why.toLowerCase(Locale.ROOT).contains("unicode");
    ZipException damaged =
        new ZipException(
            said
                ? why
                : "it is damaged, or the text in it is not UTF-8; unpack it with zstd -d and give the plain file");
    damaged.initCause(e);
    return damaged;
  }

  @Override
  public void close() throws IOException {
    try (duck;
        statement;
        lines) {
      at = line.length;
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
