package topdraw.recordings.imports;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/// Takes the rows of a file one by one, each with its place.
interface RowConsumer {
  /// A row.
  void row(String place, JsonNode row) throws IOException;

  /// A row that cannot be read.
  void bad(String place, String why) throws IOException;
}
