package topdraw.words;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;

/// Numbers as a person reads them: four significant digits, cut so that a bound stays a bound.
///
/// A proven upper bound is rounded up and a proven lower bound down, and an interval outwards. A
/// value within 1e-12 (relative) of a shorter number is that number: such a difference is rounding
/// error, not mathematics. A number that would take a line of zeros is written with a power of ten.
public final class Digits {
  private static final int SIGNIFICANT = 4;
  private static final int LONGEST = 12;

  private Digits() {}

  /// A finding's value.
  ///
  /// @param finding the finding
  /// @return its digits, rounded to the safe side when it is a proven bound
  public static String of(Finding finding) {
    if (finding.evidence() == Evidence.ESTIMATE) {
      return near(finding.value());
    }
    return switch (finding.role()) {
      case VALUE -> near(finding.value());
      case UPPER_BOUND -> up(finding.value());
      case LOWER_BOUND -> down(finding.value());
    };
  }

  /// A number rounded to the nearest.
  ///
  /// @param value any number but NaN
  /// @return its digits
  public static String near(double value) {
    return rounded(value, RoundingMode.HALF_EVEN);
  }

  /// A number rounded up, for the upper end of an interval.
  ///
  /// @param value any number but NaN
  /// @return its digits
  public static String up(double value) {
    return rounded(value, RoundingMode.CEILING);
  }

  /// A number rounded down, for the lower end of an interval.
  ///
  /// @param value any number but NaN
  /// @return its digits
  public static String down(double value) {
    return rounded(value, RoundingMode.FLOOR);
  }

  private static String rounded(double value, RoundingMode mode) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinity" : "-infinity";
    }
    BigDecimal cut = exact(value).round(new MathContext(SIGNIFICANT, mode)).stripTrailingZeros();
    int power = cut.precision() - cut.scale() - 1;
    return Math.abs(power) > LONGEST
        ? cut.movePointLeft(power).toPlainString() + "e" + power
        : cut.toPlainString();
  }

  private static BigDecimal exact(double value) {
    return new BigDecimal(value).round(new MathContext(12, RoundingMode.HALF_EVEN));
  }
}
