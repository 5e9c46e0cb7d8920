package topdraw.recordings.imports;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;
import topdraw.recordings.path.RowPath;

/// Whether a row is less than a draw: one rater's view of it, or one turn of a rollout.
///
/// @param rows the first rows
/// @param paths the fields found so far
/// @param leaves the rows' plain values
record RowKinds(List<JsonNode> rows, Map<Field, RowPath> paths, Leaves leaves) {
  /// What tells rollouts apart, and the turns of one.
  record Turning(RowPath rollout, RowPath turn) {}

  /// A column of raters: no completion has one twice, and completions stand in several rows.
  Optional<RowPath> rater() {
    if (!paths.containsKey(Field.TEXT)) {
      return Optional.empty();
    }
    return leaves.paths().stream()
        .filter(path -> !path.text().contains("[]") && Layouts.named("rater", path.text()))
        .filter(path -> !paths.containsValue(path) && Columns.present(rows, path))
        .filter(this::rates)
        .findFirst();
  }

  private boolean rates(RowPath rater) {
    Map<String, Integer> completions = new HashMap<>();
    Map<String, Set<String>> raters = new HashMap<>();
    int repeated = 0;
    for (JsonNode row : rows) {
      String completion = values(row, Field.PROMPT_ID, Field.PROMPT, Field.CONTEXT, Field.TEXT);
      completions.merge(completion, 1, Integer::sum);
      if (!raters.computeIfAbsent(completion, first -> new HashSet<>()).add(line(row, rater))) {
        repeated++;
      }
    }
    return raters.values().stream().anyMatch(views -> views.size() > 1)
        && completions.size() * 2 <= rows.size() + 1
        && repeated * 2 < rows.size();
  }

  /// Columns of a rollout and its turns: a rollout stands in several rows, a turn of it in one.
  Optional<Turning> turns() {
    for (RowPath rollout : leaves.paths()) {
      if (!Layouts.named("rollout", rollout.text()) || !plain(rollout)) {
        continue;
      }
      for (RowPath turn : leaves.paths()) {
        if (Layouts.named("turn", turn.text()) && plain(turn) && turning(rollout, turn)) {
          return Optional.of(new Turning(rollout, turn));
        }
      }
    }
    return Optional.empty();
  }

  private boolean plain(RowPath path) {
    return !path.text().contains("[]") && !paths.containsValue(path) && Columns.present(rows, path);
  }

  private boolean turning(RowPath rollout, RowPath turn) {
    return ofOnePrompt(rollout, turn) || growing(rollout, turn);
  }

  /// Whether each turn of a rollout was asked all that went before.
  private boolean growing(RowPath rollout, RowPath turn) {
    RowPath asked = paths.get(Field.PROMPT);
    if (asked == null) {
      return false;
    }
    Map<String, JsonNode> last = new HashMap<>();
    int more = 0;
    for (JsonNode row : rows) {
      JsonNode before = last.put(line(row, rollout), row);
      if (before == null) {
        continue;
      }
      boolean later = number(row, turn) > number(before, turn);
      if (later != continues(line(before, asked), line(row, asked))) {
        return false;
      }
      more += later ? 1 : 0;
    }
    return more > 0;
  }

  private static double number(JsonNode row, RowPath turn) {
    JsonNode value = turn.at(row);
    return value == null ? 0 : value.asDouble(0);
  }

  /// A text or a list that begins as another, all but the mark that ends it.
  private static boolean continues(String before, String asked) {
    return asked.length() > before.length()
        && !before.isEmpty()
        && asked.startsWith(before.substring(0, before.length() - 1));
  }

  private boolean ofOnePrompt(RowPath rollout, RowPath turn) {
    Set<String> turns = new HashSet<>();
    Set<String> rollouts = new HashSet<>();
    for (JsonNode row : rows) {
      String of = values(row, Field.PROMPT_ID, Field.PROMPT) + line(row, rollout);
      rollouts.add(of);
      if (!turns.add(of + "\0" + line(row, turn))) {
        return false;
      }
    }
    return rollouts.size() < rows.size();
  }

  private String values(JsonNode row, Field... fields) {
    StringBuilder all = new StringBuilder();
    for (Field field : fields) {
      RowPath path = paths.get(field);
      all.append(path == null ? "" : line(row, path)).append('\0');
    }
    return all.toString();
  }

  private static String line(JsonNode row, RowPath path) {
    JsonNode value = path.at(row);
    return value == null ? "" : Json.line(value);
  }
}
