package topdraw.gateway.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import topdraw.input.Alternatives;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// A table of the operator's file, each key read as what it has to be; an error names the line.
///
/// @param source the file's lines
/// @param path the keys that lead to the table
/// @param table the table; missing where the file has none
record Section(Lines source, List<String> path, JsonNode table) {
  private static final int LONGEST = 100;
  private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})(s|m|h|d)");

  Section below(String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    JsonNode below = table.path(name);
    if (!below.isMissingNode() && !below.isObject()) throw wrong(name, "is a table", below);
    return new Section(source, longer, below);
  }

  boolean missing() {
    return table.isMissingNode();
  }

  List<String> names() {
    return List.copyOf(table.propertyNames());
  }

  Optional<String> text(String name) {
    return any(name)
        .map(
            value -> {
              if (!value.isString() || value.stringValue().isBlank()) {
                throw wrong(name, "is a text", value);
              }
              return value.stringValue();
            });
  }

  Optional<Path> file(String name) {
    return text(name)
        .map(
            text -> {
              try {
                return Path.of(text);
              } catch (InvalidPathException e) {
                throw wrong(name, "is a path of a file", table.path(name));
              }
            });
  }

  Optional<Boolean> flag(String name) {
    return any(name)
        .map(
            value -> {
              if (!value.isBoolean()) throw wrong(name, "is true or false", value);
              return value.booleanValue();
            });
  }

  Optional<Double> number(String name, double least, double most) {
    return any(name)
        .map(
            value -> {
              double number = value.isNumber() ? value.asDouble(Double.NaN) : Double.NaN;
              if (!(number > least && number < most)) {
                throw wrong(name, "is a number between " + least + " and " + most, value);
              }
              return number;
            });
  }

  Optional<Integer> whole(String name, int least, int most) {
    return any(name)
        .map(
            value -> {
              boolean fits = value.isIntegralNumber() && value.canConvertToInt();
              if (!fits || value.intValue() < least || value.intValue() > most) {
                throw wrong(name, "is a whole number from " + least + " to " + most, value);
              }
              return value.intValue();
            });
  }

  Optional<Duration> time(String name) {
    return any(name)
        .map(
            value -> {
              Matcher time = TIME.matcher(value.asString(""));
              if (!value.isString() || !time.matches()) {
                throw wrong(name, "is a time such as 30s, 10m, 8h or 1d", value);
              }
              long number = Long.parseLong(time.group(1));
              return switch (time.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
              };
            });
  }

  List<String> texts(String name) {
    JsonNode value = any(name).orElse(null);
    if (value == null) return List.of();
    if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isString)) {
      throw wrong(name, "is a list of texts", value);
    }
    return value.valueStream().map(JsonNode::stringValue).toList();
  }

  void requireKnown(Set<String> known) {
    for (String name : table.propertyNames()) {
      if (!known.contains(name)) {
        throw new InputException(
            Problem.UNKNOWN,
            source.place(path, name)
                + ": there is no \""
                + shown(called(name))
                + "\""
                + Alternatives.told(name, new TreeSet<>(known)));
      }
    }
  }

  InputException wrong(String name, String what, JsonNode value) {
    return new InputException(
        Problem.OUT_OF_RANGE,
        source.place(path, name)
            + ": "
            + shown(called(name))
            + " "
            + what
            + ", was "
            + (value.isString()
                ? "\"" + shown(value.stringValue()) + "\""
                : shown(value.toString())));
  }

  /// What the file says, fit for one line.
  static String shown(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(line::appendCodePoint);
    return text.length() > line.length() ? line.append("…").toString() : line.toString();
  }

  InputException missing(String name, String what) {
    return new InputException(
        Problem.MISSING,
        source.place(path, name) + ": " + shown(called(name)) + " is missing; it is " + what);
  }

  /// Where a key stands.
  String place(String name) {
    return source.place(path, name);
  }

  String called(String name) {
    return path.isEmpty() ? name : String.join(".", path) + "." + name;
  }

  private Optional<JsonNode> any(String name) {
    JsonNode value = table.path(name);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }
}
