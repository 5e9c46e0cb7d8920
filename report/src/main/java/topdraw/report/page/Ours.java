package topdraw.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.words.json.AnalysisJson;
import topdraw.words.text.CurveCsv;
import topdraw.words.text.LatexTable;

/// Tells what an earlier analysis wrote, which may be replaced, from everything else, which may
/// not.
final class Ours {
  /// How pictures say what made them.
  static final String MADE_BY = "Made by " + AnalysisJson.MADE_BY;

  /// What every file of ours holds, by its ending.
  private static final Map<String, String> MARKS =
      Map.of(
          "html",
          "<html lang=\"en\" data-made-by=\"" + AnalysisJson.MADE_BY + "\">",
          "json",
          "\"made_by\":\"" + AnalysisJson.MADE_BY + "\"",
          "csv",
          String.join(",", CurveCsv.COLUMNS),
          "tex",
          LatexTable.BEGINS,
          "svg",
          MADE_BY,
          "png",
          MADE_BY,
          "pdf",
          MADE_BY);

  /// Where its mark stands at the latest; that of a PDF stands at its end.
  private static final int MARK_WITHIN = 400;

  private static final List<String> ANYWHERE = List.of("pdf");

  private Ours() {}

  /// Refuses a file that an analysis did not write.
  ///
  /// @throws InputException if there is such a file
  /// @throws IOException if it cannot be read
  static void require(Path file, String kind) throws IOException {
    if (Files.exists(file) && !(Files.isRegularFile(file) && holds(file, kind))) {
      throw new InputException(
          Problem.EXISTS,
          file
              + " is there, and topdraw analyze did not write it; move it, or give another place with"
              + " -o");
    }
  }

  private static boolean holds(Path file, String kind) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] read = ANYWHERE.contains(kind) ? in.readAllBytes() : in.readNBytes(MARK_WITHIN);
      return new String(read, StandardCharsets.UTF_8).contains(MARKS.getOrDefault(kind, "\0"));
    }
  }
}
