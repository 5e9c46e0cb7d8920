package topdraw.report.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import topdraw.report.figure.FigureJson;

/// Writes a report as one HTML page that needs no other file and no network: figures, tables and
/// scripts are inside it. Its content security policy allows its own scripts and style by their
/// hashes and nothing else.
public final class ReportPage {
  private ReportPage() {}

  /// Writes the page; a page that stood there is replaced in one step.
  ///
  /// @param report what the page says
  /// @param file where it goes; its folder is made when missing
  /// @throws IOException if it cannot be written, naming the file and the reason
  public static void write(Report report, Path file) throws IOException {
    PageShell.write(html(report), file);
  }

  /// The page as text.
  static String html(Report report) {
    var html = new Html();
    html.open("html", "lang", "en");
    PageShell.FIGURES.head(html, report.title());
    html.open("body").open("main");
    html.element("h1", report.title()).element("p", report.lead(), "class", "lead");
    html.element("noscript", "The figures need JavaScript; every number below stands in a table.");
    report.opening().ifPresent(opening -> OpeningSection.write(html, opening));
    summary(html, report);
    EvidenceLegend.write(html);
    for (int i = 0; i < report.figures().size(); i++) {
      PromptFigureSection.write(html, report.figures().get(i), i);
    }
    Closing.write(html, report);
    html.close();
    report
        .opening()
        .ifPresent(
            opening -> PageShell.data(html, "plates", FigureJson.of(List.of(opening.picture()))));
    PageShell.data(html, "figures", FigureJson.ofPrompts(report.figures()));
    PageShell.FIGURES.scripts(html);
    return html.close().close().page();
  }

  /// Beside an opening it is a detail.
  private static void summary(Html html, Report report) {
    if (report.opening().isEmpty()) {
      Summary.write(html, report.figures());
      return;
    }
    html.open("details").element("summary", "Every number of the figures below, in one table");
    Summary.write(html, report.figures());
    html.close();
  }
}
