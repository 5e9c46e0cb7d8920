package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import topdraw.theory.confidence.Betting;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;

/// One measure at one n, over prompts.
final class Tally {
  private static final double ALPHA = 1 - PromptPool.CONFIDENCE;

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
  List<Finding> findings(Measure measure, int n) {
    Interval range = measure.range().apply(n);
    if (measure.proof() == Measure.Proof.CERTAIN) {
      return List.of(certain(measure));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        mean.finding(measure.quantity(), measure.role(), measure.unit(), range, measure.source()));
    if (range.upper() > 0) {
      switch (measure.proof()) {
        case UPPER -> findings.add(betting(measure, Role.UPPER_BOUND, range));
        case LOWER -> findings.add(betting(measure, Role.LOWER_BOUND, range));
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
        measure.unit(),
        Evidence.THEOREM,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.of(samples),
        measure.source() + ", mean over " + prompts(),
        Stream.concat(
                PromptPool.TRUE_LOG_PROBABILITIES.stream(),
                Stream.of("it speaks of the recorded prompts alone"))
            .toList());
  }

  private Finding betting(Measure measure, Role role, Interval range) {
    return proven(
        measure.quantity(),
        role,
        bound(role, range),
        measure.unit(),
        "betting on " + measure.source());
  }

  /// A bound on the mean with confidence, by betting on the values, all of which lie in a range.
  double bound(Role role, Interval range) {
    double width = range.upper() - range.lower();
    double[] scaled =
        Arrays.stream(values, 0, count)
            .map(v -> Math.clamp((v - range.lower()) / width, 0, 1))
            .toArray();
    return range.lower()
        + width
            * (role == Role.UPPER_BOUND
                ? Betting.upper(scaled, ALPHA)
                : Betting.lower(scaled, ALPHA));
  }

  /// A bound with confidence as a finding.
  Finding proven(String quantity, Role role, double bound, String unit, String source) {
    return new Finding(
        quantity,
        role,
        bound,
        unit,
        Evidence.THEOREM,
        OptionalDouble.of(PromptPool.CONFIDENCE),
        Optional.empty(),
        OptionalLong.of(samples),
        source + ", " + prompts(),
        List.of("the prompts are drawn independently from those that matter"));
  }

  private String prompts() {
    return count + (count == 1 ? " prompt" : " prompts");
  }
}
