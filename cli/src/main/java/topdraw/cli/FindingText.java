package topdraw.cli;

import java.util.List;
import java.util.Locale;
import topdraw.estimate.Digits;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Unit;
import topdraw.words.Attribution;
import topdraw.words.Percent;

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
        Attribution.of(finding));
  }

  private static String name(Quantity quantity) {
    return switch (quantity) {
      case KL -> "KL divergence";
      case WIN_RATE -> "win rate";
      case EXPECTED_REWARD -> "mean reward";
      case EXPECTED_DRAWS -> "mean draws";
      case KL_ESTIMATOR_SD -> "sd of (25)";
      case WIN_SHARE -> "win share";
      case REWARD_DIFFERENCE -> "reward change";
      case LENGTH_DIFFERENCE -> "length change";
      default -> quantity.word();
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
    String unit = finding.unit() == Unit.NATS ? " nats" : "";
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
    return Percent.of(probability);
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
