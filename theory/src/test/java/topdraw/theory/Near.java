package topdraw.theory;

import static org.assertj.core.api.Assertions.assertThat;

/// Comparisons that leave room for rounding, and for nothing else.
final class Near {
  private static final double ROUNDING = 2e-11;

  private Near() {}

  static void assertAtMost(double value, double bound) {
    assertThat(value).isLessThanOrEqualTo(bound + ROUNDING * Math.abs(bound) + 1e-15);
  }

  static void assertEqual(double value, double expected) {
    assertWithin(ROUNDING, value, expected);
  }

  static void assertWithin(double relative, double value, double expected) {
    double room = relative * Math.abs(expected) + 1e-15;
    assertThat(value).isBetween(expected - room, expected + room);
  }
}
