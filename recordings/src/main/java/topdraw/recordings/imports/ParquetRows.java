package topdraw.recordings.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Origin;
import topdraw.draw.Outcome;
import topdraw.draw.Place;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.row.LogProbabilityWord;

/// Reads the rows of a table of plain values as draws. A text that repeats from row to row, such as
/// a prompt, a model or a reason, is read once.
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
  private final Map<String, FinishReason> finishes = new HashMap<>();
  private final PromptNames names = new PromptNames();

  /// @param rewards the rewards to read
  /// @param texts whether the completions' texts are wanted
  ParquetRows(
      FlatColumns flat, List<String> rewards, boolean policyLogProbabilities, boolean texts) {
    this.flat = flat;
    this.rewards = List.copyOf(rewards);
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
      columns.add(flat.score(reward));
    }
    return columns;
  }

  long group(ResultSet row) throws SQLException {
    return row.getLong(GROUP);
  }

  Optional<Prompt> prompt(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getString(PROMPT)).map(RowPrompt::ofText);
  }

  /// Asked once for each prompt: equal names of different prompts are told apart by a number.
  String key(ResultSet row, Optional<Prompt> prompt) throws SQLException {
    if (!flat.hasIds()) {
      return prompt.orElseThrow().key();
    }
    return names.next(row.getString(KEY));
  }

  /// @param index its place among the draws of its prompt
  Draw draw(ResultSet row, int index) throws SQLException {
    return new Draw(
        index,
        new Outcome.Numbered(row.getLong(OUTCOME)),
        texts ? Optional.ofNullable(row.getString(TEXT)) : Optional.empty(),
        Tokens.count(finite(row, TOKENS)),
        logProbability(row),
        finish(row),
        scores(row),
        finite(row, SECONDS),
        new Origin(
            word(row, ORIGIN),
            Optional.ofNullable(row.getString(SEED)),
            Place.row(word(row, FILE).orElse(""), row.getLong(ROW))));
  }

  private LogProbability logProbability(ResultSet row) throws SQLException {
    double nats = row.getDouble(LOG_P);
    if (row.wasNull()) {
      return LogProbability.missing();
    }
    LogProbabilityWord worth =
        policyLogProbabilities
            ? LogProbabilityWord.EXACT
            : FlatColumns.WORDS.get(row.getInt(MEANING));
    return worth.of(nats);
  }

  private FinishReason finish(ResultSet row) throws SQLException {
    Optional<String> word = word(row, FINISH);
    return word.isEmpty()
        ? FinishReason.NOT_RECORDED
        : finishes.computeIfAbsent(word.get(), FinishReason::of);
  }

  private Scores scores(ResultSet row) throws SQLException {
    List<String> missing = List.of();
    List<Score> scores = new ArrayList<>(rewards.size());
    for (int r = 0; r < rewards.size(); r++) {
      OptionalDouble score = finite(row, REWARDS + r);
      if (score.isPresent()) {
        scores.add(value(row, rewards.get(r), score.getAsDouble()));
      } else {
        missing = missing.isEmpty() ? new ArrayList<>() : missing;
        missing.add(rewards.get(r));
      }
    }
    if (missing.isEmpty()) {
      return new Scores(rewards, scores);
    }
    List<String> names = new ArrayList<>(rewards);
    names.removeAll(missing);
    return new Scores(names, scores);
  }

  private Score value(ResultSet row, String reward, double score) throws SQLException {
    try {
      return new Score.Value(score);
    } catch (IllegalArgumentException e) {
      Place place = Place.row(word(row, FILE).orElse(""), row.getLong(ROW));
      throw new InputException(
              Problem.OUT_OF_RANGE, "%s: '%s': %s".formatted(place, reward, e.getMessage()))
          .by(e);
    }
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
