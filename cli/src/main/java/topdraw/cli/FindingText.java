package topdraw.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import topdraw.theory.Evidence;
import topdraw.theory.Finding;

/// Findings as lines of text.
///
/// Digits are cut so that a bound stays a bound: upper bounds are rounded up, lower bounds down.
final class FindingText {
  private static final int DIGITS = 4;

  private FindingText() {}

  /// One line a finding, in columns.
  static List<String> lines(List<Finding> findings) {
    return findings.stream().map(FindingText::line).toList();
  }

  static String line(Finding finding) {
    return String.format(
        Locale.ROOT,
        "%-14s %-34s %-36s %s",
        name(finding.quantity()),
        amount(finding),
        evidence(finding),
        finding.source());
  }

  private static String name(String quantity) {
    return switch (quantity) {
      case "kl" -> "KL divergence";
      case "win_rate" -> "win rate";
      case "draws" -> "draws";
      default -> quantity;
    };
  }

  private static String amount(Finding finding) {
    String value = rounded(finding.value(), rounding(finding));
    String words =
        switch (finding.evidence()) {
          case EXACT -> value;
          case ESTIMATE -> "about " + value;
          case THEOREM, CONJECTURE ->
              switch (finding.role()) {
                case VALUE -> value;
                case UPPER_BOUND -> "at most " + value;
                case LOWER_BOUND -> "at least " + value;
              };
        };
    String unit = finding.unit().equals("nats") ? " nats" : "";
    return words
        + unit
        + finding
            .interval()
            .map(
                interval ->
                    " ["
                        + rounded(interval.lower(), RoundingMode.FLOOR)
                        + ", "
                        + rounded(interval.upper(), RoundingMode.CEILING)
                        + "]")
            .orElse("");
  }

  /// `theorem`, `theorem at 95 %`, `estimate, 64 draws`, `estimate of an upper bound, 64 draws`.
  private static String evidence(Finding finding) {
    StringBuilder words = new StringBuilder(finding.evidence().word());
    if (finding.evidence() == Evidence.ESTIMATE) {
      words.append(
          switch (finding.role()) {
            case VALUE -> "";
            case UPPER_BOUND -> " of an upper bound";
            case LOWER_BOUND -> " of a lower bound";
          });
    }
    if (finding.evidence() == Evidence.THEOREM) {
      finding.confidence().ifPresent(c -> words.append(" at ").append(percent(c)));
    }
    finding.samples().ifPresent(n -> words.append(", ").append(n).append(" draws"));
    return words.toString();
  }

  static String percent(double probability) {
    return BigDecimal.valueOf(probability).movePointRight(2).stripTrailingZeros().toPlainString()
        + " %";
  }

  /// A proven upper bound is rounded up and a proven lower bound down, so that what is printed is
  /// proven too.
  private static RoundingMode rounding(Finding finding) {
    if (finding.evidence() == Evidence.ESTIMATE) {
      return RoundingMode.HALF_EVEN;
    }
    return switch (finding.role()) {
      case VALUE -> RoundingMode.HALF_EVEN;
      case UPPER_BOUND -> RoundingMode.CEILING;
      case LOWER_BOUND -> RoundingMode.FLOOR;
    };
  }

  /// Four significant digits. A value within 1e-12 of a shorter number is that number: such a
  /// difference is rounding error, not mathematics.
  static String rounded(double value, RoundingMode mode) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinity" : "-infinity";
    }
    BigDecimal near = new BigDecimal(value).round(new MathContext(12, RoundingMode.HALF_EVEN));
    return near.round(new MathContext(DIGITS, mode)).toPlainString();
  }

  /// A number of nats for a sentence: two decimals, rounded up.
  static String sentenceNats(double value) {
    return new BigDecimal(value)
        .round(new MathContext(12, RoundingMode.HALF_EVEN))
        .setScale(2, RoundingMode.CEILING)
        .toPlainString();
  }

  /// What a person should take away: the textbook against what was seen and what is estimated.
  static String sentence(double textbook, double seenMass, double estimate) {
    String says = "The textbook says " + sentenceNats(textbook) + " nats; ";
    String seen =
        sentenceNats(seenMass).equals(sentenceNats(textbook))
            ? "nothing that was seen proves less"
            : "from what was seen it is at most " + sentenceNats(seenMass);
    return says + seen + " (estimate of an upper bound: " + sentenceNats(estimate) + ").";
  }
}
