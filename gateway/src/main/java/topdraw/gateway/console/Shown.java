package topdraw.gateway.console;

import java.util.Map;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.words.Digits;
import topdraw.words.EvidenceWords;
import topdraw.words.json.FindingJson;
import topdraw.words.text.FindingText;

/// A finding with the words that the page shows: a browser rounds to the nearest, and a bound that
/// is rounded so is none.
final class Shown {
  private Shown() {}

  /// A finding as JSON, with `shown`, its number to four digits cut to the safe side, and `words`,
  /// how well it is known.
  static Map<String, Object> of(Finding finding) {
    Map<String, Object> json = FindingJson.of(finding);
    json.put("shown", number(finding));
    json.put("words", EvidenceWords.of(finding));
    return json;
  }

  private static String number(Finding finding) {
    String value = Digits.of(finding);
    if (finding.evidence() == Evidence.ESTIMATE) {
      // Of a bound too: it bounds nothing by itself.
      return value + finding.interval().map(i -> " " + FindingText.interval(i)).orElse("");
    }
    return switch (finding.role()) {
      case VALUE -> value;
      case UPPER_BOUND -> "at most " + value;
      case LOWER_BOUND -> "at least " + value;
    };
  }
}
