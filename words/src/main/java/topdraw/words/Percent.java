package topdraw.words;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Confidences as people read them.
public final class Percent {
  private static final int MOST_DECIMALS = 4;

  private Percent() {}

  /// A confidence, cut so that no more is promised than holds.
  ///
  /// @param confidence in (0, 1)
  /// @return such as `95 %` or `98.3333 %`
  public static String of(double confidence) {
    BigDecimal percent =
        BigDecimal.valueOf(confidence)
            .movePointRight(2)
            .setScale(MOST_DECIMALS, RoundingMode.FLOOR)
            .stripTrailingZeros();
    return percent.toPlainString() + " %";
  }
}
