package topdraw.recordings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.reference.Prompt;
import topdraw.sample.LogProbabilityMeaning;
import topdraw.sample.Sample;

/// Reads the rows of a table of plain values as samples. A text is fetched only where its hash is
/// new: prompts, models and reasons repeat from row to row.
final class ParquetRows {
  private static final int FILE = 16;
  private static final int REWARDS = 18;

  private final FlatColumns flat;
  private final List<String> rewards;
  private final boolean policyLogProbabilities;
  private final boolean texts;
  private final Map<Long, Optional<String>> words = new HashMap<>();

  /// @param rewards the rewards to read
  /// @param texts whether the completions' texts are wanted
  ParquetRows(
      FlatColumns flat, List<String> rewards, boolean policyLogProbabilities, boolean texts) {
    this.flat = flat;
    this.rewards = rewards;
    this.policyLogProbabilities = policyLogProbabilities;
    this.texts = texts;
  }

  /// The columns in the order of [#sample]; the first tells prompts apart.
  String select() {
    StringBuilder select = new StringBuilder();
    for (String expression :
        List.of(
            FlatColumns.hash(flat.key()),
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
            FlatColumns.hash("filename"))) {
      select.append(expression).append(", ");
    }
    select.append("filename");
    for (String reward : rewards) {
      select.append(", ").append(FlatColumns.quoted(flat.rewards().get(reward))).append("::double");
    }
    return select.toString();
  }

  /// The same rows, those of a prompt together, prompts in the order of their first rows.
  static String inOrderOfPrompts(String select, String source) {
    return "with sample as (select "
        + select.replaceFirst(" >> 1\\)::bigint, ", " >> 1)::bigint as prompt_group, ")
        + ", row_number() over () as prompt_row from "
        + source
        + ") select * from sample join (select prompt_group, min(prompt_row) as first_row from sample"
        + " group by prompt_group) using (prompt_group) order by first_row, prompt_row";
  }

  long group(ResultSet row) throws SQLException {
    return row.getLong(1);
  }

  Prompt prompt(ResultSet row) throws SQLException {
    String text = row.getString(3);
    return text == null ? RowPrompt.unrecorded(row.getString(2)) : RowPrompt.ofText(text);
  }

  String key(ResultSet row, Prompt prompt) throws SQLException {
    return flat.hasIds() ? row.getString(2) : prompt.key();
  }

  Sample sample(ResultSet row) throws SQLException {
    String place = word(row, FILE).orElse("") + " row " + row.getLong(15);
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int r = 0; r < rewards.size(); r++) {
      double score = row.getDouble(REWARDS + r);
      if (!row.wasNull() && !Double.isNaN(score)) {
        scores.put(rewards.get(r), score);
      }
    }
    return new Sample(
        Long.toString(row.getLong(4)),
        texts ? Optional.ofNullable(row.getString(5)) : Optional.empty(),
        number(row, 6),
        policyLogProbabilities
            ? LogProbabilityMeaning.EXACT
            : FlatColumns.MEANINGS.get(row.getInt(7)),
        scores,
        finite(row, 8),
        finite(row, 9),
        word(row, 10),
        Optional.ofNullable(row.getString(12)),
        word(row, 13),
        place);
  }

  private static OptionalDouble number(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static OptionalDouble finite(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() || Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /// A text that repeats, its hash in the column before it.
  private Optional<String> word(ResultSet row, int hash) throws SQLException {
    long key = row.getLong(hash);
    Optional<String> known = words.get(key);
    if (known == null) {
      known = Optional.ofNullable(row.getString(hash + 1));
      words.put(key, known);
    }
    return known;
  }
}
