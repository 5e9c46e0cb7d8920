package topdraw.report.paper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.report.figure.Figure;
import topdraw.report.figure.FigureCsv;
import topdraw.report.figure.FigurePrinter;
import topdraw.report.figure.Theme;
import topdraw.report.page.FigurePage;

/// Writes the paper's figures into a folder: pictures, tables, and one page of all.
///
/// @param output the folder, made when missing
/// @param formats what is written
/// @param theme the paper of the pictures
public record FigureFiles(Path output, Set<Format> formats, Theme theme) {
  /// What a figure can become.
  public enum Format {
    /// A picture of lines.
    SVG,
    /// A picture of pixels.
    PNG,
    /// A table of all points.
    CSV,
    /// A page that holds all figures.
    HTML
  }

  /// Copies the formats.
  public FigureFiles {
    formats = Set.copyOf(formats);
  }

  /// Writes every figure in every format.
  ///
  /// @param figures in reading order
  /// @return the files by the figure's name; the page's by `page`
  /// @throws InputException if a picture is asked for and there is nothing to make it
  /// @throws IOException if a file cannot be written, naming it
  public Map<String, List<String>> write(List<Figure> figures) throws IOException {
    Map<String, List<String>> files = new LinkedHashMap<>();
    figures.forEach(figure -> files.put(figure.id(), new ArrayList<>()));
    if (formats.contains(Format.CSV)) {
      for (Figure figure : figures) {
        write(figure, ".csv", FigureCsv.of(figure).getBytes(StandardCharsets.UTF_8), files);
      }
    }
    if (formats.contains(Format.SVG) || formats.contains(Format.PNG)) {
      pictures(figures, files);
    }
    if (formats.contains(Format.HTML)) {
      Path page = output.resolve("index.html");
      FigurePage.write(
          "The figures of the best-of-n paper, redrawn",
          "From Topdraw's own code: the axes and curves of Beirami et al. (2025), Theoretical guarantees"
              + " on the best-of-n alignment policy, and our sharper estimator d*. Point at a line for"
              + " its numbers.",
          figures,
          page);
      files.put("page", List.of(page.toString()));
    }
    return files;
  }

  private void pictures(List<Figure> figures, Map<String, List<String>> files) throws IOException {
    try (FigurePrinter press =
        FigurePrinter.find()
            .orElseThrow(
                () ->
                    new InputException(
                        Problem.MISSING,
                        "SVG and PNG need the press module, which ./topdraw builds on first use;"
                            + " --formats csv,html does without"))) {
      String suffix = theme == Theme.LIGHT ? "" : "-" + theme.word();
      for (Figure figure : figures) {
        String svg = press.svg(figure, theme);
        if (formats.contains(Format.SVG)) {
          write(figure, suffix + ".svg", svg.getBytes(StandardCharsets.UTF_8), files);
        }
        if (formats.contains(Format.PNG)) {
          write(figure, suffix + ".png", press.png(svg), files);
        }
      }
    }
  }

  private void write(Figure figure, String extension, byte[] bytes, Map<String, List<String>> files)
      throws IOException {
    Path file = output.resolve(figure.id() + extension);
    try {
      Files.createDirectories(output);
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new IOException("cannot write " + file + ": " + e.getClass().getSimpleName(), e);
    }
    files.computeIfAbsent(figure.id(), _ -> new ArrayList<>()).add(file.toString());
  }
}
