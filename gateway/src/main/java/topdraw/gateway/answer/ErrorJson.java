package topdraw.gateway.answer;

import tools.jackson.databind.node.ObjectNode;
import topdraw.gateway.question.ApiException;
import topdraw.json.Json;

/// An error as clients of OpenAI read it.
public final class ErrorJson {
  private ErrorJson() {}

  /// The body of an error.
  ///
  /// @param error the error
  /// @return `{"error": {"message", "type", "param", "code"}}`
  public static ObjectNode of(ApiException error) {
    ObjectNode json = Json.mapper().createObjectNode();
    ObjectNode body =
        json.putObject("error").put("message", error.line()).put("type", error.type());
    error.parameter().ifPresentOrElse(name -> body.put("param", name), () -> body.putNull("param"));
    body.put("code", error.code());
    return json;
  }
}
