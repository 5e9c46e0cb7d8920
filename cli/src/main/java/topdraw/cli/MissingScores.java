package topdraw.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import topdraw.draw.Draw;
import topdraw.draw.Score;
import topdraw.words.Visible;

/// How many scores are missing, by reward, and why: a reward that could not say anything is no
/// success.
final class MissingScores {
  private static final int REASONS = 3;
  private static final int WIDTH = 200;

  private final Map<String, Count> byReward = new LinkedHashMap<>();

  private static final class Count {
    private long all;
    private long missing;
    private final Map<String, Long> reasons = new TreeMap<>();
  }

  static MissingScores of(Iterable<Draw> draws) {
    MissingScores scores = new MissingScores();
    draws.forEach(scores::add);
    return scores;
  }

  void add(Draw draw) {
    for (int r = 0; r < draw.scores().names().size(); r++) {
      add(draw.scores().names().get(r), draw.scores().scores().get(r));
    }
  }

  void add(String reward, Score score) {
    Count count = byReward.computeIfAbsent(reward, _ -> new Count());
    count.all++;
    if (score instanceof Score.Missing(String reason)) {
      count.missing++;
      // Reasons can name their completion; beyond a few they are not told apart.
      String key = count.reasons.size() < 100 || count.reasons.containsKey(reason) ? reason : "…";
      count.reasons.merge(key, 1L, Long::sum);
    }
  }

  /// 0 where every score is there, 3 where some are missing, 1 where all are.
  int exitCode() {
    long all = byReward.values().stream().mapToLong(count -> count.all).sum();
    long missing = byReward.values().stream().mapToLong(count -> count.missing).sum();
    return missing == 0 ? 0 : missing < all ? Topdraw.INCOMPLETE : 1;
  }

  /// A line for each reward that lacks scores, with the commonest reasons.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    byReward.forEach(
        (reward, count) -> {
          if (count.missing > 0) {
            lines.add(
                Visible.oneLine(reward, WIDTH)
                    + ": %d of %d scores are missing: ".formatted(count.missing, count.all)
                    + reasons(count));
          }
        });
    return lines;
  }

  private static String reasons(Count count) {
    List<String> commonest =
        count.reasons.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .limit(REASONS)
            .map(entry -> Visible.oneLine(entry.getKey(), WIDTH) + " (" + entry.getValue() + ")")
            .toList();
    return String.join("; ", commonest) + (count.reasons.size() > REASONS ? "; and others" : "");
  }
}
