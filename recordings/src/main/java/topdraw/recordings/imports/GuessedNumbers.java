package topdraw.recordings.imports;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.recordings.path.RowPath;
import topdraw.recordings.row.LogProbabilities;
import topdraw.recordings.row.Numbers;

/// Numbers in a column that nobody named: what cannot be read there is no number, and no fault of
/// the row.
final class GuessedNumbers {
  private GuessedNumbers() {}

  /// Whether the column holds such numbers in the first rows.
  static boolean serve(List<JsonNode> rows, RowPath path, Field field) {
    boolean some = false;
    for (JsonNode row : rows) {
      JsonNode value = path.at(row);
      if (value == null || value.isNull()) {
        continue;
      }
      try {
        if (field == Field.LOG_P) {
          some |= logP(value);
        } else {
          for (JsonNode one : value.isArray() ? value : List.of(value)) {
            some |= Numbers.any(one, path.text()).isPresent();
          }
        }
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
    return some;
  }

  private static boolean logP(JsonNode value) {
    if (value.isArray() && value.valueStream().anyMatch(JsonNode::isArray)) {
      for (JsonNode one : value) {
        LogProbabilities.sum(one);
      }
      return true;
    }
    return LogProbabilities.sum(value).isPresent();
  }

  /// A finite number; none where a guessed column holds something else.
  static OptionalDouble read(@Nullable JsonNode value, String name, boolean told) {
    try {
      return Numbers.read(value, name);
    } catch (IllegalArgumentException e) {
      if (told) {
        throw e;
      }
      return OptionalDouble.empty();
    }
  }
}
