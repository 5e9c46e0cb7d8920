package topdraw.recordings.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.recordings.path.RowPath;
import topdraw.recordings.row.ScoreWords;

/// Which column of one file holds what: as told, else as its layout says, else guessed from its
/// first rows.
///
/// @param paths where each field found is
/// @param told the fields that a person named
/// @param rewards where rewards are, those told first
/// @param policy what tells the model and its settings
/// @param asked what belongs to the question beside prompt and messages
/// @param marks columns of which nobody knows yet whether they tell prompts or policies apart
/// @param unused columns that were taken for nothing
/// @param filter which of several readings of the same responses counts, where lm-eval wrote a row
///   for each
/// @param layout the program that wrote the file, where it is known
/// @param words how its scores are written
/// @param notes what a person ought to know of how it was understood
record Columns(
    Map<Field, RowPath> paths,
    Set<Field> told,
    List<RewardColumn> rewards,
    List<RowPath> policy,
    List<RowPath> asked,
    List<RowPath> marks,
    List<String> unused,
    Optional<String> filter,
    Optional<Layout> layout,
    ScoreWords words,
    List<String> notes) {
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

  /// A path, or a column whose name is none.
  static RowPath path(String text) {
    try {
      return RowPath.of(text);
    } catch (IllegalArgumentException e) {
      return RowPath.column(text);
    }
  }

  /// A usual name as these rows write it: `model_response` may be their `Model Response`.
  ///
  /// @return the path of a column that has values; empty where there is none
  static Optional<RowPath> written(List<JsonNode> rows, RowPath usual) {
    if (present(rows, usual)) {
      return Optional.of(usual);
    }
    return names(rows).stream()
        .filter(name -> !name.equals(usual.text()) && plain(name).equals(usual.text()))
        .map(RowPath::column)
        .filter(path -> present(rows, path))
        .findFirst();
  }

  /// A name in lower case, with `_` for what is neither a letter nor a digit.
  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{Alnum}*]+", "_").replaceAll("^_|_$", "");
  }

  /// These columns, and what the whole of the data says of the marks.
  Columns knowing(List<RowPath> policies, List<RowPath> prompts, List<String> why) {
    List<RowPath> allPolicies = new ArrayList<>(policy);
    allPolicies.addAll(policies);
    List<RowPath> allAsked = new ArrayList<>(asked);
    allAsked.addAll(prompts);
    List<String> allNotes = new ArrayList<>(notes);
    allNotes.addAll(why);
    return new Columns(
        paths,
        told,
        rewards,
        allPolicies,
        allAsked,
        List.of(),
        unused,
        filter,
        layout,
        words,
        allNotes);
  }

  /// What was taken for what, for a person.
  String words(Path file) {
    return words(file.toString());
  }

  /// The same of a file that this machine may not see.
  String words(String file) {
    StringBuilder line = new StringBuilder(file + ": ");
    layout.ifPresent(known -> line.append("as ").append(known.name()).append(" writes: "));
    paths.forEach((field, path) -> line.append(field.word()).append('=').append(path).append(' '));
    line.append(
        rewards.isEmpty()
            ? "no reward"
            : "rewards=" + String.join("+", rewards.stream().map(RewardColumn::name).toList()));
    if (!asked.isEmpty()) {
      line.append(" asked=").append(String.join("+", asked.stream().map(RowPath::text).toList()));
    }
    if (!unused.isEmpty()) {
      line.append("; not used: ")
          .append(String.join(", ", unused.subList(0, Math.min(UNUSED_NAMED, unused.size()))))
          .append(unused.size() > UNUSED_NAMED ? ", …" : "");
    }
    notes.forEach(note -> line.append("; ").append(note));
    return line.toString();
  }

  /// The `--map` that says the same.
  String map() {
    List<String> pairs = new ArrayList<>();
    paths.forEach((field, path) -> pairs.add(field.word() + "=" + path));
    rewards.forEach(reward -> pairs.add("reward=" + reward.name()));
    asked.forEach(path -> pairs.add("asked=" + path));
    return "--map " + String.join(",", pairs);
  }

  static Set<String> names(List<JsonNode> rows) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.propertyNames()));
    return names;
  }

  /// Whether some row has a value at a path; an empty text is none.
  static boolean present(List<JsonNode> rows, RowPath path) {
    return rows.stream().anyMatch(row -> present(row, path));
  }

  /// Whether a row has a value at a path; an empty text or a list of nothing is none.
  static boolean present(JsonNode row, RowPath path) {
    return full(path.at(row));
  }

  private static boolean full(@Nullable JsonNode value) {
    if (value == null || value.isNull() || (value.isString() && value.stringValue().isEmpty())) {
      return false;
    }
    return !value.isArray() || value.isEmpty() || value.valueStream().anyMatch(Columns::full);
  }

  /// The field's value in a row; null where the column or the value is not there.
  @Nullable JsonNode value(JsonNode row, Field field) {
    RowPath path = paths.get(field);
    return path == null ? null : path.at(row);
  }

  boolean has(Field field) {
    return paths.containsKey(field);
  }

  /// The column of a field, by its whole name.
  @Nullable String column(Field field) {
    RowPath path = paths.get(field);
    return path == null ? null : path.text();
  }
}
