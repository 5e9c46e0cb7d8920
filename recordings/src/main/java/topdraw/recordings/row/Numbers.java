package topdraw.recordings.row;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;

/// Numbers as people write them into files: numbers, true and false, texts of either; null, an
/// empty text and NaN where there is none.
public final class Numbers {
  private Numbers() {}

  /// A finite number, or none.
  ///
  /// @param value what stands there
  /// @param name what it is called
  /// @return the number; empty where there is none
  /// @throws InputException if it is something else
  public static OptionalDouble read(@Nullable JsonNode value, String name) {
    OptionalDouble number = any(value, name);
    if (number.isEmpty() || Double.isNaN(number.getAsDouble())) {
      return OptionalDouble.empty();
    }
    if (Double.isInfinite(number.getAsDouble())) {
      throw new InputException(Problem.MALFORMED, "'" + name + "' is infinite");
    }
    return number;
  }

  /// Any number, NaN and the infinite ones too.
  ///
  /// @param value what stands there
  /// @param name what it is called
  /// @return the number; empty where there is none
  /// @throws InputException if it is something else
  public static OptionalDouble any(@Nullable JsonNode value, String name) {
    if (value == null || value.isNull()) {
      return OptionalDouble.empty();
    }
    if (value.isNumber()) {
      return OptionalDouble.of(value.doubleValue());
    }
    if (value.isBoolean()) {
      return OptionalDouble.of(value.booleanValue() ? 1 : 0);
    }
    if (value.isString()) {
      return text(value.stringValue().strip(), name);
    }
    throw new InputException(
        Problem.MALFORMED, "'" + name + "' is not a number but " + cut(Json.line(value)));
  }

  private static OptionalDouble text(String text, String name) {
    return switch (text) {
      case "", "null", "None", "NA" -> OptionalDouble.empty();
      case "nan", "NaN" -> OptionalDouble.of(Double.NaN);
      case "true", "True", "TRUE" -> OptionalDouble.of(1);
      case "false", "False", "FALSE" -> OptionalDouble.of(0);
      case "inf", "Infinity", "+inf", "+Infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "-inf", "-Infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
      default -> {
        try {
          if (Character.isLetter(text.charAt(text.length() - 1))) {
            throw new NumberFormatException("Java's own suffixes are no part of a number");
          }
          yield OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
          throw new InputException(
              Problem.MALFORMED, "'" + name + "' is not a number but '" + cut(text) + "'");
        }
      }
    };
  }

  /// The beginning of a text, enough to recognise it.
  ///
  /// @param text the text
  /// @return at most 40 characters
  public static String cut(String text) {
    return text.length() <= 40 ? text : text.substring(0, 39) + "…";
  }
}
