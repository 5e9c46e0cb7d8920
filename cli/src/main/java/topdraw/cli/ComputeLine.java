package topdraw.cli;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.json.Json;

/// One line of `topdraw compute`: a question in JSON to an answer in JSON. Never fails.
final class ComputeLine {
  private final Quantities quantities;

  ComputeLine(Quantities quantities) {
    this.quantities = quantities;
  }

  String answer(String line) {
    ObjectNode answer = Json.mapper().createObjectNode();
    JsonNode question;
    try {
      question = Json.read(line);
    } catch (IllegalArgumentException e) {
      return failed(answer.putNull("id"), e);
    }
    JsonNode id = question.get("id");
    answer.set("id", id == null ? Json.mapper().nullNode() : id);
    try {
      answer.set("value", value(question));
      return Json.line(answer);
    } catch (RuntimeException e) { // whatever one question does, the next is answered
      return failed(answer, e);
    }
  }

  private JsonNode value(JsonNode question) {
    JsonNode name = question.get("quantity");
    if (name == null || !name.isString()) {
      throw new IllegalArgumentException(
          "expected {\"id\": …, \"quantity\": \"a name\", \"inputs\": {…}}, found no name of a quantity");
    }
    Quantity quantity = quantities.named(name.stringValue());
    return value(quantity, inputs(question, quantity));
  }

  private static Inputs inputs(JsonNode question, Quantity quantity) {
    JsonNode inputs = question.get("inputs");
    if (inputs == null || !inputs.isObject()) {
      throw new IllegalArgumentException("\"inputs\" must be an object with " + quantity.inputs());
    }
    return new Inputs(inputs);
  }

  private static JsonNode value(Quantity quantity, Inputs inputs) {
    List<JsonNode> values =
        Arrays.stream(quantity.of(inputs)).mapToObj(ComputeLine::number).toList();
    return quantity.list() ? Json.mapper().createArrayNode().addAll(values) : values.getFirst();
  }

  /// Doubles as they read back; infinities as strings, which JSON has no numbers for.
  private static JsonNode number(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("has no value for these inputs");
    }
    return Double.isInfinite(value)
        ? Json.mapper().getNodeFactory().stringNode(value > 0 ? "inf" : "-inf")
        : Json.mapper().getNodeFactory().numberNode(value + 0.0);
  }

  private static String failed(ObjectNode answer, RuntimeException e) {
    @Nullable String message = e.getMessage();
    return Json.line(answer.put("error", message == null ? e.getClass().getSimpleName() : message));
  }
}
