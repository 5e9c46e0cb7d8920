package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;
import topdraw.recordings.path.RowPath;
import topdraw.recordings.prompts.Turns;

/// Finds the column of the completions: by its name, and by what tells a completion from the right
/// answer beside it, that it varies within a prompt.
///
/// @param rows the first rows
/// @param paths the fields found so far
/// @param layout the file's layout, where it is known
/// @param notes takes what a person ought to know
record TextSearch(
    List<JsonNode> rows, Map<Field, RowPath> paths, Optional<Layout> layout, List<String> notes) {

  Optional<RowPath> text(Leaves leaves) {
    if (layout.isPresent() && !layout.get().fields().isEmpty()) {
      return layout.get().fields().getOrDefault(Field.TEXT, List.of()).stream()
          .filter(path -> Columns.present(rows, path))
          .findFirst();
    }
    if (rows.stream().anyMatch(Preferences::in)) {
      return guesses().stream().findFirst();
    }
    List<RowPath> found = guesses();
    Optional<RowPath> objects = objects(found);
    if (objects.isPresent()) {
      return objects;
    }
    if (found.isEmpty()) {
      return wide().or(() -> paths.containsKey(Field.MESSAGES) ? Optional.empty() : only(leaves));
    }
    RowPath first = found.getFirst();
    if (!Layouts.named("reference", first.text())) {
      return Optional.of(first);
    }
    return instead(first, found, leaves);
  }

  /// Usual names that are there.
  private List<RowPath> guesses() {
    return Layouts.usual(Field.TEXT).stream()
        .flatMap(path -> Columns.written(rows, path).stream())
        .filter(path -> !paths.containsValue(path))
        .distinct()
        .toList();
  }

  /// A list of objects that hold a completion each.
  private Optional<RowPath> objects(List<RowPath> found) {
    if (!found.isEmpty() && !ofObjects(found.getFirst())) {
      return Optional.empty();
    }
    List<String> lists = new ArrayList<>();
    if (!found.isEmpty()) {
      lists.add(found.getFirst().text());
    } else if (!paths.containsKey(Field.MESSAGES)) {
      for (String name : Columns.names(rows)) {
        if (ofObjects(RowPath.column(name)) && name.matches("[^.\\[\\]{}*'\"()]+")) {
          lists.add(name);
        }
      }
    }
    for (String list : lists) {
      for (RowPath inner : Layouts.usual(Field.TEXT)) {
        RowPath path = RowPath.of(list + "[]." + inner);
        if (Columns.present(rows, path)) {
          return Optional.of(path);
        }
      }
    }
    return Optional.empty();
  }

  private boolean ofObjects(RowPath path) {
    return rows.stream()
        .map(path::at)
        .anyMatch(
            value ->
                value != null
                    && value.isArray()
                    && value.path(0).isObject()
                    && Turns.of(value).isEmpty());
  }

  /// Columns that are numbered, a completion each.
  private Optional<RowPath> wide() {
    Set<String> names = Columns.names(rows);
    for (RowPath pattern : Layouts.wide()) {
      List<String> matching = names.stream().filter(pattern::reads).toList();
      if (matching.size() > 1
          && matching.stream().allMatch(name -> name.matches(".*_\\d+"))
          && Columns.present(rows, pattern)) {
        return Optional.of(pattern);
      }
    }
    return Optional.empty();
  }

  /// The one column of texts that vary within a prompt, where no usual name is there.
  private Optional<RowPath> only(Leaves leaves) {
    List<RowPath> varying = varying(leaves);
    if (varying.size() == 1) {
      notes.add("'" + varying.getFirst() + "' varies within a prompt, so it is the completion");
      return Optional.of(varying.getFirst());
    }
    return Optional.empty();
  }

  /// What varies in place of a reference answer that does not.
  private Optional<RowPath> instead(RowPath reference, List<RowPath> found, Leaves leaves) {
    if (!list(reference)) {
      Optional<RowPath> lists = found.stream().filter(this::list).findFirst();
      if (lists.isPresent()) {
        return lists;
      }
    }
    Boolean varies = varies(reference);
    if (varies != null && varies) {
      return Optional.of(reference);
    }
    Optional<RowPath> other =
        found.stream()
            .filter(path -> !path.equals(reference) && Boolean.TRUE.equals(varies(path)))
            .findFirst();
    if (other.isEmpty()) {
      other = varying(leaves).stream().findFirst();
    }
    if (other.isPresent()) {
      notes.add(
          "'%s' does not vary within a prompt, so it is the right answer and '%s' the completion"
              .formatted(reference, other.get()));
      return other;
    }
    if (varies == null) {
      // One draw of each prompt: a name that is a completion's alone comes first.
      return found.stream()
          .filter(path -> !Layouts.named("reference", path.text()))
          .findFirst()
          .or(() -> Optional.of(reference));
    }
    if (paths.containsKey(Field.MESSAGES)) {
      return Optional.empty();
    }
    notes.add(
        "'%s' does not vary within a prompt, so it is taken for the right answer; if it is the"
                .formatted(reference)
            + " completion, say --map text="
            + reference);
    return Optional.empty();
  }

  private boolean list(RowPath path) {
    return rows.stream()
        .map(path::at)
        .anyMatch(value -> value != null && value.isArray() && Turns.of(value).isEmpty());
  }

  private List<RowPath> varying(Leaves leaves) {
    return leaves.paths().stream()
        .filter(path -> !path.text().contains("[]"))
        .filter(path -> !paths.containsValue(path))
        .filter(
            path ->
                rows.stream()
                    .map(path::at)
                    .anyMatch(v -> v != null && v.isString() && v.stringValue().length() > 3))
        .filter(
            path ->
                !Layouts.named("id", path.text())
                    && !Layouts.named("draw", path.text())
                    && !Layouts.named("said", path.text())
                    && !Layouts.named("reference", path.text())
                    && !Layouts.named("rater", path.text())
                    && !Layouts.policy(path.text()))
        .filter(path -> Boolean.TRUE.equals(varies(path)))
        .toList();
  }

  /// Whether a column varies within a prompt; null where no prompt has two rows.
  private @Nullable Boolean varies(RowPath path) {
    Map<String, Set<String>> byPrompt = new HashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (JsonNode row : rows) {
      String prompt = prompt(row);
      JsonNode value = path.at(row);
      counts.merge(prompt, 1, Integer::sum);
      byPrompt
          .computeIfAbsent(prompt, first -> new HashSet<>())
          .add(value == null ? "" : Json.line(value));
    }
    Boolean varies = null;
    for (Map.Entry<String, Set<String>> entry : byPrompt.entrySet()) {
      if (counts.getOrDefault(entry.getKey(), 0) > 1) {
        varies = Boolean.TRUE.equals(varies) || entry.getValue().size() > 1;
      }
    }
    return varies;
  }

  private String prompt(JsonNode row) {
    StringBuilder all = new StringBuilder();
    for (Field field :
        List.of(Field.PROMPT_ID, Field.PROMPT, Field.CONTEXT, Field.SYSTEM, Field.HISTORY)) {
      RowPath path = paths.get(field);
      JsonNode value = path == null ? null : path.at(row);
      all.append(value == null ? "" : Json.line(value)).append('\n');
    }
    return all.toString();
  }
}
