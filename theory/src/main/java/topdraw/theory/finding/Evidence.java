package topdraw.theory.finding;

import java.util.Locale;

/// How well a printed number is known. The words are part of the API: every number that a person
/// sees carries one.
public enum Evidence {
  /// Computed on a law that is known in full.
  EXACT,
  /// A proven bound that holds for what was observed; when it rests on data, the end of a valid
  /// confidence interval, with its confidence named.
  THEOREM,
  /// Everything else that comes from data: stated with its sample size, and an interval.
  ESTIMATE,
  /// A claim that has been checked numerically only.
  CONJECTURE;

  /// The word as it is printed and written to files.
  ///
  /// @return the lower-case name
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
