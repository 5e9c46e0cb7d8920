package topdraw.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import topdraw.theory.confidence.IntervalMethod;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.Range;
import topdraw.theory.confidence.Scope;
import topdraw.theory.confidence.SuccessStatistic;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.KlAnswer;
import topdraw.theory.pool.KlMean;

/// Means over prompts as findings, each with the interval that suits what is known of it. An
/// assumption says how the interval was found, and of whom it speaks.
///
/// @param confidence of the intervals
/// @param wanted of whom they are to speak; empty for what the number of prompts allows
record MeanFindings(Confidence confidence, Optional<Scope> wanted) {
  /// The largest chance of missing that intervals are made for.
  private static final double MOST = 0.5;

  Scope scope(int prompts) {
    return wanted.orElseGet(() -> Scope.of(prompts));
  }

  MeanIntervals intervals(Scope scope) {
    return new MeanIntervals(scope, Math.min(MOST, confidence.alpha()));
  }

  /// The mean of a number.
  ///
  /// @param proven what is proven of it on the same page, which it does not leave
  Finding ofValues(Measure measure, int n, PromptNumbers numbers, Interval proven) {
    double mean = Math.clamp(numbers.mean(), proven.lower(), proven.upper());
    Interval range = measure.range(n);
    if (range.lower() == range.upper()) {
      return certain(measure, mean, numbers);
    }
    MeanInterval interval = interval(measure, n, numbers);
    return finding(
        measure.quantity(), measure.role(), measure.source(), mean, interval, proven, numbers);
  }

  /// No draw can change it.
  private Finding certain(Measure measure, double value, PromptNumbers numbers) {
    return new Finding(
        measure.quantity(),
        measure.role(),
        value,
        measure.role() == Role.VALUE ? Evidence.EXACT : Evidence.ESTIMATE,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.of(numbers.samples()),
        OptionalLong.of(numbers.prompts()),
        measure.source(),
        List.of());
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

  /// A mean with an interval that was found for it.
  Finding finding(
      Quantity quantity,
      Role role,
      Estimator source,
      double mean,
      MeanInterval interval,
      Interval proven,
      PromptNumbers numbers) {
    return switch (interval) {
      case MeanInterval.Found found ->
          told(
              quantity,
              role,
              source,
              mean,
              cut(found.interval(), mean, within(quantity.range(), proven)),
              numbers,
              assumptions(found));
      case MeanInterval.None none ->
          alone(quantity, role, source, mean, numbers, none.reason().words());
    };
  }

  /// An estimate with its interval, if theorems leave one of any width.
  private Finding told(
      Quantity quantity,
      Role role,
      Estimator source,
      double mean,
      Interval interval,
      PromptNumbers numbers,
      List<String> assumptions) {
    return interval.lower() == interval.upper()
        ? alone(quantity, role, source, mean, numbers, "a theorem beside it says more")
        : Finding.estimate(
                quantity, role, mean, interval, confidence, numbers.samples(), source, assumptions)
            .overPrompts(numbers.prompts());
  }

  private static Finding alone(
      Quantity quantity,
      Role role,
      Estimator source,
      double mean,
      PromptNumbers numbers,
      String reason) {
    return new Finding(
        quantity,
        role,
        mean,
        Evidence.ESTIMATE,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.of(numbers.samples()),
        OptionalLong.of(numbers.prompts()),
        source,
        List.of("no interval: " + reason));
  }

  private static Interval within(Interval one, Interval other) {
    return new Interval(Math.max(one.lower(), other.lower()), Math.min(one.upper(), other.upper()));
  }

  private static Interval cut(Interval interval, double mean, Interval range) {
    return new Interval(
        Math.min(mean, Math.clamp(interval.lower(), range.lower(), range.upper())),
        Math.max(mean, Math.clamp(interval.upper(), range.lower(), range.upper())));
  }

  private static List<String> assumptions(MeanInterval.Found found) {
    List<String> assumptions = new ArrayList<>();
    assumptions.add(found.assumption());
    assumptions.add(
        "interval: " + found.method().title() + " (" + found.method().evidence().word() + ")");
    if (found.method() == IntervalMethod.BETTING) {
      assumptions.addAll(Column.OF_BETTING);
    }
    return assumptions;
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
            told(
                measure.quantity(),
                measure.role(),
                measure.source(),
                value,
                cut(found.interval(), value, proven),
                numbers,
                List.of(
                    found.scope().assumption(numbers.prompts()),
                    String.format(
                        Locale.ROOT,
                        "bias of at most %.1g nats is inside the interval",
                        found.allowance()))));
      }
      case KlAnswer.Withheld withheld -> Optional.empty();
    };
  }
}
