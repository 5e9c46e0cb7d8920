package topdraw.report.page;

import java.io.IOException;
import java.nio.file.Path;
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
    Summary.write(html, report.figures());
    EvidenceLegend.write(html);
    for (int i = 0; i < report.figures().size(); i++) {
      PromptFigureSection.write(html, report.figures().get(i), i);
    }
    Closing.write(html, report);
    html.close();
    PageShell.data(html, "figures", FigureJson.ofPrompts(report.figures()));
    PageShell.FIGURES.scripts(html);
    return html.close().close().page();
  }
}
