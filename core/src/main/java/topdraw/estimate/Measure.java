package topdraw.estimate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Betting;
import topdraw.theory.confidence.Range;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
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
    /// Only the bound from above means something, where it is below the range that anyone knows.
    UPPER_ALONE,
    /// Only the bound from below means something, where it is positive.
    LOWER_ALONE;

    /// Whether the mean itself is told.
    boolean tellsMean() {
      return this != UPPER_ALONE && this != LOWER_ALONE;
    }
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

  /// Whether a prompt is asked for it: a win is over one more draw, and so is what others say of
  /// the winner's level.
  boolean asks(int n, int draws) {
    boolean compares =
        switch (quantity) {
          case WIN_RATE, EARLY_STOP_WIN_RATE -> true;
          default -> !proof.tellsMean();
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

  /// What is proven of the mean over prompts.
  ///
  /// @param values a number of each prompt, none missing
  List<Finding> bounds(int n, Column values, Confidence confidence) {
    if (proof == Proof.CERTAIN) {
      return List.of(certain(values));
    }
    Interval at = range(n);
    if (at.lower() == at.upper()) {
      return List.of();
    }
    return switch (proof) {
      case UPPER -> List.of(betting(Role.UPPER_BOUND, values, at, confidence));
      case LOWER -> List.of(betting(Role.LOWER_BOUND, values, at, confidence));
      case UPPER_ALONE -> {
        double bound = values.bound(Role.UPPER_BOUND, at, confidence.alpha());
        yield bound < KlBounds.analytical(n)
            ? List.of(values.certified(quantity, role, bound, source, confidence))
            : List.of();
      }
      case LOWER_ALONE -> {
        double bound = values.bound(Role.LOWER_BOUND, at, confidence.alpha());
        yield bound > 0
            ? List.of(values.certified(quantity, role, bound, source, confidence))
            : List.of();
      }
      case NONE, CERTAIN -> List.of();
    };
  }

  private Finding betting(Role bound, Column values, Interval at, Confidence confidence) {
    return values.certified(
        quantity,
        bound,
        values.bound(bound, at, confidence.alpha()),
        Betting.on(source),
        confidence);
  }

  private Finding certain(Column values) {
    return new Finding(
        quantity,
        role,
        Arrays.stream(values.values()).average().orElseThrow(),
        Evidence.THEOREM,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.of(values.draws()),
        OptionalLong.of(values.prompts()),
        source,
        List.of(
            PromptPool.TRUE_LOG_PROBABILITIES.getFirst(),
            "it speaks of the recorded prompts alone"));
  }
}
