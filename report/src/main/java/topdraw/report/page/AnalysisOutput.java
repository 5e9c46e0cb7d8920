package topdraw.report.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import topdraw.file.WholeFiles;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.report.figure.Figure;
import topdraw.report.figure.FigurePrinter;
import topdraw.report.page.AnalysisPictures.Format;
import topdraw.words.AnalysisReport;
import topdraw.words.json.AnalysisJson;
import topdraw.words.text.CurveCsv;
import topdraw.words.text.LatexTable;

/// Where an analysis is written, told by the endings of names: a page with its JSON twin, a table
/// of every number, a table in LaTeX, figures; or a folder of all that is text. The files of one
/// analysis appear together or not at all.
public final class AnalysisOutput {
  /// An ending of letters, such as `.html`; `results-1.5` has none.
  private static final Pattern ENDING = Pattern.compile("\\.([A-Za-z][A-Za-z0-9]{0,7})$");

  private static final String FOLDER = "or a folder, whose name ends in /";

  private static final List<String> KNOWN = List.of("html", "csv", "tex", "svg", "png", "pdf");

  /// One thing that is written.
  private sealed interface Part {
    /// All of its files, those of figures that may turn out not to be there included.
    List<Path> files();
  }

  private record Page(Path file, Path twin) implements Part {
    @Override
    public List<Path> files() {
      return List.of(twin, file);
    }
  }

  private record Table(Path file) implements Part {
    @Override
    public List<Path> files() {
      return List.of(file);
    }
  }

  private record Latex(Path file) implements Part {
    @Override
    public List<Path> files() {
      return List.of(file);
    }
  }

  private record Pictures(Path first, Format format) implements Part {
    Path file(String name) {
      return beside(first, name, ending(first));
    }

    @Override
    public List<Path> files() {
      return AnalysisFigures.NAMES.stream().map(this::file).toList();
    }
  }

  private final List<Part> parts = new ArrayList<>();

  private AnalysisOutput() {}

  /// The files of the outputs that a person names. `NAME.html` is the page, with `NAME.json` beside
  /// it; `NAME.csv`, `NAME.tex` are tables; `NAME.svg`, `.png` and `.pdf` are figures, the further
  /// ones beside it as `NAME-against-n` and so on. A folder gets `report.html`, `analysis.json`,
  /// `curves.csv` and `table.tex`.
  ///
  /// @param named what was named
  /// @return where to write
  /// @throws InputException if an ending is not known, pictures are asked for and there is nothing
  ///   to make them, or something is there that an analysis did not write: it is not replaced
  /// @throws IOException if what is there cannot be read
  public static AnalysisOutput at(List<String> named) throws IOException {
    AnalysisOutput output = new AnalysisOutput();
    for (String name : named) {
      output.add(name);
    }
    for (Part part : output.parts) {
      for (Path file : part.files()) {
        Ours.require(file, ending(file).toLowerCase(Locale.ROOT));
      }
    }
    return output;
  }

  private void add(String name) {
    Path file = Path.of(name);
    Matcher ending = ENDING.matcher(name);
    if (Files.isDirectory(file) || name.endsWith("/") || !ending.find()) {
      if (Files.exists(file) && !Files.isDirectory(file)) {
        throw new InputException(
            Problem.MALFORMED, name + " is a file without an ending; give " + known());
      }
      parts.add(new Table(file.resolve("curves.csv")));
      parts.add(new Latex(file.resolve("table.tex")));
      parts.add(new Page(file.resolve("report.html"), file.resolve("analysis.json")));
      return;
    }
    switch (ending.group(1).toLowerCase(Locale.ROOT)) {
      case "html" -> parts.add(new Page(file, beside(file, "", "json")));
      case "csv" -> parts.add(new Table(file));
      case "tex" -> parts.add(new Latex(file));
      case "svg", "png", "pdf" -> {
        AnalysisPictures.requirePress();
        parts.add(new Pictures(file, Format.valueOf(ending.group(1).toUpperCase(Locale.ROOT))));
      }
      default ->
          throw new InputException(
              Problem.UNKNOWN,
              "nothing is written to %s: the endings are %s".formatted(name, known()));
    }
  }

  private static String known() {
    return KNOWN.stream().map(one -> "." + one).collect(Collectors.joining(", ")) + ", " + FOLDER;
  }

  /// A file beside another: a name that goes on before its ending.
  private static Path beside(Path file, String more, String ending) {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + more + "." + ending);
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /// Whether texts of completions are shown, and which files were read.
  ///
  /// @return true if a page is written
  public boolean hasPage() {
    return parts.stream().anyMatch(Page.class::isInstance);
  }

  /// Writes everything; what an earlier analysis wrote there is replaced when all are whole, a page
  /// after what lies beside it.
  ///
  /// @param report what it says
  /// @return what was written, a sentence each
  /// @throws InputException if there is no number to draw a figure of
  /// @throws IOException if a file cannot be written, naming it and the reason
  public List<String> write(AnalysisReport report) throws IOException {
    List<String> said = new ArrayList<>();
    try (WholeFiles all = new WholeFiles()) {
      for (Part part : parts) {
        said.add(write(part, report, all));
      }
      all.appear();
    }
    return said;
  }

  private static String write(Part part, AnalysisReport report, WholeFiles all) throws IOException {
    return switch (part) {
      case Table(Path file) -> {
        all.add(file, bytes(CurveCsv.of(report)));
        yield "Every number, a row each: " + file;
      }
      case Latex(Path file) -> {
        all.add(file, bytes(LatexTable.of(report)));
        yield "Table in LaTeX, for \\usepackage{booktabs}: " + file;
      }
      case Page(Path file, Path twin) -> {
        all.add(twin, bytes(Json.line(AnalysisJson.of(report)) + "\n"));
        all.add(file, bytes(AnalysisPage.html(report, String.valueOf(twin.getFileName()))));
        yield "Report: open " + file + " in a browser; as JSON: " + twin;
      }
      case Pictures pictures -> figures(report, pictures, all);
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String figures(AnalysisReport report, Pictures pictures, WholeFiles all)
      throws IOException {
    Map<String, Figure> figures = AnalysisFigures.of(report);
    if (figures.isEmpty()) {
      throw new InputException(
          Problem.UNSUPPORTED,
          "there is no number to draw: the audit refuses what every one rests on; topdraw analyze"
              + " --verbose says why");
    }
    List<String> written = new ArrayList<>();
    try (FigurePrinter press = AnalysisPictures.press()) {
      for (Map.Entry<String, Figure> one : figures.entrySet()) {
        Path file = pictures.file(one.getKey());
        all.add(file, AnalysisPictures.of(one.getValue(), pictures.format, press));
        written.add(file.toString());
      }
    }
    long out = AnalysisFigures.leftOut(report.analysis());
    return "Figures: "
        + String.join(", ", written)
        + (out == 0 ? "" : "; by prompt %,d are left out".formatted(out));
  }
}
