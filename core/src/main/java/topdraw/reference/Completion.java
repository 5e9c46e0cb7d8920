package topdraw.reference;

import java.util.Arrays;

/// One completion drawn from a reference policy. Two completions with equal tokens are the same
/// outcome.
///
/// @param index which completion of the prompt this is, from 0: with the run's seed and the prompt
///   it fixes the completion, however many others are drawn
/// @param text the decoded tokens, the end token excluded
/// @param tokens the token ids drawn, in order, the end token included when it was drawn
/// @param tokenLogProbabilities the log-probability of each token under the distribution it was
///   drawn from, in nats, one per token
/// @param finishReason whether the policy ended it or the token limit cut it
public record Completion(
    int index,
    String text,
    int[] tokens,
    double[] tokenLogProbabilities,
    FinishReason finishReason) {

  /// Copies the arrays and checks them.
  public Completion {
    if (index < 0) {
      throw new IllegalArgumentException("index counts from 0, was " + index);
    }
    if (tokens.length != tokenLogProbabilities.length) {
      throw new IllegalArgumentException(
          tokens.length
              + " tokens need as many log-probabilities, were "
              + tokenLogProbabilities.length);
    }
    for (double logProbability : tokenLogProbabilities) {
      if (!(logProbability <= 0 && logProbability > Double.NEGATIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "a drawn token's log-probability is finite and at most 0 nats, was " + logProbability);
      }
    }
    tokens = tokens.clone();
    tokenLogProbabilities = tokenLogProbabilities.clone();
  }

  /// The token ids drawn, in order.
  ///
  /// @return a copy
  @Override
  public int[] tokens() {
    return tokens.clone();
  }

  /// The log-probability of each token, in nats.
  ///
  /// @return a copy
  @Override
  public double[] tokenLogProbabilities() {
    return tokenLogProbabilities.clone();
  }

  /// How many tokens were drawn, the end token included.
  ///
  /// @return the length in tokens
  public int length() {
    return tokens.length;
  }

  /// `log p(completion | prompt)`: the sum over the tokens, in order.
  ///
  /// @return the log-probability in nats, at most 0
  public double logProbability() {
    double sum = 0;
    for (double logProbability : tokenLogProbabilities) {
      sum += logProbability;
    }
    return sum;
  }

  /// Whether two completions are the same outcome of the reference policy.
  ///
  /// @param other another completion of the same prompt
  /// @return whether the tokens are equal
  public boolean sameOutcome(Completion other) {
    return Arrays.equals(tokens, other.tokens);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Completion other
        && index == other.index
        && text.equals(other.text)
        && Arrays.equals(tokens, other.tokens)
        && Arrays.equals(tokenLogProbabilities, other.tokenLogProbabilities)
        && finishReason == other.finishReason;
  }

  @Override
  public int hashCode() {
    return 31 * index + Arrays.hashCode(tokens);
  }
}
