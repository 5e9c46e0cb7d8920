package topdraw.words.compute;

import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.node.ObjectNode;
import topdraw.json.Json;
import topdraw.theory.quantity.Inputs;

/// The inputs of a quantity from a JSON object.
public final class JsonInputs {
  private static final TypeReference<Map<String, Object>> BY_NAME = new TypeReference<>() {};

  private JsonInputs() {}

  /// The inputs by name.
  ///
  /// @param node the object
  /// @return the inputs
  public static Inputs of(ObjectNode node) {
    return Inputs.of(Json.mapper().convertValue(node, BY_NAME));
  }
}
