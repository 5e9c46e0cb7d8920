package topdraw.reference;

/// What a reference policy can do.
///
/// @param deterministic whether the same seed, prompt and index give the same completion again
/// @param logProbabilities whether each draw carries a log-probability that bounds may rest on
/// @param width how many completions it draws at once for the price of about one step, at least 1:
///   a round that may stop early asks for this many at a time
public record Capabilities(boolean deterministic, boolean logProbabilities, int width) {
  /// Checks the width.
  public Capabilities {
    if (width < 1) {
      throw new IllegalArgumentException("a policy draws at least one at once, was " + width);
    }
  }
}
