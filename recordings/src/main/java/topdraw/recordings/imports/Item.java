package topdraw.recordings.imports;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// Which of a row's completions is meant.
///
/// @param position its place in the row's list, from 0; empty where the row is one completion
/// @param count how many the row has
record Item(OptionalInt position, int count) {
  /// The completion of a row that is one.
  static final Item ALONE = new Item(OptionalInt.empty(), 1);

  /// A completion of a row that lists them.
  static Item of(int position, int count) {
    return new Item(OptionalInt.of(position), count);
  }

  /// Its value: the one in a list, else the one that the row has for all.
  ///
  /// @throws InputException if a list is not as long as that of the completions
  @Nullable JsonNode of(@Nullable JsonNode value, String name) {
    if (value == null || position.isEmpty() || !value.isArray()) {
      return value;
    }
    if (value.size() != count) {
      throw new InputException(
          Problem.MALFORMED,
          "'" + name + "' has " + value.size() + " values for " + count + " completions");
    }
    return value.get(position.getAsInt());
  }

  /// Its value where a list of them is as long; the row's one value; null where neither is there.
  @Nullable JsonNode perhaps(@Nullable JsonNode value) {
    if (value != null && value.isArray() && (position.isEmpty() || value.size() != count)) {
      return null;
    }
    return of(value, "");
  }

  /// Its own value as [#own] gives it; null where a list is of another length.
  @Nullable JsonNode ownPerhaps(@Nullable JsonNode value) {
    return shared(value) ? null : perhaps(value);
  }

  /// Its own value; null where the row has one for all, which is a total and nobody's own.
  @Nullable JsonNode own(@Nullable JsonNode value, String name) {
    return shared(value) ? null : of(value, name);
  }

  /// Its reward.
  ///
  /// @throws InputException if the row has one for all
  @Nullable JsonNode reward(JsonNode value, String name) {
    if (shared(value) && !value.isNull()) {
      throw new InputException(
          Problem.MALFORMED,
          "'" + name + "' is one value for a list of completions; give a list as long");
    }
    return of(value, name);
  }

  private boolean shared(@Nullable JsonNode value) {
    return count > 1 && value != null && !value.isArray();
  }
}
