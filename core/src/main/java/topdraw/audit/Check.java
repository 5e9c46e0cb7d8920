package topdraw.audit;

import java.util.Optional;
import topdraw.draw.PromptDraws;

/// One check: it sees every prompt once, then says what it found.
interface Check {
  /// Looks at the samples of one prompt.
  void look(PromptDraws prompt);

  /// What was found; empty when the data hold nothing to check.
  Optional<Verdict> verdict();
}
