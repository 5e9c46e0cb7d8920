package topdraw.press;

import org.graalvm.polyglot.Context;
import topdraw.report.figure.Figure;
import topdraw.report.figure.FigurePrinter;
import topdraw.report.figure.Theme;
import topdraw.report.page.FigureScript;

/// Runs ECharts in GraalJS, interpreted: some seconds to load it, then about a second a figure.
public final class GraalPress implements FigurePrinter {
  /// ECharts plans animations and warns; neither has a place in a still picture.
  private static final String STUBS =
      """
      var setTimeout = () => 0;
      var clearTimeout = () => {};
      var console = { log() {}, warn() {}, error() {} };
      """;

  private final Context context;
  private final Engraver engraver;

  /// Loads the scripts. Called by [java.util.ServiceLoader].
  public GraalPress() {
    context =
        Context.newBuilder("js")
            .option("engine.WarnInterpreterOnly", "false")
            .option("js.load", "false")
            .build();
    context.eval("js", STUBS);
    context.eval("js", FigureScript.library());
    engraver = Engraver.create();
  }

  @Override
  public String svg(Figure figure, Theme theme) {
    return context.eval("js", FigureScript.svg(figure, theme)).asString();
  }

  @Override
  public byte[] png(String svg) {
    return engraver.png(svg);
  }

  @Override
  public byte[] pdf(String svg, String title, String creator) {
    return engraver.pdf(svg, title, creator);
  }

  @Override
  public void close() {
    context.close();
  }
}
