package topdraw.theory.finding;

import java.util.Locale;

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
