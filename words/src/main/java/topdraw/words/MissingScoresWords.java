package topdraw.words;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import topdraw.draw.MissingScores;

/// Which scores are missing, and why.
public final class MissingScoresWords {
  private static final int REASONS = 3;
  private static final int WIDTH = 200;

  private MissingScoresWords() {}

  /// A sentence for each reward that lacks scores, with the commonest reasons.
  ///
  /// @param scores the counts
  /// @return the sentences; empty where every score is there
  public static List<String> sentences(MissingScores scores) {
    return scores.byReward().entrySet().stream()
        .filter(entry -> entry.getValue().missing() > 0)
        .map(entry -> sentence(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static String sentence(String reward, MissingScores.Count count) {
    String reasons =
        count.reasons().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .limit(REASONS)
            .map(entry -> Visible.oneLine(entry.getKey(), WIDTH) + " (" + entry.getValue() + ")")
            .collect(Collectors.joining("; "));
    return Visible.oneLine(reward, WIDTH)
        + ": %d of %d scores are missing: ".formatted(count.missing(), count.all())
        + reasons
        + (count.reasons().size() > REASONS ? "; and others" : "");
  }
}
