package topdraw.servers.http;

import java.util.List;
import java.util.Optional;

/// An answer as it came, whatever it says.
///
/// @param status of HTTP
/// @param headers in their order
/// @param body what was sent after them; not copied
public record Answer(int status, List<Header> headers, byte[] body) {
  /// A line of the head.
  ///
  /// @param name in any case
  /// @param value what it says
  public record Header(String name, String value) {}

  /// Copies the headers.
  public Answer {
    headers = List.copyOf(headers);
  }

  /// A header.
  ///
  /// @param name its name, in any case
  /// @return its first value
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }
}
