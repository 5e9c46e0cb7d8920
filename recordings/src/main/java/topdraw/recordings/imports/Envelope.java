package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.path.RowPath;
import topdraw.recordings.prompts.Turns;

/// Where the rows are in a document that is no row itself.
///
/// @param steps names on the way to them; `*` for every name
/// @param list whether a list of them stands there, or one row
/// @param kind how they are written
record Envelope(List<String> steps, boolean list, Kind kind) {
  static final String EVERY = "*";

  /// How rows are written in a document.
  enum Kind {
    /// A row each, at the end of the steps.
    ROWS,
    /// The document is one row.
    ONE,
    /// A list or dictionary for each column.
    COLUMNS,
    /// Names of columns, and a list of values for each row.
    SPLIT,
    /// Lists of equal length side by side, one of conversations; what is one for all is no row's
    /// own.
    LISTS
  }

  private static final int DEPTH = 4;

  static Envelope one() {
    return new Envelope(List.of(), false, Kind.ONE);
  }

  /// Where a person says that they are, such as `results.results` or `eval.*`.
  static Envelope told(String path) {
    List<String> steps = new ArrayList<>(List.of(path.replace("[]", "").split("\\.", -1)));
    if (steps.getLast().equals(EVERY) && !path.endsWith("[]")) {
      return new Envelope(steps, false, Kind.ROWS);
    }
    return new Envelope(steps, true, Kind.ROWS);
  }

  /// @param document the document, long lists cut short
  static Envelope of(JsonNode document) {
    if (conversations(document).isPresent()) {
      return new Envelope(List.of(), false, Kind.LISTS);
    }
    if (row(document)) {
      return one();
    }
    if (document.path("columns").isArray() && document.path("data").path(0).isArray()) {
      return new Envelope(List.of(), false, Kind.SPLIT);
    }
    if (columns(document)) {
      return new Envelope(List.of(), false, Kind.COLUMNS);
    }
    if (rows(document) && (document.size() > 1 || numbered(document))) {
      return new Envelope(List.of(EVERY), false, Kind.ROWS);
    }
    List<List<String>> found = new ArrayList<>();
    lists(document, List.of(), found);
    if (found.size() == 1) {
      return new Envelope(found.getFirst(), true, Kind.ROWS);
    }
    List<List<String>> rows = found.stream().filter(steps -> row(first(document, steps))).toList();
    if (rows.size() == 1) {
      return new Envelope(rows.getFirst(), true, Kind.ROWS);
    }
    List<String> dictionary = dictionary(document);
    if (rows.isEmpty() && !dictionary.isEmpty()) {
      return new Envelope(dictionary, false, Kind.ROWS);
    }
    if (rows.size() > 1) {
      throw new InputException(
          Problem.MALFORMED,
          "its rows may be at "
              + String.join(", ", rows.stream().map(steps -> String.join(".", steps)).toList())
              + "; say which with --map rows=PATH");
    }
    return one();
  }

  /// Whether an object has what a row has: a prompt or a completion, under a usual name or as a
  /// known layout.
  private static boolean row(JsonNode node) {
    if (!node.isObject()) {
      return false;
    }
    if (Layouts.of(List.of(node)).isPresent() || Preferences.in(node)) {
      return true;
    }
    boolean prompt =
        Layouts.usual(Field.PROMPT).stream().anyMatch(path -> said(path, node))
            || Layouts.usual(Field.MESSAGES).stream().anyMatch(path -> said(path, node));
    boolean named =
        Layouts.usual(Field.PROMPT_ID).stream().anyMatch(path -> Columns.present(node, path));
    boolean text = Layouts.usual(Field.TEXT).stream().anyMatch(path -> Columns.present(node, path));
    return prompt || (named && text);
  }

  private static boolean said(RowPath path, JsonNode node) {
    JsonNode value = path.at(node);
    return value != null && (value.isString() || !Turns.of(value).isEmpty());
  }

