package topdraw.theory.confidence;

import topdraw.theory.finding.Interval;

/// An interval for a mean over prompts, with of whom it speaks; or why there is none.
public sealed interface MeanInterval {

  /// Of whom it speaks.
  ///
  /// @return over prompts or over draws
  Scope scope();

  /// An interval, never of width zero.
  ///
  /// @param interval where the mean lies
  /// @param method how it was found
  /// @param scope of whom it speaks
  /// @param prompts how many prompts there are
  record Found(Interval interval, IntervalMethod method, Scope scope, int prompts)
      implements MeanInterval {

    /// What is assumed.
    ///
    /// @return a sentence's half
    public String assumption() {
      return scope.assumption(prompts);
    }
  }

  /// No interval.
  ///
  /// @param reason why
  /// @param scope of whom it would speak
  record None(Reason reason, Scope scope) implements MeanInterval {}

  /// Why there is no interval.
  enum Reason {
    /// Nothing varies, and no range says how far the truth may lie.
    NO_SPREAD("all draws are equal: no spread to estimate"),
    /// One prompt says nothing of others.
    ONE_PROMPT("one prompt says nothing of others");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /// The reason in words.
    ///
    /// @return a sentence's half
    public String words() {
      return words;
    }
  }
}
