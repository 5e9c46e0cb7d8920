package topdraw.servers;

import java.util.List;

/// One setting of a request.
///
/// @param name its name on the wire
/// @param value what is sent
/// @param free whether a server that does not know it draws the same without it
record Field(String name, Object value, boolean free) {
  static Field needed(String name, Object value) {
    return new Field(name, value, false);
  }

  static Field free(String name, Object value) {
    return new Field(name, value, true);
  }

  /// A setting that does nothing at this value.
  static Field off(String name, Object value) {
    return new Field(name, value, true);
  }

  /// How it is recorded.
  static String words(List<Field> fields) {
    StringBuilder words = new StringBuilder();
    for (Field field : fields) {
      words
          .append(words.isEmpty() ? "" : " ")
          .append(field.name())
          .append('=')
          .append(field.value());
    }
    return words.toString();
  }
}
