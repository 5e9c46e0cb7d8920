package topdraw.theory.pool;

import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.OneDigit;

/// What can be said of the mean KL divergence over prompts.
public sealed interface KlAnswer {

  /// The KL divergence itself, given the log-probabilities: every possible completion was drawn.
  ///
  /// @param value the mean in nats
  record Exact(double value) implements KlAnswer {}

  /// An *estimate*.
  ///
  /// @param value the mean in nats, cut to what is proven
  /// @param interval where it lies, in nats; it contains the bias
  /// @param allowance how much of the interval is for bias, in nats
  /// @param scope of whom it speaks
  /// @param prompts over how many prompts
  record Estimated(double value, Interval interval, double allowance, Scope scope, int prompts)
      implements KlAnswer {

    /// What is assumed.
    ///
    /// @return one sentence
    public String assumption() {
      return scope.assumption(prompts)
          + "; bias of at most "
          + OneDigit.atMost(allowance)
          + " nats is inside the interval";
    }
  }

  /// No estimate is worth printing.
  ///
  /// @param reason why
  record Withheld(Reason reason) implements KlAnswer {}

  /// Why an estimate is withheld.
  enum Reason {
    /// `n` is larger than the draws of a prompt.
    MORE_THAN_DRAWN("n is larger than the number of draws of a prompt"),
    /// A prompt has fewer than four draws: the bias may reach 0.07 nats.
    TOO_FEW_DRAWS("an estimate of drift needs at least 4 draws of every prompt"),
    /// All draws of a prompt are needed at once, and few prompts show how they vary.
    ALL_DRAWS_OF_FEW_PROMPTS(
        "where n is the number of draws, an estimate of drift needs at least 20 prompts");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /// The reason in words.
    ///
    /// @return half a sentence
    public String words() {
      return words;
    }
  }
}
