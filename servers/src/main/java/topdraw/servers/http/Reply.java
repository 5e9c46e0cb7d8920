package topdraw.servers.http;

import java.net.http.HttpHeaders;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a server answered.
///
/// @param json the answer
/// @param headers its headers
public record Reply(JsonNode json, HttpHeaders headers) {
  /// A header.
  ///
  /// @param name its name, in any case
  /// @return its first value
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }
}
