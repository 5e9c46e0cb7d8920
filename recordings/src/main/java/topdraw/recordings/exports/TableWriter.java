package topdraw.recordings.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import topdraw.recordings.file.ScratchDatabase;
import topdraw.recordings.row.TableColumns;

/// Writes a table as CSV or Parquet by way of DuckDB, which gathers the rows on disk.
final class TableWriter implements RowWriter {
  private static final String CSV = "(format csv, header)";
  private static final String PARQUET = "(format parquet, compression zstd)";

  private final ScratchDatabase scratch;
  private final DuckDBAppender rows;
  private final Map<String, TableColumns.Type> columns;
  private final boolean csv;
  private final OutputStream out;

  private TableWriter(
      ScratchDatabase scratch,
      DuckDBAppender rows,
      Map<String, TableColumns.Type> columns,
      boolean csv,
      OutputStream out) {
    this.scratch = scratch;
    this.rows = rows;
    this.columns = columns;
    this.csv = csv;
    this.out = out;
  }

  static TableWriter csv(Map<String, TableColumns.Type> columns, OutputStream out)
      throws IOException {
    return open(columns, true, out);
  }

  static TableWriter parquet(Map<String, TableColumns.Type> columns, OutputStream out)
      throws IOException {
    return open(columns, false, out);
  }

  private static TableWriter open(
      Map<String, TableColumns.Type> columns, boolean csv, OutputStream out) throws IOException {
    ScratchDatabase scratch = ScratchDatabase.open();
    try (Statement statement = scratch.duck().createStatement()) {
      statement.execute(
          columns.entrySet().stream()
              .map(column -> name(column.getKey()) + " " + type(column.getValue()))
              .collect(Collectors.joining(", ", "create table samples (", ")")));
      return new TableWriter(
          scratch,
          scratch.duck().createAppender(DuckDBConnection.DEFAULT_SCHEMA, "samples"),
          columns,
          csv,
          out);
    } catch (SQLException e) {
      scratch.close();
      throw failed(e);
    }
  }

  /// A reward may have any name; in quotes, with its own quotes doubled, it is only a name.
  private static String name(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }

  private static String type(TableColumns.Type type) {
    return switch (type) {
      case TEXT -> "varchar";
      case WHOLE -> "integer";
      case NUMBER -> "double";
    };
  }

  @Override
  public void row(Map<String, @Nullable Object> row) throws IOException {
    try {
      rows.beginRow();
      for (String column : columns.keySet()) {
        switch (row.get(column)) {
          case null -> rows.appendNull();
          case Integer whole -> rows.append(whole.intValue());
          case Double number -> rows.append(number.doubleValue());
          case Object text -> rows.append(csv ? inert(text.toString()) : text.toString());
        }
      }
      rows.endRow();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// A spreadsheet takes such a text for a formula; after an apostrophe it is a text (CWE-1236).
  static String inert(String text) {
    return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  @Override
  public void finish() throws IOException {
    Path whole = scratch.folder().resolve("table");
    try (Statement statement = scratch.duck().createStatement()) {
      rows.close();
      statement.execute(
          String.join(
              " ",
              List.of(
                  "copy samples to",
                  "'" + whole.toString().replace("'", "''") + "'",
                  csv ? CSV : PARQUET)));
    } catch (SQLException e) {
      throw failed(e);
    }
    Files.copy(whole, out);
    out.flush();
  }

  private static IOException failed(SQLException e) {
    return new IOException("cannot export: " + ScratchDatabase.firstLine(e), e);
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
