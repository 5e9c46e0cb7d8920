package topdraw.report.page;

import java.util.List;
import java.util.stream.Collectors;
import topdraw.report.figure.Figure;
import topdraw.report.figure.FigureJson;
import topdraw.report.figure.Line;
import topdraw.report.figure.Plot;
import topdraw.report.figure.Plot.Chart;
import topdraw.report.figure.Plot.Simplex;

/// Figures as one HTML page that needs no other file and no network: point at a line and its
/// numbers appear.
public final class FigurePage {
  private FigurePage() {}

  /// The page as text.
  ///
  /// @param title the page's title
  /// @param lead one paragraph: what is drawn, by what
  /// @param figures the figures in reading order
  /// @return the page
  public static String html(String title, String lead, List<Figure> figures) {
    var html = new Html();
    html.open("html", "lang", "en");
    PageShell.FIGURES.head(html, title);
    html.open("body").open("main");
    html.element("h1", title).element("p", lead, "class", "lead");
    html.element("noscript", "The figures need JavaScript; their numbers stand in the CSV files.");
    for (int i = 0; i < figures.size(); i++) {
      figure(html, figures.get(i), i);
    }
    html.close();
    PageShell.data(html, "plates", FigureJson.of(figures));
    PageShell.FIGURES.scripts(html);
    return html.close().close().page();
  }

  private static void figure(Html html, Figure figure, int index) {
    html.open("section", "id", figure.id()).element("h2", figure.title());
    html.element("p", figure.caption(), "class", "caption").open("div", "class", "panel plate");
    chart(html, figure, index);
    html.close().close();
  }

  /// Where a figure is drawn: the place of its data among the figures of the page, and the picture
  /// in words.
  static void chart(Html html, Figure figure, int index) {
    html.element(
        "div",
        "",
        "class",
        "chart",
        "role",
        "img",
        "aria-label",
        alternative(figure),
        "data-plate",
        Integer.toString(index));
  }

  /// The picture in words: what is drawn, and where each line ends.
  private static String alternative(Figure figure) {
    return figure.plots().stream().map(FigurePage::words).collect(Collectors.joining(" "));
  }

  private static String words(Plot plot) {
    return switch (plot) {
      case Chart chart ->
          chart.lines().stream()
              .map(FigurePage::end)
              .collect(
                  Collectors.joining(
                      "; ",
                      chart.title()
                          + ": "
                          + chart.y().name()
                          + " against "
                          + chart.x().name()
                          + ". ",
                      "."));
      case Simplex simplex ->
          simplex.paths().stream()
              .map(Plot.Path::name)
              .collect(Collectors.joining(", ", "Paths of policies on three outcomes: ", "."));
    };
  }

  private static String end(Line line) {
    double[] x = line.x();
    double[] y = line.y();
    return line.name()
        + " ends at "
        + Words.number(y[y.length - 1])
        + " where the axis reads "
        + Words.number(x[x.length - 1]);
  }
}
