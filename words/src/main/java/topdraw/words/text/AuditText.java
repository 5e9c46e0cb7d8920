package topdraw.words.text;

import java.util.List;
import topdraw.audit.Verdict;
import topdraw.words.Visible;

/// An audit of recorded samples as lines of text.
public final class AuditText {
  private AuditText() {}

  /// A line a check: its verdict, what was looked at, what was seen and where.
  ///
  /// @param verdicts the audit
  /// @return the lines
  public static List<String> lines(List<Verdict> verdicts) {
    return verdicts.stream().map(AuditText::line).toList();
  }

  /// The warnings, each with the first place where it was seen. What is refused is told where a
  /// number is missing for it.
  ///
  /// @param verdicts the audit
  /// @return the lines
  static List<String> warnings(List<Verdict> verdicts) {
    return verdicts.stream()
        .filter(verdict -> verdict.level() == Verdict.Level.WARN)
        .map(
            verdict ->
                Visible.of(
                    verdict.level().word()
                        + ": "
                        + verdict.reason()
                        + verdict.places().stream()
                            .findFirst()
                            .map(place -> " [first: " + place + "]")
                            .orElse("")))
        .toList();
  }

  private static String line(Verdict verdict) {
    String places =
        verdict.places().isEmpty() || verdict.level() == Verdict.Level.OK
            ? ""
            : " [" + String.join("; ", verdict.places()) + "]";
    return "  %-7s %-26s %s"
        .formatted(verdict.level().word(), verdict.check(), Visible.of(verdict.reason() + places));
  }

  /// What is not well, a sentence each.
  ///
  /// @param verdicts the audit
  /// @return the reasons
  public static List<String> objections(List<Verdict> verdicts) {
    return verdicts.stream()
        .filter(verdict -> verdict.level() != Verdict.Level.OK)
        .map(verdict -> Visible.of(verdict.reason()))
        .toList();
  }
}
