package topdraw.report.page;

import java.util.List;
import topdraw.report.figure.Figure;
import topdraw.report.figure.FigureJson;
import topdraw.report.figure.Theme;

/// The script that draws figures, for a JavaScript engine without a browser.
///
/// After [#library] is run in it, [#svg] is an expression whose value is an SVG document. The
/// engine needs `setTimeout`, `clearTimeout` and `console`; they may do nothing.
public final class FigureScript {
  /// Width of a figure of one plot and of several, in pixels.
  private static final int ONE = 720;

  private static final int SEVERAL = 1120;

  private FigureScript() {}

  /// ECharts and our figures.
  ///
  /// @return the source to run once
  public static String library() {
    return Assets.echarts()
        + "\n"
        + Assets.figures().replace("const topdrawFigures", "var topdrawFigures");
  }

  /// Draws one figure.
  ///
  /// @param figure the figure
  /// @param theme the paper
  /// @return a JavaScript expression
  public static String svg(Figure figure, Theme theme) {
    int width = figure.plots().size() == 1 ? ONE : SEVERAL;
    return """
        (() => {
          const plate = %s[0];
          const theme = topdrawFigures.themes.%s;
          const height = topdrawFigures.plateSize(plate, %d);
          const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: %d, height });
          chart.setOption({ ...topdrawFigures.plate(plate, theme, %d), backgroundColor: theme.paper });
          const svg = chart.renderToSVGString();
          chart.dispose();
          // ECharts numbers its charts and its hover styles; a still picture has the figure's name and
          // no hovering, so the same figure gives the same bytes.
          return svg.replace(/<style[^]*?<\\/style>/g, '')
            .replace(/ (class|ecmeta_\\w+)="[^"]*"/g, '')
            .replace(/\\bzr\\d+-/g, '%s-');
        })()
        """
        .formatted(FigureJson.of(List.of(figure)), theme.word(), width, width, width, figure.id());
  }
}
