package topdraw.words.text;

import java.util.List;
import java.util.Locale;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Unit;
import topdraw.words.Attribution;
import topdraw.words.Digits;
import topdraw.words.EvidenceWords;
import topdraw.words.QuantityWords;

/// Findings as lines of text.
public final class FindingText {
  private FindingText() {}

  /// One line a finding, in columns.
  ///
  /// @param findings the findings
  /// @return the lines
  public static List<String> lines(List<Finding> findings) {
    return findings.stream().map(FindingText::line).toList();
  }

  /// A finding in columns: quantity, number with its interval, evidence, source.
  ///
  /// @param finding the finding
  /// @return the line
  public static String line(Finding finding) {
    return line(finding, 14);
  }

  /// The same with room for long quantities.
  ///
  /// @param finding the finding
  /// @param width letters of the first column
  /// @return the line
  static String line(Finding finding, int width) {
    return String.format(
        Locale.ROOT,
        "%-" + width + "s %-34s %-36s %s",
        QuantityWords.of(finding.quantity()),
        amount(finding),
        EvidenceWords.of(finding),
        Attribution.of(finding));
  }

  private static String amount(Finding finding) {
    // Other units are told by the quantity's name.
    String unit = finding.unit() == Unit.NATS ? QuantityWords.after(finding.unit()) : "";
    return number(finding) + unit + finding.interval().map(i -> " " + interval(i)).orElse("");
  }

  /// A finding's number with the word that says how well it is known.
  ///
  /// @param finding the finding
  /// @return such as `about 3.4` or `at most 1.836`
  static String number(Finding finding) {
    String value = Digits.of(finding);
    return switch (finding.evidence()) {
      case EXACT -> value;
      case ESTIMATE -> "about " + value;
      case THEOREM, CONJECTURE ->
          switch (finding.role()) {
            case VALUE -> value;
            case UPPER_BOUND -> "at most " + value;
            case LOWER_BOUND -> "at least " + value;
          };
    };
  }

  /// An interval, its ends rounded outwards.
  ///
  /// @param interval the interval
  /// @return such as `[0.27, 0.35]`
  public static String interval(Interval interval) {
    return "[" + Digits.down(interval.lower()) + ", " + Digits.up(interval.upper()) + "]";
  }
}
