package topdraw.words.compute;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;
import topdraw.input.GivenFile;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.words.NamedTable;

/// Reads an outcome table from a file: JSON with lists (`{"p": […], "rewards": […]}`), JSON with a
/// row an outcome (`[{"p": …, "reward": …, "name": …}]`), or CSV with a header of the same names.
/// In place of `p` there may be `log_p`. Without rewards, rows run from the worst to the best.
///
/// What does not fit is refused with the file and the place.
public final class TableFile {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvReadFeature.TRIM_SPACES, CsvReadFeature.SKIP_EMPTY_LINES)
          .build();

  /// Bytes of a table; more than any that can be computed with.
  private static final int LONGEST = 256 << 20;

  private final Path file;

  private TableFile(Path file) {
    this.file = file;
  }

  /// Reads a table.
  ///
  /// @param file JSON, or CSV where its name ends in `.csv`
  /// @return the table
  /// @throws InputException if it holds no table, naming the place
  /// @throws IOException if it cannot be read
  public static NamedTable read(Path file) throws IOException {
    return new TableFile(file).read();
  }

  private NamedTable read() throws IOException {
    String text = text();
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
      return TableRows.ofRows(csv(text), file);
    }
    JsonNode json;
    try {
      json = Json.mapper().readTree(text);
    } catch (JacksonException e) {
      throw wrong(place(e) + "not JSON: " + e.getOriginalMessage() + "; a CSV table ends in .csv");
    }
    if (json.isArray()) {
      List<TableRows.Row> rows = new ArrayList<>();
      for (JsonNode row : json) {
        rows.add(new TableRows.Row("row " + (rows.size() + 1), row));
      }
      return TableRows.ofRows(rows, file);
    }
    if (json instanceof ObjectNode lists) {
      return TableRows.ofLists(lists, file);
    }
    throw wrong("expected {\"p\": […]} or [{\"p\": …}, …]; see topdraw exact --help");
  }

  private String text() throws IOException {
    try {
      return GivenFile.text(file, LONGEST);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private List<TableRows.Row> csv(String text) {
    List<TableRows.Row> rows = new ArrayList<>();
    try (MappingIterator<Map<String, String>> lines =
        CSV.readerFor(Map.class).with(CsvSchema.emptySchema().withHeader()).readValues(text)) {
      while (lines.hasNextValue()) {
        ObjectNode row = Json.mapper().createObjectNode();
        lines.nextValue().forEach((name, cell) -> put(row, name, cell));
        rows.add(new TableRows.Row("row " + (rows.size() + 1), row));
      }
    } catch (JacksonException e) {
      throw wrong(place(e) + "not CSV: " + e.getOriginalMessage());
    }
    return rows;
  }

  /// Cells are text; what reads as a number is one, except in the name.
  private static void put(ObjectNode row, String name, String cell) {
    if (cell.isEmpty()) {
      return;
    }
    try {
      double number = name.equals("name") ? Double.NaN : Double.parseDouble(cell);
      if (Double.isFinite(number)) {
        row.put(name, number);
        return;
      }
    } catch (NumberFormatException e) {
      // Said with its place where a number is needed.
    }
    row.put(name, cell);
  }

  private static String place(JacksonException e) {
    return e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
  }

  private IllegalArgumentException wrong(String what) {
    return new InputException(Problem.MALFORMED, file + ": " + what);
  }
}
