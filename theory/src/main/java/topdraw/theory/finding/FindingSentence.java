package topdraw.theory.finding;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.OptionalLong;

/// A finding in one line, for whoever prints it: four digits, cut so that a bound stays a bound and
/// an interval holds what it held.
final class FindingSentence {
  private static final MathContext WITHOUT_ROUNDING_ERROR =
      new MathContext(12, RoundingMode.HALF_EVEN);
  private static final int DIGITS = 4;
  private static final int LONGEST = 12;

  private FindingSentence() {}

  static String of(Finding finding) {
    String name = name(finding.quantity());
    StringBuilder line =
        new StringBuilder(name).append(number(finding)).append(unit(name, finding));
    finding
        .interval()
        .ifPresent(
            interval ->
                line.append(" [")
                    .append(digits(interval.lower(), RoundingMode.FLOOR))
                    .append(", ")
                    .append(digits(interval.upper(), RoundingMode.CEILING))
                    .append(']'));
    finding.confidence().ifPresent(c -> line.append(" at ").append(percent(c)).append(" %"));
    line.append(" (").append(finding.evidence().word());
    if (finding.evidence() == Evidence.ESTIMATE) {
      line.append(ofBound(finding.role()));
    }
    count(line, finding.samples(), "draw");
    count(line, finding.prompts(), "prompt");
    line.append("; ").append(finding.source().title());
    finding.assumptions().forEach(assumption -> line.append("; ").append(assumption));
    return line.append(')').toString();
  }

  /// The unit, unless the quantity has said it, or it needs none.
  private static String unit(String name, Finding finding) {
    Unit unit = finding.unit();
    boolean none = unit == Unit.PROBABILITY || unit == Unit.NUMBER || unit == Unit.CORRELATION;
    return none || name.contains(unit.word()) ? "" : " " + unit.word();
  }

  private static String name(Quantity quantity) {
    return quantity == Quantity.KL ? "KL divergence" : quantity.word().replace('_', ' ');
  }

  /// An estimate of a bound bounds nothing by itself.
  private static String ofBound(Role role) {
    return switch (role) {
      case VALUE -> "";
      case UPPER_BOUND -> " of an upper bound";
      case LOWER_BOUND -> " of a lower bound";
    };
  }

  private static String number(Finding finding) {
    if (finding.evidence() == Evidence.ESTIMATE) {
      return " about " + digits(finding.value(), RoundingMode.HALF_EVEN);
    }
    return switch (finding.role()) {
      case VALUE -> " " + digits(finding.value(), RoundingMode.HALF_EVEN);
      case UPPER_BOUND -> " at most " + digits(finding.value(), RoundingMode.CEILING);
      case LOWER_BOUND -> " at least " + digits(finding.value(), RoundingMode.FLOOR);
    };
  }

  private static String digits(double value, RoundingMode mode) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinity" : "-infinity";
    }
    // What is beyond twelve digits is rounding error, and must not carry a bound to the next
    // number.
    BigDecimal exact = new BigDecimal(value).round(WITHOUT_ROUNDING_ERROR);
    BigDecimal cut = exact.round(new MathContext(DIGITS, mode)).stripTrailingZeros();
    int power = cut.precision() - cut.scale() - 1;
    return Math.abs(power) > LONGEST
        ? cut.movePointLeft(power).toPlainString() + "e" + power
        : cut.toPlainString();
  }

  /// Cut, so that no more is promised than holds.
  private static String percent(double confidence) {
    return BigDecimal.valueOf(confidence)
        .movePointRight(2)
        .setScale(DIGITS, RoundingMode.FLOOR)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static void count(StringBuilder line, OptionalLong count, String what) {
    count.ifPresent(
        n -> line.append(", ").append(n).append(' ').append(what).append(n == 1 ? "" : "s"));
  }
}
