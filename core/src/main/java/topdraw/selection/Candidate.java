package topdraw.selection;

import java.util.List;
import topdraw.reference.Completion;
import topdraw.reward.Score;

/// A completion with its scores.
///
/// @param completion the completion
/// @param scores one score per reward, in the order of the rewards; the first one selects
public record Candidate(Completion completion, List<Score> scores) {
  /// Copies the scores.
  public Candidate {
    scores = List.copyOf(scores);
    if (scores.isEmpty()) {
      throw new IllegalArgumentException("a candidate needs at least one score");
    }
  }

  /// The score that selects.
  ///
  /// @return the first score
  public Score score() {
    return scores.getFirst();
  }
}
