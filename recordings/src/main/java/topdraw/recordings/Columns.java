package topdraw.recordings;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Which column of one file holds what: as told, else guessed from its first rows.
///
/// @param paths the column of each field found
/// @param rewards columns that hold rewards, those told first
record Columns(Map<Field, String> paths, List<String> rewards) {

  static Columns of(List<JsonNode> rows, Mapping told) {
    Map<Field, String> paths = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      String column = told.columns().get(field.word());
      if (column != null) {
        require(rows, column, field);
        paths.put(field, column);
      } else if (field != Field.REWARD) {
        field.guesses().stream()
            .filter(path -> present(rows, path))
            .findFirst()
            .ifPresent(path -> paths.put(field, path));
      }
    }
    Columns columns = new Columns(paths, rewards(rows, told));
    columns.requirePrompt(rows);
    return columns;
  }

  private static List<String> rewards(List<JsonNode> rows, Mapping told) {
    List<String> rewards = new ArrayList<>();
    for (String named : told.namedRewards()) {
      if (present(rows, named)) {
        rewards.add(named);
      }
    }
    for (String guess : Field.REWARD.guesses()) {
      if (present(rows, guess) && !rewards.contains(guess)) {
        rewards.add(guess);
      }
    }
    return rewards;
  }

  private void requirePrompt(List<JsonNode> rows) {
    if (!paths.containsKey(Field.PROMPT)
        && !paths.containsKey(Field.PROMPT_ID)
        && !present(rows, "messages")) {
      throw new IllegalArgumentException(
          "no column for the prompt among " + names(rows) + "; name it with --map prompt=COLUMN");
    }
  }

  private static void require(List<JsonNode> rows, String column, Field field) {
    if (!present(rows, column)) {
      throw new IllegalArgumentException(
          "no column '" + column + "' for the " + field.word() + "; there is " + names(rows));
    }
  }

  private static String names(List<JsonNode> rows) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.propertyNames()));
    return String.join(", ", names);
  }

  private static boolean present(List<JsonNode> rows, String path) {
    return rows.stream().map(row -> at(row, path)).anyMatch(v -> v != null && !v.isNull());
  }

  /// The field's value in a row; null where the column or the value is not there.
  @Nullable JsonNode value(JsonNode row, Field field) {
    String path = paths.get(field);
    return path == null ? null : at(row, path);
  }

  /// What stands at a path; a column whose name has the dots in it comes first.
  static @Nullable JsonNode at(JsonNode row, String path) {
    JsonNode whole = row.get(path);
    if (whole != null) {
      return whole;
    }
    JsonNode node = row;
    for (String step : path.split("\\.", -1)) {
      node =
          node.isArray() && step.matches("\\d{1,6}")
              ? node.get(Integer.parseInt(step))
              : node.get(step);
      if (node == null) {
        return null;
      }
    }
    return node;
  }
}
