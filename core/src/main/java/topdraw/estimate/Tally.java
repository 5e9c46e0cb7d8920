package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import topdraw.theory.confidence.Betting;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// One measure at one n, over prompts.
final class Tally {
  private static final List<String> INDEPENDENT =
      List.of("the prompts are drawn independently from those that matter");

  private final PromptMean mean = new PromptMean();
  private double[] values = new double[8];
  private int count;
  private long samples;
  private long without;

  /// Adds a prompt.
  void add(OptionalDouble value, long from) {
    if (value.isEmpty()) {
      without++;
      return;
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value.getAsDouble();
    samples += from;
    mean.add(value.getAsDouble(), from);
  }

  /// Whether every prompt asked could say its number, and one was asked.
  boolean complete() {
    return count > 0 && without == 0;
  }

  /// How many prompts could not say it.
  long without() {
    return without;
  }

  /// The findings of a measure at n: the number, then what is proven of it.
  List<Finding> findings(Measure measure, int n, Confidence confidence) {
    Interval range = measure.range().apply(n);
    if (measure.proof() == Measure.Proof.CERTAIN) {
      return List.of(certain(measure));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        mean.finding(measure.quantity(), measure.role(), range, measure.source(), confidence));
    if (range.upper() > 0) {
      switch (measure.proof()) {
        case UPPER -> findings.add(betting(measure, Role.UPPER_BOUND, range, confidence));
        case LOWER -> findings.add(betting(measure, Role.LOWER_BOUND, range, confidence));
        case NONE, CERTAIN -> {}
      }
    }
    return findings;
  }

  private Finding certain(Measure measure) {
    return new Finding(
        measure.quantity(),
        measure.role(),
        Arrays.stream(values, 0, count).average().orElseThrow(),
        Evidence.THEOREM,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.of(samples),
        OptionalLong.of(count),
        measure.source(),
        Stream.concat(
                PromptPool.TRUE_LOG_PROBABILITIES.stream(),
                Stream.of("it speaks of the recorded prompts alone"))
            .toList());
  }

  private Finding betting(Measure measure, Role role, Interval range, Confidence confidence) {
    return proven(
        measure.quantity(),
        role,
        bound(role, range, confidence),
        Betting.on(measure.source()),
        confidence);
  }

  /// A bound on the mean with confidence, by betting on the values, all of which lie in a range.
  double bound(Role role, Interval range, Confidence confidence) {
    double alpha = confidence.alpha();
    double width = range.upper() - range.lower();
    double[] scaled =
        Arrays.stream(values, 0, count)
            .map(v -> Math.clamp((v - range.lower()) / width, 0, 1))
            .toArray();
    return range.lower()
        + width
            * (role == Role.UPPER_BOUND
                ? Betting.upper(scaled, alpha)
                : Betting.lower(scaled, alpha));
  }

  /// A bound with confidence as a finding.
  Finding proven(
      Quantity quantity, Role role, double bound, Estimator source, Confidence confidence) {
    return Finding.certificate(quantity, role, bound, confidence, samples, source, INDEPENDENT)
        .overPrompts(count);
  }
}
