package topdraw.report.page;

import java.util.Map;

/// The end of a page: how the numbers were made, and what it takes to draw the same completions
/// again.
final class Closing {
  private Closing() {}

  static void write(Html html, Report report) {
    html.open("section").element("h2", "How the numbers were made");
    report.method().forEach(paragraph -> html.element("p", paragraph, "class", "method"));
    html.close();
    html.open("section").element("h2", "Drawing the same again");
    html.open("div", "class", "card").open("dl");
    entry(html, "model", report.provenance().model());
    entry(html, "seed", Long.toString(report.provenance().seed()));
    entry(html, "sampling", report.provenance().sampling().words());
    entry(html, "drawn at", report.drawnAt());
    entries(html, report.provenance().fingerprint());
    entries(html, report.versions());
    html.close().close();
    credit(html);
    html.close();
  }

  /// Whose work draws the figures.
  static void credit(Html html) {
    html.element(
        "p",
        "Figures are drawn by Apache ECharts "
            + Assets.ECHARTS
            + " (Apache License 2.0), which this page carries.",
        "class",
        "small muted");
  }

  private static void entries(Html html, Map<String, String> entries) {
    entries.forEach((name, value) -> entry(html, name, value));
  }

  private static void entry(Html html, String name, String value) {
    html.element("dt", name).element("dd", value);
  }
}
