package topdraw.reference;

import topdraw.draw.Prompt;

/// A reference policy whose completions can also be drawn block by block, several continuations of
/// a text at a time, of which one is accepted before the next are drawn.
public interface BlockPolicy extends ReferencePolicy {

  /// Begins a completion that is drawn block by block.
  ///
  /// @param prompt what is asked
  /// @param n continuations drawn of every text, at least 1
  /// @return the completion, empty so far; the caller closes it before another is begun
  /// @throws topdraw.input.InputException if the prompt does not fit the model or so many
  ///   continuations cannot be drawn, saying why
  /// @throws IllegalStateException if one is under way
  Continuation begin(Prompt prompt, int n);
}
