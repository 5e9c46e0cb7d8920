package topdraw.advice;

import java.util.Locale;

/// What advice is about.
public enum Subject {
  /// pass@k for more draws than were recorded.
  FORECAST,
  /// Giving no answer where none is good enough.
  ACCEPTANCE,
  /// Choosing harder by a proxy only as long as gold gains.
  GUARD,
  /// What no number of draws reaches.
  CEILING,
  /// Which prompts to spend draws on, and when to stop.
  BUDGET;

  /// The word as it is written to files.
  ///
  /// @return such as `forecast`
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
