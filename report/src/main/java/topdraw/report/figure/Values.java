package topdraw.report.figure;

/// What curves and bands ask of their numbers.
final class Values {
  private Values() {}

  /// A copy of numbers that can be drawn: at least one, each finite.
  static double[] drawable(double[] values, String name) {
    if (values.length == 0) {
      throw new IllegalArgumentException(
          name + " has no values; give one for each n from 1 up, or leave it out");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            name
                + " must be finite to be drawn, was "
                + values[i]
                + " at n = "
                + (i + 1)
                + "; end it before that n");
      }
    }
    return values.clone();
  }

  /// Insists on as many second numbers as first ones.
  static void paired(double[] first, double[] second, String name) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "%s has %d places and %d values; each place needs one"
              .formatted(name, first.length, second.length));
    }
  }
}
