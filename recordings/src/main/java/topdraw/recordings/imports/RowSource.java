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
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.file.InflatedLimit;
import topdraw.recordings.file.ScratchDatabase;

/// The rows of one file as trees of plain values, whatever its format. What it is, its first bytes
/// say; its name only decides where they leave it open.
final class RowSource {
  private static final String PARQUET =
      "select to_json(t) from read_parquet(?, hive_partitioning = false, union_by_name = false,"
          + " filename = false) t";

  private RowSource() {}

  /// Reads the text of a row.
  ///
  /// @throws JacksonException if it is not JSON
  static JsonNode parse(String json) {
    return ForeignJson.MAPPER.readTree(json);
  }

  /// Whether a file of a folder is taken for a recording.
  static boolean knows(String name) {
    return name.toLowerCase(Locale.ROOT)
        .matches(".*\\.((jsonl|ndjson|json|csv|tsv)(\\.gz|\\.zst)?|parquet|eval)");
  }

  /// @param scratch where its rows are unpacked on the way
  /// @param told where a person says that the rows of a document are
  static void read(ScratchDatabase scratch, Path file, Optional<String> told, RowConsumer rows)
      throws IOException {
    try {
      switch (Contents.packing(file)) {
        case PARQUET -> parquet(scratch, file, rows);
        case ZIP -> EvalLog.read(file, scratch, rows);
        case ZSTD -> {
          ZstdFrames.requireWhole(file);
          text(scratch, file, told, rows);
        }
        case PLAIN, GZIP -> text(scratch, file, told, rows);
      }
    } catch (CharacterCodingException e) {
      throw new InputException(Problem.MALFORMED, file + ": cannot be read: not UTF-8").by(e);
    } catch (ZipException | EOFException | JacksonException e) {
      throw unreadable(file, e);
    } catch (IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage());
      throw why.startsWith(file.toString())
          ? e
          : new InputException(Problem.MALFORMED, file + ": " + why).by(e);
    }
  }

  private static void text(
      ScratchDatabase scratch, Path file, Optional<String> told, RowConsumer rows)
      throws IOException {
    InflatedLimit limit = InflatedLimit.of(file.toString(), Files.size(file));
    String first;
    try (BufferedInputStream look = buffered(Contents.text(file, scratch, limit))) {
      first = Contents.look(look);
    }
    String name =
        String.valueOf(file.getFileName())
            .toLowerCase(Locale.ROOT)
            .replaceFirst("\\.(gz|gzip|zst|zstd)$", "");
    String start = first.stripLeading();
    boolean json = start.startsWith("{") || start.matches("(?s)\\[\\s*(\\{.*|\\]\\s*)");
    if (json && lines(start, first, name)) {
      JsonRows.lines(file, Contents.text(file, scratch, limit), told, rows);
    } else if (json) {
      new JsonRows(file, told, rows).read(() -> Contents.text(file, scratch, limit));
    } else if (name.matches(".*\\.(jsonl|ndjson)")) {
      JsonRows.lines(file, Contents.text(file, scratch, limit), told, rows);
    } else if (name.endsWith(".json")) {
      new JsonRows(file, told, rows).read(() -> Contents.text(file, scratch, limit));
    } else if (start.isEmpty() && first.length() < (1 << 15)) {
      return; // no rows: said where those of all files are counted
    } else if (name.matches(".*\\.(csv|tsv)")
        || first.lines().findFirst().orElse("").matches(".*[,;\t].*")) {
      try (InputStream text = Contents.text(file, scratch, limit)) {
        CsvRows.read(file, buffered(text), first, rows);
      }
    } else if (!start.isEmpty()) {
      throw new InputException(
          Problem.MALFORMED,
          file
              + ": recordings are .jsonl, .ndjson, .json, .csv and .tsv, also as .gz and .zst,"
              + " .parquet and Inspect's .eval; by its first bytes it is none of them");
    }
  }

  /// Whether each line is a row: where the name says so and the text is no list or indented
  /// document, or where the first line is a whole object and another follows.
  static boolean lines(String start, String first, String name) {
    if (!start.startsWith("{")) {
      return false;
    }
    String line = start.lines().findFirst().orElse("").strip();
    boolean named = name.matches(".*\\.(jsonl|ndjson)");
    if (name.endsWith(".json") || line.equals("{")) {
      return false;
    }
    if (named && start.strip().lines().limit(2).count() == 1 && first.length() < (1 << 15)) {
      return !document(line);
    }
    return named || (object(line) && start.lines().skip(1).anyMatch(other -> !other.isBlank()));
  }

  /// Whether the one line of a file is a document of rows.
  private static boolean document(String line) {
    try {
      return Envelope.of(parse(line)).kind() != Envelope.Kind.ONE;
    } catch (JacksonException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean object(String line) {
    try {
      return parse(line).isObject();
    } catch (JacksonException e) {
      return false;
    }
  }

  private static BufferedInputStream buffered(InputStream text) {
    return new BufferedInputStream(text, 1 << 16);
  }

  /// The path is a parameter, never part of the query.
  private static void parquet(ScratchDatabase scratch, Path file, RowConsumer rows)
      throws IOException {
    try (Connection duck = scratch.duck().duplicate();
        PreparedStatement statement = duck.prepareStatement(PARQUET)) {
      long count = counted(duck, file);
      statement.setString(1, literal(file));
      try (ResultSet found = open(statement, file)) {
        long row = 0;
        while (next(found, file)) {
          rows.row(file + " row " + ++row, parse(String.valueOf(found.getString(1))));
        }
        ParquetCounts.require(file, count, row);
      }
    } catch (SQLException e) {
      throw new IOException("cannot import: " + ScratchDatabase.firstLine(e), e);
    }
  }

  private static long counted(Connection duck, Path file) {
    try {
      return ParquetCounts.of(duck, file, literal(file));
    } catch (SQLException e) {
      throw unreadable(file, e);
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

  static IllegalArgumentException unreadable(Path file, Exception e) {
    String why =
        e instanceof JacksonException json
            ? ForeignJson.reason(json) + place(json)
            : String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new InputException(Problem.MALFORMED, file + ": cannot be read: " + why).by(e);
  }

  private static String place(JacksonException e) {
    return e.getLocation() == null || e.getLocation().getLineNr() < 1
        ? ""
        : " (line %d, column %d)"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  /// DuckDB reads `*`, `?` and `[` in a path as a pattern; in brackets they stand for themselves.
  static String literal(Path file) {
    return file.toString().replaceAll("[*?\\[]", "[$0]");
  }
}
