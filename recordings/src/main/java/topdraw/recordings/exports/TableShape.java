package topdraw.recordings.exports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.json.Json;
import topdraw.recordings.row.LogProbabilityWord;
import topdraw.recordings.row.TableColumns;

/// The samples themselves, a row each, in columns that [topdraw.recordings.Recording] recognises
/// again.
///
/// @param rewards the rewards, a column each
public record TableShape(List<String> rewards) implements ExportShape {
  /// Copies the list.
  public TableShape {
    rewards = List.copyOf(rewards);
  }

  @Override
  public String rule() {
    return "all samples, a row each";
  }

  /// The columns in their order.
  Map<String, TableColumns.Type> columns() {
    return TableColumns.of(rewards);
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
      row.put(TableColumns.OUTCOME, outcomes[i]);
      rewards.forEach(name -> row.put(TableColumns.REWARD + name, value(draw.scores().of(name))));
      OptionalDouble logP = draw.logProbability().recorded();
      row.put("log_p", number(logP));
      row.put(
          TableColumns.MEANING,
          logP.isPresent() ? LogProbabilityWord.of(draw.logProbability()).word() : null);
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
