package topdraw.report.page;

import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.words.Digits;
import topdraw.words.Percent;

/// Numbers as a page prints them: with the signs of print, and unbroken.
final class Words {
  private Words() {}

  /// Four significant digits; the page keeps the full number beside them.
  static String number(double value) {
    return minus(Digits.near(value));
  }

  /// Digits with the signs of print.
  static String minus(String digits) {
    return digits.replace('-', '−').replace("infinity", "∞");
  }

  /// The interval with its confidence, or the confidence alone, or nothing.
  static String interval(Finding finding) {
    String confidence =
        finding.confidence().isPresent() ? percent(finding.confidence().getAsDouble()) : "";
    return finding
        .interval()
        .map(ends -> ends(ends) + (confidence.isEmpty() ? "" : " at\u00a0" + confidence))
        .orElse(confidence.isEmpty() ? "" : "holds at " + confidence);
  }

  private static String ends(Interval interval) {
    return minus(Digits.down(interval.lower()))
        + "\u00a0to\u00a0"
        + minus(Digits.up(interval.upper()));
  }

  /// `95 %`, never broken over two lines.
  static String percent(double confidence) {
    return Percent.of(confidence).replace(' ', '\u00a0');
  }
}
