package topdraw.estimate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Betting;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.PromptSeenMass;

/// What is proven of the mean of a measure over prompts.
///
/// @param measure the measure
/// @param n at which it is asked
/// @param numbers what each prompt says
/// @param means of whom bounds are to speak
record MeasureBounds(Measure measure, int n, PromptNumbers numbers, MeanFindings means) {
  private static final String OF_THESE = "it speaks of the recorded prompts alone";

  /// A bound that is nearer by less than this share of `K_n` tells nothing new.
  private static final double NEWS = 1e-3;

  /// The bounds.
  static List<Finding> of(Measure measure, int n, PromptNumbers numbers, MeanFindings means) {
    return new MeasureBounds(measure, n, numbers, means).all();
  }

  private List<Finding> all() {
    Interval at = measure.range(n);
    boolean known = at.lower() == at.upper();
    return switch (measure.proof()) {
      case CERTAIN -> Stream.concat(Stream.of(certain()), confident()).toList();
      case BOTH -> DriftBounds.of(measure, n, numbers, means.confidence());
      case UPPER -> known ? List.of() : List.of(betting(Role.UPPER_BOUND, at));
      case LOWER -> known ? List.of() : atLeast(at);
      case NONE -> List.of();
    };
  }

  /// That a mean is at least what every value is says nothing.
  private List<Finding> atLeast(Interval at) {
    Finding bound = betting(Role.LOWER_BOUND, at);
    return bound.value() > at.lower() ? List.of(bound) : List.of();
  }

  private Finding betting(Role bound, Interval at) {
    Column values = numbers.column();
    return values.certified(
        measure.quantity(),
        bound,
        values.bound(bound, at, means.confidence().alpha()),
        Betting.on(measure.source()),
        means.confidence());
  }

  private Finding certain() {
    return new Finding(
        measure.quantity(),
        measure.role(),
        numbers.mean(),
        Evidence.THEOREM,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.of(numbers.samples()),
        OptionalLong.of(numbers.prompts()),
        measure.source(),
        List.of(PromptPool.TRUE_LOG_PROBABILITIES.getFirst(), OF_THESE));
  }

  /// Less, where a chance of failing is allowed, of given prompts.
  private Stream<Finding> confident() {
    if (means.scope(numbers.prompts()) != Scope.DRAWS || !numbers.whole()) {
      return Stream.empty();
    }
    double bound = atConfidence();
    return bound < numbers.mean() - NEWS * KlBounds.analytical(n)
        ? Stream.of(
            Finding.certificate(
                    measure.quantity(),
                    measure.role(),
                    bound,
                    means.confidence(),
                    numbers.samples(),
                    Measures.SEEN_MASS_AT_CONFIDENCE,
                    List.of(PromptPool.TRUE_LOG_PROBABILITIES.getFirst(), OF_THESE))
                .overPrompts(numbers.prompts()))
        : Stream.empty();
  }

  /// Each prompt's bound has its part of the chance of failing, so all hold together, and so does
  /// their mean.
  private double atConfidence() {
    int prompts = numbers.prompts();
    double alpha = means.confidence().alpha() / prompts;
    return IntStream.range(0, prompts)
        .mapToDouble(
            j ->
                new PromptSeenMass(
                        numbers.parts().get(0)[j],
                        numbers.parts().get(1)[j],
                        numbers.parts().get(2)[j])
                    .klBound(n, numbers.draws()[j], alpha))
        .average()
        .orElseThrow();
  }
}
