package topdraw.estimate;

import java.util.Optional;
import java.util.function.IntFunction;
import topdraw.theory.confidence.Range;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// One number that each prompt gives at each n, to be averaged over prompts. [Measures] has them.
///
/// @param quantity what it is
/// @param role the quantity itself or a bound
/// @param source the estimator
/// @param rests what it rests on
/// @param proof what can be proven of its mean
/// @param range where it must lie at each n
/// @param reading what it is for one prompt
record Measure(
    Quantity quantity,
    Role role,
    Estimator source,
    Rests rests,
    Proof proof,
    IntFunction<Interval> range,
    Reading reading) {
  /// What can be proven of the mean over prompts.
  enum Proof {
    /// Nothing: an estimate.
    NONE,
    /// The value is a bound for its prompt with certainty, so the mean is one for these prompts.
    CERTAIN,
    /// Betting on the values bounds the mean from above, with confidence.
    UPPER,
    /// Betting on the values bounds the mean from below, with confidence.
    LOWER,
    /// Betting on the values, whose bias is bounded, bounds the mean from both sides.
    BOTH
  }

  /// This measure when every reward is 0 or 1: the mean of the best of k is pass@k.
  Measure asPassAtK() {
    return new Measure(
        Quantity.PASS_AT_K,
        role,
        source,
        rests,
        Proof.LOWER,
        n -> Quantity.PASS_AT_K.range(),
        reading);
  }

  /// Whether a prompt is asked for it: a win is over one more draw.
  boolean asks(int n, int draws) {
    boolean compares =
        switch (quantity) {
          case WIN_RATE, EARLY_STOP_WIN_RATE -> true;
          default -> false;
        };
    return n + (compares ? 1 : 0) <= draws;
  }

  /// Where it must lie at `n`.
  Interval range(int n) {
    return switch (quantity) {
      case WIN_RATE, EARLY_STOP_WIN_RATE -> new Interval(0.5, n / (n + 1.0));
      case EARLY_STOP_DRAWS -> new Interval(1, n);
      default -> range.apply(n);
    };
  }

  /// Where its values lie by their making, if that is between two different numbers.
  Optional<Range> proven(int n) {
    Interval at = range(n);
    return at.lower() < at.upper() && Double.isFinite(at.lower()) && Double.isFinite(at.upper())
        ? Optional.of(new Range(at.lower(), at.upper()))
        : Optional.empty();
  }
}
