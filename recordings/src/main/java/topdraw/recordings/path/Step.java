package topdraw.recordings.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import topdraw.json.Json;

/// One step of a path.
sealed interface Step {
  /// The value of a name, or of a position in a list.
  record Key(String name) implements Step {}

  /// The value at a position, from the end where it is negative.
  record Position(int at) implements Step {}

  /// Each value of a list.
  record Each() implements Step {}

  /// Each value of an object under its name.
  record Every() implements Step {}

  /// Some values of an object under their names.
  record Some(Set<String> names) implements Step {}

  /// The values of all names of a pattern, in the order of the numbers in them.
  record Matching(String pattern, Pattern compiled) implements Step {
    static Matching of(String pattern) {
      return new Matching(
          pattern,
          Pattern.compile(
              Pattern.compile("\\*")
                  .splitAsStream(pattern + "\0")
                  .map(part -> Pattern.quote(part.replace("\0", "")))
                  .collect(Collectors.joining("(.*)"))));
    }

    boolean matches(String name) {
      return compiled.matcher(name).matches();
    }
  }

  /// What stands at the end of some steps; null where nothing does.
  static @Nullable JsonNode at(JsonNode from, List<Step> steps) {
    JsonNode node = from;
    for (int i = 0; i < steps.size(); i++) {
      node = entered(node);
      List<Step> rest = steps.subList(i + 1, steps.size());
      switch (steps.get(i)) {
        case Key(String name) -> node = node.isArray() ? item(node, name) : node.get(name);
        case Position(int at) ->
            node = node.isArray() ? node.get(at < 0 ? node.size() + at : at) : null;
        case Each each -> {
          return node.isArray() ? each(List.copyOf(node.valueStream().toList()), rest) : null;
        }
        case Every every -> {
          return node.isObject() ? named(node, Set.copyOf(node.propertyNames()), rest) : null;
        }
        case Some(Set<String> names) -> {
          return node.isObject() ? named(node, names, rest) : null;
        }
        case Matching matching -> {
          return node.isObject() ? matching(node, matching, rest) : null;
        }
      }
      if (node == null) {
        return null;
      }
    }
    return node;
  }

  /// The columns of a row whose names begin so, under the rest of their names; null without any.
  static @Nullable JsonNode beginning(JsonNode row, String prefix) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    row.forEachEntry(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            object.set(name.substring(prefix.length()), value);
          }
        });
    return object.isEmpty() ? null : object;
  }

  private static @Nullable JsonNode item(JsonNode list, String name) {
    return name.matches("\\d{1,6}") ? list.get(Integer.parseInt(name)) : null;
  }

  private static JsonNode each(List<JsonNode> values, List<Step> rest) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (JsonNode value : values) {
      JsonNode found = at(value, rest);
      list.add(found == null ? list.nullNode() : found);
    }
    return list;
  }

  private static @Nullable JsonNode named(JsonNode node, Set<String> names, List<Step> rest) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    node.forEachEntry(
        (name, value) -> {
          JsonNode found = names.contains(name) ? at(value, rest) : null;
          if (found != null) {
            object.set(name, found);
          }
        });
    return object.isEmpty() ? null : object;
  }

  private static @Nullable JsonNode matching(JsonNode node, Matching pattern, List<Step> rest) {
    TreeMap<String, JsonNode> sorted = new TreeMap<>(Step::compare);
    node.forEachEntry(
        (name, value) -> {
          if (pattern.matches(name)) {
            sorted.put(name, value);
          }
        });
    return sorted.isEmpty() ? null : each(new ArrayList<>(sorted.values()), rest);
  }

  /// `a2` before `a10`.
  static int compare(String a, String b) {
    return numbered(a).compareTo(numbered(b));
  }

  private static String numbered(String name) {
    return Pattern.compile("\\d+")
            .matcher(name)
            .replaceAll(
                digits -> "0".repeat(Math.max(0, 12 - digits.group().length())) + digits.group())
        + "\0"
        + name;
  }

  /// A text that is JSON as what it says.
  private static JsonNode entered(JsonNode node) {
    if (node.isString()) {
      String text = node.stringValue().strip();
      boolean object = text.startsWith("{") && text.endsWith("}");
      boolean list = text.startsWith("[") && text.endsWith("]");
      if (object || list) {
        try {
          return Json.read(text);
        } catch (IllegalArgumentException e) {
          return node;
        }
      }
    }
    return node;
  }
}
