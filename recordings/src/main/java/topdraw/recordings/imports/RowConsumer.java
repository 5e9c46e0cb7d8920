package topdraw.recordings.imports;

import java.sql.SQLException;

/// Takes the rows of a file one by one, each with its place.
@FunctionalInterface
interface RowConsumer {
  void row(String place, String json) throws SQLException;
}
