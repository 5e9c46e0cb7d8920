package topdraw.gateway.choose;

import java.util.List;
import topdraw.gateway.draw.Candidate;
import topdraw.selection.Round;

/// An answer and what it was chosen among.
///
/// @param round the draws that the choice looked at, and the choice
/// @param candidates the same, as the interface gives them, in the same order
/// @param failures why draws failed for good, one line each
/// @param redrawn how often a failed draw was drawn again
/// @param cancelled how many draws were given up because the choice no longer needed them
public record Chosen(
    Round round,
    List<Candidate> candidates,
    List<String> failures,
    int redrawn,
    int cancelled) {
  /// Copies the lists.
  public Chosen {
    candidates = List.copyOf(candidates);
    failures = List.copyOf(failures);
  }

  /// The answer.
  ///
  /// @return the candidate that was chosen
  public Candidate winner() {
    return candidates.get(round.chosen());
  }
}
