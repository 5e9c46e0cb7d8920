package topdraw.draw;

import java.util.List;
import java.util.stream.Stream;

/// What rewards say of one completion, in the order of the rewards; the first selects.
///
/// @param names the rewards' names; of two of one name the last counts
/// @param scores one score per name
public record Scores(List<String> names, List<Score> scores) {
  private static final Scores NONE = new Scores(List.of(), List.of());

  /// Copies the lists and checks that they fit each other.
  public Scores {
    names = List.copyOf(names);
    scores = List.copyOf(scores);
    if (names.size() != scores.size()) {
      throw new IllegalArgumentException(
          names.size() + " rewards need as many scores, were " + scores.size());
    }
  }

  /// No score at all.
  ///
  /// @return the empty scores
  public static Scores none() {
    return NONE;
  }

  /// The score that selects.
  ///
  /// @return the first; a missing one where there is none
  public Score first() {
    return scores.isEmpty() ? new Score.Missing("it was not scored") : scores.getFirst();
  }

  /// The score of a reward.
  ///
  /// @param name the reward's name
  /// @return its score; a missing one where that reward has not scored
  public Score of(String name) {
    int at = position(name);
    return at < 0 ? new Score.Missing("no score of " + name + " is recorded") : scores.get(at);
  }

  /// The score of a reward, ranked: a missing score ranks below every score.
  ///
  /// @param name the reward's name
  /// @return the score, `-∞` when missing
  public double rank(String name) {
    int at = position(name);
    return at < 0 ? Double.NEGATIVE_INFINITY : scores.get(at).rank();
  }

  private int position(String name) {
    return names.lastIndexOf(name);
  }

  /// These scores and then others.
  ///
  /// @param others the scores of further rewards
  /// @return all of them, in that order
  public Scores and(Scores others) {
    return new Scores(
        Stream.concat(names.stream(), others.names.stream()).toList(),
        Stream.concat(scores.stream(), others.scores.stream()).toList());
  }
}
