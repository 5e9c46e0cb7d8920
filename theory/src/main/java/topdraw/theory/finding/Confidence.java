package topdraw.theory.finding;

/// How often intervals and certificates made in one way are to hold: all that is stated with a
/// confidence is stated at one of these.
///
/// @param value the share that holds, in (0, 1)
public record Confidence(double value) {
  /// What is meant where nothing is said.
  public static final double USUAL = 0.95;

  /// The same as a confidence.
  public static final Confidence DEFAULT = new Confidence(USUAL);

  /// Refuses what is not between 0 and 1.
  public Confidence {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(
          "a confidence is between 0 and 1, such as " + USUAL + ", was " + value);
    }
  }

  /// The chance of failing that is left.
  ///
  /// @return `1 - value`, in (0, 1)
  public double alpha() {
    return 1 - value;
  }

  /// The confidence of each end alone, when both ends of an interval share the chance of failing.
  ///
  /// @return a confidence nearer to 1
  public Confidence ofOneEnd() {
    return new Confidence(1 - alpha() / 2);
  }
}
