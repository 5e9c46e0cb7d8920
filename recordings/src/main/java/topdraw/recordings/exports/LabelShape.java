package topdraw.recordings.exports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import topdraw.draw.PromptDraws;

/// Labels for KTO: `prompt`, `completion`, `label`, a row a draw. True at or above a threshold;
/// without one, above the median of the prompt's draws, and false below it: a draw at the median
/// says neither.
///
/// @param reward the reward that labels
/// @param n how many draws are looked at; empty for all
/// @param threshold the lowest reward of a good draw
public record LabelShape(String reward, OptionalInt n, OptionalDouble threshold)
    implements ExportShape {
  @Override
  public String rule() {
    return "label: true where "
        + reward
        + (threshold.isPresent()
            ? " is at least " + threshold.getAsDouble()
            : " is above the median " + ScoredDraw.of(n) + ", false below it");
  }

  @Override
  public Rows rows(PromptDraws prompt) {
    List<ScoredDraw> draws = ScoredDraw.of(prompt, reward, n);
    if (draws.isEmpty()) {
      return Rows.none(ScoredDraw.NONE);
    }
    double bar = threshold.orElseGet(() -> median(draws));
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (ScoredDraw draw : draws) {
      if (threshold.isPresent() || draw.score() != bar) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("prompt", ScoredDraw.prompt(prompt));
        row.put("completion", draw.completion(prompt));
        row.put("label", draw.score() >= bar);
        rows.add(row);
      }
    }
    int between = draws.size() - rows.size();
    return new Rows(
        rows, between == 0 ? Map.of() : Map.of("draws at the median of their prompt", between));
  }

  private static double median(List<ScoredDraw> draws) {
    double[] scores = draws.stream().mapToDouble(ScoredDraw::score).sorted().toArray();
    int half = scores.length / 2;
    return scores.length % 2 == 1 ? scores[half] : (scores[half - 1] + scores[half]) / 2;
  }
}
