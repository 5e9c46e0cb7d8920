package topdraw.report.page;

import java.util.Optional;
import topdraw.theory.finding.Finding;
import topdraw.words.Glossary;

/// The opening of a page as HTML, and the few words that it uses.
final class OpeningSection {
  private OpeningSection() {}

  static void write(Html html, Opening opening) {
    html.open("section", "id", "opening").open("ul", "class", "lead");
    opening.sentences().forEach(sentence -> html.element("li", sentence));
    html.close().open("div", "class", "panel plate");
    html.element("h2", opening.picture().title(), "class", "first");
    html.element("p", opening.picture().caption(), "class", "caption");
    FigurePage.chart(html, opening.picture(), 0);
    html.close();
    table(html, opening.table());
    html.close();
    glossary(html);
  }

  /// On narrow screens its cells stand below each other, each after its column's name; the roles
  /// keep it a table for who listens to it.
  private static void table(Html html, Opening.Table table) {
    html.open("div", "class", "card scroll").open("table", "class", "stacked", "role", "table");
    html.element("caption", table.caption());
    html.open("thead").open("tr").element("th", "question", "scope", "col");
    table.columns().forEach(column -> html.element("th", column, "scope", "col"));
    html.close().close().open("tbody");
    for (Opening.Row row : table.rows()) {
      html.open("tr", "role", "row");
      html.element(
          "th", row.name(), "scope", "row", "role", "rowheader", "class", "model", "dir", "auto");
      for (int i = 0; i < row.numbers().size(); i++) {
        cell(html, row.numbers().get(i), table.columns().get(i));
      }
      html.close();
    }
    html.close().close().close();
  }

  private static void cell(Html html, Optional<Finding> number, String column) {
    html.open("td", "class", "number", "role", "cell", "data-column", column);
    number.ifPresentOrElse(
        finding -> FindingsTable.number(html, finding), () -> html.text("not known"));
    html.close();
  }

  private static void glossary(Html html) {
    html.open("section", "id", "words").element("h2", "The words").open("dl", "class", "evidence");
    for (Glossary.Entry entry : Glossary.ENTRIES) {
      html.element("dt", entry.word()).element("dd", entry.meaning());
    }
    html.close().close();
  }
}
