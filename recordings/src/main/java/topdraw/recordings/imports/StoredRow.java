package topdraw.recordings.imports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Prompt;
import topdraw.json.Json;
import topdraw.recordings.path.RowPath;
import topdraw.recordings.row.DrawLine;

/// What a row says as text, while it waits for the others of its prompt: in a database, or on the
/// way to another machine.
final class StoredRow {
  /// Stands where only a prompt's name is known.
  static final String UNKNOWN_PROMPT = "null";

  private StoredRow() {}

  /// Halves of surrogate pairs would all be one question mark where text is kept as bytes.
  static String key(RowReader.Row row) {
    String key = row.key();
    for (int i = 0; i < key.length(); i++) {
      if (Character.isSurrogate(key.charAt(i))) {
        String quoted = Json.line(key);
        return quoted.substring(1, quoted.length() - 1);
      }
    }
    return key;
  }

  static String prompt(RowReader.Row row) {
    return row.prompt().map(Json::line).orElse(UNKNOWN_PROMPT);
  }

  static Optional<Prompt> prompt(String json) {
    return json.equals(UNKNOWN_PROMPT)
        ? Optional.empty()
        : Optional.of(DrawLine.prompt(Json.read("{\"prompt\":" + json + "}")));
  }

  /// The values of columns of which nobody knows yet what they are.
  static @Nullable String marks(PartDraw part, List<RowPath> columns) {
    if (columns.isEmpty() || part.marks().isEmpty()) {
      return null;
    }
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      named.put(columns.get(i).text(), part.marks().get(i));
    }
    return Json.line(named);
  }

  /// The draw again, or the part of one.
  ///
  /// @param draw the bytes of a [StoredDraw]
  /// @param columns the columns whose values are kept
  /// @param policies those of them that tell policies apart
  /// @param index its place among those of its prompt
  static PartDraw part(
      byte[] draw, @Nullable String marks, List<String> columns, Set<String> policies, int index) {
    if (marks == null) {
      return StoredDraw.part(draw, index, "", List.of());
    }
    JsonNode values = Json.read(marks);
    StringBuilder from = new StringBuilder();
    for (String policy : policies) {
      if (values.hasNonNull(policy)) {
        from.append(policy).append('=').append(values.get(policy).asString()).append(' ');
      }
    }
    return StoredDraw.part(
        draw,
        index,
        from.toString(),
        columns.stream().map(name -> values.path(name).asString("")).toList());
  }

  /// What a draw's columns that belong to the question say.
  static String asked(@Nullable String marks, List<String> columns) {
    JsonNode values = marks == null ? Json.mapper().createObjectNode() : Json.read(marks);
    StringBuilder asked = new StringBuilder();
    columns.forEach(name -> asked.append('\n').append(values.path(name).asString("")));
    return asked.toString();
  }
}
