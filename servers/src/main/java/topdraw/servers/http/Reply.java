package topdraw.servers.http;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a server answered.
///
/// @param json the answer
/// @param answer the same as it came
public record Reply(JsonNode json, Answer answer) {
  /// A header.
  ///
  /// @param name its name, in any case
  /// @return its first value
  public Optional<String> header(String name) {
    return answer.header(name);
  }
}
