package topdraw.recordings.exports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import topdraw.draw.PromptDraws;

/// Supervised fine-tuning on what best-of-n returns: `prompt`, `completion`, a row a prompt. Of
/// equals the first drawn wins.
///
/// @param reward the reward that selects
/// @param n how many draws the best is taken of; empty for all
public record WinnerShape(String reward, OptionalInt n) implements ExportShape {
  @Override
  public String rule() {
    return "the best " + ScoredDraw.of(n) + " by " + reward;
  }

  @Override
  public Rows rows(PromptDraws prompt) {
    List<ScoredDraw> draws = ScoredDraw.of(prompt, reward, n);
    if (draws.isEmpty()) {
      return Rows.none(ScoredDraw.NONE);
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("prompt", ScoredDraw.prompt(prompt));
    row.put("completion", ScoredDraw.best(draws).completion(prompt));
    return Rows.of(List.of(row));
  }
}
