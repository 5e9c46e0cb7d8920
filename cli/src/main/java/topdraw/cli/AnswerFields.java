package topdraw.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.draw.Score;

/// What both kinds of answer say of a completion.
final class AnswerFields {
  private AnswerFields() {}

  static String words(Score score) {
    return switch (score) {
      case Score.Value(double value) -> Double.toString(value);
      case Score.Missing(String reason) -> "missing (" + reason + ")";
    };
  }

  /// The number, where it says something.
  static @Nullable Double logProbability(Draw draw) {
    return draw.logProbability().proves() ? draw.logProbability().floor() : null;
  }

  static List<Map<String, Object>> scores(List<String> rewards, Draw winner) {
    List<Map<String, Object>> scores = new ArrayList<>();
    for (int r = 0; r < rewards.size(); r++) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", rewards.get(r));
      switch (winner.scores().scores().get(r)) {
        case Score.Value(double value) -> entry.put("value", value);
        case Score.Missing(String reason) -> {
          entry.put("value", null);
          entry.put("error", reason);
        }
      }
      scores.add(entry);
    }
    return scores;
  }
}
