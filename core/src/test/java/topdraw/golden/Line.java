package topdraw.golden;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// A finding by words and numbers alone, whatever types the program has for it.
///
/// @param part which part of a longer answer it stands in; empty where there is one only
/// @param n draws of one selection; 0 where it plays no part
/// @param quantity such as `kl`
/// @param role `value`, `upper_bound` or `lower_bound`
/// @param evidence `exact`, `theorem` or `estimate`
/// @param estimator a short word for where the number comes from
/// @param value the number
/// @param interval its ends, where it has one
/// @param confidence of the interval or the bound
/// @param samples completions behind it
/// @param prompts prompts behind it
/// @param tolerance how near another number must be, where rounding is not all that parts them
record Line(
    String part,
    int n,
    String quantity,
    String role,
    String evidence,
    String estimator,
    double value,
    Optional<Ends> interval,
    OptionalDouble confidence,
    OptionalLong samples,
    OptionalLong prompts,
    OptionalDouble tolerance) {

  /// The ends of an interval.
  record Ends(double lower, double upper) {}

  static Line of(JsonNode json) {
    return new Line(
        json.has("part") ? json.get("part").stringValue() : "",
        json.get("n").intValue(),
        json.get("quantity").stringValue(),
        json.get("role").stringValue(),
        json.get("evidence").stringValue(),
        json.get("estimator").stringValue(),
        number(json.get("value")),
        json.has("lower")
            ? Optional.of(new Ends(number(json.get("lower")), number(json.get("upper"))))
            : Optional.empty(),
        json.has("confidence")
            ? OptionalDouble.of(json.get("confidence").doubleValue())
            : OptionalDouble.empty(),
        count(json, "samples"),
        count(json, "prompts"),
        json.has("tolerance")
            ? OptionalDouble.of(json.get("tolerance").doubleValue())
            : OptionalDouble.empty());
  }

  private static OptionalLong count(JsonNode json, String field) {
    return json.has(field) ? OptionalLong.of(json.get(field).longValue()) : OptionalLong.empty();
  }

  static double number(JsonNode json) {
    return switch (json.asString()) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(json.asString());
    };
  }

  /// The same in a part of a longer answer.
  Line in(String name) {
    return new Line(
        name,
        n,
        quantity,
        role,
        evidence,
        estimator,
        value,
        interval,
        confidence,
        samples,
        prompts,
        tolerance);
  }

  /// What tells it from the other findings of its case.
  String key() {
    return "%s, n = %d: %s, %s, %s, %s".formatted(part, n, quantity, role, evidence, estimator);
  }
}
