package topdraw.recordings.imports;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;

/// Rows of separated values: the first names the columns, all cells are texts. Cells in double
/// quotes may hold separators, line ends and doubled quotes.
///
/// Source: RFC 4180, *Common Format and MIME Type for Comma-Separated Values (CSV) Files*.
final class CsvRows {
  private static final String SEPARATORS = ",;\t|";
  private static final int LONGEST = 64 << 20;

  private final Reader in;
  private final char separator;
  private long line = 1;
  private int next;
  private boolean whole;

  /// Whether something but blanks follows the quotes that close a cell: where a quote was lost, the
  /// rows up to the next one are in that cell.
  private boolean behindQuotes;

  private final char[] chars = new char[1 << 13];
  private int from;
  private int to;

  private CsvRows(Reader in, char separator) throws IOException {
    this.in = in;
    this.separator = separator;
    next = read();
  }

  /// The next character; -1 at the end of the text.
  private int read() throws IOException {
    if (from == to) {
      from = 0;
      do {
        to = in.read(chars);
      } while (to == 0); // a stream that has nothing yet is not at its end
      if (to < 0) {
        to = 0;
        return -1;
      }
    }
    return chars[from++];
  }

  /// @param first the beginning of the text
  static void read(Path file, InputStream text, String first, RowConsumer rows) throws IOException {
    Reader reader =
        new InputStreamReader(
            text,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    CsvRows csv = new CsvRows(reader, separator(first));
    List<String> header = csv.record();
    if (header == null) {
      return;
    }
    if (csv.behindQuotes) {
      throw new InputException(
          Problem.MALFORMED,
          "row 1, which names the columns: a cell goes on behind its closing quotes");
    }
    List<String> names = names(header);
    long row = 0;
    for (List<String> cells = csv.record(); cells != null; cells = csv.record()) {
      if (cells.size() == 1 && cells.getFirst().isEmpty() && names.size() > 1) {
        continue;
      }
      String place = file + " row " + ++row;
      if (cells.size() != names.size()) {
        if (!csv.whole && cells.size() < names.size()) {
          throw new EOFException("the file ends early, in row " + row);
        }
        rows.bad(place, "%d cells for %d columns".formatted(cells.size(), names.size()));
        continue;
      }
      if (csv.behindQuotes) {
        rows.bad(place, "a cell goes on behind its closing quotes");
        continue;
      }
      ObjectNode object = Json.mapper().createObjectNode();
      for (int i = 0; i < cells.size(); i++) {
        object.put(names.get(i), cells.get(i));
      }
      rows.row(place, object);
    }
  }

  /// The separator that the first line has most of, outside quotes.
  static char separator(String first) {
    int[] counts = new int[SEPARATORS.length()];
    boolean quoted = false;
    for (int i = 0; i < first.length(); i++) {
      char c = first.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '\n' || c == '\r')) {
        break;
      } else if (!quoted && SEPARATORS.indexOf(c) >= 0) {
        counts[SEPARATORS.indexOf(c)]++;
      }
    }
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return SEPARATORS.charAt(most);
  }

  /// Columns without a name or with one that was there already get one of their own.
  private static List<String> names(List<String> header) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (String cell : header) {
      String wanted = cell.isEmpty() ? "column" + names.size() : cell.strip();
      String name = wanted;
      for (int i = 1; !taken.add(name); i++) {
        name = wanted + "_" + i;
      }
      names.add(name);
    }
    return names;
  }

  private @Nullable List<String> record() throws IOException {
    if (next < 0) {
      return null;
    }
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    boolean first = true;
    behindQuotes = false;
    while (true) {
      if (first && next == '"') {
        quoted(cell);
        quoted = true;
      }
      first = false;
      if (next < 0 || next == '\n' || next == '\r') {
        cells.add(cell.toString());
        whole = next >= 0;
        if (next == '\r') {
          next = read();
          if (next != '\n') {
            return cells;
          }
        }
        if (next == '\n') {
          line++;
          next = read();
        }
        return cells;
      }
      if (next == separator) {
        cells.add(cell.toString());
        cell.setLength(0);
        quoted = false;
        first = true;
      } else {
        behindQuotes |= quoted && next != ' ';
        append(cell);
      }
      next = read();
    }
  }

  /// A cell in quotes, from its first to behind its last.
  private void quoted(StringBuilder cell) throws IOException {
    long from = line;
    for (next = read(); ; next = read()) {
      if (next < 0) {
        throw new EOFException("the file ends within the quotes that open on line " + from);
      }
      if (next == '"') {
        next = read();
        if (next != '"') {
          return;
        }
      }
      line += next == '\n' ? 1 : 0;
      append(cell);
    }
  }

  private void append(StringBuilder cell) {
    if (cell.length() == LONGEST) {
      throw new InputException(
          Problem.MALFORMED, "line " + line + ": a cell is longer than 64 Mi characters");
    }
    cell.append((char) next);
  }
}
