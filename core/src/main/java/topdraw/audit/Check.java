package topdraw.audit;

import java.io.Serializable;
import java.util.Optional;
import topdraw.draw.PromptDraws;

/// One check: it sees every prompt once, then says what it found. Two that saw different prompts
/// merge; what is found does not depend on which saw which, nor on the order.
///
/// @param <C> the check itself
interface Check<C extends Check<C>> extends Serializable {
  /// Looks at the samples of one prompt.
  ///
  /// @param position where the prompt stands among the others
  void look(PromptDraws prompt, long position);

  /// Takes in what another one saw.
  void merge(C other);

  /// What was found; empty when the data hold nothing to check.
  Optional<Verdict> verdict();
}
