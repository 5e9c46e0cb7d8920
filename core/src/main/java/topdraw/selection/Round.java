package topdraw.selection;

import java.util.List;
import topdraw.reference.Prompt;
import topdraw.reward.Score;
import topdraw.theory.law.Selection;

/// The candidates of one selection and the one it chose.
///
/// @param prompt what was asked
/// @param selection how the choice was made
/// @param rewards the rewards' names; the first one selected
/// @param candidates everything drawn, in index order
/// @param considered how many of them the selection looked at, from the first: with a threshold,
///   the draws up to the one that reached it; those after it were drawn along with it and have no
///   say
/// @param chosen position of the chosen candidate among `candidates`
/// @param stopped whether the threshold was reached
public record Round(
    Prompt prompt,
    Selection selection,
    List<String> rewards,
    List<Candidate> candidates,
    int considered,
    int chosen,
    boolean stopped) {
  /// Copies the lists and checks the positions.
  public Round {
    rewards = List.copyOf(rewards);
    candidates = List.copyOf(candidates);
    if (!(0 <= chosen && chosen < considered && considered <= candidates.size())) {
      throw new IllegalArgumentException(
          "needs chosen < considered <= candidates, was "
              + chosen
              + ", "
              + considered
              + ", "
              + candidates.size());
    }
  }

  /// The chosen candidate.
  ///
  /// @return the candidate whose completion is the answer
  public Candidate winner() {
    return candidates.get(chosen);
  }

  /// What the round cost.
  ///
  /// @return tokens drawn, over all candidates
  public long tokensDrawn() {
    return candidates.stream().mapToLong(c -> c.completion().length()).sum();
  }

  /// How many candidates the selecting reward could not score.
  ///
  /// @return 0 when every score is a number
  public long unscored() {
    return candidates.stream().filter(c -> c.score() instanceof Score.Missing).count();
  }
}
