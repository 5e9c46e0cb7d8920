package topdraw.selection;

import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.MissingScores;

/// What was drawn for one answer, whichever way it was chosen.
public sealed interface SelectionRound permits Round, BlockwiseRound, RejectionRound {

  /// The answer, where one is better than another.
  ///
  /// @return the chosen draw; empty where nothing that could be the answer has a score
  Optional<Draw> best();

  /// The scores that were to be given.
  ///
  /// @return how many of them are missing, by reward
  MissingScores scores();
}
