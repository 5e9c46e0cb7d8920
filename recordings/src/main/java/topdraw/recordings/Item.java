package topdraw.recordings;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Which of a row's completions is meant.
///
/// @param index its place in the row's list; -1 where the row is one completion
/// @param count how many the row has
record Item(int index, int count) {
  static final Item ALONE = new Item(-1, 1);

  /// Its value: the one in a list, else the one that the row has for all.
  ///
  /// @throws IllegalArgumentException if a list is not as long as that of the completions
  @Nullable JsonNode of(@Nullable JsonNode value, String name) {
    if (value == null || index < 0 || !value.isArray()) {
      return value;
    }
    if (value.size() != count) {
      throw new IllegalArgumentException(
          "'" + name + "' has " + value.size() + " values for " + count + " completions");
    }
    return value.get(index);
  }

  /// Its own value; null where the row has one for all, which is a total and nobody's own.
  @Nullable JsonNode own(@Nullable JsonNode value, String name) {
    return shared(value) ? null : of(value, name);
  }

  /// Its reward.
  ///
  /// @throws IllegalArgumentException if the row has one for all
  @Nullable JsonNode reward(JsonNode value, String name) {
    if (shared(value) && !value.isNull()) {
      throw new IllegalArgumentException(
          "'" + name + "' is one value for a list of completions; give a list as long");
    }
    return of(value, name);
  }

  private boolean shared(@Nullable JsonNode value) {
    return count > 1 && value != null && !value.isArray();
  }
}
