package topdraw.theory.finding;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// One number for a person, with everything needed to trust it or not. The same shape is printed by
/// commands, written to run folders and drawn in reports.
///
/// @param quantity what the number is, such as `kl` or `win_rate`
/// @param role whether the number is the quantity itself or a bound on it
/// @param value the number
/// @param unit its unit: `nats`, `probability`, `reward`, `draws`
/// @param evidence how well it is known
/// @param confidence the confidence of the interval, or of the bound when data enter; in (0, 1)
/// @param interval the interval, when the number is an estimate that has one
/// @param samples how many completions it was computed from
/// @param source the theorem, equation or estimator it comes from
/// @param assumptions what must hold for it, a sentence each; empty when nothing is assumed
public record Finding(
    String quantity,
    Role role,
    double value,
    String unit,
    Evidence evidence,
    OptionalDouble confidence,
    Optional<Interval> interval,
    OptionalLong samples,
    String source,
    List<String> assumptions) {

  /// Whether a number is the quantity itself or bounds it from one side.
  public enum Role {
    /// The quantity itself.
    VALUE,
    /// At least the quantity; an *estimate* with this role is an estimate of an upper bound.
    UPPER_BOUND,
    /// At most the quantity; an *estimate* with this role is an estimate of a lower bound.
    LOWER_BOUND;

    /// The word as it is written to files.
    ///
    /// @return the lower-case name
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Refuses NaN and a confidence outside (0, 1).
  public Finding {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("a finding needs a number, " + quantity + " was NaN");
    }
    if (confidence.isPresent() && !(confidence.getAsDouble() > 0 && confidence.getAsDouble() < 1)) {
      throw new IllegalArgumentException(
          "a confidence is in (0, 1), was " + confidence.getAsDouble());
    }
    assumptions = List.copyOf(assumptions);
  }

  /// A number computed on a law that is known in full.
  ///
  /// @param quantity what the number is
  /// @param value the number
  /// @param unit its unit
  /// @param source the theorem, equation or estimator it comes from
  /// @return the finding
  public static Finding exact(String quantity, double value, String unit, String source) {
    return new Finding(
        quantity,
        Role.VALUE,
        value,
        unit,
        Evidence.EXACT,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        source,
        List.of());
  }

  /// A proven bound that holds for what was observed, with certainty.
  ///
  /// @param quantity what is bounded
  /// @param role upper or lower bound
  /// @param value the bound
  /// @param unit its unit
  /// @param source the theorem it comes from
  /// @param assumptions what must hold for it
  /// @return the finding
  public static Finding theorem(
      String quantity,
      Role role,
      double value,
      String unit,
      String source,
      List<String> assumptions) {
    return new Finding(
        quantity,
        role,
        value,
        unit,
        Evidence.THEOREM,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        source,
        assumptions);
  }

  /// A number estimated from completions.
  ///
  /// @param quantity what is estimated
  /// @param role `VALUE`, or a bound when it is a bound that is estimated
  /// @param value the estimate
  /// @param unit its unit
  /// @param interval the interval at `confidence`
  /// @param confidence the nominal confidence of the interval, in (0, 1)
  /// @param samples how many completions it was computed from
  /// @param source the estimator
  /// @param assumptions what must hold for it
  /// @return the finding
  public static Finding estimate(
      String quantity,
      Role role,
      double value,
      String unit,
      Interval interval,
      double confidence,
      long samples,
      String source,
      List<String> assumptions) {
    return new Finding(
        quantity,
        role,
        value,
        unit,
        Evidence.ESTIMATE,
        OptionalDouble.of(confidence),
        Optional.of(interval),
        OptionalLong.of(samples),
        source,
        assumptions);
  }
}
