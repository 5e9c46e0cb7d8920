package topdraw.reference;

import topdraw.draw.Prompt;

/// A reference policy whose completions can pause on their way, so that some are given up before
/// their end.
public interface PausingPolicy extends ReferencePolicy {

  /// Begins completions 0 to `n - 1` of a prompt.
  ///
  /// @param prompt what is asked
  /// @param n how many, at least 1
  /// @return the completions, empty so far; the caller closes them before others are begun
  /// @throws topdraw.input.InputException if the prompt does not fit the model or so many
  ///   completions cannot be drawn side by side, saying why
  /// @throws IllegalStateException if others are under way
  Beginnings beginnings(Prompt prompt, int n);
}
