package topdraw.theory.finding;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// One number for a person, with everything needed to trust it or not. Commands, run folders, pages
/// and the gateway all make their words and their JSON from this.
///
/// @param quantity what the number is
/// @param role whether the number is the quantity itself or a bound on it
/// @param value the number, in the unit of the quantity
/// @param evidence how well it is known
/// @param confidence the confidence of the interval, or of the bound when data enter; in (0, 1)
/// @param interval the interval, when the number is an estimate that has one
/// @param samples how many completions it was computed from
/// @param prompts how many prompts it was computed from, where it is about more than one
/// @param source the theorem, equation or estimator it comes from
/// @param assumptions what must hold for it, a sentence each; empty when nothing is assumed
public record Finding(
    Quantity quantity,
    Role role,
    double value,
    Evidence evidence,
    OptionalDouble confidence,
    Optional<Interval> interval,
    OptionalLong samples,
    OptionalLong prompts,
    Estimator source,
    List<String> assumptions) {

  /// By how much rounding may carry an exact number out of its range.
  private static final double ROUNDING = 1e-9;

  /// Refuses NaN, a confidence outside (0, 1), and an exact number where its quantity cannot be.
  public Finding {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(
          "a finding needs a number, " + quantity.word() + " was NaN");
    }
    confidence.ifPresent(Confidence::new);
    Interval range = quantity.range();
    if (evidence == Evidence.EXACT
        && role == Role.VALUE
        && !(value >= range.lower() - ROUNDING && value <= range.upper() + ROUNDING)) {
      throw new IllegalArgumentException(
          "%s lies in [%s, %s], was %s"
              .formatted(quantity.word(), range.lower(), range.upper(), value));
    }
    assumptions = List.copyOf(assumptions);
  }

  /// The unit of the number.
  ///
  /// @return that of the quantity
  public Unit unit() {
    return quantity.unit();
  }

  /// A number computed on a law that is known in full.
  ///
  /// @param quantity what the number is
  /// @param value the number
  /// @param source the theorem, equation or estimator it comes from
  /// @return the finding
  public static Finding exact(Quantity quantity, double value, Estimator source) {
    return exact(quantity, value, source, List.of());
  }

  /// A number computed on a law that is supposed to be known in full.
  ///
  /// @param quantity what the number is
  /// @param value the number
  /// @param source the theorem, equation or estimator it comes from
  /// @param assumptions what is supposed
  /// @return the finding
  public static Finding exact(
      Quantity quantity, double value, Estimator source, List<String> assumptions) {
    return certain(quantity, Role.VALUE, value, Evidence.EXACT, source, assumptions);
  }

  /// A proven bound that holds for what was observed, with certainty.
  ///
  /// @param quantity what is bounded
  /// @param role upper or lower bound
  /// @param value the bound
  /// @param source the theorem it comes from
  /// @param assumptions what must hold for it
  /// @return the finding
  public static Finding theorem(
      Quantity quantity, Role role, double value, Estimator source, List<String> assumptions) {
    return certain(quantity, role, value, Evidence.THEOREM, source, assumptions);
  }

  /// A bound that has been checked numerically only.
  ///
  /// @param quantity what is bounded
  /// @param role upper or lower bound
  /// @param value the bound
  /// @param source the conjecture it comes from
  /// @param assumptions what must hold for it
  /// @return the finding
  public static Finding conjecture(
      Quantity quantity, Role role, double value, Estimator source, List<String> assumptions) {
    return certain(quantity, role, value, Evidence.CONJECTURE, source, assumptions);
  }

  private static Finding certain(
      Quantity quantity,
      Role role,
      double value,
      Evidence evidence,
      Estimator source,
      List<String> assumptions) {
    return new Finding(
        quantity,
        role,
        value,
        evidence,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        source,
        assumptions);
  }

  /// A proven bound in which data enter: the end of a valid confidence interval.
  ///
  /// @param quantity what is bounded
  /// @param role upper or lower bound
  /// @param value the bound
  /// @param confidence how often such bounds hold
  /// @param samples how many completions it was computed from
  /// @param source the theorem it comes from
  /// @param assumptions what must hold for it
  /// @return the finding
  public static Finding certificate(
      Quantity quantity,
      Role role,
      double value,
      Confidence confidence,
      long samples,
      Estimator source,
      List<String> assumptions) {
    return new Finding(
        quantity,
        role,
        value,
        Evidence.THEOREM,
        OptionalDouble.of(confidence.value()),
        Optional.empty(),
        OptionalLong.of(samples),
        OptionalLong.empty(),
        source,
        assumptions);
  }

  /// A number estimated from completions.
  ///
  /// @param quantity what is estimated
  /// @param role `VALUE`, or a bound when it is a bound that is estimated
  /// @param value the estimate
  /// @param interval the interval at `confidence`
  /// @param confidence the nominal confidence of the interval
  /// @param samples how many completions it was computed from
  /// @param source the estimator
  /// @param assumptions what must hold for it
  /// @return the finding
  public static Finding estimate(
      Quantity quantity,
      Role role,
      double value,
      Interval interval,
      Confidence confidence,
      long samples,
      Estimator source,
      List<String> assumptions) {
    return new Finding(
        quantity,
        role,
        value,
        Evidence.ESTIMATE,
        OptionalDouble.of(confidence.value()),
        Optional.of(interval),
        OptionalLong.of(samples),
        OptionalLong.empty(),
        source,
        assumptions);
  }

  /// This finding, said to come from so many prompts.
  ///
  /// @param count how many, at least 1
  /// @return the same number
  public Finding overPrompts(long count) {
    return new Finding(
        quantity,
        role,
        value,
        evidence,
        confidence,
        interval,
        samples,
        OptionalLong.of(count),
        source,
        assumptions);
  }

  /// The finding as a person reads it: the number to four digits with its interval, how well it is
  /// known, from how much, and where it comes from.
  ///
  /// @return one line, such as `win rate about 0.7028 [0.6427, 0.763] at 95 % (estimate, 224 draws,
  ///   7 prompts; pool_win_rate, ties half, unbiased)`
  @Override
  public String toString() {
    return FindingSentence.of(this);
  }
}
