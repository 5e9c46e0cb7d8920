package topdraw.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import topdraw.estimate.Digits;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;

/// Findings in a reader's words.
final class Words {
  private Words() {}

  /// How well a number is known: an estimate with the role of a bound is an estimate of that bound,
  /// and bounds nothing by itself.
  static String known(Evidence evidence, Role role) {
    String bound = role.word().replace('_', ' ');
    if (role == Role.VALUE) {
      return evidence.word();
    }
    return switch (evidence) {
      case ESTIMATE ->
          role == Role.UPPER_BOUND ? "estimate of an " + bound : "estimate of a " + bound;
      case EXACT, THEOREM, CONJECTURE -> evidence.word() + ", " + bound;
    };
  }

  /// What each evidence word promises, in a sentence.
  static String meaning(Evidence evidence) {
    return switch (evidence) {
      case EXACT ->
          "Computed on a law that is known in full; only rounding stands between it and the truth.";
      case THEOREM ->
          "Proven to hold for what was observed. Where chance in the data enters, the confidence is named.";
      case ESTIMATE ->
          "Computed from completions that were drawn, so another run gives another number. An estimate of an"
              + " upper bound is at least the truth on average, but a single one can fall below it.";
      case CONJECTURE -> "Checked numerically only; nobody has proven it.";
    };
  }

  static String quantity(String name) {
    String words = name.replace('_', ' ').replaceAll("\\bkl\\b", "KL");
    return words.equals("KL") ? "KL divergence" : words;
  }

  /// Four significant digits; the page keeps the full number beside them.
  static String number(double value) {
    return minus(Digits.near(value));
  }

  /// Digits with the signs of print.
  static String minus(String digits) {
    return digits.replace('-', '−').replace("infinity", "∞");
  }

  /// The unit after a number; a probability needs none.
  static String unit(String unit) {
    return unit.equals("probability") ? "" : " " + unit;
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

  /// `95 %`, with as many decimals as the confidence needs, two at most; never broken over two
  /// lines.
  static String percent(double confidence) {
    return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))
            .format(100 * confidence)
        + "\u00a0%";
  }
}
