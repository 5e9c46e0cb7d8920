package topdraw.recordings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.json.Json;

/// The samples themselves, a row each, in columns that [Recording] recognises again.
///
/// @param rewards the rewards, a column each
public record TableShape(List<String> rewards) implements ExportShape {
  /// Begins the name of a reward's column.
  static final String REWARD = "rewards.";

  /// The column that tells equal completions of a prompt, whatever their texts.
  static final String OUTCOME = "outcome_id";

  /// The column that says what the log-probability means.
  static final String MEANING = "log_p_meaning";

  /// Copies the list.
  public TableShape {
    rewards = List.copyOf(rewards);
  }

  /// What a column holds.
  enum Type {
    TEXT,
    WHOLE,
    NUMBER
  }

  /// The columns in their order.
  Map<String, Type> columns() {
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
  static ObjectNode tree(ObjectNode row) {
    List<String> columns =
        row.propertyNames().stream().filter(name -> name.startsWith(REWARD)).toList();
    if (!columns.isEmpty() && !row.has("rewards")) {
      ObjectNode rewards = row.objectNode();
      columns.forEach(name -> rewards.set(name.substring(REWARD.length()), row.remove(name)));
      row.set("rewards", rewards);
    }
    return row;
  }

  @Override
  public Rows rows(PromptDraws prompt) {
    String text = prompt.prompt().map(TableShape::text).orElse(null);
    int[] outcomes = prompt.outcomes();
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      Draw draw = prompt.draws().get(i);
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("prompt_id", prompt.key());
      row.put("prompt", text);
      row.put("completion", draw.text().orElse(null));
      row.put("i", draw.index());
      row.put(OUTCOME, outcomes[i]);
      rewards.forEach(name -> row.put(REWARD + name, value(draw.scores().of(name))));
      OptionalDouble logP = draw.logProbability().recorded();
      row.put("log_p", number(logP));
      row.put(
          MEANING, logP.isPresent() ? LogProbabilityWord.of(draw.logProbability()).word() : null);
      row.put("tokens", number(draw.length()));
      row.put("seconds", number(draw.seconds()));
      row.put("finish_reason", draw.finish().word().orElse(null));
      row.put("seed", draw.origin().seed().orElse(null));
      row.put("model", draw.origin().policy().orElse(null));
      rows.add(row);
    }
    return Rows.of(rows);
  }

  private static String text(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Text(String plain) -> plain;
      case Prompt.Chat(var messages) -> Json.line(messages);
    };
  }

  private static @Nullable Double value(Score score) {
    return score instanceof Score.Value(double value) ? value : null;
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
