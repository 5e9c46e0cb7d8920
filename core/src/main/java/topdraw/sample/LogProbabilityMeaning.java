package topdraw.sample;

import java.util.Arrays;
import java.util.Locale;

/// What a recorded sum of token log-probabilities says of the probability of the completion under
/// the policy that was sampled. Bounds fall as that probability grows, so too small a sum is safe
/// and too large a one is not.
public enum LogProbabilityMeaning {
  /// The log-probability itself: of the distribution sampled from, no term missing.
  EXACT(true, "the log-probabilities are those of the distribution sampled from"),
  /// At most the log-probability: the policy was truncated after they were taken, at temperature 1.
  CONSERVATIVE(true, "the log-probabilities are at most those of the distribution sampled from"),
  /// Nothing says of which distribution they are.
  UNKNOWN(
      false,
      "nothing says that the log-probabilities are those of the distribution sampled from; if they"
          + " are, end token included, say --log-p policy"),
  /// Taken at another temperature or before penalties: either side of the truth.
  OTHER_DISTRIBUTION(
      false, "the log-probabilities are not of the distribution sampled from; record those"),
  /// The end token's term is missing, so the sum is above the truth.
  NO_END_TOKEN(
      false,
      "the end token's log-probability is missing, so the sums are too large to prove anything"),
  /// Terms are missing, so the sum is above the truth.
  INCOMPLETE(
      false,
      "terms of the log-probabilities are missing, so the sums are too large to prove anything");

  private final boolean proves;
  private final String sentence;

  LogProbabilityMeaning(boolean proves, String sentence) {
    this.proves = proves;
    this.sentence = sentence;
  }

  /// The word used in tables.
  ///
  /// @return such as `exact` or `no-end-token`
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The meaning of a word.
  ///
  /// @param word what [#word] gives
  /// @return the meaning; unknown for any other word
  public static LogProbabilityMeaning of(String word) {
    return Arrays.stream(values()).filter(m -> m.word().equals(word)).findFirst().orElse(UNKNOWN);
  }

  /// Whether bounds on the KL divergence may rest on it.
  ///
  /// @return true when it is at most the log-probability
  public boolean proves() {
    return proves;
  }

  /// What it means, for a person.
  ///
  /// @return a sentence, with the way out where there is one
  public String sentence() {
    return sentence;
  }
}
