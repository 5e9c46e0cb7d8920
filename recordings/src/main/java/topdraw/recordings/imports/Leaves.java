package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import topdraw.recordings.path.RowPath;

/// The plain values of rows by their paths, through objects and into lists of objects.
///
/// @param values up to a few hundred values each
record Leaves(Map<String, List<JsonNode>> values) {
  private static final int DEPTH = 4;
  private static final int PATHS = 400;

  static Leaves of(List<JsonNode> rows) {
    Leaves leaves = new Leaves(new LinkedHashMap<>());
    rows.forEach(row -> leaves.walk("", row, 0));
    return leaves;
  }

  private void walk(String at, JsonNode node, int depth) {
    node.forEachEntry(
        (name, value) -> {
          String path = at.isEmpty() ? name : at + step(name);
          if (value.isObject() && depth < DEPTH) {
            walk(path, value, depth + 1);
          } else if (value.isArray() && depth < DEPTH) {
            for (JsonNode item : value) {
              if (item.isObject()) {
                walk(path + "[]", item, depth + 1);
              } else if (!item.isArray()) {
                add(path, item);
              }
            }
          } else if (!value.isContainer()) {
            add(path, value);
          }
        });
  }

  private static String step(String name) {
    return name.matches("[^.\\[\\]{}*'\"()]+") ? "." + name : "['" + name + "']";
  }

  private void add(String path, JsonNode value) {
    List<JsonNode> known = values.get(path);
    if (known == null) {
      if (values.size() == PATHS) {
        return;
      }
      known = new ArrayList<>();
      values.put(path, known);
    }
    known.add(value);
  }

  List<RowPath> paths() {
    return values.keySet().stream().map(Columns::path).toList();
  }

  /// Whether something but null stands there.
  boolean scalar(RowPath path) {
    return values.getOrDefault(path.text(), List.of()).stream().anyMatch(value -> !value.isNull());
  }

  /// Whether numbers stand there, and not one alone.
  boolean numbers(RowPath path) {
    List<JsonNode> known = values.getOrDefault(path.text(), List.of());
    return known.stream().anyMatch(JsonNode::isNumber)
        && known.stream().allMatch(value -> value.isNumber() || value.isNull())
        && known.stream().distinct().count() > 1;
  }

  /// Whether it may tell prompts or policies apart: words or whole numbers, no two-valued verdicts,
  /// and not another one in every row unless it is a name of something.
  boolean mark(RowPath path) {
    List<JsonNode> known = values.getOrDefault(path.text(), List.of());
    if (Layouts.named("draw", path.text()) || Layouts.named("said", path.text())) {
      return false;
    }
    Set<String> distinct = new HashSet<>();
    int present = 0;
    for (JsonNode value : known) {
      if (value.isNull()) {
        continue;
      }
      if (value.isBoolean()
          || (value.isNumber() && value.doubleValue() != Math.rint(value.doubleValue()))
          || (value.isString()
              && value.stringValue().matches("[+-]?\\d*[.,]\\d+([eE][+-]?\\d+)?"))) {
        return false;
      }
      present++;
      distinct.add(value.asString());
    }
    return present > 0
        && (distinct.size() < 20
            || distinct.size() <= present / 2
            || Layouts.named("id", path.text()));
  }
}
