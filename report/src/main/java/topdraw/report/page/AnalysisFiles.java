package topdraw.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import topdraw.file.WholeFiles;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.words.AnalysisReport;
import topdraw.words.json.AnalysisJson;

/// The page of an analysis and its JSON twin, side by side.
///
/// @param page where the page goes
/// @param twin where the same numbers go as JSON
public record AnalysisFiles(Path page, Path twin) {
  /// Where in a file of ours its mark stands at the latest.
  private static final int MARK_WITHIN = 200;

  /// The files of an output that a person names: `NAME.html` is the page, with `NAME.json` beside
  /// it; anything else is a folder of `report.html` and `analysis.json`.
  ///
  /// @param output what was named
  /// @return the files
  /// @throws InputException if something is there that an analysis did not write: it is not
  ///   replaced
  /// @throws IOException if what is there cannot be read
  public static AnalysisFiles at(Path output) throws IOException {
    String name = String.valueOf(output.getFileName());
    boolean page = name.endsWith(".html") && !Files.isDirectory(output);
    if (!page && Files.exists(output) && !Files.isDirectory(output)) {
      throw new InputException(
          Problem.MALFORMED, output + " is a file; give a folder, or a page that ends in .html");
    }
    AnalysisFiles files =
        page
            ? new AnalysisFiles(output, output.resolveSibling(name.replaceFirst("html$", "json")))
            : new AnalysisFiles(output.resolve("report.html"), output.resolve("analysis.json"));
    requireOurs(files.page, "<html lang=\"en\" data-made-by=\"" + AnalysisJson.MADE_BY + "\">");
    requireOurs(files.twin, "\"made_by\":\"" + AnalysisJson.MADE_BY + "\"");
    return files;
  }

  private static void requireOurs(Path file, String mark) throws IOException {
    if (Files.exists(file) && !(Files.isRegularFile(file) && head(file).contains(mark))) {
      throw new InputException(
          Problem.EXISTS,
          file
              + " is there, and topdraw analyze did not write it; move it, or give another place with"
              + " -o");
    }
  }

  private static String head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MARK_WITHIN), StandardCharsets.UTF_8);
    }
  }

  /// Writes both; what an earlier analysis wrote there is replaced when both are whole, the page
  /// last.
  ///
  /// @param report what they say
  /// @throws IOException if one cannot be written, naming the file and the reason
  public void write(AnalysisReport report) throws IOException {
    String json = Json.line(AnalysisJson.of(report)) + "\n";
    String html = AnalysisPage.html(report, String.valueOf(twin.getFileName()));
    try (WholeFiles both = new WholeFiles()) {
      both.add(twin, json.getBytes(StandardCharsets.UTF_8));
      both.add(page, html.getBytes(StandardCharsets.UTF_8));
      both.appear();
    }
  }
}
