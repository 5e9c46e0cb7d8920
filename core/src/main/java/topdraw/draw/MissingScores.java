package topdraw.draw;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// How many scores are missing, by reward, and why: a reward that could not say anything is no
/// success.
public final class MissingScores {
  /// Reasons can name their completion; beyond so many they are not told apart.
  private static final int REASONS = 100;

  private final Map<String, Count> byReward = new LinkedHashMap<>();

  /// The scores of one reward.
  public static final class Count {
    private long all;
    private long missing;
    private final Map<String, Long> reasons = new TreeMap<>();

    private Count() {}

    private void add(Score score) {
      all++;
      if (score instanceof Score.Missing(String reason)) {
        missing++;
        String key = reasons.size() < REASONS || reasons.containsKey(reason) ? reason : "…";
        reasons.merge(key, 1L, Long::sum);
      }
    }

    /// How many scores there were to give.
    ///
    /// @return at least 1
    public long all() {
      return all;
    }

    /// How many of them are missing.
    ///
    /// @return 0 or more
    public long missing() {
      return missing;
    }

    /// Why, and how often.
    ///
    /// @return counts by reason, in the order of their words
    public Map<String, Long> reasons() {
      return new TreeMap<>(reasons);
    }
  }

  /// No scores yet.
  public MissingScores() {}

  /// Counts all scores of some draws.
  ///
  /// @param draws the draws
  /// @return the counts
  public static MissingScores of(Iterable<Draw> draws) {
    MissingScores scores = new MissingScores();
    for (Draw draw : draws) {
      for (int r = 0; r < draw.scores().names().size(); r++) {
        scores.add(draw.scores().names().get(r), draw.scores().scores().get(r));
      }
    }
    return scores;
  }

  /// Counts a score.
  ///
  /// @param reward the reward's name
  /// @param score what it gave
  public void add(String reward, Score score) {
    byReward.computeIfAbsent(reward, name -> new Count()).add(score);
  }

  /// The counts.
  ///
  /// @return by reward, in the order in which they first gave a score
  public Map<String, Count> byReward() {
    return new LinkedHashMap<>(byReward);
  }

  /// Whether a score is missing.
  ///
  /// @return false where every score is there
  public boolean any() {
    return byReward.values().stream().anyMatch(count -> count.missing > 0);
  }

  /// Whether no score is there.
  ///
  /// @return true where all are missing, and there is one at least
  public boolean all() {
    return any() && byReward.values().stream().allMatch(count -> count.missing == count.all);
  }
}
