package topdraw.reference;

import java.util.List;

/// What a judge answers to a question with given answers.
public sealed interface Verdict {

  /// How likely each answer is.
  ///
  /// @param logWeights one per answer, in nats up to a common constant; `-∞` where it is too
  ///   unlikely to be told
  record Weighed(List<Double> logWeights) implements Verdict {
    /// Copies the weights.
    public Weighed {
      logWeights = List.copyOf(logWeights);
      for (double weight : logWeights) {
        if (!(weight < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException("a log-weight is a number or -∞, was " + weight);
        }
      }
      if (logWeights.stream().allMatch(weight -> weight == Double.NEGATIVE_INFINITY)) {
        throw new IllegalArgumentException("no answer has a weight");
      }
    }

    /// The likeliest answer.
    ///
    /// @return its number; of equals the first
    public int likeliest() {
      int best = 0;
      for (int i = 1; i < logWeights.size(); i++) {
        if (logWeights.get(i) > logWeights.get(best)) best = i;
      }
      return best;
    }
  }

  /// The answer that it gave, where nothing is known of the others.
  ///
  /// @param answer the answer's number
  record Said(int answer) implements Verdict {}

  /// No answer that is one.
  ///
  /// @param reason why, in one line
  record Missing(String reason) implements Verdict {}
}
