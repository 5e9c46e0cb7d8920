package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import topdraw.input.Alternatives;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.path.RowPath;
import topdraw.recordings.row.ScoreWords;
import topdraw.recordings.row.TableColumns;

/// Finds out which column of a file holds what.
final class Recognition {
  /// Fields that a layout need not name.
  private static final Set<Field> PLAIN =
      Set.of(Field.LOG_P, Field.TOKENS, Field.SECONDS, Field.FINISH, Field.SEED);

  private final List<JsonNode> rows;
  private final Mapping told;
  private final Optional<Layout> layout;
  private final Map<Field, RowPath> paths = new EnumMap<>(Field.class);
  private final Set<Field> toldFields = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();

  private Recognition(List<JsonNode> rows, Mapping told) {
    this.rows = rows;
    this.told = told;
    this.layout = Layouts.of(rows);
  }

  /// @throws InputException if a column that was told is not there, or none is a prompt
  static Columns of(List<JsonNode> rows, Mapping told) {
    return new Recognition(rows, told).columns();
  }

  private Columns columns() {
    Leaves leaves = Leaves.of(rows);
    for (Field field : Field.values()) {
      switch (field) {
        case ROWS, REWARD, GOLD, ASKED, POLICY, IGNORE, RATER, ROLLOUT, TURN, TEXT -> {}
        default -> one(field);
      }
    }
    withoutRequestNames();
    otherNames();
    text(leaves);
    kinds(leaves);
    ScoreWords words = words();
    List<RewardColumn> rewards =
        new RewardSearch(rows, told, layout, paths, words, notes).rewards(leaves);
    List<RowPath> policy = policy(leaves, rewards);
    List<RowPath> asked = asked();
    List<String> unused = unused(rewards, asked, policy);
    requirePrompt(leaves);
    Optional<String> filter = filter();
    List<RowPath> marks = marks(leaves, rewards, asked, policy);
    return new Columns(
        paths, toldFields, rewards, policy, asked, marks, unused, filter, layout, words, notes);
  }

  private void one(Field field) {
    Optional<List<String>> said = told.of(field);
    if (said.isPresent()) {
      toldFields.add(field);
      said.get().stream().findFirst().ifPresent(column -> paths.put(field, require(column, field)));
      return;
    }
    Stream<RowPath> likely =
        layout.isPresent() && layout.get().fields().containsKey(field)
            ? layout.get().fields().get(field).stream()
            : layout.isPresent() && !PLAIN.contains(field)
                ? Stream.empty()
                : Layouts.usual(field).stream();
    likely
        .flatMap(path -> Columns.written(rows, path).stream())
        .filter(path -> !paths.containsValue(path))
        .filter(path -> serves(field, path))
        .findFirst()
        .ifPresent(path -> paths.put(field, path));
  }

  /// A column that was guessed and holds something else is passed over.
  private boolean serves(Field field, RowPath path) {
    return switch (field) {
      case TOKENS, SECONDS, LOG_P -> GuessedNumbers.serve(rows, path, field);
      case MESSAGES -> rows.stream().map(path::at).anyMatch(v -> v != null && v.isContainer());
      default -> true;
    };
  }

  private RowPath require(String column, Field field) {
    RowPath path = Columns.path(column);
    if (!Columns.present(rows, path)) {
      String why = "";
      try {
        RowPath.of(column);
      } catch (IllegalArgumentException e) {
        why = "; " + e.getMessage();
      }
      throw new InputException(
          Problem.MALFORMED,
          "no column '"
              + column
              + "' for the "
              + field.word()
              + Alternatives.told(column, Columns.names(rows))
              + why);
    }
    return path;
  }

  private void text(Leaves leaves) {
    Optional<List<String>> said = told.of(Field.TEXT);
    if (said.isPresent()) {
      toldFields.add(Field.TEXT);
      said.get().stream()
          .findFirst()
          .ifPresent(column -> paths.put(Field.TEXT, require(column, Field.TEXT)));
      return;
    }
    new TextSearch(rows, paths, layout, notes)
        .text(leaves)
        .ifPresent(path -> paths.put(Field.TEXT, path));
  }

