package topdraw.theory.numeric;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Bounds in words of one digit.
public final class OneDigit {
  private static final MathContext UP = new MathContext(1, RoundingMode.CEILING);

  private OneDigit() {}

  /// An upper bound to one significant digit, rounded up: what it bounds is no more than what is
  /// said.
  ///
  /// @param bound a finite number
  /// @return as `0.0006` or `3e-07`
  public static String atMost(double bound) {
    return String.format(Locale.ROOT, "%.1g", BigDecimal.valueOf(bound).round(UP).doubleValue());
  }
}
