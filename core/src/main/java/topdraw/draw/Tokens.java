package topdraw.draw;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// The tokens of a completion, the end token included when it was drawn, as far as they are known.
public sealed interface Tokens {

  /// How many there are.
  ///
  /// @return the length in tokens; empty where it is not known
  OptionalDouble length();

  /// A completion whose length nobody knows.
  ///
  /// @return [Unknown]
  static Tokens unknown() {
    return Unknown.INSTANCE;
  }

  /// A completion of which the length is known and no more.
  ///
  /// @param tokens how many; empty where that is not known either
  /// @return the tokens
  static Tokens count(OptionalDouble tokens) {
    return tokens.isPresent() ? new Count(tokens.getAsDouble()) : unknown();
  }

  /// Known by their ids.
  ///
  /// @param ids the ids in the order drawn
  /// @param logProbabilities the log-probability of each in nats, in that order; none at all where
  ///   they are not known one by one
  record Ids(int[] ids, double[] logProbabilities) implements Tokens {
    /// Copies the arrays and checks that they fit each other.
    public Ids {
      check(ids.length, logProbabilities);
      ids = ids.clone();
      logProbabilities = logProbabilities.clone();
    }

    /// The ids.
    ///
    /// @return a copy
    @Override
    public int[] ids() {
      return ids.clone();
    }

    /// The log-probability of each token, in nats.
    ///
    /// @return a copy; empty where they are not known one by one
    @Override
    public double[] logProbabilities() {
      return logProbabilities.clone();
    }

    /// How many tokens there are.
    ///
    /// @return the length in tokens
    public int size() {
      return ids.length;
    }

    /// The log-probability of the tokens from one on, given those before: the sum over them, in
    /// order.
    ///
    /// @param from the first token that counts, from 0
    /// @return nats, at most 0
    /// @throws IllegalStateException if they are not known one by one
    public double logProbability(int from) {
      if (logProbabilities.length != ids.length) {
        throw new IllegalStateException("the tokens' log-probabilities are not known one by one");
      }
      double sum = 0;
      for (int i = from; i < logProbabilities.length; i++) {
        sum += logProbabilities[i];
      }
      return sum;
    }

    @Override
    public OptionalDouble length() {
      return OptionalDouble.of(size());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Ids that
          && Arrays.equals(ids, that.ids)
          && Arrays.equals(logProbabilities, that.logProbabilities);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(ids);
    }
  }

  /// Known by their texts, as servers tell them.
  ///
  /// @param texts the texts in the order drawn
  /// @param logProbabilities the log-probability of each in nats, in that order; none at all where
  ///   they are not known one by one
  record Texts(List<String> texts, double[] logProbabilities) implements Tokens {
    /// Copies list and array and checks that they fit each other.
    public Texts {
      check(texts.size(), logProbabilities);
      texts = List.copyOf(texts);
      logProbabilities = logProbabilities.clone();
    }

    /// The log-probability of each token, in nats.
    ///
    /// @return a copy; empty where they are not known one by one
    @Override
    public double[] logProbabilities() {
      return logProbabilities.clone();
    }

    @Override
    public OptionalDouble length() {
      return OptionalDouble.of(texts.size());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Texts that
          && texts.equals(that.texts)
          && Arrays.equals(logProbabilities, that.logProbabilities);
    }

    @Override
    public int hashCode() {
      return texts.hashCode();
    }
  }

  /// Known by their number.
  ///
  /// @param tokens how many
  record Count(double tokens) implements Tokens {
    @Override
    public OptionalDouble length() {
      return OptionalDouble.of(tokens);
    }
  }

  /// Not known.
  record Unknown() implements Tokens {
    private static final Unknown INSTANCE = new Unknown();

    @Override
    public OptionalDouble length() {
      return OptionalDouble.empty();
    }
  }

  private static void check(int tokens, double[] logProbabilities) {
    if (logProbabilities.length != 0 && logProbabilities.length != tokens) {
      throw new IllegalArgumentException(
          tokens + " tokens need as many log-probabilities, were " + logProbabilities.length);
    }
    for (double logProbability : logProbabilities) {
      if (!(logProbability <= 0 && logProbability > Double.NEGATIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "a drawn token's log-probability is finite and at most 0 nats, was " + logProbability);
      }
    }
  }
}
