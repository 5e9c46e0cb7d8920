package topdraw.reference;

import topdraw.draw.Prompt;

/// A reference policy that many ask at once, each with a prompt, a sampling and a seed of its own;
/// draws of all of them go side by side. Safe for several threads.
public interface SharedPolicy extends AutoCloseable {

  /// Asks for completions of a prompt, as many as will be drawn: one call a request, so that
  /// requests take turns however many completions each of them draws.
  ///
  /// @param prompt what is asked
  /// @param sampling how tokens are drawn
  /// @param seed the seed of the draws
  /// @return the completions, none drawn yet; the caller closes them
  /// @throws topdraw.input.InputException if the prompt does not fit the model or completions may
  ///   not be so long, saying why
  /// @throws BusyException if as many are asked for as may be
  /// @throws DrawFailedException if the policy has been closed
  Completions ask(Prompt prompt, Sampling sampling, long seed);

  /// Names the model for good, as [Judge#model] does.
  ///
  /// @return the model's name and hash, where it has one
  String model();

  /// What the policy can do; its width is how many completions of all requests are drawn side by
  /// side.
  ///
  /// @return the same at every call
  Capabilities capabilities();

  /// Gives up what is being drawn and what waits, with [DrawFailedException], and lets go of the
  /// model.
  @Override
  void close();
}
