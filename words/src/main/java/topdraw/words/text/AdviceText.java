package topdraw.words.text;

import java.util.ArrayList;
import java.util.List;
import topdraw.advice.Advice;
import topdraw.words.AdviceWords;

/// Advice as text: a setting, then its findings.
public final class AdviceText {
  private static final int WIDTH = 20;

  private AdviceText() {}

  /// One subject.
  ///
  /// @param advice what was found
  /// @return the lines
  public static List<String> lines(Advice advice) {
    List<String> lines = new ArrayList<>();
    lines.add(AdviceWords.heading(advice.subject()));
    lines.add("  " + AdviceWords.about(advice.subject()));
    for (Advice.Row row : advice.rows()) {
      lines.add("  " + AdviceWords.of(row));
      row.findings().forEach(finding -> lines.add("    " + FindingText.line(finding, WIDTH)));
    }
    advice.refused().forEach(reason -> lines.add("  withheld: " + reason));
    return lines;
  }
}
