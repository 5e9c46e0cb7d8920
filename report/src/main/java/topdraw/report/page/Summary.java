package topdraw.report.page;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import topdraw.report.figure.PromptFigure;
import topdraw.report.figure.PromptPanel;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.words.QuantityWords;

/// The first table of a page: a row a prompt and reward, a column a quantity.
final class Summary {
  /// What a column holds. Findings with equal keys stand in one column.
  private record Column(Quantity quantity, Role role, Evidence evidence, Estimator source) {
    static Column of(Finding finding) {
      return new Column(finding.quantity(), finding.role(), finding.evidence(), finding.source());
    }
  }

  private Summary() {}

  static void write(Html html, List<PromptFigure> figures) {
    Set<Column> columns = columns(figures);
    html.open("div", "class", "card scroll").open("table", "class", "summary");
    html.open("thead").open("tr").element("th", "prompt", "scope", "col");
    columns.forEach(column -> heading(html, column));
    html.close().close().open("tbody");
    for (int i = 0; i < figures.size(); i++) {
      group(html, figures.get(i), columns.size() + 1);
      rows(html, figures.get(i), i, columns);
    }
    html.close().close().close();
  }

  private static Set<Column> columns(List<PromptFigure> figures) {
    Set<Column> columns = new LinkedHashSet<>();
    for (PromptFigure figure : figures) {
      for (PromptPanel panel : figure.panels()) {
        panel.findings().forEach(finding -> columns.add(Column.of(finding)));
      }
    }
    return columns;
  }

  private static void heading(Html html, Column column) {
    html.open("th", "scope", "col").text(QuantityWords.of(column.quantity()));
    html.element("div", column.source().title(), "class", "small muted");
    FindingsTable.badge(html, column.evidence(), column.role());
    html.close();
  }

  private static void group(Html html, PromptFigure figure, int width) {
    html.open("tr");
    html.element(
        "th",
        figure.title(),
        "scope",
        "rowgroup",
        "class",
        "group",
        "colspan",
        Integer.toString(width));
    html.close();
  }

  private static void rows(Html html, PromptFigure figure, int index, Set<Column> columns) {
    for (int i = 0; i < figure.panels().size(); i++) {
      PromptPanel panel = figure.panels().get(i);
      html.open("tr").open("th", "scope", "row");
      html.element(
          "a", panel.title(), "href", "#" + PromptFigureSection.id(index, i), "class", "model");
      html.element("div", "n = " + panel.findingsAt(), "class", "small muted").close();
      columns.forEach(column -> cell(html, panel, column));
      html.close();
    }
  }

  private static void cell(Html html, PromptPanel panel, Column column) {
    html.open("td", "class", "number");
    panel.findings().stream()
        .filter(finding -> Column.of(finding).equals(column))
        .findFirst()
        .ifPresentOrElse(finding -> FindingsTable.number(html, finding), () -> html.text("–"));
    html.close();
  }
}
