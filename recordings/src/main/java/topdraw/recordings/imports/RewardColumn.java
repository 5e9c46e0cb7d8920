package topdraw.recordings.imports;

import tools.jackson.databind.JsonNode;
import topdraw.recordings.path.RowPath;

/// Where a reward stands.
///
/// @param name what it is called: the path as told, its minus included
/// @param path the path
/// @param less whether less of it is better, so that its opposite ranks
/// @param told whether a person said so
record RewardColumn(String name, RowPath path, boolean less, boolean told) {
  static final String LESS = "-";

  /// A path with or without a minus; a column whose name begins with one comes first.
  static RewardColumn of(String text, Iterable<JsonNode> rows, boolean told) {
    boolean less = text.startsWith(LESS);
    for (JsonNode row : rows) {
      less &= !row.has(text);
    }
    return new RewardColumn(
        text, Columns.path(less ? text.substring(1).strip() : text), less, told);
  }
}
