package topdraw.theory.confidence;

import java.util.Optional;

/// Of whom an interval speaks: of the prompts that the recorded ones stand for, or of the recorded
/// ones alone.
public enum Scope {
  /// The mean over all prompts of the kind that were drawn: the prompts are a random sample.
  PROMPTS,
  /// The mean over these prompts of what each has in truth: only the drawing is random.
  DRAWS;

  /// With fewer prompts nothing that is both honest and of use can be said of others.
  public static final int FEWEST_PROMPTS = 10;

  /// The scope that the number of prompts allows.
  ///
  /// @param prompts how many there are
  /// @return over prompts from ten prompts on, over draws below
  public static Scope of(long prompts) {
    return prompts >= FEWEST_PROMPTS ? PROMPTS : DRAWS;
  }

  /// The scope that a person names by its word.
  ///
  /// @param word `sample` or `fixed`
  /// @return the scope; empty where the word is neither
  public static Optional<Scope> named(String word) {
    return switch (word) {
      case "sample" -> Optional.of(PROMPTS);
      case "fixed" -> Optional.of(DRAWS);
      default -> Optional.empty();
    };
  }

  /// What is assumed, as a sentence's half.
  ///
  /// @param prompts how many there are
  /// @return the words
  public String assumption(long prompts) {
    return switch (this) {
      case PROMPTS -> "the " + prompts + " prompts are a random sample of those that matter";
      case DRAWS ->
          prompts == 1
              ? "about this prompt only; only the drawing is random"
              : "about these " + prompts + " prompts; only the drawing is random";
    };
  }
}
