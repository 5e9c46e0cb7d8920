package topdraw.recordings.imports;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// The counts in a Parquet file's footer, held to one another. DuckDB reads the groups of rows that
/// it finds and does not ask whether they are all that the file says it has.
///
/// Source: *Apache Parquet*, `parquet.thrift`: `FileMetaData`, `RowGroup`, `ColumnMetaData`.
final class ParquetCounts {
  /// A column has a value each row; one of lists at least one.
  private static final String COUNTS =
      """
      select (select sum(num_rows) from parquet_file_metadata([?])),
             coalesce(sum(rows), 0), coalesce(sum(wrong), 0)
      from (select max(row_group_num_rows) as rows,
                   count(*) filter (num_values < row_group_num_rows
                       or (num_values > row_group_num_rows
                           and not contains(path_in_schema, ', '))) as wrong
            from parquet_metadata([?]) group by row_group_id)
      """;

  private ParquetCounts() {}

  /// The rows that a file says it has.
  ///
  /// @param path the file's path as DuckDB takes it, no pattern of others
  /// @throws InputException if it contradicts itself
  /// @throws SQLException if its footer cannot be read
  static long of(Connection duck, Path file, String path) throws SQLException {
    try (PreparedStatement statement = duck.prepareStatement(COUNTS)) {
      statement.setString(1, path);
      statement.setString(2, path);
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
        return rows;
      }
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
