package topdraw.recordings.path;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.recordings.row.Numbers;

/// Makes one number of a list, of the innermost where lists hold lists, of each where an object
/// holds several under names.
enum Fold {
  MIN,
  MAX,
  MEAN,
  SUM,
  PROD,
  FIRST,
  LAST;

  static Optional<Fold> named(String word) {
    return Arrays.stream(values())
        .filter(fold -> fold.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  /// @param path what it is asked of, for a message
  JsonNode of(JsonNode value, String path) {
    if (value.isObject()) {
      ObjectNode folded = JsonNodeFactory.instance.objectNode();
      value.forEachEntry((name, inner) -> folded.set(name, of(inner, path)));
      return folded;
    }
    if (!value.isArray()) {
      return value;
    }
    if (value.valueStream().anyMatch(JsonNode::isArray)) {
      ArrayNode folded = JsonNodeFactory.instance.arrayNode();
      value.forEach(inner -> folded.add(of(inner, path)));
      return folded;
    }
    if (value.isEmpty()) {
      return NullNode.instance;
    }
    return switch (this) {
      case FIRST -> value.get(0);
      case LAST -> value.get(value.size() - 1);
      default -> number(value, path);
    };
  }

  private JsonNode number(JsonNode list, String path) {
    double[] terms = new double[list.size()];
    for (int i = 0; i < terms.length; i++) {
      OptionalDouble term = Numbers.any(list.get(i), path);
      if (term.isEmpty() || Double.isNaN(term.getAsDouble())) {
        return NullNode.instance;
      }
      terms[i] = term.getAsDouble();
    }
    return DoubleNode.valueOf(
        switch (this) {
          case MIN -> Arrays.stream(terms).min().orElseThrow();
          case MAX -> Arrays.stream(terms).max().orElseThrow();
          case MEAN -> Arrays.stream(terms).sum() / terms.length;
          case PROD -> Arrays.stream(terms).reduce(1, (a, b) -> a * b);
          default -> Arrays.stream(terms).sum();
        });
  }
}
