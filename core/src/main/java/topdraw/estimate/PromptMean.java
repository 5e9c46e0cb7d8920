package topdraw.estimate;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;

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
  /// @param unit its unit
  /// @param range where it must lie; the interval is cut to it
  /// @param source what each prompt's number is
  /// @return the finding, its interval at 95 %
  /// @throws IllegalStateException if no prompt was added
  public Finding finding(String quantity, Role role, String unit, Interval range, String source) {
    if (prompts == 0) {
      throw new IllegalStateException("a mean needs at least one prompt");
    }
    return Finding.estimate(
        quantity,
        role,
        mean,
        unit,
        interval(range),
        PromptPool.CONFIDENCE,
        completions,
        source + ", mean over " + prompts + (prompts == 1 ? " prompt" : " prompts"),
        List.of("the prompts are a random sample of those that matter (t interval over prompts)"));
  }

  private Interval interval(Interval range) {
    if (prompts == 1) {
      return range;
    }
    double half =
        TDistribution.of(prompts - 1.0).inverseSurvivalProbability((1 - PromptPool.CONFIDENCE) / 2)
            * Math.sqrt(squares / (prompts - 1) / prompts);
    return new Interval(
        Math.min(mean, Math.max(range.lower(), mean - half)),
        Math.max(mean, Math.min(range.upper(), mean + half)));
  }
}
