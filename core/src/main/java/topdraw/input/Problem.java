package topdraw.input;

/// What kind of thing is wrong with what was given: for programs, which read no sentences.
public enum Problem {
  /// Something that is needed was not given, or is not where it was said to be.
  MISSING,
  /// There is nothing of that name.
  UNKNOWN,
  /// A number is outside the range it lives in.
  OUT_OF_RANGE,
  /// It cannot be read as what it should be.
  MALFORMED,
  /// Two things that were given do not go together.
  CONFLICT,
  /// It is there already, and would be lost.
  EXISTS,
  /// It is not made for that.
  UNSUPPORTED,
  /// It is larger than what can be taken.
  TOO_LARGE
}
