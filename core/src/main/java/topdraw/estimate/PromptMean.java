package topdraw.estimate;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// The mean over prompts of a number that each prompt gives. Completions of one prompt hang
/// together, so prompts are what the interval counts: Student's t with one degree of freedom fewer
/// than there are prompts. Of one prompt alone nothing can be said of others: its interval is all
/// of the range.
public final class PromptMean {
  private long prompts;
  private long completions;
  private double mean;
  private double squares;

  /// An empty mean.
  public PromptMean() {}

  /// Adds a prompt.
  ///
  /// @param value its number, finite
  /// @param from how many completions it was computed from
  /// @throws IllegalArgumentException if the value is not finite
  public void add(double value, long from) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a mean needs finite numbers, was " + value);
    }
    prompts++;
    completions += from;
    // Welford's recurrence: no sum of squares that cancels.
    double delta = value - mean;
    mean += delta / prompts;
    squares += delta * (value - mean);
  }

  /// Adds prompts, in their order.
  ///
  /// @param values their numbers, all finite
  /// @param from how many completions they were computed from together
  /// @throws IllegalArgumentException if a value is not finite
  public void addAll(double[] values, long from) {
    for (double value : values) {
      add(value, 0);
    }
    completions += from;
  }

  /// How many prompts were added.
  ///
  /// @return 0 or more
  public long prompts() {
    return prompts;
  }

  /// The mean as a finding: an *estimate*.
  ///
  /// @param quantity what it is
  /// @param role the quantity itself, or a bound on it
  /// @param range where it must lie; the interval is cut to it
  /// @param source what each prompt's number is
  /// @param confidence of the interval
  /// @return the finding
  /// @throws IllegalStateException if no prompt was added
  public Finding finding(
      Quantity quantity, Role role, Interval range, Estimator source, Confidence confidence) {
    if (prompts == 0) {
      throw new IllegalStateException("a mean needs at least one prompt");
    }
    return Finding.estimate(
            quantity,
            role,
            mean,
            interval(range, confidence),
            confidence,
            completions,
            source,
            List.of(
                "the prompts are a random sample of those that matter (t interval over prompts)"))
        .overPrompts(prompts);
  }

  /// The mean as a finding, where nothing is known of its range but its quantity: an *estimate*.
  ///
  /// @param quantity what it is
  /// @param source what each prompt's number is
  /// @param confidence of the interval
  /// @return the finding
  /// @throws IllegalStateException if no prompt was added
  public Finding finding(Quantity quantity, Estimator source, Confidence confidence) {
    return finding(quantity, Role.VALUE, quantity.range(), source, confidence);
  }

  private Interval interval(Interval range, Confidence confidence) {
    if (prompts == 1) {
      return range;
    }
    double half =
        TDistribution.of(prompts - 1.0).inverseSurvivalProbability(confidence.alpha() / 2)
            * Math.sqrt(squares / (prompts - 1) / prompts);
    return new Interval(
        Math.min(mean, Math.max(range.lower(), mean - half)),
        Math.max(mean, Math.min(range.upper(), mean + half)));
  }
}
