package topdraw.recordings;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// The rows of one file, each as JSON text, with their places.
final class RowSource {
  /// One column that holds a whole line: no character of JSON Lines separates or quotes.
  private static final String LINES =
      "select line from read_csv(?, columns = {'line': 'VARCHAR'}, delim = '\\x01', quote = '',"
          + " escape = '', header = false, auto_detect = false, max_line_size = 16777216,"
          + " strict_mode = false, nullstr = '\\x02')";

  private static final String ARRAY = "select json from read_json_objects(?, format = 'auto')";
  private static final String PARQUET = "select to_json(t) from read_parquet(?) t";
  private static final String CSV =
      "select to_json(t) from read_csv(?, all_varchar = true, header = true, store_rejects = true) t";

  private RowSource() {}

  @FunctionalInterface
  interface Rows {
    void row(String place, String json) throws SQLException;
  }

  static boolean knows(String name) {
    return name.toLowerCase(Locale.ROOT)
        .matches(".*\\.(jsonl|ndjson|json|csv|tsv|parquet)(\\.gz|\\.zst)?");
  }

  static void read(Connection duck, Path file, Rows rows, Rows bad)
      throws IOException, SQLException {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.matches(".*\\.(jsonl|ndjson)(\\.gz)?")) {
      lines(file, name.endsWith(".gz"), rows, bad);
    } else if (name.matches(".*\\.(jsonl|ndjson)\\.zst")) {
      query(duck, LINES, file, rows);
    } else if (name.matches(".*\\.json(\\.gz|\\.zst)?")) {
      query(duck, ARRAY, file, rows);
    } else if (name.endsWith(".parquet")) {
      query(duck, PARQUET, file, rows);
    } else {
      query(duck, CSV, file, rows);
      rejects(duck, file, bad);
    }
  }

  private static void lines(Path file, boolean gzip, Rows rows, Rows bad)
      throws IOException, SQLException {
    InputStream plain = new BufferedInputStream(Files.newInputStream(file));
    try (LineReader lines =
        new LineReader(gzip ? new GZIPInputStream(plain) : plain, file.toString())) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        try {
          String text = LineReader.utf8(line);
          if (!text.isBlank()) {
            rows.row(lines.place(), text);
          }
        } catch (CharacterCodingException e) {
          bad.row(lines.place(), "not UTF-8");
        }
      }
    }
  }

  /// The path is a parameter, never part of the query.
  private static void query(Connection duck, String sql, Path file, Rows rows) throws SQLException {
    try (PreparedStatement statement = duck.prepareStatement(sql)) {
      statement.setString(1, literal(file));
      try (ResultSet found = statement.executeQuery()) {
        for (long row = 1; found.next(); row++) {
          String json = found.getString(1);
          rows.row(file + " row " + row, json == null ? "" : json);
        }
      }
    }
  }

  private static void rejects(Connection duck, Path file, Rows bad) throws SQLException {
    try (PreparedStatement statement =
            duck.prepareStatement("select line, error_message from reject_errors order by line");
        ResultSet found = statement.executeQuery()) {
      while (found.next()) {
        bad.row(file + ":" + found.getLong(1), found.getString(2).lines().findFirst().orElse(""));
      }
    }
    try (PreparedStatement drop = duck.prepareStatement("drop table if exists reject_errors")) {
      drop.execute();
    }
    try (PreparedStatement drop = duck.prepareStatement("drop table if exists reject_scans")) {
      drop.execute();
    }
  }

  /// DuckDB reads `*`, `?` and `[` in a path as a pattern; in brackets they stand for themselves.
  private static String literal(Path file) {
    return file.toString().replaceAll("[*?\\[]", "[$0]");
  }
}
