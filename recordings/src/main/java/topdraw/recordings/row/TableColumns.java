package topdraw.recordings.row;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// The columns of a table of draws, as exports write them and imports recognise them again.
public final class TableColumns {
  /// Begins the name of a reward's column.
  public static final String REWARD = "rewards.";

  /// The column that tells equal completions of a prompt, whatever their texts.
  public static final String OUTCOME = "outcome_id";

  /// The column that says what the log-probability is worth.
  public static final String MEANING = "log_p_meaning";

  private TableColumns() {}

  /// What a column holds.
  public enum Type {
    /// Text.
    TEXT,
    /// Whole numbers.
    WHOLE,
    /// Numbers.
    NUMBER
  }

  /// The columns in their order.
  ///
  /// @param rewards the rewards, a column each
  /// @return each column's type by its name
  public static Map<String, Type> of(List<String> rewards) {
    Map<String, Type> columns = new LinkedHashMap<>();
    columns.put("prompt_id", Type.TEXT);
    columns.put("prompt", Type.TEXT);
    columns.put("completion", Type.TEXT);
    columns.put("i", Type.WHOLE);
    columns.put(OUTCOME, Type.WHOLE);
    rewards.forEach(name -> columns.put(REWARD + name, Type.NUMBER));
    columns.put("log_p", Type.NUMBER);
    columns.put(MEANING, Type.TEXT);
    columns.put("tokens", Type.NUMBER);
    columns.put("seconds", Type.NUMBER);
    columns.put("finish_reason", Type.TEXT);
    columns.put("seed", Type.TEXT);
    columns.put("model", Type.TEXT);
    return columns;
  }

  /// A row of such a table as the tree that a reader knows: the rewards in one object.
  ///
  /// @param row the row, which is changed
  /// @return the same row
  public static ObjectNode tree(ObjectNode row) {
    List<String> columns =
        row.propertyNames().stream().filter(name -> name.startsWith(REWARD)).toList();
    if (!columns.isEmpty() && !row.has("rewards")) {
      ObjectNode rewards = row.objectNode();
      columns.forEach(name -> rewards.set(name.substring(REWARD.length()), row.remove(name)));
      row.set("rewards", rewards);
    }
    return row;
  }
}
