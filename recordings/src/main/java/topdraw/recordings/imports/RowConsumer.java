package topdraw.recordings.imports;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/// Takes the rows of a file one by one, each with its place.
interface RowConsumer {
  /// A row.
  void row(String place, JsonNode row) throws IOException;

  /// A row that cannot be read.
  void bad(String place, String why) throws IOException;

  /// A line of text that is a row, or empty.
  ///
  /// @param line its bytes, without the end of the line
  /// @param whole whether the line's end was there, as it must be but in the last one
  default void line(String place, byte[] line, boolean whole) throws IOException {
    JsonNode row;
    try {
      row = ForeignJson.line(place, line, whole);
    } catch (Unparsed e) {
      bad(place, String.valueOf(e.getMessage()));
      return;
    }
    if (row != null) {
      row(place, row);
    }
  }
}
