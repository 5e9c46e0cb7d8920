package topdraw.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import topdraw.theory.Evidence;

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
    byte[] page = html(report).getBytes(StandardCharsets.UTF_8);
    Path target = file.toAbsolutePath();
    Path part =
        target.resolveSibling(target.getFileName() + ".part" + ProcessHandle.current().pid());
    try {
      Files.createDirectories(target.getParent());
      Files.write(part, page);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      removeQuietly(part);
      throw new IOException("cannot write the report " + file + ": " + reason(e), e);
    }
  }

  /// The page as text.
  static String html(Report report) {
    var html = new Html();
    html.open("html", "lang", "en");
    head(html, report);
    html.open("body").open("main");
    html.element("h1", report.title()).element("p", report.lead(), "class", "lead");
    html.element("noscript", "The figures need JavaScript; every number below stands in a table.");
    Summary.write(html, report.figures());
    evidence(html);
    for (int i = 0; i < report.figures().size(); i++) {
      FigureSection.write(html, report.figures().get(i), i);
    }
    Closing.write(html, report);
    html.close();
    scripts(html, report);
    return html.close().close().page();
  }

  private static void head(Html html, Report report) {
    html.open("head").empty("meta", "charset", "utf-8");
    html.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy());
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.element("title", report.title()).verbatim("style", Assets.style()).close();
  }

  private static String policy() {
    return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src %s; script-src %s"
        .formatted(
            Assets.hash(Assets.style()),
            String.join(" ", scripts().stream().map(Assets::hash).toList()));
  }

  private static List<String> scripts() {
    return List.of(Assets.echarts(), Assets.figures(), Assets.mount());
  }

  private static void scripts(Html html, Report report) {
    String data = FigureData.json(report.figures());
    html.verbatim("script", data, "type", "application/json", "id", "figures");
    scripts().forEach(script -> html.verbatim("script", script));
  }

  private static void evidence(Html html) {
    html.open("dl", "class", "evidence");
    for (Evidence evidence : Evidence.values()) {
      html.open("dt");
      html.element("span", evidence.word(), "class", "badge " + evidence.word()).close();
      html.element("dd", Words.meaning(evidence));
    }
    html.close();
  }

  private static void removeQuietly(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // The write has failed already, and its reason is the one to tell.
    }
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException e -> e.getFile() + " is a file, not a folder";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