  /// A batch names each request, so its name tells draws of one prompt apart; where the prompt is
  /// there, that counts.
  private void withoutRequestNames() {
    if ((paths.containsKey(Field.PROMPT) || paths.containsKey(Field.MESSAGES))
        && told.of(Field.PROMPT_ID).isEmpty()) {
      paths.remove(Field.PROMPT_ID, RowPath.column(Columns.REQUEST_NAME));
    }
  }

  /// Where nothing says what was asked, a name that counts rows may do.
  private void otherNames() {
    if (Stream.of(Field.PROMPT, Field.PROMPT_ID, Field.MESSAGES).noneMatch(paths::containsKey)
        && rows.stream().noneMatch(Preferences::in)
        && told.of(Field.PROMPT_ID).isEmpty()) {
      Layouts.more(Field.PROMPT_ID).stream()
          .filter(path -> Columns.present(rows, path) && !paths.containsValue(path))
          .findFirst()
          .ifPresent(path -> paths.put(Field.PROMPT_ID, path));
    }
  }

  /// What a row is: one draw, unless its columns say a rater's view or a turn.
  private void kinds(Leaves leaves) {
    for (Field field : List.of(Field.RATER, Field.ROLLOUT, Field.TURN)) {
      told.one(field)
          .ifPresent(
              column -> {
                toldFields.add(field);
                paths.put(field, require(column, field));
              });
    }
    RowKinds kinds = new RowKinds(rows, paths, leaves);
    if (told.of(Field.RATER).isEmpty()) {
      kinds.rater().ifPresent(path -> paths.put(Field.RATER, path));
    }
    if (told.of(Field.ROLLOUT).isEmpty() && told.of(Field.TURN).isEmpty()) {
      kinds
          .turns()
          .ifPresent(
              turns -> {
                paths.put(Field.ROLLOUT, turns.rollout());
                paths.put(Field.TURN, turns.turn());
              });
    }
    if (paths.containsKey(Field.RATER)) {
      notes.add("a row is a rater's view: a completion's score is the mean over its raters");
    }
    if (paths.containsKey(Field.ROLLOUT)) {
      notes.add("a row is a turn: the rollout is the draw, and its last turn's reward counts");
    }
  }

  private ScoreWords words() {
    boolean commas = false;
    boolean points = false;
    for (JsonNode row : rows) {
      for (JsonNode value : row) {
        commas |= value.isString() && ScoreWords.decimalComma(value.stringValue().strip());
        points |= value.isString() && value.stringValue().matches("-?\\d+\\.\\d+");
      }
    }
    ScoreWords usual =
        new ScoreWords(layout.map(Layout::words).orElse(Map.of()), commas && !points);
    return usual.and(told.words());
  }

  private List<RowPath> policy(Leaves leaves, List<RewardColumn> rewards) {
    Map<String, RowPath> found = new LinkedHashMap<>();
    told.of(Field.POLICY)
        .ifPresent(columns -> columns.forEach(c -> found.put(c, require(c, Field.POLICY))));
    if (told.of(Field.POLICY).isPresent()) {
      return List.copyOf(found.values());
    }
    // A layout that knows the policy's place has the judge's model elsewhere.
    boolean known = layout.isPresent() && !layout.get().policy().isEmpty();
    if (!known) {
      Columns.POLICY.forEach(name -> found.put(name, RowPath.of(name)));
    }
    RowPath text = paths.get(Field.TEXT);
    if (text != null && text.wide()) {
      Layouts.policies().stream()
          .filter(path -> Columns.present(rows, path))
          .forEach(path -> found.put(path.text(), path));
    }
    layout.ifPresent(its -> its.policy().forEach(path -> found.put(path.text(), path)));
    leaves.paths().stream()
        .filter(path -> Layouts.policy(path.text()) && free(path, rewards))
        .filter(path -> !known || !Columns.POLICY.contains(path.text()))
        .filter(leaves::scalar)
        .forEach(path -> found.putIfAbsent(path.text(), path));
    ignored().forEach(found::remove);
    return List.copyOf(found.values());
  }

  private Set<String> ignored() {
    return Set.copyOf(told.of(Field.IGNORE).orElse(List.of()));
  }

