package topdraw.report.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import topdraw.file.WholeFiles;

/// What every page has around what it says: a head whose policy allows the page's own scripts and
/// style and nothing else, and the scripts.
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

  /// Writes a page; one that stood there is replaced in one step.
  static void write(String text, Path file) throws IOException {
    WholeFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
