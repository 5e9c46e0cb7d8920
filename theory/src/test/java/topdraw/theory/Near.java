package topdraw.theory;

import static org.assertj.core.api.Assertions.assertThat;

/// Comparisons that leave room for rounding, and for nothing else.
public final class Near {
  private static final double ROUNDING = 2e-11;

  private Near() {}

  public static void assertAtMost(double value, double bound) {
    assertThat(value).isLessThanOrEqualTo(bound + ROUNDING * Math.abs(bound) + 1e-15);
  }

  public static void assertEqual(double value, double expected) {
    assertWithin(ROUNDING, value, expected);
  }

  public static void assertWithin(double relative, double value, double expected) {
    double room = relative * Math.abs(expected) + 1e-15;
    assertThat(value).isBetween(expected - room, expected + room);
  }
}
