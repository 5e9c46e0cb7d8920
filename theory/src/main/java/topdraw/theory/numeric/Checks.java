package topdraw.theory.numeric;

/// Argument checks, each of which names what was wrong. Each condition is written so that NaN fails
/// it.
public final class Checks {
  private Checks() {}

  /// Requires a finite number above 0.
  ///
  /// @param value the number
  /// @param name what to call it in the message
  /// @return the number
  /// @throws IllegalArgumentException if it is anything else
  public static double positive(double value, String name) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be a finite number above 0, was " + value);
    }
    return value;
  }

  /// Requires a finite number of at least 1.
  ///
  /// @param value the number
  /// @param name what to call it in the message
  /// @return the number
  /// @throws IllegalArgumentException if it is anything else
  public static double atLeastOne(double value, String name) {
    if (!(value >= 1 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number of at least 1, was " + value);
    }
    return value;
  }

  /// Requires a probability in `[0, 1]`.
  ///
  /// @param value the number
  /// @param name what to call it in the message
  /// @return the number
  /// @throws IllegalArgumentException if it is anything else
  public static double probability(double value, String name) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          name + " is a probability in [0, 1], was " + value + "; for a percentage, divide by 100");
    }
    return value;
  }

  /// Requires the logarithm of a probability, at most 0.
  ///
  /// @param value the number
  /// @param name what to call it in the message
  /// @return the number
  /// @throws IllegalArgumentException if it is anything else
  public static double logProbability(double value, String name) {
    if (!(value <= 0)) {
      throw new IllegalArgumentException(
          name
              + " is the logarithm of a probability, at most 0, was "
              + value
              + "; a positive value often means a probability was passed in place of its logarithm");
    }
    return value;
  }

  /// Requires anything but NaN.
  ///
  /// @param value the number
  /// @param name what to call it in the message
  /// @return the number
  /// @throws IllegalArgumentException if it is anything else
  public static double notNaN(double value, String name) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(name + " must be a number, was NaN");
    }
    return value;
  }

  /// Requires a probability in `(0, 1]`.
  ///
  /// @param value the number
  /// @param name what to call it in the message
  /// @return the number
  /// @throws IllegalArgumentException if it is anything else
  public static double positiveProbability(double value, String name) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(
          name
              + " is a probability in (0, 1], was "
              + value
              + "; if it underflows, pass its logarithm");
    }
    return value;
  }

  /// Requires the logarithm of a probability above 0.
  ///
  /// @param value the number
  /// @param name what to call it in the message
  /// @return the number
  /// @throws IllegalArgumentException if it is anything else
  public static double finiteLogProbability(double value, String name) {
    return notMinusInfinity(logProbability(value, name), name);
  }

  private static double notMinusInfinity(double value, String name) {
    if (value == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          name + " is the logarithm of a probability above 0, was -∞");
    }
    return value;
  }

  /// Requires 1 or a finite number of at least 2.
  ///
  /// @param value the number
  /// @param name what to call it in the message
  /// @return the number
  /// @throws IllegalArgumentException if it is anything else
  public static double oneOrAtLeastTwo(double value, String name) {
    if (!(value == 1 || (value >= 2 && value < Double.POSITIVE_INFINITY))) {
      throw new IllegalArgumentException(
          name + " must be 1 or a finite number of at least 2, was " + value);
    }
    return value;
  }

  /// Requires a score: finite, or `-∞` where it is missing.
  ///
  /// @param value the number
  /// @param name what to call it in the message
  /// @return the number
  /// @throws IllegalArgumentException if it is anything else
  public static double score(double value, String name) {
    if (!(value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be finite, or -∞ for a missing score, was " + value);
    }
    return value;
  }

  /// Requires a number in `(0, 1)`.
  ///
  /// @param value the number
  /// @param name what to call it in the message
  /// @return the number
  /// @throws IllegalArgumentException if it is anything else
  public static double openUnit(double value, String name) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in (0, 1), was " + value);
    }
    return value;
  }

  /// Requires a win rate in `[1/2, 1)`.
  ///
  /// @param value the number
  /// @return the number
  /// @throws IllegalArgumentException if it is anything else
  public static double attainableWinRate(double value) {
    if (!(value >= 0.5 && value < 1)) {
      throw new IllegalArgumentException(
          "a win rate to reach is in [0.5, 1): the reference has 0.5 against itself; was " + value);
    }
    return value;
  }

  /// Requires a divergence in nats, at least 0.
  ///
  /// @param value the number
  /// @param name what to call it in the message
  /// @return the number
  /// @throws IllegalArgumentException if it is anything else
  public static double divergence(double value, String name) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(
          name + " is a divergence in nats, at least 0, was " + value);
    }
    return value;
  }
}