  /// Dictionaries of values by the numbers of rows, as pandas writes columns.
  ///
  /// @throws InputException if they are not of the same rows: read as anything else, the table
  ///   would be one row
  private static boolean columns(JsonNode document) {
    if (document.size() < 2
        || !document.valueStream().allMatch(v -> v.isObject() && !v.isEmpty())) {
      return false;
    }
    List<String> names = List.copyOf(document.values().iterator().next().propertyNames());
    if (!names.getFirst().matches("\\d+") || !row(rowOf(document, names.getFirst()))) {
      return false;
    }
    document.forEachEntry(
        (column, values) -> {
          if (!List.copyOf(values.propertyNames()).equals(names)) {
            throw new InputException(
                Problem.MALFORMED,
                "its columns are not of the same rows: '%s' differs from '%s'; write the table again, or as JSON Lines"
                    .formatted(column, document.propertyNames().iterator().next()));
          }
        });
    return true;
  }

  /// The list of conversations in a document.
  private static Optional<JsonNode> conversations(JsonNode document) {
    return document
        .valueStream()
        .filter(value -> value.isArray() && value.size() > 1)
        .filter(
            value ->
                value.valueStream().allMatch(talk -> talk.isArray() && Turns.of(talk).size() > 1))
        .filter(value -> document.valueStream().noneMatch(JsonNode::isString))
        .findFirst();
  }

  private static ObjectNode rowOf(JsonNode columns, String name) {
    ObjectNode row = Json.mapper().createObjectNode();
    columns.forEachEntry((column, values) -> row.set(column, values.get(name)));
    return row;
  }

  /// Lists of objects that are no messages.
  private static void lists(JsonNode node, List<String> at, List<List<String>> found) {
    if (at.size() > DEPTH) {
      return;
    }
    if (node.size() > 1
        && node.isObject()
        && node.valueStream()
            .allMatch(v -> v.isArray() && v.path(0).isObject() && Turns.of(v).isEmpty())
        && row(node.values().iterator().next().get(0))) {
      List<String> every = new ArrayList<>(at);
      every.add(EVERY);
      found.add(every);
      return;
    }
    node.forEachEntry(
        (name, value) -> {
          List<String> steps = new ArrayList<>(at);
          steps.add(name);
          if (value.isArray() && value.path(0).isObject() && Turns.of(value).isEmpty()) {
            found.add(steps);
          } else if (value.isObject()) {
            lists(value, steps, found);
          }
        });
  }

  /// A dictionary whose values are rows, here or one key down.
  private static List<String> dictionary(JsonNode document) {
    if (rows(document)) {
      return List.of(EVERY);
    }
    for (var entry : document.properties()) {
      if (rows(entry.getValue())) {
        return List.of(entry.getKey(), EVERY);
      }
    }
    return List.of();
  }

  private static boolean rows(JsonNode node) {
    return node.isObject()
        && !node.isEmpty()
        && node.valueStream().filter(Envelope::row).count() * 2 > node.size();
  }

  private static boolean numbered(JsonNode document) {
    return document.propertyNames().stream().allMatch(name -> name.matches("\\d+"));
  }

  private static JsonNode first(JsonNode document, List<String> steps) {
    JsonNode node = document;
    for (String step : steps) {
      node = step.equals(EVERY) ? node.values().iterator().next() : node.path(step);
    }
    return node.path(0);
  }

  private static List<ObjectNode> slices(JsonNode document, int size) {
    List<ObjectNode> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ObjectNode row = Json.mapper().createObjectNode();
      for (var entry : document.properties()) {
        if (entry.getValue().isArray() && entry.getValue().size() == size) {
          row.set(entry.getKey(), entry.getValue().get(i));
        }
      }
      rows.add(row);
    }
    return rows;
  }

  /// The rows of a document of columns.
  Optional<List<ObjectNode>> table(JsonNode document) {
    List<ObjectNode> rows = new ArrayList<>();
    if (kind == Kind.LISTS) {
      return conversations(document).map(talks -> slices(document, talks.size()));
    }
    if (kind == Kind.SPLIT) {
      for (JsonNode values : document.get("data")) {
        ObjectNode row = Json.mapper().createObjectNode();
        for (int i = 0; i < document.get("columns").size(); i++) {
          JsonNode value = values.get(i);
          row.set(document.get("columns").get(i).asString(), value);
        }
        rows.add(row);
      }
      return Optional.of(rows);
    }
    if (kind == Kind.COLUMNS) {
      for (String name : document.values().iterator().next().propertyNames()) {
        rows.add(rowOf(document, name));
      }
      return Optional.of(rows);
    }
    return Optional.empty();
  }
}
