package topdraw.cli;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import topdraw.estimate.Digits;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;

/// Findings as lines of text.
final class FindingText {
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
      case "expected_reward" -> "mean reward";
      case "expected_draws" -> "mean draws";
      case "kl_estimator_sd" -> "sd of (25)";
      case "win_share" -> "win share";
      case "reward_difference" -> "reward change";
      case "length_difference" -> "length change";
      default -> quantity;
    };
  }

  private static String amount(Finding finding) {
    String value = Digits.of(finding);
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
                    " [" + Digits.down(interval.lower()) + ", " + Digits.up(interval.upper()) + "]")
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
    finding
        .samples()
        .ifPresent(n -> words.append(", ").append(n).append(n == 1 ? " draw" : " draws"));
    return words.toString();
  }

  static String percent(double probability) {
    return BigDecimal.valueOf(probability).movePointRight(2).stripTrailingZeros().toPlainString()
        + " %";
  }

  /// What a person should take away: the textbook against what is proven and what is estimated.
  static String sentence(double textbook, double proven, double estimate) {
    String says = "The textbook says " + Digits.upToHundredths(textbook) + " nats; ";
    String seen =
        Digits.upToHundredths(proven).equals(Digits.upToHundredths(textbook))
            ? "nothing that was seen proves less"
            : "from what was seen it is at most " + Digits.upToHundredths(proven);
    return says + seen + " (estimate of an upper bound: " + Digits.upToHundredths(estimate) + ").";
  }
}
