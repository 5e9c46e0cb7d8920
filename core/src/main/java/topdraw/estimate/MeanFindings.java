package topdraw.estimate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.Range;
import topdraw.theory.confidence.Scope;
import topdraw.theory.confidence.SuccessStatistic;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.numeric.OneDigit;
import topdraw.theory.pool.KlAnswer;
import topdraw.theory.pool.KlMean;

/// Means over prompts as findings, each with the interval that suits what is known of it. An
/// assumption says how the interval was found, and of whom it speaks.
///
/// @param confidence of the intervals
/// @param wanted of whom they are to speak; empty for what the number of prompts allows
record MeanFindings(Confidence confidence, Optional<Scope> wanted) {
  Scope scope(int prompts) {
    return wanted.orElseGet(() -> Scope.of(prompts));
  }

  Means means() {
    return new Means(confidence);
  }

  MeanIntervals intervals(Scope scope) {
    return means().intervals(scope);
  }

  /// The mean of a number.
  ///
  /// @param proven what is proven of it on the same page, which it does not leave
  Finding ofValues(Measure measure, int n, PromptNumbers numbers, Interval proven) {
    double mean = Math.clamp(numbers.mean(), proven.lower(), proven.upper());
    Interval range = measure.range(n);
    if (range.lower() == range.upper()) {
      return means()
          .certain(measure.quantity(), measure.role(), measure.source(), mean, numbers.from());
    }
    MeanInterval interval = interval(measure, n, numbers);
    return means()
        .finding(
            measure.quantity(),
            measure.role(),
            measure.source(),
            mean,
            interval,
            proven,
            numbers.from());
  }

  private MeanInterval interval(Measure measure, int n, PromptNumbers numbers) {
    Scope scope = scope(numbers.prompts());
    return switch (measure.quantity()) {
      case PASS_RATE -> ofRate(scope, numbers, 0, 1);
      case REWIND_WIN_RATE -> ofRate(scope, numbers, 1, -0.5);
      default -> {
        Optional<Range> range = measure.proven(n);
        if (scope == Scope.DRAWS && numbers.spread()) {
          int needed = measure.quantity() == Quantity.TOKENS ? 1 : n;
          yield intervals(scope).overDraws(numbers.drawn(needed), range);
        }
        yield intervals(Scope.PROMPTS).ofValues(numbers.values(), range);
      }
    };
  }

  /// The interval of what is `at + by` times the share of draws that pass.
  private MeanInterval ofRate(Scope scope, PromptNumbers numbers, double at, double by) {
    var correct = new int[numbers.prompts()];
    for (int j = 0; j < correct.length; j++) {
      correct[j] = (int) Math.round((numbers.values()[j] - at) / by * numbers.draws()[j]);
    }
    MeanInterval interval =
        intervals(scope).ofSuccesses(new SuccessStatistic.AnyOf(1), correct, numbers.draws());
    if (!(interval instanceof MeanInterval.Found found)) {
      return interval;
    }
    double one = at + by * found.interval().lower();
    double other = at + by * found.interval().upper();
    return new MeanInterval.Found(
        new Interval(Math.min(one, other), Math.max(one, other)),
        found.method(),
        found.scope(),
        found.prompts());
  }

  /// The mean KL divergence.
  ///
  /// @param proven what is proven of it on the same page, which it does not leave
  KlAnswer drift(Measure measure, int n, PromptNumbers numbers, Interval proven) {
    return new KlMean(n, measure.rests() == Rests.EQUAL_REWARDS, proven.upper(), confidence.alpha())
        .of(Reading.Drift.read(numbers.parts(), numbers.draws()), scope(numbers.prompts()));
  }

  /// The mean KL divergence as a finding; empty where it is withheld.
  Optional<Finding> ofDrift(
      Measure measure, int n, KlAnswer answer, PromptNumbers numbers, Interval proven) {
    return switch (answer) {
      case KlAnswer.Exact(double value) ->
          Optional.of(
              new Finding(
                  measure.quantity(),
                  measure.role(),
                  value,
                  Evidence.EXACT,
                  OptionalDouble.empty(),
                  Optional.empty(),
                  OptionalLong.of(numbers.samples()),
                  OptionalLong.of(numbers.prompts()),
                  measure.source(),
                  n == 1
                      ? List.of()
                      : List.of(
                          PromptPool.TRUE_LOG_PROBABILITIES.getFirst(),
                          "every possible completion was drawn")));
      case KlAnswer.Estimated found -> {
        double value = Math.max(found.value(), proven.lower());
        yield Optional.of(
            means()
                .told(
                    measure.quantity(),
                    measure.role(),
                    measure.source(),
                    value,
                    Means.cut(found.interval(), value, proven),
                    numbers.from(),
                    List.of(
                        found.scope().assumption(numbers.prompts()),
                        "bias of at most "
                            + OneDigit.atMost(found.allowance())
                            + " nats is inside the interval")));
      }
      case KlAnswer.Withheld withheld -> Optional.empty();
    };
  }
}
