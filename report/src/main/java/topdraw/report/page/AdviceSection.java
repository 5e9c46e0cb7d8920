package topdraw.report.page;

import java.util.List;
import topdraw.advice.Advice;
import topdraw.words.AdviceWords;
import topdraw.words.AnalysisReport;

/// Answers to what was asked beside the curve, a card a setting.
final class AdviceSection {
  private AdviceSection() {}

  static void write(Html html, AnalysisReport report) {
    report.advice().forEach(advice -> subject(html, advice));
  }

  private static void subject(Html html, Advice advice) {
    html.open("section", "id", advice.subject().word());
    html.element("h2", AdviceWords.heading(advice.subject()));
    html.element("p", AdviceWords.about(advice.subject()), "class", "muted");
    for (Advice.Row row : advice.rows()) {
      html.open("div", "class", "card");
      FindingsTable.write(html, AdviceWords.of(row), row.findings(), List.of());
      html.close();
    }
    for (String reason : advice.refused()) {
      html.open("p", "class", "card");
      html.element("span", "withheld", "class", "badge refuse");
      html.text(" " + reason).close();
    }
    html.close();
  }
}
