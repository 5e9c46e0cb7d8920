package topdraw.recordings.exports;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What an export wrote.
///
/// @param prompts how many prompts there were
/// @param rows how many rows were written
/// @param leftOut how many prompts or draws were left out, by what they are
public record ExportSummary(long prompts, long rows, Map<String, Long> leftOut) {
  /// Copies the map, keeping its order.
  public ExportSummary {
    leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
  }
}
