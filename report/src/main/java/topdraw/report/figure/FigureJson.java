package topdraw.report.figure;

import java.util.List;
import topdraw.json.Json;

/// Figures as the JSON that `figures.js` draws. Words of prompts and models stay out of it, unless
/// they are the title of a plot.
public final class FigureJson {
  private FigureJson() {}

  /// The data of figures, to stand in a script element.
  ///
  /// @param figures in the order of the page
  /// @return JSON, safe as [#inScript] makes it
  public static String of(List<Figure> figures) {
    return inScript(FigureData.of(figures));
  }

  /// The data of figures with a panel a prompt, to stand in a script element.
  ///
  /// @param figures in the order of the page
  /// @return JSON, safe as [#inScript] makes it
  public static String ofPrompts(List<PromptFigure> figures) {
    return inScript(PromptFigureData.of(figures));
  }

  /// JSON that is safe inside a script element: no character of it can end or change the element.
  ///
  /// @param data what Jackson can write
  /// @return one line
  public static String inScript(Object data) {
    return Json.line(data)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
