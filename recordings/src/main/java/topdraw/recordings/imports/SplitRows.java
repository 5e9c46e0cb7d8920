package topdraw.recordings.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Looks at unknown columns of a flat table: its rows come prompt by prompt, with the group, the
/// place, the text, the score, and then a value for each column.
final class SplitRows {
  private static final int TEXT = 3;
  private static final int SCORE = 4;

  private final List<Splits> splits;
  private final List<List<String>> values = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<Double> ranks = new ArrayList<>();
  private long group;

  SplitRows(List<String> columns) {
    splits = columns.stream().map(Splits::new).toList();
    columns.forEach(column -> values.add(new ArrayList<>()));
  }

  void row(ResultSet found) throws SQLException {
    if (!texts.isEmpty() && found.getLong(1) != group) {
      look();
    }
    group = found.getLong(1);
    texts.add(found.getString(TEXT));
    double score = found.getDouble(SCORE);
    ranks.add(found.wasNull() || Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score);
    for (int c = 0; c < values.size(); c++) {
      values.get(c).add(found.getString(SCORE + 1 + c));
    }
  }

  private void look() {
    double[] scores = ranks.stream().mapToDouble(Double::doubleValue).toArray();
    for (int c = 0; c < values.size(); c++) {
      splits.get(c).look(List.copyOf(values.get(c)), List.copyOf(texts), scores);
      values.get(c).clear();
    }
    texts.clear();
    ranks.clear();
  }

  boolean splits() {
    if (!texts.isEmpty()) {
      look();
    }
    return splits.stream().anyMatch(column -> column.kind() != Splits.Kind.NOTE);
  }
}
