package topdraw.theory;

/// Argument checks. Each condition is written so that NaN fails it.
final class Checks {
  private Checks() {}

  static double positive(double value, String name) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be a finite number above 0, was " + value);
    }
    return value;
  }

  static double atLeastOne(double value, String name) {
    if (!(value >= 1 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number of at least 1, was " + value);
    }
    return value;
  }

  static double probability(double value, String name) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          name + " is a probability in [0, 1], was " + value + "; for a percentage, divide by 100");
    }
    return value;
  }

  static double logProbability(double value, String name) {
    if (!(value <= 0)) {
      throw new IllegalArgumentException(
          name
              + " is the logarithm of a probability, at most 0, was "
              + value
              + "; a positive value often means a probability was passed in place of its logarithm");
    }
    return value;
  }

  static double notNaN(double value, String name) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(name + " must be a number, was NaN");
    }
    return value;
  }

  static double positiveProbability(double value, String name) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(
          name
              + " is a probability in (0, 1], was "
              + value
              + "; if it underflows, pass its logarithm");
    }
    return value;
  }

  static double finiteLogProbability(double value, String name) {
    return notMinusInfinity(logProbability(value, name), name);
  }

  private static double notMinusInfinity(double value, String name) {
    if (value == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          name + " is the logarithm of a probability above 0, was -∞");
    }
    return value;
  }

  static double oneOrAtLeastTwo(double value, String name) {
    if (!(value == 1 || (value >= 2 && value < Double.POSITIVE_INFINITY))) {
      throw new IllegalArgumentException(
          name + " must be 1 or a finite number of at least 2, was " + value);
    }
    return value;
  }

  static double score(double value, String name) {
    if (!(value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be finite, or -∞ for a missing score, was " + value);
    }
    return value;
  }

  static double openUnit(double value, String name) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in (0, 1), was " + value);
    }
    return value;
  }

  static double attainableWinRate(double value) {
    if (!(value >= 0.5 && value < 1)) {
      throw new IllegalArgumentException(
          "a win rate to reach is in [0.5, 1): the reference has 0.5 against itself; was " + value);
    }
    return value;
  }

  static double divergence(double value, String name) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(
          name + " is a divergence in nats, at least 0, was " + value);
    }
    return value;
  }
}
