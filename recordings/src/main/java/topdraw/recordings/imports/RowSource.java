package topdraw.recordings.imports;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.file.LineReader;

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

  /// Files of any length; Python writes NaN into them, which is a missing number here.
  private static final JsonMapper FOREIGN =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(100)
                          .maxStringLength(LineReader.LONGEST)
                          .build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private RowSource() {}

  /// Reads the text of a row.
  ///
  /// @throws JacksonException if it is not JSON
  static JsonNode parse(String json) {
    return FOREIGN.readTree(json);
  }

  static boolean knows(String name) {
    return name.toLowerCase(Locale.ROOT)
        .matches(".*\\.((jsonl|ndjson|json|csv|tsv)(\\.gz|\\.zst)?|parquet)");
  }

  static void read(Connection duck, Path file, RowConsumer rows, RowConsumer bad)
      throws IOException, SQLException {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".eval")) {
      throw new InputException(
          Problem.UNSUPPORTED,
          file
              + ": an Inspect log in its packed form; write it as JSON: inspect log dump FILE > LOG.json");
    }
    if (!knows(name)) {
      throw new InputException(
          Problem.UNSUPPORTED,
          file
              + ": recordings are .jsonl, .ndjson, .json, .csv and .tsv, also as .gz and .zst, and"
              + " .parquet; rename it to what it is");
    }
    if (name.endsWith(".parquet")) {
      query(duck, PARQUET, file, rows);
      return;
    }
    if (name.endsWith(".zst")) {
      requireWhole(file);
    }
    InflatedLimit limit = InflatedLimit.of(file);
    if (name.matches(".*\\.(jsonl|ndjson)(\\.gz)?")) {
      lines(file, name.endsWith(".gz"), limit, rows, bad);
    } else if (name.matches(".*\\.(jsonl|ndjson)\\.zst")) {
      query(duck, LINES, file, limit.over(rows));
    } else if (name.matches(".*\\.json(\\.gz)?")) {
      json(file, name.endsWith(".gz"), limit, rows);
    } else if (name.endsWith(".json.zst")) {
      query(duck, ARRAY, file, limit.over(rows));
    } else {
      query(duck, CSV, file, limit.over(rows));
      rejects(duck, file, bad);
    }
  }

  private static void requireWhole(Path file) throws IOException {
    try {
      ZstdFrames.requireWhole(file);
    } catch (ZipException | EOFException e) {
      throw unreadable(file, e);
    }
  }

  private static void lines(
      Path file, boolean gzip, InflatedLimit limit, RowConsumer rows, RowConsumer bad)
      throws IOException, SQLException {
    try (LineReader lines = new LineReader(bytes(file, gzip, limit), file.toString())) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        try {
          String text = withoutMark(LineReader.utf8(line));
          if (!text.isBlank()) {
            rows.row(lines.place(), text);
          }
        } catch (CharacterCodingException e) {
          bad.row(lines.place(), "not UTF-8");
        }
      }
    } catch (ZipException | EOFException e) {
      throw unreadable(file, e);
    }
  }

  /// Windows programs begin a file with a byte order mark.
  private static String withoutMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  private static InputStream bytes(Path file, boolean gzip, InflatedLimit limit)
      throws IOException {
    InputStream plain = new BufferedInputStream(Files.newInputStream(file));
    return gzip ? limit.over(new GZIPInputStream(plain)) : plain;
  }

  /// A list of rows, or rows one after the other. A list that does not end is an error.
  private static void json(Path file, boolean gzip, InflatedLimit limit, RowConsumer rows)
      throws IOException, SQLException {
    try (InputStream in = bytes(file, gzip, limit);
        JsonParser parser = FOREIGN.createParser(in)) {
      boolean list = parser.nextToken() == JsonToken.START_ARRAY;
      JsonToken token = list ? parser.nextToken() : parser.currentToken();
      for (long row = 1; token != null && token != JsonToken.END_ARRAY; row++) {
        JsonNode document = parser.readValueAsTree();
        if (InspectLog.is(document)) {
          log(file, document, rows);
        } else {
          rows.row(file + " row " + row, Json.line(document));
        }
        token = parser.nextToken();
      }
    } catch (ZipException | EOFException | JacksonException e) {
      throw unreadable(file, e);
    }
  }

  private static void log(Path file, JsonNode log, RowConsumer rows) throws SQLException {
    List<JsonNode> samples;
    try {
      samples = InspectLog.samples(log);
    } catch (IllegalArgumentException e) {
      throw InputException.at(file, e);
    }
    for (int i = 0; i < samples.size(); i++) {
      rows.row(file + " sample " + (i + 1), Json.line(samples.get(i)));
    }
  }

  /// The path is a parameter, never part of the query.
  private static void query(Connection duck, String sql, Path file, RowConsumer rows)
      throws SQLException {
    try (PreparedStatement statement = duck.prepareStatement(sql)) {
      statement.setString(1, literal(file));
      try (ResultSet found = open(statement, file)) {
        for (long row = 1; next(found, file); row++) {
          String json = found.getString(1);
          rows.row(file + " row " + row, json == null ? "" : json);
        }
      }
    }
  }

  private static ResultSet open(PreparedStatement statement, Path file) {
    try {
      return statement.executeQuery();
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  private static boolean next(ResultSet found, Path file) {
    try {
      return found.next();
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  private static IllegalArgumentException unreadable(Path file, Exception e) {
    return new InputException(
            Problem.MALFORMED,
            file
                + ": cannot be read: "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse(""))
        .by(e);
  }

  private static void rejects(Connection duck, Path file, RowConsumer bad) throws SQLException {
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
  static String literal(Path file) {
    return file.toString().replaceAll("[*?\\[]", "[$0]");
  }
}
