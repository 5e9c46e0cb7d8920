package topdraw.recordings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import topdraw.reference.Prompt;
import topdraw.sample.LogProbabilityMeaning;
import topdraw.sample.Place;
import topdraw.sample.Sample;

/// Reads the rows of a table of plain values as samples. A text that repeats from row to row, such
/// as a prompt, a model or a reason, is read once.
final class ParquetRows {
  // Columns of the result, counted from 1; before a text that repeats stands its hash.
  private static final int GROUP = 1;
  private static final int KEY = 2;
  private static final int PROMPT = 3;
  private static final int OUTCOME = 4;
  private static final int TEXT = 5;
  private static final int LOG_P = 6;
  private static final int MEANING = 7;
  private static final int TOKENS = 8;
  private static final int SECONDS = 9;
  private static final int FINISH = 11;
  private static final int SEED = 12;
  private static final int ORIGIN = 14;
  private static final int ROW = 15;
  private static final int FILE = 17;
  private static final int REWARDS = 18;

  private final FlatColumns flat;
  private final List<String> rewards;
  private final boolean policyLogProbabilities;
  private final boolean texts;
  private final Map<Long, Optional<String>> words = new HashMap<>();
  private final Map<String, Integer> named = new HashMap<>();

  /// @param rewards the rewards to read
  /// @param texts whether the completions' texts are wanted
  ParquetRows(
      FlatColumns flat, List<String> rewards, boolean policyLogProbabilities, boolean texts) {
    this.flat = flat;
    this.rewards = rewards;
    this.policyLogProbabilities = policyLogProbabilities;
    this.texts = texts;
  }

  /// The rows, those of a prompt together.
  ///
  /// @param source where they are
  /// @param together whether they stand so there; else prompts come in the order of their first
  ///   rows
  String query(String source, boolean together) {
    List<String> columns = columns();
    String all =
        "select "
            + IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i) + " as v" + (i + 1))
                .collect(Collectors.joining(", "))
            + " from "
            + source;
    String rows = "select * from (" + all + ")";
    if (!together) {
      rows =
          "with sample as (select *, row_number() over () as place from ("
              + all
              + ")) select * from sample join (select v1, min(place) as first_place from sample"
              + " group by v1) using (v1) order by first_place, place";
    }
    return "select "
        + IntStream.rangeClosed(1, columns.size())
            .mapToObj(ParquetRows::read)
            .collect(Collectors.joining(", "))
        + " from ("
        + rows
        + ")";
  }

  /// A text that repeats from row to row is read only where its hash changes.
  private static String read(int column) {
    return switch (column) {
      case KEY, PROMPT -> whereNew(GROUP, column);
      case FINISH, ORIGIN, FILE -> whereNew(column - 1, column);
      default -> "v" + column;
    };
  }

  private static String whereNew(int hash, int text) {
    return "case when v%1$d is distinct from lag(v%1$d) over () then v%2$d end"
        .formatted(hash, text);
  }

  private List<String> columns() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                flat.group(),
                flat.key(),
                flat.prompt(),
                flat.outcome(),
                texts ? flat.text() : "null::varchar",
                flat.number(Field.LOG_P),
                flat.meaning(),
                flat.number(Field.TOKENS),
                flat.number(Field.SECONDS),
                FlatColumns.hash(flat.text(Field.FINISH)),
                flat.text(Field.FINISH),
                flat.text(Field.SEED),
                FlatColumns.hash(flat.origin()),
                flat.origin(),
                "file_row_number + 1",
                FlatColumns.hash("filename"),
                "filename"));
    for (String reward : rewards) {
      columns.add(FlatColumns.quoted(flat.rewards().get(reward)) + "::double");
    }
    return columns;
  }

  long group(ResultSet row) throws SQLException {
    return row.getLong(GROUP);
  }

  Prompt prompt(ResultSet row) throws SQLException {
    String text = row.getString(PROMPT);
    return text == null ? RowPrompt.unrecorded(row.getString(KEY)) : RowPrompt.ofText(text);
  }

  /// Asked once for each prompt: equal names of different prompts are told apart by a number.
  String key(ResultSet row, Prompt prompt) throws SQLException {
    if (!flat.hasIds()) {
      return prompt.key();
    }
    String id = row.getString(KEY);
    int nth = named.merge(id, 1, Integer::sum);
    return nth == 1 ? id : id + "#" + nth;
  }

  Sample sample(ResultSet row) throws SQLException {
    return new Sample(
        Long.toString(row.getLong(OUTCOME)),
        texts ? Optional.ofNullable(row.getString(TEXT)) : Optional.empty(),
        number(row, LOG_P),
        policyLogProbabilities
            ? LogProbabilityMeaning.EXACT
            : FlatColumns.MEANINGS.get(row.getInt(MEANING)),
        scores(row),
        finite(row, TOKENS),
        finite(row, SECONDS),
        word(row, FINISH),
        Optional.ofNullable(row.getString(SEED)),
        word(row, ORIGIN),
        Place.row(word(row, FILE).orElse(""), row.getLong(ROW)));
  }

  private Map<String, Double> scores(ResultSet row) throws SQLException {
    if (rewards.size() == 1) {
      OptionalDouble score = finite(row, REWARDS);
      return score.isPresent() ? Map.of(rewards.getFirst(), score.getAsDouble()) : Map.of();
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int r = 0; r < rewards.size(); r++) {
      OptionalDouble score = finite(row, REWARDS + r);
      if (score.isPresent()) {
        scores.put(rewards.get(r), score.getAsDouble());
      }
    }
    return scores;
  }

  private static OptionalDouble number(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static OptionalDouble finite(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() || Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /// A text that repeats.
  private Optional<String> word(ResultSet row, int column) throws SQLException {
    long hash = row.getLong(column - 1);
    Optional<String> known = words.get(hash);
    if (known == null) {
      known = Optional.ofNullable(row.getString(column));
      words.put(hash, known);
    }
    return known;
  }
}
