package topdraw.golden;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// A finding by words and numbers alone, whatever types the program has for it.
///
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
record Line(
    int n,
    String quantity,
    String role,
    String evidence,
    String estimator,
    double value,
    Optional<Ends> interval,
    OptionalDouble confidence,
    OptionalLong samples,
    OptionalLong prompts) {

  /// The ends of an interval.
  record Ends(double lower, double upper) {}

  static Line of(JsonNode json) {
    return new Line(
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
        count(json, "prompts"));
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

  /// What tells it from the other findings of its case.
  String key() {
    return "n = %d: %s, %s, %s, %s".formatted(n, quantity, role, evidence, estimator);
  }
}
