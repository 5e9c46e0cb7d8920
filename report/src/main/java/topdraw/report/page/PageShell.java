package topdraw.report.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// What every page has around what it says: a head whose policy allows the page's own scripts and
/// style and nothing else, the scripts, and a file that appears whole or not at all.
record PageShell(List<String> scripts) {
  /// Pages of figures, which stand still.
  static final PageShell FIGURES =
      new PageShell(List.of(Assets.echarts(), Assets.figures(), Assets.mount()));

  /// The page of an analysis, whose reader chooses n and turns over prompts.
  static final PageShell ANALYSIS =
      new PageShell(List.of(Assets.echarts(), Assets.figures(), Assets.mount(), Assets.analysis()));

  void head(Html html, String title) {
    html.open("head").empty("meta", "charset", "utf-8");
    html.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy());
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.element("title", title).verbatim("style", Assets.style()).close();
  }

  /// Data for the scripts, as JSON that [FigureJson#inScript] made safe.
  static void data(Html html, String id, String json) {
    html.verbatim("script", json, "type", "application/json", "id", id);
  }

  /// The scripts, after the data that they draw.
  void scripts(Html html) {
    scripts.forEach(script -> html.verbatim("script", script));
  }

  private String policy() {
    return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src %s; script-src %s"
        .formatted(
            Assets.hash(Assets.style()),
            String.join(" ", scripts.stream().map(Assets::hash).toList()));
  }

  /// Writes a file of a report; one that stood there is replaced in one step.
  static void write(String text, Path file) throws IOException {
    byte[] page = text.getBytes(StandardCharsets.UTF_8);
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
