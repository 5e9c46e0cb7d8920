package topdraw.recordings.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.recordings.row.TableColumns;

/// Which column of one file holds what: as told, else guessed from its first rows.
///
/// @param paths the column of each field found
/// @param rewards columns that hold rewards, those told first
/// @param unused columns that were taken for nothing
/// @param filter which of several readings of the same responses counts, where lm-eval wrote a row
///   for each
record Columns(
    Map<Field, String> paths, List<String> rewards, List<String> unused, Optional<String> filter) {
  /// The name of a request in a batch's output file.
  static final String REQUEST_NAME = "custom_id";

  /// Columns that tell the model and its settings.
  static final List<String> POLICY =
      List.of(
          "model.id",
          "model",
          "model_name",
          "system_fingerprint",
          "provider",
          "sampling.temperature",
          "sampling.top_p",
          "sampling.top_k",
          "temperature",
          "top_p",
          "top_k");

  private static final int UNUSED_NAMED = 12;

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
            .filter(path -> !paths.containsValue(path))
            .ifPresent(path -> paths.put(field, path));
      }
    }
    withoutRequestNames(paths);
    List<String> rewards = rewards(rows, told);
    Columns columns = new Columns(paths, rewards, unused(rows, paths, rewards), filter(rows));
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
    if (rows.stream().anyMatch(Preferences::in)) {
      rewards.add(Preferences.CHOSEN);
    }
    // lm-eval says which columns are scores.
    Stream<String> scores =
        rows.getFirst().path("metrics").valueStream().map(metric -> metric.asString(""));
    for (String guess : Stream.concat(scores, Field.REWARD.guesses().stream()).toList()) {
      if (present(rows, guess) && !rewards.contains(guess)) {
        rewards.add(guess);
      }
    }
    return rewards;
  }

  private static List<String> unused(
      List<JsonNode> rows, Map<Field, String> paths, List<String> rewards) {
    Set<String> names = names(rows);
    names.removeAll(POLICY);
    names.removeAll(Preferences.COLUMNS);
    if (names.contains(TableColumns.OUTCOME) && names.contains(TableColumns.MEANING)) {
      // A table of ours: what it has beyond the fields is read too, or is empty.
      names.removeAll(TableColumns.of(List.of()).keySet());
    }
    Stream.concat(paths.values().stream(), rewards.stream())
        .flatMap(path -> Stream.of(path, path.split("\\.", -1)[0]))
        .forEach(names::remove);
    return List.copyOf(names);
  }

  /// What was taken for what, for a person.
  String words(Path file) {
    StringBuilder line = new StringBuilder(file + ": ");
    paths.forEach((field, path) -> line.append(field.word()).append('=').append(path).append(' '));
    line.append(rewards.isEmpty() ? "no reward" : "rewards=" + String.join("+", rewards));
    if (!unused.isEmpty()) {
      line.append("; not used: ")
          .append(String.join(", ", unused.subList(0, Math.min(UNUSED_NAMED, unused.size()))))
          .append(unused.size() > UNUSED_NAMED ? ", …" : "");
    }
    return line.toString();
  }

  private static Optional<String> filter(List<JsonNode> rows) {
    return rows.stream()
        .filter(row -> row.has("resps") && row.path("filter").isString())
        .map(row -> row.get("filter").stringValue())
        .findFirst();
  }

  /// A batch names each request, so its name tells draws of one prompt apart; where the prompt is
  /// there, that counts.
  private static void withoutRequestNames(Map<Field, String> paths) {
    if (paths.containsKey(Field.PROMPT) || paths.containsKey(Field.MESSAGES)) {
      paths.remove(Field.PROMPT_ID, REQUEST_NAME);
    }
  }

  private void requirePrompt(List<JsonNode> rows) {
    if (!paths.containsKey(Field.PROMPT)
        && !paths.containsKey(Field.PROMPT_ID)
        && !paths.containsKey(Field.MESSAGES)
        && rows.stream().noneMatch(Preferences::in)) {
      throw new InputException(
          Problem.MISSING,
          "no column for the prompt among " + String.join(", ", names(rows)) + "; name it with ",
          Parameter.MAP,
          " prompt=COLUMN");
    }
  }

  private static void require(List<JsonNode> rows, String column, Field field) {
    if (!present(rows, column)) {
      throw new InputException(
          Problem.UNKNOWN,
          "no column '"
              + column
              + "' for the "
              + field.word()
              + "; there is "
              + String.join(", ", names(rows)));
    }
  }

  private static Set<String> names(List<JsonNode> rows) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.propertyNames()));
    return names;
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
