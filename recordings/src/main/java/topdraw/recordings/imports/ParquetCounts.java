package topdraw.recordings.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// The counts and names in a Parquet file's footer, held to one another. DuckDB reads the groups of
/// rows that it finds and does not ask whether they are all that the file says it has, nor whether
/// a group calls a column as the schema does.
///
/// Source: *Apache Parquet*, `parquet.thrift`: `FileMetaData`, `RowGroup`, `ColumnMetaData`.
final class ParquetCounts {
  /// A column has a value each row; one of lists at least one.
  private static final String COUNTS =
      """
      with leaves as (
        select name, row_number() over (order by column_id) - 1 as leaf
        from parquet_schema([?]) where coalesce(num_children, 0) = 0)
      select (select sum(num_rows) from parquet_file_metadata([?])),
             coalesce(sum(rows), 0), coalesce(sum(wrong), 0),
             (select count(*) from parquet_metadata([?]) join leaves on leaf = column_id
              where path_in_schema != name and not ends_with(path_in_schema, ', ' || name))
      from (select max(row_group_num_rows) as rows,
                   count(*) filter (num_values < row_group_num_rows
                       or (num_values > row_group_num_rows
                           and not contains(path_in_schema, ', '))) as wrong
            from parquet_metadata([?]) group by row_group_id)
      """;

  private static final String MAGIC = "PAR1";

  /// What stands last: `PARE` where the footer is encrypted.
  private static final List<String> ENDS = List.of(MAGIC, "PARE");

  /// The footer's length, and [#ENDS].
  private static final int FOOTER_END = 8;

  private ParquetCounts() {}

  /// The rows that a file says it has.
  ///
  /// @param path the file's path as DuckDB takes it, no pattern of others
  /// @throws InputException if it contradicts itself
  /// @throws SQLException if its footer cannot be read
  static long of(Connection duck, Path file, String path) throws SQLException {
    requireEnd(file);
    try (PreparedStatement statement = duck.prepareStatement(COUNTS)) {
      for (int i = 1; i <= 4; i++) {
        statement.setString(i, path);
      }
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        long rows = found.getLong(1);
        if (found.getLong(2) != rows || found.getLong(3) > 0) {
          throw new InputException(
              Problem.MALFORMED,
              file
                  + ": cannot be read: its footer is damaged; it says %,d rows, and its parts have others"
                      .formatted(rows));
        }
        if (found.getLong(4) > 0) {
          throw new InputException(
              Problem.MALFORMED,
              file + ": cannot be read: its footer is damaged; it calls a column by two names");
        }
        return rows;
      }
    }
  }

  /// The footer is the last part of a file: a copy that was cut has none.
  ///
  /// @throws InputException if the file does not end as one does
  private static void requireEnd(Path file) {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      ByteBuffer end = ByteBuffer.allocate(FOOTER_END).order(ByteOrder.LITTLE_ENDIAN);
      if (size >= MAGIC.length() + FOOTER_END) {
        channel.position(size - FOOTER_END);
        while (end.hasRemaining() && channel.read(end) >= 0) {}
      }
      end.flip();
      boolean whole =
          end.remaining() == FOOTER_END
              && ENDS.contains(new String(end.array(), 4, 4, StandardCharsets.ISO_8859_1))
              && end.getInt() <= size - MAGIC.length() - FOOTER_END;
      if (!whole) {
        throw new InputException(
            Problem.MALFORMED,
            file
                + (": cannot be read: the file ends early, at byte %,d, where no footer ends; copy it"
                        + " again, whole")
                    .formatted(size));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @throws InputException if not as many rows were read as there are
  static void require(Path file, long rows, long read) {
    if (rows != read) {
      throw new InputException(
          Problem.MALFORMED,
          file
              + ": cannot be read: it says %,d rows, and %,d can be read; is it damaged?"
                  .formatted(rows, read));
    }
  }
}
