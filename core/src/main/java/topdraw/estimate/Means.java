package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import topdraw.theory.confidence.IntervalMethod;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.Range;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// Means over prompts as findings, each with the interval that suits what is known of its range. An
/// assumption says how the interval was found, and of whom it speaks.
///
/// @param confidence of the intervals
record Means(Confidence confidence) {
  /// The largest chance of missing that intervals are made for.
  private static final double MOST = 0.5;

  /// What must hold for a bound by betting.
  static final List<String> OF_BETTING =
      List.of(
          "the prompts are drawn independently from those that matter",
          "bets are placed in the order of a hash of the prompts' keys, which knows nothing of the"
              + " draws");

  /// What a mean is of.
  ///
  /// @param samples how many draws
  /// @param prompts how many prompts
  record From(long samples, int prompts) {}

  MeanIntervals intervals(Scope scope) {
    return new MeanIntervals(scope, Math.min(MOST, confidence.alpha()));
  }

  /// The mean of numbers of which nothing but their range is known.
  ///
  /// @param range where each lies by its making
  /// @param samples how many draws the numbers were made from
  Finding of(
      Quantity quantity,
      Role role,
      Interval range,
      Estimator source,
      double[] numbers,
      long samples) {
    var from = new From(samples, numbers.length);
    double[] values =
        Arrays.stream(numbers)
            .map(value -> Math.clamp(value, range.lower(), range.upper()))
            .toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    if (range.lower() == range.upper()) {
      return certain(quantity, role, source, mean, from);
    }
    Optional<Range> known =
        Double.isFinite(range.lower()) && Double.isFinite(range.upper())
            ? Optional.of(new Range(range.lower(), range.upper()))
            : Optional.empty();
    MeanInterval interval = intervals(Scope.PROMPTS).ofValues(values, known);
    return finding(quantity, role, source, mean, interval, range, from);
  }

  /// No draw can change it.
  Finding certain(Quantity quantity, Role role, Estimator source, double value, From from) {
    return new Finding(
        quantity,
        role,
        value,
        role == Role.VALUE ? Evidence.EXACT : Evidence.ESTIMATE,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.of(from.samples()),
        OptionalLong.of(from.prompts()),
        source,
        List.of());
  }

  /// A mean with an interval that was found for it.
  Finding finding(
      Quantity quantity,
      Role role,
      Estimator source,
      double mean,
      MeanInterval interval,
      Interval proven,
      From from) {
    return switch (interval) {
      case MeanInterval.Found found ->
          told(
              quantity,
              role,
              source,
              mean,
              cut(found.interval(), mean, within(quantity.range(), proven)),
              from,
              assumptions(found));
      case MeanInterval.None none ->
          alone(quantity, role, source, mean, from, none.reason().words());
    };
  }

  /// An estimate with its interval, if theorems leave one of any width.
  Finding told(
      Quantity quantity,
      Role role,
      Estimator source,
      double mean,
      Interval interval,
      From from,
      List<String> assumptions) {
    return interval.lower() == interval.upper()
        ? alone(quantity, role, source, mean, from, "what is proven leaves no room for one")
        : Finding.estimate(
                quantity, role, mean, interval, confidence, from.samples(), source, assumptions)
            .overPrompts(from.prompts());
  }

  private static Finding alone(
      Quantity quantity, Role role, Estimator source, double mean, From from, String reason) {
    return new Finding(
        quantity,
        role,
        mean,
        Evidence.ESTIMATE,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.of(from.samples()),
        OptionalLong.of(from.prompts()),
        source,
        List.of("no interval: " + reason));
  }

  private static Interval within(Interval one, Interval other) {
    return new Interval(Math.max(one.lower(), other.lower()), Math.min(one.upper(), other.upper()));
  }

  static Interval cut(Interval interval, double mean, Interval range) {
    return new Interval(
        Math.min(mean, Math.clamp(interval.lower(), range.lower(), range.upper())),
        Math.max(mean, Math.clamp(interval.upper(), range.lower(), range.upper())));
  }

  private static List<String> assumptions(MeanInterval.Found found) {
    List<String> assumptions = new ArrayList<>();
    assumptions.add(found.assumption());
    assumptions.add(
        "interval: "
            + found.method().title()
            + (found.method().evidence() == Evidence.THEOREM ? ", its ends are proven" : ""));
    if (found.method() == IntervalMethod.BETTING) {
      assumptions.addAll(OF_BETTING);
    }
    return assumptions;
  }
}
