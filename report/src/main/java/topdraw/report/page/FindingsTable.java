package topdraw.report.page;

import java.util.List;
import topdraw.estimate.Withheld;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Role;
import topdraw.words.Attribution;
import topdraw.words.Digits;
import topdraw.words.EvidenceWords;
import topdraw.words.QuantityWords;

/// Findings as HTML: a table of them, and the pieces that other tables share with it.
final class FindingsTable {
  private FindingsTable() {}

  /// The findings, then a row for each number that is withheld.
  static void write(Html html, String caption, List<Finding> findings, List<Withheld> withheld) {
    html.open("div", "class", "scroll").open("table");
    html.element("caption", caption);
    html.open("thead").open("tr");
    for (String name : new String[] {"quantity", "value", "interval", "N", "source, assumptions"}) {
      html.element("th", name, "scope", "col");
    }
    html.close().close().open("tbody");
    findings.forEach(finding -> row(html, finding));
    withheld.forEach(one -> row(html, one));
    html.close().close().close();
  }

  private static void row(Html html, Withheld withheld) {
    html.open("tr", "class", "withheld").open("th", "scope", "row");
    html.text(QuantityWords.of(withheld.quantity())).empty("br");
    html.element("span", "withheld", "class", "badge refuse").close();
    html.element("td", withheld.reason(), "colspan", "3");
    html.element("td", withheld.source().title()).close();
  }

  private static void row(Html html, Finding finding) {
    html.open("tr").open("th", "scope", "row");
    html.text(QuantityWords.of(finding.quantity())).empty("br");
    badge(html, finding.evidence(), finding.role());
    html.close().open("td", "class", "number");
    value(html, finding);
    html.close();
    html.element("td", orDash(Words.interval(finding)));
    html.element("td", orDash(samples(finding)), "class", "number");
    html.open("td").text(Attribution.of(finding));
    finding
        .assumptions()
        .forEach(sentence -> html.element("div", sentence, "class", "small muted"));
    html.close().close();
  }

  /// Four digits to read, all of them for whoever points at the number or reads the page by
  /// machine.
  static void value(Html html, Finding finding) {
    String full = Double.toString(finding.value());
    html.element("data", Words.minus(Digits.of(finding)), "value", full, "title", full);
    html.text(QuantityWords.after(finding.unit()));
  }

  /// A value with its interval below.
  static void number(Html html, Finding finding) {
    value(html, finding);
    String interval = Words.interval(finding);
    if (!interval.isEmpty()) {
      html.element("div", interval, "class", "small muted");
    }
  }

  static void badge(Html html, Evidence evidence, Role role) {
    html.element("span", EvidenceWords.of(evidence, role), "class", "badge " + evidence.word());
  }

  private static String samples(Finding finding) {
    return finding.samples().isPresent() ? Long.toString(finding.samples().getAsLong()) : "";
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "–" : text;
  }
}
