package topdraw.estimate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Betting;
import topdraw.theory.confidence.Range;
import topdraw.theory.confidence.Scope;
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
  private static final String OF_THESE = "it speaks of the recorded prompts alone";

  /// A bound that is nearer by less than this share of `K_n` tells nothing new.
  private static final double NEWS = 1e-3;

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

  /// What is proven of the mean over prompts.
  ///
  /// @param numbers what each prompt says
  /// @param means of whom bounds are to speak
  List<Finding> bounds(int n, PromptNumbers numbers, MeanFindings means) {
    Column values = numbers.column();
    Confidence confidence = means.confidence();
    if (proof == Proof.CERTAIN) {
      return Stream.concat(Stream.of(certain(values)), confident(n, numbers, means)).toList();
    }
    if (proof == Proof.BOTH) {
      return DriftBounds.of(this, n, numbers, confidence);
    }
    Interval at = range(n);
    if (at.lower() == at.upper()) {
      return List.of();
    }
    return switch (proof) {
      case UPPER -> List.of(betting(Role.UPPER_BOUND, values, at, confidence));
      case LOWER -> List.of(betting(Role.LOWER_BOUND, values, at, confidence));
      case NONE, CERTAIN, BOTH -> List.of();
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
        List.of(PromptPool.TRUE_LOG_PROBABILITIES.getFirst(), OF_THESE));
  }

  /// Less, where a chance of failing is allowed, of given prompts.
  private Stream<Finding> confident(int n, PromptNumbers numbers, MeanFindings means) {
    if (means.scope(numbers.prompts()) != Scope.DRAWS || !numbers.whole()) {
      return Stream.empty();
    }
    double bound = Reading.Mass.bound(numbers, n, means.confidence().alpha());
    return bound < numbers.mean() - NEWS * KlBounds.analytical(n)
        ? Stream.of(
            Finding.certificate(
                    quantity,
                    role,
                    bound,
                    means.confidence(),
                    numbers.samples(),
                    Measures.SEEN_MASS_AT_CONFIDENCE,
                    List.of(PromptPool.TRUE_LOG_PROBABILITIES.getFirst(), OF_THESE))
                .overPrompts(numbers.prompts()))
        : Stream.empty();
  }
}