  private boolean free(RowPath path, List<RewardColumn> rewards) {
    return !paths.containsValue(path)
        && rewards.stream().noneMatch(reward -> reward.path().equals(path))
        && !ignored().contains(path.text());
  }

  private List<RowPath> asked() {
    Map<String, RowPath> found = new LinkedHashMap<>();
    told.of(Field.ASKED)
        .ifPresent(columns -> columns.forEach(c -> found.put(c, require(c, Field.ASKED))));
    layout.ifPresent(
        known ->
            known.asked().stream()
                .filter(path -> Columns.present(rows, path))
                .forEach(path -> found.put(path.text(), path)));
    if (layout.isEmpty()) {
      for (String name : Columns.names(rows)) {
        RowPath path = RowPath.column(name);
        if (Layouts.named("asked", name)
            && Columns.present(rows, path)
            && !paths.containsValue(path)
            && !ignored().contains(name)) {
          found.put(name, path);
        }
      }
    }
    return List.copyOf(found.values());
  }

  private List<RowPath> marks(
      Leaves leaves, List<RewardColumn> rewards, List<RowPath> asked, List<RowPath> policy) {
    Set<String> known = new LinkedHashSet<>(ignored());
    Stream.concat(asked.stream(), policy.stream()).map(RowPath::text).forEach(known::add);
    Set<String> names = Columns.names(rows);
    if (names.contains(TableColumns.OUTCOME) && names.contains(TableColumns.MEANING)) {
      known.addAll(TableColumns.of(List.of()).keySet());
    }
    return leaves.paths().stream()
        .filter(path -> free(path, rewards) && !known.contains(path.text()))
        .filter(path -> !covered(path))
        .filter(leaves::mark)
        .limit(Splits.MOST)
        .toList();
  }

  /// Whether a path leads into what is read already.
  private boolean covered(RowPath path) {
    return Stream.of(Field.PROMPT, Field.MESSAGES, Field.HISTORY, Field.TEXT, Field.LOG_P)
            .map(paths::get)
            .anyMatch(
                used ->
                    used != null && path.text().startsWith(used.text().replaceFirst("\\*$", "")))
        || Preferences.COLUMNS.contains(path.column());
  }

  private List<String> unused(
      List<RewardColumn> rewards, List<RowPath> asked, List<RowPath> policy) {
    Set<String> names = Columns.names(rows);
    names.removeAll(Columns.POLICY);
    names.removeAll(Preferences.COLUMNS);
    if (names.contains(TableColumns.OUTCOME) && names.contains(TableColumns.MEANING)) {
      // A table of ours: what it has beyond the fields is read too, or is empty.
      names.removeAll(TableColumns.of(List.of()).keySet());
    }
    if (paths.containsKey(Field.LOG_P)) names.remove(TableColumns.MEANING); // it is read with it
    List<RowPath> used = new ArrayList<>(paths.values());
    rewards.forEach(reward -> used.add(reward.path()));
    used.addAll(asked);
    used.addAll(policy);
    names.removeIf(name -> used.stream().anyMatch(path -> path.reads(name)));
    return List.copyOf(names);
  }

  private Optional<String> filter() {
    return rows.stream()
        .filter(row -> row.has("resps") && row.path("filter").isString())
        .map(row -> row.get("filter").stringValue())
        .findFirst();
  }

  private void requirePrompt(Leaves leaves) {
    if (Stream.of(Field.PROMPT, Field.PROMPT_ID, Field.MESSAGES).noneMatch(paths::containsKey)
        && rows.stream().noneMatch(Preferences::in)) {
      String deeper =
          leaves.paths().stream()
              .filter(
                  path ->
                      Layouts.usual(Field.PROMPT).stream()
                          .anyMatch(p -> path.text().endsWith("." + p)))
              .findFirst()
              .map(path -> "; perhaps --map prompt=" + path)
              .orElse("");
      if (Columns.names(rows).isEmpty()) {
        throw new InputException(
            Problem.MALFORMED, "no columns: each row needs a prompt, a completion and a reward");
      }
      throw new InputException(
          Problem.MALFORMED,
          "no column for the prompt among "
              + Alternatives.listed(Columns.names(rows))
              + "; name it with --map prompt=COLUMN"
              + deeper);
    }
  }
}
