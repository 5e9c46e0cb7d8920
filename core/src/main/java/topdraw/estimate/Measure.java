package topdraw.estimate;

import java.util.OptionalDouble;
import java.util.function.IntFunction;
import topdraw.audit.Withholds;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// One number that each prompt gives at each n, to be averaged over prompts. [Measures] has them.
///
/// @param quantity what it is
/// @param role the quantity itself or a bound
/// @param source the estimator
/// @param rests what the audit must not have refused for it
/// @param proof what can be proven of its mean
/// @param spare how many draws beyond n a prompt must have
/// @param fallback whether it is told only where the log-probabilities may not be used
/// @param range where it must lie at each n
/// @param value its value for one prompt; empty when this prompt's data cannot say
record Measure(
    Quantity quantity,
    Role role,
    Estimator source,
    Withholds rests,
    Proof proof,
    int spare,
    boolean fallback,
    IntFunction<Interval> range,
    Value value) {

  /// What can be proven of the mean over prompts.
  enum Proof {
    /// Nothing: an estimate.
    NONE,
    /// The value is a bound for its prompt with certainty, so the mean is one for these prompts.
    CERTAIN,
    /// Betting on the values bounds the mean from above, with confidence.
    UPPER,
    /// Betting on the values bounds the mean from below, with confidence.
    LOWER
  }

  /// The number of one prompt.
  @FunctionalInterface
  interface Value {
    OptionalDouble at(PromptAt prompt);
  }

  /// A number that lies wherever its quantity can.
  static Measure of(
      Quantity quantity, Estimator source, Withholds rests, Proof proof, Value value) {
    return new Measure(
        quantity, Role.VALUE, source, rests, proof, 0, false, _ -> quantity.range(), value);
  }

  /// This measure when every reward is 0 or 1: the mean of the best of k is pass@k.
  Measure asPassAtK() {
    return of(Quantity.PASS_AT_K, source, rests, Proof.LOWER, value);
  }

  /// This measure of a prompt that must have draws beyond n.
  Measure sparing(int draws) {
    return new Measure(quantity, role, source, rests, proof, draws, fallback, range, value);
  }

  /// Whether it can be told of a prompt.
  boolean fits(PromptAt prompt) {
    return prompt.n() + spare <= prompt.view().size() && (!fallback || prompt.levels().isPresent());
  }
}
