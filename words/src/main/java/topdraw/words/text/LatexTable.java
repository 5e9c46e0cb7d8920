package topdraw.words.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import topdraw.estimate.Analysis;
import topdraw.words.AnalysisReport;
import topdraw.words.Counted;
import topdraw.words.json.AnalysisJson;

/// The table of an analysis in LaTeX: the numbers that a terminal shows, in a `table` of the
/// package booktabs. It compiles with pdfLaTeX as well as with its successors.
public final class LatexTable {
  /// How such a file begins.
  public static final String BEGINS = "% Made by " + AnalysisJson.MADE_BY;

  private static final Map<Integer, String> SPECIAL =
      Map.of(
          (int) '\\', "\\textbackslash{}",
          (int) '~', "\\textasciitilde{}",
          (int) '^', "\\textasciicircum{}",
          (int) '<', "\\textless{}",
          (int) '>', "\\textgreater{}",
          (int) '|', "\\textbar{}",
          (int) '"', "\\textquotedblright{}",
          (int) '–', "--");

  /// Accents that every encoding of fonts has.
  private static final Map<Character, String> ACCENTS =
      Map.of(
          '\u0300', "\\`",
          '\u0301', "\\'",
          '\u0302', "\\^",
          '\u0303', "\\~",
          '\u0308', "\\\"",
          '\u030a', "\\r",
          '\u030c', "\\v",
          '\u0327', "\\c");

  private LatexTable() {}

  /// The table.
  ///
  /// @param report what the analysis says
  /// @return the text of a file to be read with `\input`
  public static String of(AnalysisReport report) {
    Analysis analysis = report.analysis();
    AnalysisTable table = new AnalysisTable(analysis);
    List<String> heading = table.heading();
    List<String> lines =
        new ArrayList<>(
            List.of(
                BEGINS + ". Needs \\usepackage{booktabs}; every number is in the table as CSV.",
                "\\begin{table}",
                "  \\centering",
                "  \\small",
                "  \\caption{" + caption(analysis, table) + "}",
                "  \\label{tab:best-of-n}",
                "  \\begin{tabular}{r" + "l".repeat(heading.size() - 1) + "}",
                "    \\toprule",
                row(heading.stream().map(LatexTable::escaped).toList()),
                "    \\midrule"));
    table.rows().forEach(row -> lines.add(row(row.stream().map(LatexTable::cell).toList())));
    lines.addAll(List.of("    \\bottomrule", "  \\end{tabular}", "\\end{table}", ""));
    return String.join("\n", lines);
  }

  private static String caption(Analysis analysis, AnalysisTable table) {
    String gold =
        analysis.question().gold().map(name -> ", gold reward " + escaped(name)).orElse("");
    String none =
        table.rows().stream().flatMap(List::stream).anyMatch(AnalysisTable.NONE::equals)
            ? "; --: no number"
            : "";
    String how = table.how();
    return "Best of $n$ by the reward %s%s: %s, %s; %s%s%s."
        .formatted(
            escaped(analysis.question().reward()),
            gold,
            escaped(Counted.of(analysis.prompts(), "prompt")),
            escaped(Counted.of(analysis.samples(), "sample")),
            escaped(how),
            none,
            firm(analysis));
  }

  /// Beyond a quarter of the draws few independent sets of n are left.
  private static String firm(Analysis analysis) {
    return analysis.curve().getLast().n() > analysis.firm().n()
        ? "; above $n = " + analysis.firm().n() + "$ few independent sets are left"
        : "";
  }

  private static String row(List<String> cells) {
    return "    " + String.join(" & ", cells) + " \\\\";
  }

  /// A number with what stands around it: signs of mathematics are set as such.
  private static String cell(String text) {
    return escaped(text)
        .replaceAll("(?<![\\p{Alnum}.}-])-(?=[0-9i])", "\\$-\\$")
        .replace("infinity", "$\\infty$")
        .replaceFirst("^at most ", "\\$\\\\le\\$ ")
        .replaceFirst("^at least ", "\\$\\\\ge\\$ ");
  }

  /// Words as LaTeX prints them: what would be a command of LaTeX is a letter again, and a letter
  /// that not every font of LaTeX has is told by its number.
  ///
  /// @param text any text
  /// @return the same, on one line
  static String escaped(String text) {
    return text.codePoints().mapToObj(LatexTable::escaped).collect(Collectors.joining());
  }

  private static String escaped(int letter) {
    if (SPECIAL.containsKey(letter)) {
      return SPECIAL.get(letter);
    }
    if ("{}$&#%_".indexOf(letter) >= 0) {
      return "\\" + Character.toString(letter);
    }
    if (letter >= ' ' && letter <= '~') {
      return Character.toString(letter);
    }
    if (Character.isWhitespace(letter) || letter == '\u00a0') {
      return " ";
    }
    return accented(letter).orElseGet(() -> String.format(Locale.ROOT, "\\texttt{U+%04X}", letter));
  }

  private static Optional<String> accented(int letter) {
    String parts = Normalizer.normalize(Character.toString(letter), Normalizer.Form.NFD);
    return Stream.of(parts)
        .filter(two -> two.length() == 2 && two.charAt(0) < 128)
        .filter(two -> ACCENTS.containsKey(two.charAt(1)))
        .map(two -> ACCENTS.get(two.charAt(1)) + "{" + two.charAt(0) + "}")
        .findFirst();
  }
}
