package topdraw.gateway.question;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import topdraw.input.Alternatives;

/// The fields of an object of a request, each read as what it has to be. What is `null` is not
/// there.
///
/// @param object the object
/// @param path what its fields are called by, as `topdraw.`; empty for the request itself
record Fields(JsonNode object, String path) {

  Optional<JsonNode> any(String name) {
    JsonNode value = object.path(name);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  Optional<String> text(String name) {
    return any(name)
        .map(
            value -> {
              if (!value.isString()) throw wrong(name, "is a text", value);
              return value.stringValue();
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
              double number = value.isNumber() ? value.asDouble() : Double.NaN;
              if (!(number >= least && number <= most)) {
                throw wrong(name, "is a number " + range(least, most), value);
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
                throw wrong(name, "is a whole number " + range(least, most), value);
              }
              return value.intValue();
            });
  }

  Optional<Long> seed(String name) {
    return any(name)
        .map(
            value -> {
              if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw wrong(name, "is a whole number of 64 bits", value);
              }
              return value.longValue();
            });
  }

  /// Refuses what has no meaning here, before it is taken for something that is done.
  void requireKnown(Set<String> known) {
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        throw ApiException.invalid(
            path + name,
            "unknown_parameter",
            "there is no " + path + shortly(name) + Alternatives.told(name, new TreeSet<>(known)));
      }
    }
  }

  ApiException wrong(String name, String what, JsonNode value) {
    return ApiException.invalid(
        path + name,
        "invalid_value",
        path + name + " " + what + ", was " + shortly(value.toString()));
  }

  private static String range(double least, double most) {
    return most == Double.MAX_VALUE
        ? "of at least " + plain(least)
        : "from " + plain(least) + " to " + plain(most);
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /// What a caller sent, fit for one line.
  static String shortly(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(60)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(line::appendCodePoint);
    return text.length() > line.length() ? line.append("…").toString() : line.toString();
  }
}
