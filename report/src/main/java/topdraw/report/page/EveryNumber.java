package topdraw.report.page;

import java.util.List;
import topdraw.estimate.Analysis;
import topdraw.estimate.AtN;

/// Every number of the curves in tables, a row an n: for paper, for readers of the page by machine,
/// and for browsers without scripts.
final class EveryNumber {
  private EveryNumber() {}

  static void write(Html html, Analysis analysis) {
    html.open("section", "id", "numbers").element("h2", "Every number");
    Series.byQuantity(analysis.curve()).forEach((_, series) -> table(html, series, analysis));
    if (!analysis.rewind().isEmpty()) {
      html.element("h3", "Rewind-and-repeat");
      html.open("div", "class", "card");
      FindingsTable.write(
          html,
          "Until a draw reaches the reward "
              + Words.number(analysis.question().threshold().orElseThrow())
              + ", whatever n",
          analysis.rewind(),
          List.of());
      html.close();
    }
    html.close();
  }

  private static void table(Html html, List<Series> series, Analysis analysis) {
    Series first = series.getFirst();
    Topic topic = Topic.of(first.quantity(), analysis.question());
    html.open("details", "class", "card").open("summary");
    html.text(topic.title()).element("span", " " + topic.axis(), "class", "small muted").close();
    html.open("div", "class", "scroll").open("table", "class", "every");
    html.open("thead").open("tr").element("th", "n", "scope", "col");
    series.forEach(one -> heading(html, one));
    html.close().close().open("tbody");
    analysis.curve().forEach(at -> row(html, at, series));
    html.close().close().close().close();
  }

  private static void heading(Html html, Series series) {
    html.open("th", "scope", "col").text(series.name());
    html.element("div", series.source().title(), "class", "small muted");
    FindingsTable.badge(html, series.evidence(), series.role());
    html.close();
  }

  private static void row(Html html, AtN at, List<Series> series) {
    html.open("tr").element("th", Integer.toString(at.n()), "scope", "row");
    for (Series one : series) {
      html.open("td", "class", "number");
      one.at(at)
          .ifPresentOrElse(finding -> FindingsTable.number(html, finding), () -> html.text("–"));
      html.close();
    }
    html.close();
  }
}
