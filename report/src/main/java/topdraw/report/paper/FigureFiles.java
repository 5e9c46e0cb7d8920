package topdraw.report.paper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import topdraw.file.WholeFiles;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
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
  /// The list of what was written together.
  private static final String CHECKSUMS = "figures.sha256";

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

  /// Writes every figure in every format. Nothing takes its place before all are written; the list
  /// of their checksums comes last, in the form of `sha256sum`, so that a set can be told to be
  /// whole.
  ///
  /// @param figures in reading order
  /// @return the files by the figure's name; the page's by `page`, the list's by `checksums`
  /// @throws InputException if a picture is asked for and there is nothing to make it
  /// @throws IOException if a file cannot be written, naming it
  public Map<String, List<String>> write(List<Figure> figures) throws IOException {
    Map<String, List<String>> files = new LinkedHashMap<>();
    figures.forEach(figure -> files.put(figure.id(), new ArrayList<>()));
    try (WholeFiles set = new WholeFiles()) {
      StringBuilder sums = new StringBuilder();
      Place place =
          (name, file, bytes) -> {
            set.add(output.resolve(file), bytes);
            sums.append(Json.sha256(bytes)).append("  ").append(file).append('\n');
            files
                .computeIfAbsent(name, _ -> new ArrayList<>())
                .add(output.resolve(file).toString());
          };
      write(figures, place);
      set.add(output.resolve(CHECKSUMS), sums.toString().getBytes(StandardCharsets.UTF_8));
      set.appear();
    }
    files.put("checksums", List.of(output.resolve(CHECKSUMS).toString()));
    return files;
  }

  /// Takes a file of the set.
  @FunctionalInterface
  private interface Place {
    void add(String name, String file, byte[] bytes) throws IOException;
  }

  private void write(List<Figure> figures, Place place) throws IOException {
    if (formats.contains(Format.CSV)) {
      for (Figure figure : figures) {
        byte[] table = FigureCsv.of(figure).getBytes(StandardCharsets.UTF_8);
        place.add(figure.id(), figure.id() + ".csv", table);
      }
    }
    if (formats.contains(Format.SVG) || formats.contains(Format.PNG)) {
      pictures(figures, place);
    }
    if (formats.contains(Format.HTML)) {
      String page =
          FigurePage.html(
              "The figures of the best-of-n paper, redrawn",
              "From Topdraw's own code: the axes and curves of Beirami et al. (2025), Theoretical guarantees"
                  + " on the best-of-n alignment policy, and our sharper estimator d*. Point at a line for"
                  + " its numbers.",
              figures);
      place.add("page", "index.html", page.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void pictures(List<Figure> figures, Place place) throws IOException {
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
        String name = figure.id() + suffix;
        if (formats.contains(Format.SVG)) {
          place.add(figure.id(), name + ".svg", svg.getBytes(StandardCharsets.UTF_8));
        }
        if (formats.contains(Format.PNG)) {
          place.add(figure.id(), name + ".png", press.png(svg));
        }
      }
    }
  }
}
