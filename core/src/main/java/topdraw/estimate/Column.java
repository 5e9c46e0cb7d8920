package topdraw.estimate;

import java.util.Arrays;
import java.util.List;
import topdraw.theory.confidence.Betting;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// One number of every prompt that was asked for it, NaN where its draws could not say.
///
/// @param values in the order of a hash of the prompts' keys
/// @param draws how many draws the prompts have
public record Column(double[] values, long draws) {
  /// What must hold for a bound by betting.
  public static final List<String> OF_BETTING = Means.OF_BETTING;

  /// These numbers, made from other draws than all of the prompts'.
  ///
  /// @param others how many draws they were made from
  /// @return the numbers
  public Column from(long others) {
    return new Column(values, others);
  }

  /// How many prompts were asked.
  ///
  /// @return 0 or more
  public int prompts() {
    return values.length;
  }

  /// How many prompts could not say the number.
  ///
  /// @return 0 or more
  public long without() {
    return Arrays.stream(values).filter(Double::isNaN).count();
  }

  /// Whether every prompt asked could say its number, and one was asked.
  ///
  /// @return true where a mean means something
  public boolean complete() {
    return values.length > 0 && without() == 0;
  }

  /// The mean over prompts as an *estimate*, with the interval that suits its range
  /// ([topdraw.theory.confidence.MeanIntervals]): none where nothing tells how far prompts differ.
  ///
  /// @param quantity what it is
  /// @param role the quantity itself, or a bound on it
  /// @param range where each number lies by its making, infinite where nobody knows
  /// @param source what each prompt's number is
  /// @param confidence of the interval
  /// @return the finding
  public Finding mean(
      Quantity quantity, Role role, Interval range, Estimator source, Confidence confidence) {
    return new Means(confidence).of(quantity, role, range, source, values, draws);
  }

  /// A bound on the mean with confidence, by betting on the values: a *theorem*.
  ///
  /// @param role upper or lower bound
  /// @param range where all of the values lie by their making
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the bound, within the range
  public double bound(Role role, Interval range, double alpha) {
    double width = range.upper() - range.lower();
    double[] scaled =
        Arrays.stream(values).map(v -> Math.clamp((v - range.lower()) / width, 0, 1)).toArray();
    return range.lower()
        + width
            * (role == Role.UPPER_BOUND
                ? Betting.upper(scaled, alpha)
                : Betting.lower(scaled, alpha));
  }

  /// A bound on the mean as a finding.
  ///
  /// @param quantity what is bounded
  /// @param role upper or lower bound
  /// @param bound the bound, of [#bound]
  /// @param source what each prompt's number is, and that it is bet on
  /// @param confidence of the bound
  /// @return the finding
  public Finding certified(
      Quantity quantity, Role role, double bound, Estimator source, Confidence confidence) {
    return Finding.certificate(quantity, role, bound, confidence, draws, source, OF_BETTING)
        .overPrompts(prompts());
  }
}
