package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import topdraw.draw.FinishReason;
import topdraw.recordings.path.RowPath;
import topdraw.recordings.row.LogProbabilityWord;
import topdraw.recordings.row.TableColumns;

/// The columns of a table with a row for each sample and a plain value in each cell, as SQL
/// expressions over it: so read, no text is parsed and no column that nobody asks for is touched.
///
/// @param columns what was recognised
/// @param types the table's column types by name
record FlatColumns(Columns columns, Map<String, String> types) {
  static final List<LogProbabilityWord> WORDS = List.of(LogProbabilityWord.values());

  private static final String TEXT = "VARCHAR";
  private static final Set<String> WHOLE =
      Set.of(
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER");
  private static final Set<String> REAL = Set.of("FLOAT", "DOUBLE");

  /// What one cell can say. Anything else needs the whole row.
  private static final Set<Field> PLAIN =
      EnumSet.of(
          Field.PROMPT_ID,
          Field.PROMPT,
          Field.TEXT,
          Field.LOG_P,
          Field.TOKENS,
          Field.SECONDS,
          Field.FINISH,
          Field.SEED);

  /// Such columns, where the table is one of that kind.
  static Optional<FlatColumns> of(Columns columns, Map<String, String> types) {
    FlatColumns flat = new FlatColumns(columns, types);
    return flat.plain() ? Optional.of(flat) : Optional.empty();
  }

  private boolean plain() {
    boolean fields =
        columns.paths().keySet().stream().allMatch(field -> PLAIN.contains(field) && fits(field));
    boolean named = columns.paths().containsKey(Field.PROMPT_ID) || has(Field.PROMPT);
    return fields
        && named
        && !types.containsKey("chosen")
        && !types.containsKey("rejected")
        && columns.asked().stream().allMatch(path -> plain(path.text()))
        && columns.policy().stream()
            .allMatch(
                path ->
                    plain(path.text()) || plain(path.column()) || !types.containsKey(path.column()))
        && !rewards().isEmpty()
        && rewards().values().stream().allMatch(this::number);
  }

  private boolean has(Field field) {
    return columns.has(field);
  }

  /// Whether a cell of a column is a text or a whole number.
  private boolean plain(String column) {
    return text(column)
        || WHOLE.contains(types.getOrDefault(column, ""))
        || REAL.contains(types.getOrDefault(column, ""));
  }

  private boolean fits(Field field) {
    String column = columns.column(field);
    return switch (field) {
      case LOG_P, TOKENS, SECONDS -> number(column);
      case PROMPT_ID, SEED -> text(column) || WHOLE.contains(types.getOrDefault(column, ""));
      default -> text(column);
    };
  }

  private boolean text(@Nullable String column) {
    return TEXT.equals(types.get(column));
  }

  private boolean number(@Nullable String column) {
    String type = types.getOrDefault(column, "");
    return WHOLE.contains(type) || REAL.contains(type);
  }

  /// The columns of the rewards by their names.
  Map<String, String> rewards() {
    Map<String, String> rewards = new LinkedHashMap<>();
    for (RewardColumn reward : columns.rewards()) {
      String path = reward.path().text();
      if (path.equals("rewards") && !types.containsKey(path)) {
        types.keySet().stream()
            .filter(column -> column.startsWith(TableColumns.REWARD))
            .forEach(column -> rewards.put(column.substring(TableColumns.REWARD.length()), column));
      } else {
        rewards.put(reward.name(), path);
      }
    }
    return rewards;
  }

  /// A reward as a number that ranks.
  String score(String reward) {
    boolean less =
        columns.rewards().stream()
            .anyMatch(column -> column.name().equals(reward) && column.less());
    return (less ? "-" : "") + quoted(rewards().get(reward)) + "::double";
  }

  /// What a row calls its prompt.
  String key() {
    return name(has(Field.PROMPT_ID) ? Field.PROMPT_ID : Field.PROMPT) + "::varchar";
  }

  /// Equal numbers for the rows of a prompt: one id may name several.
  String group() {
    StringBuilder all = new StringBuilder(key());
    if (hasIds() && has(Field.PROMPT)) {
      all.append(", ").append(prompt());
    }
    columns.asked().forEach(path -> all.append(", ").append(quoted(path.text())));
    return hash(all.toString());
  }

  /// The prompt's text; null where only its id is known.
  String prompt() {
    return has(Field.PROMPT) ? name(Field.PROMPT) : "null::varchar";
  }

  boolean hasIds() {
    return has(Field.PROMPT_ID);
  }

  /// Equal numbers for equal completions of a prompt.
  String outcome() {
    String own = "-1 - (hash(filename, file_row_number) >> 2)::bigint";
    String said =
        has(Field.TEXT)
            ? "case when %s is null then %s else %s end"
                .formatted(name(Field.TEXT), own, hash(name(Field.TEXT) + cut()))
            : own;
    return WHOLE.contains(types.getOrDefault(TableColumns.OUTCOME, ""))
        ? "coalesce(" + quoted(TableColumns.OUTCOME) + "::bigint, " + said + ")"
        : said;
  }

  /// Whether the token limit ended a completion, as another argument of a hash.
  private String cut() {
    return has(Field.FINISH)
        ? FinishReason.CUT_WORDS.stream()
            .sorted()
            .collect(
                Collectors.joining(
                    "', '", ", coalesce(" + name(Field.FINISH) + " in ('", "'), false)"))
        : "";
  }

  String text() {
    return has(Field.TEXT) ? name(Field.TEXT) : "null::varchar";
  }

  String number(Field field) {
    return has(field) ? name(field) + "::double" : "null::double";
  }

  String text(Field field) {
    return has(field) ? "nullif(" + name(field) + "::varchar, '')" : "null::varchar";
  }

  /// The place in [#WORDS] of what the log-probability means.
  String meaning() {
    int unknown = WORDS.indexOf(LogProbabilityWord.UNKNOWN);
    if (!text(TableColumns.MEANING)) {
      return Integer.toString(unknown);
    }
    StringBuilder cases = new StringBuilder("case " + quoted(TableColumns.MEANING));
    for (int i = 0; i < WORDS.size(); i++) {
      cases.append(" when '%s' then %d".formatted(WORDS.get(i).word(), i));
    }
    return cases + " else " + unknown + " end";
  }

  /// The model and its settings in one text.
  String origin() {
    List<String> parts = new ArrayList<>();
    for (RowPath path : columns.policy()) {
      String column = path.text();
      if (types.containsKey(column)) {
        parts.add(
            "'%s=' || nullif(%s::varchar, '')"
                .formatted(column.replace("'", "''"), quoted(column)));
      }
    }
    return parts.isEmpty()
        ? "null::varchar"
        : "nullif(concat_ws(' ', " + String.join(", ", parts) + "), '')";
  }

  /// Whether a row cannot be read as a sample.
  String bad() {
    List<String> reasons = new ArrayList<>();
    reasons.add("coalesce(" + key() + ", '') = ''");
    if (has(Field.PROMPT)) {
      reasons.add("coalesce(" + name(Field.PROMPT) + ", '') = ''");
    }
    rewards().values().forEach(column -> reasons.add("isinf(" + quoted(column) + "::double)"));
    for (Field field : List.of(Field.TOKENS, Field.SECONDS)) {
      if (has(field)) {
        reasons.add("isinf(" + number(field) + ")");
      }
    }
    return reasons.stream()
        .map(r -> "coalesce(" + r + ", false)")
        .collect(Collectors.joining(" or "));
  }

  /// A number for a text, equal for equal ones.
  static String hash(String expression) {
    return "(hash(" + expression + ") >> 1)::bigint";
  }

  private String name(Field field) {
    return quoted(columns.column(field));
  }

  /// A file's column may have any name; in quotes, with its own quotes doubled, it is only a name.
  static String quoted(@Nullable String column) {
    return '"' + String.valueOf(column).replace("\"", "\"\"") + '"';
  }
}
