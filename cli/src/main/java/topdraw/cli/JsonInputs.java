package topdraw.cli;

import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.node.ObjectNode;
import topdraw.json.Json;
import topdraw.theory.quantity.Inputs;

/// The inputs of a quantity from a JSON object.
final class JsonInputs {
  private static final TypeReference<Map<String, Object>> BY_NAME = new TypeReference<>() {};

  private JsonInputs() {}

  static Inputs of(ObjectNode node) {
    return Inputs.of(Json.mapper().convertValue(node, BY_NAME));
  }
}
